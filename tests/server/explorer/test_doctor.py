"""The gradient doctor on the page."""

import adexplain
from adexplain.server.explorer.panels.doctor import MAX_SHOWN, doctor


def of(text, at):
    return doctor(adexplain.explain(text, at))


def test_a_healthy_function_says_nothing():
    assert of("x*y + sin(x)", [1, 2]).is_empty


def test_a_card_for_each_origin_and_a_line_for_each_true_zero():
    found = of("sqrt(x) + relu(y) + z^2", [0, -1, 0])
    assert [card.symptom for card in found.cards] == ["∂f/∂x is ∞", "∂f/∂y is 0"]
    assert [symptom for symptom, _ in found.quiet] == ["∂f/∂z is 0"]
    assert found.explains("v1")
    assert not found.explains("z")


def test_of_many_findings_some_are_counted():
    text = " + ".join(f"relu(x{k})" for k in range(12))
    found = of(text, [-1.0] * 12)
    assert len(found.cards) == MAX_SHOWN
    assert found.left_out == "4 more findings."


def test_the_page_shows_it(client):
    page = client.get("/?f=sqrt(x)&at.x=0").text
    assert 'id="doctor"' in page
    assert "infinite slope" in page
    assert 'data-to="4"' in page
    assert 'id="doctor"' not in client.get("/?f=sin(x)&at.x=1").text
