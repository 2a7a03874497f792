"""What happens when too much is asked at once, or one thing takes too long."""

import concurrent.futures

import pytest

from adexplain.compare import pool

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
    assert client.get("/verdict", params={"f": "x"}).status_code == 503
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
    assert "longer than it may" in page.text
