"""The graph of a larger function, which the page fetches when it has shown the trace."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from adexplain.server.explorer import content
from adexplain.server.explorer.panels.graph import Graph, graph
from adexplain.server.explorer.panels.predict import prediction
from adexplain.server.http import runner
from adexplain.server.http.address import State, read
from adexplain.server.http.requests import METHODS, Refusal, answer, asked
from adexplain.server.http.templating import render

router = APIRouter(include_in_schema=False)

SECONDS = 15.0
"""Seconds a worker has to trace a function and to draw its graph."""


@router.api_route("/graph", methods=METHODS)
async def drawn(request: Request) -> Response:
    """The graph alone; without scripts, a page with nothing else."""

    def refused(refusal: Refusal) -> Response:
        problem = refusal.message
        return render(
            "explorer/graph.html", refusal.status, state=state, drawn=None, problem=problem
        )

    pairs = await asked(request)
    state = read(pairs)
    if state is None:
        return refused(Refusal(422, "A graph is asked for as f=…&at.x=1."))
    return await answer(
        runner.apart(SECONDS, graph_of, state, dict(pairs).get("shape", "")),
        lambda graph: render("explorer/graph.html", state=state, drawn=graph, problem=""),
        refused,
    )


def graph_of(state: State, shape: str = "") -> Graph:
    """The graph of a state; in one shape where that is enough."""
    program, at, seed = content.read(state)
    explanation = content.explained(program, at, state, seed)
    step = None if state.step is None else min(state.step, explanation.stepping.total)
    cover = prediction(explanation, state).cover(explanation) if state.predict else None
    return graph(explanation, step, shape, cover)
