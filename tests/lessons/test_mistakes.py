"""The slips of lesson 10 are found by "check my work" in the row where the notes say they are."""

import pytest

from adexplain.lessons.fences import Check
from adexplain.lessons.library import load
from adexplain.practice.marking import check

FOUND = [
    ("the erratum", {"v6'": "wrong-sign"}),
    ("CasADi's cosh", {"v1'": "wrong-sign"}),
    (
        "Karpathy's engine",
        {"a_bar": "assigned-not-accumulated", "b_bar": "assigned-not-accumulated"},
    ),
    ("a quotient with two faults", {"v3'": None}),  # which kind is said may become finer
    ("tanh of tanh", {"v3'": "wrong-value"}),
    ("one edge for two", {"x_bar": "contribution-missing"}),
]


def checks() -> list[Check]:
    return [part for part in load("10-mistakes").parts if isinstance(part, Check)]


def test_there_is_one_for_each_slip():
    assert len(checks()) == len(FOUND)


@pytest.mark.parametrize(("place", "expected"), list(enumerate(each for _, each in FOUND)))
def test_the_slip_is_named(place, expected):
    planted = checks()[place]
    marked = check(planted.f, dict(planted.at), planted.work)
    wrong = {row.text.split(" = ")[0]: row.kind for row in marked.rows if row.mark == "wrong"}
    assert wrong.keys() == expected.keys()
    assert all(kind in (None, wrong[row]) for row, kind in expected.items())
