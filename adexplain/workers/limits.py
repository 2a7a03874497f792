"""Starting and killing workers, and their limits: memory, signals, end of the parent, deadlines."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from multiprocessing import spawn
from types import FrameType
from typing import Any

from adexplain import budgets

if sys.platform == "win32":
    from multiprocessing.context import SpawnContext as _Context
    from multiprocessing.context import SpawnProcess as _Process
else:
    from multiprocessing.context import ForkServerContext as _Context
    from multiprocessing.context import ForkServerProcess as _Process


class _Role:
    """Whether this process is a worker; set by :func:`prepare`."""

    worker = False


def is_worker() -> bool:
    """Whether this process was started by :func:`context` and prepared."""
    return _Role.worker


def prepare() -> None:
    """Prepare a worker before its first task: set its limits, and let it end with its parent."""
    _Role.worker = True
    # Pebble's handler would wait for the running C call; a worker has nothing to clean up.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # SymPy is imported here, so that no task spends its time on that.
    import sympy  # noqa: F401

    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = budgets.WORKER_MEMORY
        with contextlib.suppress(ValueError, OSError):  # macOS refuses
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _end_with_parent() -> None:
    """Exit when the parent ends: a parent that was killed could not stop its workers."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


class _Launching(threading.local):
    """Whether this thread is starting a worker right now."""

    worker = False


_launching = _Launching()
_preparation_data = spawn.get_preparation_data


def _without_main(name: str) -> dict[str, Any]:
    """The preparation data of a new process, for our workers without the main program.

    With it, every worker would import the main program: a script without a ``__main__`` guard would
    run again, and a slow one would delay the worker. Workers do not need it, because tasks are
    functions of this package.
    """
    data = dict(_preparation_data(name))
    if _launching.worker:
        data.pop("init_main_from_name", None)
        data.pop("init_main_from_path", None)
    return data


class WorkerProcess(_Process):
    """A process that does not import the main program."""

    @staticmethod
    def _Popen(process_obj: Any) -> Any:
        _launching.worker = True
        try:
            return _Process._Popen(process_obj)
        finally:
            _launching.worker = False


class WorkerContext(_Context):
    """The fork server (on Windows: spawn), for processes that do not import the main program."""

    Process = WorkerProcess


def kill_workers() -> None:
    """Kill the workers of this process at once; they have nothing to clean up."""
    for process in multiprocessing.active_children():
        if isinstance(process, WorkerProcess):
            process.kill()
            process.join()


def context() -> WorkerContext:
    """The multiprocessing context of the workers; its fork server imports SymPy once for all."""
    spawn.get_preparation_data = _without_main
    workers = WorkerContext()
    if sys.platform != "win32":
        workers.set_forkserver_preload(["sympy", "adexplain.workers.limits"])
    return workers


@contextlib.contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """A deadline within this process, by a signal; after it TimeoutError is raised.

    There is no deadline on Windows, which has no such signal, nor in other threads than the main
    one, which cannot use it.
    """
    on_main_thread = threading.current_thread() is threading.main_thread()
    if sys.platform == "win32" or not on_main_thread:
        yield
        return
    before = signal.signal(signal.SIGALRM, _raise_timeout)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)


def _raise_timeout(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError
