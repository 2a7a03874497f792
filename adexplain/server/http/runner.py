"""Runs the work of a request: a short trace in the event loop, the rest in a worker process."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

from adexplain.server.http.address import State
from adexplain.server.http.limits import COMPARE_SECONDS, INLINE_TEXT, TRACE_SECONDS
from adexplain.workers import pool

POLL_SECONDS = 0.25
"""Seconds between two looks at whether the client is still connected."""

P = ParamSpec("P")
T = TypeVar("T")


class OverdueError(Exception):
    """The work exceeded its time or memory limit."""


class DisconnectedError(Exception):
    """The client disconnected before the work began."""


class BusyError(Exception):
    """The queue of waiting work is full."""


async def trace(work: Callable[[State], T], state: State) -> T:
    """Run ``work`` on a state: at once where that is quick, else in a worker process."""
    if len(state.text) <= INLINE_TEXT and not state.exact and not state.compare:
        return work(state)
    return await in_worker(TRACE_SECONDS, work, state)


async def in_worker(seconds: float, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run ``work`` in a worker process.

    Args:
        seconds: the time limit.
        work: a function that can be pickled, with its ``args`` and ``kwargs``.

    Raises:
        BusyError: the queue is full.
        OverdueError: the work exceeded its time or memory limit.
    """
    try:
        future = pool.submit(work, *args, timeout=seconds, **kwargs)
        return await asyncio.wrap_future(future)
    except pool.Busy as error:
        raise BusyError from error
    except (TimeoutError, pool.WorkerLost) as error:
        raise OverdueError from error


async def compare(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a comparison in a worker process; raises as :func:`in_worker` does."""
    return await in_worker(COMPARE_SECONDS, work, *args, **kwargs)


async def compare_while_connected(
    disconnected: Callable[[], Awaitable[bool]], work: Callable[[State], T], state: State
) -> T:
    """Run a comparison for a page, which drops a request as soon as one of its numbers changes.

    Args:
        disconnected: whether the client has dropped the request. Its work is then taken off the
            queue; work that has begun is finished, because a new worker costs more.
        work, state: as for :func:`trace`.

    Raises:
        DisconnectedError: the client disconnected before the work began.
        BusyError: the queue is full.
        OverdueError: the work exceeded its time or memory limit.
    """
    try:
        future = pool.submit(work, state, timeout=COMPARE_SECONDS)
        waiting = asyncio.wrap_future(future)
        while not (await asyncio.wait({waiting}, timeout=POLL_SECONDS))[0]:
            if not future.running() and await disconnected():
                future.cancel()
                raise DisconnectedError
        return waiting.result()
    except pool.Busy as error:
        raise BusyError from error
    except (TimeoutError, pool.WorkerLost) as error:
        raise OverdueError from error
