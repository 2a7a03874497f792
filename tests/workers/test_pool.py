"""Workers: deadlines that kill, a queue with an end, and programs that start and end cleanly."""

import asyncio
import multiprocessing
import operator
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from pebble import ProcessPool

from adexplain import budgets
from adexplain.workers import pool


@pytest.fixture(autouse=True, scope="module")
def _stop_workers() -> Iterator[None]:
    yield
    pool.shut_down()


def test_work_is_done_in_another_process() -> None:
    assert pool.submit(os.getpid, timeout=20).result() != os.getpid()


def test_a_deadline_kills_even_what_holds_the_interpreter() -> None:
    pool.submit(operator.add, 1, 2, timeout=20).result()
    start = time.perf_counter()
    with pytest.raises(TimeoutError):
        pool.submit(pow, 3, 10**9, timeout=0.5).result()
    assert time.perf_counter() - start < 3
    assert pool.submit(operator.add, 1, 2, timeout=20).result() == 3


def test_errors_come_back() -> None:
    with pytest.raises(ZeroDivisionError):
        pool.submit(operator.truediv, 1, 0, timeout=20).result()


def test_memory_is_bounded() -> None:
    with pytest.raises(MemoryError):
        pool.submit(bytearray, 10**11, timeout=20).result()


def test_a_worker_that_dies_is_replaced() -> None:
    with pytest.raises(pool.WorkerLost):
        pool.submit(os._exit, 3, timeout=20).result()
    assert pool.submit(operator.add, 1, 2, timeout=20).result() == 3


def test_the_queue_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets, "WORKERS_WAITING", 1)
    pool.submit(operator.add, 1, 2, timeout=20).result()
    futures = [pool.submit(time.sleep, 5, timeout=20) for _ in range(budgets.WORKERS + 1)]
    with pytest.raises(pool.Busy):
        pool.submit(time.sleep, 5, timeout=20)
    for future in futures:
        future.cancel()
    assert pool.submit(operator.add, 1, 2, timeout=20).result(10) == 3


def test_waiting_is_bounded_too() -> None:
    busy = [pool.submit(time.sleep, 5, timeout=20) for _ in range(budgets.WORKERS)]
    time.sleep(0.3)
    start = time.perf_counter()
    with pytest.raises(pool.Busy):
        pool.submit(operator.add, 1, 2, timeout=0.5).result()
    assert time.perf_counter() - start < 3
    for future in busy:
        future.cancel()


def test_what_is_cancelled_while_it_waits_costs_no_worker() -> None:
    pool.submit(operator.add, 1, 2, timeout=20).result()
    processes = {process.pid for process in multiprocessing.active_children()}
    busy = [pool.submit(time.sleep, 1, timeout=20) for _ in range(budgets.WORKERS)]
    for future in [pool.submit(operator.add, 1, 2, timeout=20) for _ in range(8)]:
        assert not future.running()
        assert future.cancel()
    assert all(future.running() or future.done() for future in busy)
    for future in busy:
        future.result()
    assert pool.submit(operator.add, 1, 2, timeout=20).result() == 3
    assert {process.pid for process in multiprocessing.active_children()} == processes


def test_it_can_be_awaited() -> None:
    async def answer() -> int:
        return await asyncio.wrap_future(pool.submit(operator.add, 1, 2, timeout=20))

    # In a thread of its own: the browser tests leave a loop running in this one.
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(asyncio.run, answer()).result() == 3


def test_a_worker_does_its_own_work_on_the_spot() -> None:
    work = pool.submit(pool.call, os.getpid, timeout=20)
    assert work.result() != os.getpid()


def test_within_a_worker_a_deadline_holds_as_well() -> None:
    with pytest.raises(TimeoutError):
        pool.submit(_nested_sleep, timeout=20).result()


def _nested_sleep() -> None:
    pool.call(time.sleep, 10, timeout=0.3)


SCRIPT = """
import operator, time
from adexplain.workers import pool
print("main")
print(pool.submit(operator.add, 1, 2, timeout=20).result())
pool.submit(time.sleep, 60, timeout=99)
"""


@pytest.mark.parametrize("how", ["script", "-c", "stdin"])
@pytest.mark.slow
def test_a_program_without_a_main_guard_runs_once_and_ends(how: str, tmp_path: object) -> None:
    path = f"{tmp_path}/script.py"
    with open(path, "w") as file:
        file.write(SCRIPT)
    arguments = {"script": [path], "-c": ["-c", SCRIPT], "stdin": ["-"]}[how]
    done = subprocess.run(
        [sys.executable, "-W", "error", *arguments],
        input=SCRIPT if how == "stdin" else None,
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
        env=os.environ | {"PYTHONPATH": os.getcwd()},
    )
    assert (done.stdout, done.stderr) == ("main\n3\n", "")


def test_no_worker_lives_when_pebble_closes_what_they_share(monkeypatch) -> None:
    """A worker that is just starting would not find its semaphores, and print a traceback."""
    alive = []
    join = ProcessPool.join
    spy = lambda self: (alive.append(multiprocessing.active_children()), join(self))  # noqa: E731
    monkeypatch.setattr(ProcessPool, "join", spy)
    pool.warm_up()
    assert multiprocessing.active_children()
    pool.shut_down()
    assert alive == [[]]


def test_importing_starts_nothing() -> None:
    code = "import sys, threading, adexplain.comparison.compare\n"
    code += "print('sympy' in sys.modules, threading.active_count())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          env=os.environ | {"PYTHONPATH": os.getcwd()})  # fmt: skip
    assert done.stdout == "False 1\n"


def test_threads_may_share_the_pool() -> None:
    results: list[int] = []
    threads = [
        threading.Thread(
            target=lambda k=k: results.append(pool.submit(operator.add, k, 1, timeout=20).result())
        )
        for k in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == list(range(1, 9))


class _Unreadable:
    """Work that no worker can read: it dies of it before it has begun."""

    def __reduce__(self) -> tuple[object, ...]:
        return operator.truediv, (1, 0)

    def __call__(self) -> None:
        """Never called."""


def test_workers_that_die_of_their_orders_are_replaced() -> None:
    with pytest.raises((pool.WorkerLost, TimeoutError)):
        pool.submit(_Unreadable(), timeout=20).result()
    assert pool.submit(operator.add, 1, 2, timeout=20).result() == 3
