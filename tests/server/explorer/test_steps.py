import pytest

from adexplain import explain
from adexplain.server.explorer.panels.step_card import MAX_CARDS, card, cards

GRIEWANK = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"
QUERY = {"f": GRIEWANK, "at": "x1=1.5,x2=0.5"}


def test_the_drawn_card():
    shown = card(explain(GRIEWANK, [1.5, 0.5]), 17)
    assert shown.sweep == "adjoint"
    assert "is used twice" in shown.sentence
    assert shown.numbers.count("<mark>") == shown.numbers.count("</mark>") == 1
    assert 'title="2.84' in shown.numbers


def test_cards_come_some_at_a_time():
    text = "\n".join(["v0 = x", *(f"v{i} = sin(v{i - 1})" for i in range(1, 200))])
    explanation = explain(text, [1])
    assert [c.number for c in cards(explanation, 0, 3)] == [1, 2, 3]
    assert len(cards(explanation, 1, 10_000)) == MAX_CARDS
    last = explanation.stepping.total
    assert [c.number for c in cards(explanation, last - 1, last + 9)] == [last - 1, last]


def test_the_route_sends_cards(client):
    answer = client.get("/steps", params={**QUERY, "from": "16", "to": "18"})
    assert answer.status_code == 200
    assert answer.text.count("<article") == 3
    assert 'data-for="17"' in answer.text


def test_a_long_function_asks_by_form(client):
    text = "+".join(["x"] * 5_000)
    answer = client.post("/steps", data={"f": text, "from": "4998", "to": "4999"})
    assert answer.status_code == 200
    assert 'data-for="4999"' in answer.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"f": "x"},
        {"from": "1", "to": "2"},
        {"f": "x", "from": "a", "to": "2"},
        {"f": "x", "from": "²", "to": "2"},
        {"f": "x +", "from": "1", "to": "2"},
        {"f": "x", "from": "9" * 30, "to": "2"},
    ],
)
def test_what_makes_no_sense_is_refused(client, wrong):
    answer = client.get("/steps", params=wrong)
    assert answer.status_code == 422
    assert "<article" not in answer.text


def test_what_is_typed_is_escaped(client):
    answer = client.get("/?f=x%2B1&step=1&at.x=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in answer.text


def test_exact_numbers_stand_in_the_card_and_in_the_table(client):
    query = "/?f=sin(x)^2*y&at.x=pi/3&at.y=2&exact=1&step=13"
    page = client.get(query).text
    assert page.count("<msqrt>") > 6
    card = page[page.index('id="step-card"') :]
    numbers = card[card.index("Numbers") : card.index("</article>")]
    assert "<msqrt>" in numbers
