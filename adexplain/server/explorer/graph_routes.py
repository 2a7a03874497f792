"""``/graph``: the graph of a larger function, which the page fetches after the trace."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from adexplain.server.explorer import content
from adexplain.server.explorer.panels.graph import Graph, graph
from adexplain.server.explorer.panels.predict import prediction
from adexplain.server.http import runner
from adexplain.server.http.address import State, read_state
from adexplain.server.http.requests import METHODS, Refusal, query_fields, respond
from adexplain.server.http.templating import render

router = APIRouter(include_in_schema=False)

SECONDS = 15.0
"""The time limit for tracing a function and drawing its graph."""


@router.api_route("/graph", methods=METHODS)
async def graph_page(request: Request) -> Response:
    """The graph as a fragment for the page's script, and as a page for a browser without it."""

    def refuse(refusal: Refusal) -> Response:
        problem = refusal.message
        return render(
            "explorer/graph.html", refusal.status, state=state, graph=None, problem=problem
        )

    pairs = await query_fields(request)
    state = read_state(pairs)
    if state is None:
        return refuse(Refusal(422, "A graph is asked for as f=…&at.x=1."))
    return await respond(
        runner.in_worker(SECONDS, graph_of, state, dict(pairs).get("shape", "")),
        lambda graph: render("explorer/graph.html", state=state, graph=graph, problem=""),
        refuse,
    )


def graph_of(state: State, shape: str = "") -> Graph:
    """The graph of a state, in one shape or in both, without its covered numbers."""
    program, at, seed = content.resolve(state)
    explanation = content.explanation_of(program, at, state, seed)
    step = None if state.step is None else min(state.step, explanation.stepping.total)
    cover = prediction(explanation, state).cover(explanation) if state.predict else None
    return graph(explanation, step, shape, cover)
