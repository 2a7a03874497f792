"""How a page asks, by its address or by a form, and how it is told what went wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qsl

from fastapi import Request, Response

from adexplain.errors import InputError
from adexplain.server.http import runner

TOLD = "X-Adexplain-Told"
"""The last step a reader has uncovered; js/told.js has it too."""
METHODS = ["GET", "POST"]
"""A function too long for an address is sent as a form."""
BUSY = "The server is working on as many functions as it can. Try again in a few seconds."
RETRY_AFTER = {"Retry-After": "2"}
"""Seconds; the page's scripts ask again by themselves."""
OVERDUE = "This took longer than one request may. A smaller function will do."

T = TypeVar("T")


@dataclass(frozen=True)
class Refusal:
    """Why there is no answer: the status, a sentence, and the error if the input is at fault."""

    status: int
    message: str
    error: InputError | None = None


async def asked(request: Request) -> list[tuple[str, str]]:
    """What is asked for: the form's fields, if there is a form, and the address's.

    How far a trace is uncovered no address needs to hold: the page's script tells it.
    """
    body = (await request.body()).decode("utf-8", "replace")
    told = request.headers.get(TOLD)
    pairs = [*parse_qsl(body, keep_blank_values=True), *request.query_params.multi_items()]
    return pairs if told is None else [*pairs, ("told", told)]


async def answer(
    work: Awaitable[T],
    shown: Callable[[T], Response],
    refused: Callable[[Refusal], Response],
    overdue: str = OVERDUE,
) -> Response:
    """The response to what some work finds, or to why it finds nothing.

    Args:
        work: what :mod:`runner` does.
        shown, refused: make the response.
        overdue: what to say where the work took too long.
    """
    try:
        found = await work
    except InputError as error:
        return refused(Refusal(422, error.message, error))
    except runner.BusyError:
        response = refused(Refusal(503, BUSY))
        response.headers.update(RETRY_AFTER)
        return response
    except runner.OverdueError:
        return refused(Refusal(503, overdue))
    return shown(found)
