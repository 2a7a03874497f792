"""Where work is done: short traces at once, anything longer in a worker with a deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from adexplain.compare import pool

from .address import State
from .limits import COMPARE_SECONDS, INLINE_TEXT, TRACE_SECONDS

P = ParamSpec("P")
T = TypeVar("T")


class OverdueError(Exception):
    """The work took more time or memory than it may."""


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
