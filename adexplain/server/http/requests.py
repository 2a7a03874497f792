"""Reads the fields of a request, and turns a result or an error into a response."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qsl

from fastapi import Request, Response

from adexplain.errors import InputError
from adexplain.server.http import runner

REVEALED_HEADER = "X-Adexplain-Told"
"""The header in which js/explorer/revealed.js sends the last step the reader has revealed."""
METHODS = ["GET", "POST"]
"""POST as well, because a function too long for an address is sent as a form."""
BUSY = "The server is working on as many functions as it can. Try again in a few seconds."
RETRY_AFTER = {"Retry-After": "2"}
"""In seconds; the page's scripts then repeat the request."""
OVERDUE = "This took longer than one request may. A smaller function will do."

T = TypeVar("T")


@dataclass(frozen=True)
class Refusal:
    """Why a request is refused: the status, a sentence, and the error if the input is at fault."""

    status: int
    message: str
    error: InputError | None = None


async def query_fields(request: Request) -> list[tuple[str, str]]:
    """The fields of a request as (name, value) pairs: those of its form, then of its address.

    How far a trace is revealed is not kept in the address: the page's script sends it in a header,
    which becomes the field ``told``.
    """
    body = (await request.body()).decode("utf-8", "replace")
    revealed = request.headers.get(REVEALED_HEADER)
    pairs = [*parse_qsl(body, keep_blank_values=True), *request.query_params.multi_items()]
    return pairs if revealed is None else [*pairs, ("told", revealed)]


async def respond(
    work: Awaitable[T],
    show: Callable[[T], Response],
    refuse: Callable[[Refusal], Response],
    overdue: str = OVERDUE,
) -> Response:
    """The response to the result of some work, or to the reason why there is none.

    Args:
        work: a call of :mod:`runner`.
        show: makes the response to the result.
        refuse: makes the response to an error.
        overdue: the message where the work took too long.
    """
    try:
        result = await work
    except InputError as error:
        return refuse(Refusal(422, error.message, error))
    except runner.BusyError:
        response = refuse(Refusal(503, BUSY))
        response.headers.update(RETRY_AFTER)
        return response
    except runner.OverdueError:
        return refuse(Refusal(503, overdue))
    return show(result)
