"""How worker processes are started, and what they do before their first task."""

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
    """What this process is."""

    worker = False


def is_worker() -> bool:
    """Whether this process was started by :func:`context` and prepared."""
    return _Role.worker


def prepare() -> None:
    """Run in each worker before its first task: limits, signals, and an end with the parent."""
    _Role.worker = True
    # Pebble's handler would wait for the running C call; a worker has nothing to tidy up.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # What is left over from an earlier task must not add up: cost 0.1 s once, here.
    import sympy  # noqa: F401

    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = budgets.WORKER_MEMORY
        with contextlib.suppress(ValueError, OSError):  # macOS refuses
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _end_with_parent() -> None:
    """A parent that was killed cannot stop its workers, so they watch it themselves."""
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
    """What a new process is told; our workers are not told to import the main program again.

    Otherwise a script without a ``__main__`` guard would run a second time in every worker, and a
    slow one would be slow once more. Tasks are functions of this package, so nothing is missed.
    """
    data = dict(_preparation_data(name))
    if _launching.worker:
        data.pop("init_main_from_name", None)
        data.pop("init_main_from_path", None)
    return data


class WorkerProcess(_Process):
    """A process that leaves the main program alone."""

    @staticmethod
    def _Popen(process_obj: Any) -> Any:
        _launching.worker = True
        try:
            return _Process._Popen(process_obj)
        finally:
            _launching.worker = False


class WorkerContext(_Context):
    """The fork server (on Windows: spawn), for processes that leave the main program alone."""

    Process = WorkerProcess


def context() -> WorkerContext:
    """The context of the workers; SymPy is imported once, in the fork server."""
    spawn.get_preparation_data = _without_main
    found = WorkerContext()
    if sys.platform != "win32":
        found.set_forkserver_preload(["sympy", "adexplain.workers.limits"])
    return found


@contextlib.contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """A deadline within this process: TimeoutError, where it has the signal and is in charge."""
    ours = threading.current_thread() is threading.main_thread()
    if sys.platform == "win32" or not ours:
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError
