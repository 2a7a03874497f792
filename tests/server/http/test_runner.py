"""What happens when too much is asked at once, or one thing takes too long."""

import asyncio
import concurrent.futures

import pytest

from adexplain.server.explorer import content
from adexplain.server.http import runner
from adexplain.server.http.address import State
from adexplain.workers import pool

ASK = {"f": "x*x", "at": {"x": 3}}


@pytest.fixture
def full(monkeypatch):
    def submit(*_args, **_kwargs):
        raise pool.Busy

    monkeypatch.setattr(pool, "submit", submit)


@pytest.fixture
def slow(monkeypatch):
    def submit(*_args, **_kwargs):
        future = concurrent.futures.Future()
        future.set_exception(TimeoutError())
        return future

    monkeypatch.setattr(pool, "submit", submit)


def test_a_full_queue_says_so(client, full):
    answer = client.post("/api/compare", json=ASK)
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert "Try again" in answer.json()["error"]["message"]
    part = client.get("/verdict", params={"f": "x"})
    assert part.status_code == 503
    assert part.headers["retry-after"]
    page = client.get("/", params={"f": "x*x", "compare": "1"})
    assert page.status_code == 503
    assert "x*x</textarea>" in page.text


def test_short_traces_need_no_place_in_the_queue(client, full):
    assert client.post("/api/explain", json=ASK).status_code == 200
    assert client.get("/", params={"f": "x*x"}).status_code == 200


def test_work_that_takes_too_long_ends(client, slow):
    assert client.post("/api/compare", json=ASK).status_code == 503
    page = client.get("/verdict", params={"f": "x"})
    assert page.status_code == 503
    assert "retry-after" not in page.headers
    assert "longer than it may" in page.text


def test_who_has_left_waits_no_longer(monkeypatch):
    future = concurrent.futures.Future()
    monkeypatch.setattr(pool, "submit", lambda *_args, **_kwargs: future)

    async def left():
        return True

    async def ask():
        with pytest.raises(runner.DisconnectedError):
            await runner.compare_while_connected(left, content.verdict_of, State("x"))

    # In a thread of its own, whatever loop runs in this one.
    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, ask()).result(10)
    assert future.cancelled()


def test_work_that_has_begun_is_finished(monkeypatch):
    future = concurrent.futures.Future()
    future.set_running_or_notify_cancel()
    monkeypatch.setattr(pool, "submit", lambda *_args, **_kwargs: future)

    async def left():
        raise AssertionError("nobody asks who has left while the work goes on")

    async def ask():
        asyncio.get_running_loop().call_later(0.6, future.set_result, "done")
        return await runner.compare_while_connected(left, content.verdict_of, State("x"))

    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, ask()).result(10) == "done"
