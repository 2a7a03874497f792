"""More lines of a long trace, which the page fetches where a person opens a gap or steps."""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response

from adexplain.errors import InputError

from . import runner, work
from .address import read
from .pages import BUSY, OVERDUE, render

router = APIRouter(include_in_schema=False)


@router.get("/rows")
async def rows(request: Request) -> Response:
    """The lines ``rows=51-150`` of a trace; without them, those around the step in the address."""
    return await _rows(request.query_params.multi_items())


@router.post("/rows")
async def rows_long(request: Request) -> Response:
    """The same for a function too long for an address."""
    body = (await request.body()).decode("utf-8", "replace")
    return await _rows(parse_qsl(body, keep_blank_values=True))


async def _rows(pairs: list[tuple[str, str]]) -> Response:
    def refused(status: int, message: str) -> Response:
        return render("rows.html", status, t=None, problem=message)

    state = read(pairs)
    if state is None or (state.rows is None and state.step is None):
        return refused(422, "The lines of a trace are asked for as f=…&rows=51-150.")
    try:
        found = await runner.trace(work.rows_of, state)
    except InputError as error:
        return refused(422, error.message)
    except runner.BusyError:
        return refused(503, BUSY)
    except runner.OverdueError:
        return refused(503, OVERDUE)
    return render("rows.html", t=found, state=state, problem="")
