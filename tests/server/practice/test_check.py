"""Check my work as a page and as an answer of the API."""

from __future__ import annotations

import re

import jsonschema
import pytest
from starlette.testclient import TestClient

from adexplain.practice.marking import CheckedWork
from adexplain.server.http.address import LONGEST, State
from adexplain.server.practice.check_address import address
from adexplain.server.practice.check_examples import EXAMPLES

GW = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"
STATE = State(GW, {"x1": "1.5", "x2": "0.5"})
ERRATUM = "v6' = v5'*v4 - v4'*v5"


def test_the_empty_page_has_a_form_and_examples(client: TestClient) -> None:
    page = client.get("/practice/check")
    assert page.status_code == 200
    assert 'name="work"' in page.text
    for example in EXAMPLES:
        assert example.title in page.text


def test_the_erratum_is_called_what_it_is_with_a_link_to_its_step(client: TestClient) -> None:
    page = client.get(address(STATE, ERRATUM)).text
    assert "Wrong sign." in page
    assert "second term of the product rule" in page
    link = re.search(r'href="(/\?f=[^"]+step=12)"', page)
    assert link
    assert client.get(link[1].replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_every_example_is_marked(client: TestClient, example: object) -> None:
    page = client.get(example.address)
    assert page.status_code == 200
    assert 'id="found"' in page.text
    assert ("All " in page.text) == ("LaTeX" in example.title)


def test_a_form_is_answered_at_the_address_that_holds_it(client: TestClient) -> None:
    form = {"f": GW, "at": "x1 = 1.5, x2 = 0.5", "work": ERRATUM}
    answer = client.post("/practice/check", data=form, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == address(STATE, ERRATUM)


@pytest.mark.slow
def test_a_work_too_long_for_an_address_is_answered_at_once(client: TestClient) -> None:
    work = "\n".join([ERRATUM] * (LONGEST // len(ERRATUM) + 5))
    form = {"f": GW, "at": "x1 = 1.5, x2 = 0.5", "work": work}
    answer = client.post("/practice/check", data=form, follow_redirects=False)
    assert answer.status_code == 200
    assert "too long for an address" in answer.text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"f": "sin("}, "f"),
        ({"at": "x1 = wrong(, x2 = 1"}, "at"),
        ({"work": "v6' = v5'*("}, "work"),
        ({"work": "w9' = w8'"}, "work"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(
    client: TestClient, changed: dict[str, str], field: str
) -> None:
    form = {"f": GW, "at": "x1 = 1.5, x2 = 0.5", "work": ERRATUM, **changed}
    page = client.post("/practice/check", data=form)
    assert page.status_code == 422
    beside = page.text.split(f'id="problem-{field}"')[1].split("</div>")[0]
    assert "problem-what" in beside


def test_nothing_typed_becomes_markup(client: TestClient) -> None:
    page = client.post(
        "/practice/check", data={"f": "x", "work": "<b>x</b>\nx' = 1 # <i>", "at": "x=<u>"}
    )
    for tag in ("<b>x", "<i>"):
        assert tag not in page.text


def test_the_api_answers_as_the_schema_says(client: TestClient) -> None:
    body = {"f": GW, "at": {"x1": 1.5, "x2": "1/2"}, "work": ERRATUM + " = -2.9578\n(forward)"}
    answer = client.post("/api/check-work", json=body)
    assert answer.status_code == 200
    data = answer.json()
    jsonschema.Draft202012Validator(CheckedWork.schema_of()).validate(data)
    assert [(row["mark"], row["kind"], row["row"]) for row in data["rows"]] == [
        ("wrong", "wrong-sign", "v6")
    ]


def test_the_api_points_into_the_work(client: TestClient) -> None:
    answer = client.post("/api/check-work", json={"f": "x", "work": "x' = 1\nf' = 2*)"})
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert "x' = 1\nf' = 2*)"[error["start"] :].startswith(")")
    assert error["hint"]
