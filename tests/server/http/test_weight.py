"""No page weighs more than 200 kB: not the examples', not a long trace's."""

import pytest

from adexplain.server.http.examples import GROUPS

LIMIT = 200_000
EXAMPLES = [example for examples in GROUPS.values() for example in examples]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_an_example(client, example):
    assert len(client.get(example.state().address()).content) < LIMIT


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1_000, 10_000])
def test_a_long_trace_besides_its_text(client, rows):
    text = "\n".join(["a0 = x", *(f"a{k} = sin(a{k - 1})*x" for k in range(1, rows + 1))])
    page = client.post("/", data={"f": text, "at.x": "0.5"})
    assert page.status_code == 200
    assert len(page.content) - len(text) < LIMIT


def test_an_answer_to_a_drag_weighs_less(client):
    address = EXAMPLES[0].state().address()
    whole, part = (
        client.get(address, headers=headers) for headers in ({}, {"X-Adexplain-Part": "numbers"})
    )
    assert len(part.content) < 0.9 * len(whole.content)
    assert "Speelpenning" in whole.text
    assert "Speelpenning" not in part.text
    assert "X-Adexplain-Part" in part.headers["vary"]
