"""A pool of worker processes for calculations that may take too long or too much memory.

SymPy cannot be interrupted from within, so it runs in processes that can be killed. When a task
exceeds its deadline its worker is killed, and a new one takes its place.

The workers come from a fork server, which has imported SymPy once; the program that uses this
package is neither forked (it may have threads) nor imported again in the worker (it may be a
script without a ``__main__`` guard, or a notebook).
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from adexplain import budgets
from adexplain.errors import AdexplainError
from adexplain.workers import limits

T = TypeVar("T")


class Busy(AdexplainError):
    """The queue is full, or the task has waited in it for too long."""


class WorkerLost(AdexplainError):
    """The worker process ended before its task: out of memory, or killed."""


def submit(work: Callable[..., T], /, *args: Any, timeout: float = 0.0, **kwargs: Any) -> Future[T]:
    """Run ``work(*args, **kwargs)`` in a worker; it and its arguments must be picklable.

    Args:
        work: a function that a worker can import.
        *args: its arguments.
        timeout: seconds the work may take once it has begun, and seconds it may wait before that;
            0 means the time SymPy has for one comparison.
        **kwargs: its keyword arguments.

    Returns:
        A future. It raises TimeoutError where the work was stopped at its deadline, Busy where it
        waited too long, WorkerLost where its worker died, or what the work raised. Cancelling it
        stops the work.

    Raises:
        Busy: the queue is full.
    """
    return _pool().submit(timeout or budgets.SYMBOLIC_SECONDS, work, args, kwargs)


def call(work: Callable[..., T], /, *args: Any, timeout: float = 0.0, **kwargs: Any) -> T:
    """Run the work in a worker and wait for it; raises what the future of ``submit`` raises.

    In a worker, and in a process that may have no children, the work runs in this process, with a
    deadline where :func:`limits.alarm` can set one.
    """
    if limits.is_worker() or multiprocessing.current_process().daemon:
        with limits.alarm(timeout or budgets.SYMBOLIC_SECONDS):
            return work(*args, **kwargs)
    return submit(work, *args, timeout=timeout, **kwargs).result()


def warm_up() -> None:
    """Start the workers now rather than at the first task."""
    with contextlib.suppress(Busy):
        _pool().submit(60.0, _no_op, (), {})


def shut_down() -> None:
    """Stop all workers at once; the next task starts new ones. Called when the program ends."""
    with _lock:
        pool, _State.pool = _State.pool, None
    if pool is not None and pool.owner == os.getpid():
        pool.stop()


atexit.register(shut_down)


class _State:
    """The pool of this process, if it has been started."""

    pool: _Pool | None = None


_lock = threading.Lock()


def _no_op() -> None:
    """A task that does nothing but start a worker."""


def _pool() -> _Pool:
    with _lock:
        # After a fork the child has the pool object, but not the threads that drive it.
        pool = _State.pool
        if pool is None or pool.owner != os.getpid() or pool.broken:
            pool = _State.pool = _Pool()
        return pool


class _Outcome(Future[T]):
    """The future that the caller gets; cancelling it stops the task."""

    inner: Future[T] | None = None

    def running(self) -> bool:
        """Whether a worker has it. (Only a settled outcome is running for ``Future`` itself.)"""
        return super().running() or (self.inner is not None and not self.done())

    def cancel(self) -> bool:
        cancelled = super().cancel()
        if cancelled and self.inner is not None:
            self.inner.cancel()
        return cancelled


@dataclass
class _Task:
    """Work that waits for a worker."""

    outcome: _Outcome[Any]
    seconds: float
    work: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


@dataclass
class _Pool:
    """A pebble pool with a bound on how much waits, and for how long.

    Work waits here, and pebble is given only what a worker can begin: what is cancelled in pebble's
    own queue still goes to a worker, which is killed for it, and a new one takes a second to start.
    """

    owner: int = field(default_factory=os.getpid)
    started: int = 0
    queue: deque[_Task] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.mutex = threading.Lock()
        self.pool: Any = ProcessPool(
            max_workers=budgets.WORKERS,
            initializer=limits.prepare,
            context=limits.context(),
        )

    @property
    def broken(self) -> bool:
        """Whether its workers died before their first task; such a pool accepts no more tasks."""
        return not self.pool.active

    def stop(self) -> None:
        self.pool.stop()
        # Pebble would unlink their semaphores first; a worker that is just starting would complain.
        limits.kill_workers()
        self.pool.join()

    def submit(
        self, seconds: float, work: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Future[T]:
        outcome: _Outcome[T] = _Outcome()
        with self.mutex:
            if (
                self.started + len(self._still_wanted())
                >= budgets.WORKERS + budgets.WORKERS_WAITING
            ):
                raise Busy("Too many calculations are waiting; try again in a moment.")
            self.queue.append(_Task(outcome, seconds, work, args, kwargs))
        wait_limit = threading.Timer(seconds, self._give_up, (outcome,))
        wait_limit.daemon = True
        wait_limit.start()
        outcome.add_done_callback(lambda _: wait_limit.cancel())
        self._start_waiting()
        return outcome

    def _still_wanted(self) -> deque[_Task]:
        """Drop cancelled and overdue tasks from the queue, and return it."""
        self.queue = deque(task for task in self.queue if not task.outcome.done())
        return self.queue

    def _start_waiting(self) -> None:
        """Hand waiting tasks to pebble while workers are free."""
        while True:
            with self.mutex:
                if self.started >= budgets.WORKERS or not self._still_wanted():
                    return
                task = self.queue.popleft()
                self.started += 1
            try:
                inner = self.pool.schedule(task.work, task.args, task.kwargs, timeout=task.seconds)
            except Exception as error:
                self._task_ended()
                _fail(task.outcome, WorkerLost(f"The workers have ended: {error}"))
                continue
            task.outcome.inner = inner
            inner.add_done_callback(partial(self._finished, task.outcome))
            if task.outcome.done():  # cancelled or overdue in the meantime
                inner.cancel()

    def _task_ended(self) -> None:
        with self.mutex:
            self.started -= 1

    def _give_up(self, outcome: _Outcome[T]) -> None:
        """Fail a task that has not started in time; pebble's own clock begins with its start."""
        inner = outcome.inner
        if inner is None or not (inner.running() or inner.done()):
            _fail(outcome, Busy("This calculation waited too long for its turn; try again."))
            if inner is not None:
                inner.cancel()

    def _finished(self, outcome: _Outcome[T], inner: Future[T]) -> None:
        self._task_ended()
        try:
            error = inner.exception()
        except CancelledError:
            outcome.cancel()
        else:
            if isinstance(error, ProcessExpired | BrokenProcessPool):
                error = WorkerLost(
                    "The calculation was ended by the system: it may need too much memory."
                )
            if error is not None:
                _fail(outcome, error)
            elif not outcome.done() and outcome.set_running_or_notify_cancel():
                outcome.set_result(inner.result())
        self._start_waiting()


def _fail(outcome: Future[T], error: BaseException) -> None:
    if not outcome.done() and outcome.set_running_or_notify_cancel():
        outcome.set_exception(error)
