"""The cards of some steps, which the page fetches while a person steps."""

from __future__ import annotations

from functools import partial
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response

from adexplain.errors import InputError

from . import runner, work
from .address import read
from .pages import BUSY, OVERDUE, render

router = APIRouter(include_in_schema=False)


@router.get("/steps")
async def steps(request: Request) -> Response:
    """The cards of the steps ``from`` to ``to``, and no more than the page may want at once."""
    return await _steps(request.query_params.multi_items())


@router.post("/steps")
async def steps_long(request: Request) -> Response:
    """The same for a function too long for an address."""
    body = (await request.body()).decode("utf-8", "replace")
    return await _steps(parse_qsl(body, keep_blank_values=True))


async def _steps(pairs: list[tuple[str, str]]) -> Response:
    def refused(status: int, message: str) -> Response:
        return render("steps.html", status, cards=[], problem=message)

    given = dict(pairs)
    state = read(pairs)
    first, last = given.get("from", ""), given.get("to", "")
    if state is None or not (_is_step(first) and _is_step(last)):
        return refused(422, "The steps of a function are asked for as f=…&from=1&to=24.")

    try:
        found = await runner.trace(partial(work.cards_of, first=int(first), last=int(last)), state)
    except InputError as error:
        return refused(422, error.message)
    except runner.BusyError:
        return refused(503, BUSY)
    except runner.OverdueError:
        return refused(503, OVERDUE)
    return render("steps.html", cards=found, problem="")


def _is_step(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
