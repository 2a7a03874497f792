"""The graph of a larger function, which the page fetches when it has shown the trace."""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response

from adexplain.compare import pool
from adexplain.errors import InputError

from . import runner, work
from .address import State, read
from .graph_view import Graph, graph
from .pages import BUSY, OVERDUE, render

router = APIRouter(include_in_schema=False)

SECONDS = 15.0
"""Seconds a worker has to trace a function and to draw its graph."""


@router.get("/graph")
async def drawn(request: Request) -> Response:
    """The graph alone; without scripts, a page with nothing else."""
    return await _drawn(request.query_params.multi_items())


@router.post("/graph")
async def drawn_long(request: Request) -> Response:
    """The same for a function too long for an address."""
    body = (await request.body()).decode("utf-8", "replace")
    return await _drawn(parse_qsl(body, keep_blank_values=True))


async def _drawn(pairs: list[tuple[str, str]]) -> Response:
    def refused(status: int, message: str) -> Response:
        return render("graph.html", status, state=state, drawn=None, problem=message)

    state = read(pairs)
    if state is None:
        return refused(422, "A graph is asked for as f=…&at.x=1.")
    names = dict(pairs).get("shape", "")
    try:
        found = await runner.apart(SECONDS, graph_of, state, names)
    except InputError as error:
        return refused(422, error.message)
    except (runner.BusyError, pool.Busy):
        return refused(503, BUSY)
    except runner.OverdueError:
        return refused(503, OVERDUE)
    return render("graph.html", state=state, drawn=found, problem="")


def graph_of(state: State, shape: str = "") -> Graph:
    """The graph of a state; in one shape where that is enough."""
    program, at, seed = work.read(state)
    explanation = work.explained(program, at, state, seed)
    step = None if state.step is None else min(state.step, explanation.stepping.total)
    return graph(explanation, step, shape)
