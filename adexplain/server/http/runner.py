"""Where work is done: short traces at once, anything longer in a worker with a deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

from adexplain.server.http.address import State
from adexplain.server.http.limits import COMPARE_SECONDS, INLINE_TEXT, TRACE_SECONDS
from adexplain.workers import pool

LOOK_SECONDS = 0.25
"""How often is looked whether a page still waits."""

P = ParamSpec("P")
T = TypeVar("T")


class OverdueError(Exception):
    """The work took more time or memory than it may."""


class LeftError(Exception):
    """Whoever asked has gone before the work began."""


class BusyError(Exception):
    """Too much work is waiting already."""


async def trace(work: Callable[[State], T], state: State) -> T:
    """Run ``work`` on a state that needs no comparison."""
    if len(state.text) <= INLINE_TEXT and not state.exact and not state.compare:
        return work(state)
    return await apart(TRACE_SECONDS, work, state)


async def apart(seconds: float, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run ``work`` in a worker process."""
    try:
        future = pool.submit(work, *args, timeout=seconds, **kwargs)
        return await asyncio.wrap_future(future)
    except pool.Busy as error:
        raise BusyError from error
    except (TimeoutError, pool.Lost) as error:
        raise OverdueError from error


async def compare(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a comparison in a worker process."""
    return await apart(COMPARE_SECONDS, work, *args, **kwargs)


async def compare_for(
    left: Callable[[], Awaitable[bool]], work: Callable[[State], T], state: State
) -> T:
    """The same for a page, which asks anew with every number that changes.

    Args:
        left: whether the page waits no longer. Work it waited for then leaves the queue; what has
            begun is finished, since a new worker costs more.
        work, state: as for :func:`trace`.
    """
    try:
        future = pool.submit(work, state, timeout=COMPARE_SECONDS)
        waiting = asyncio.wrap_future(future)
        while not (await asyncio.wait({waiting}, timeout=LOOK_SECONDS))[0]:
            if not future.running() and await left():
                future.cancel()
                raise LeftError
        return waiting.result()
    except pool.Busy as error:
        raise BusyError from error
    except (TimeoutError, pool.Lost) as error:
        raise OverdueError from error
