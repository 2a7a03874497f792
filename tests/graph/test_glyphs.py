"""Names and numbers as a drawing writes them."""

import math

import pytest

from adexplain.graph.glyphs import LONGEST_NAME, figures, name, number, operation
from adexplain.primitives.primitive import PRIMITIVES


@pytest.mark.parametrize(
    ("text", "letters", "below", "slanted"),
    [
        ("x1", "x", "1", True),
        ("v12", "v", "12", True),
        ("alpha", "α", "", True),
        ("loss", "loss", "", False),
        ("rate_out", "rate", "out", False),
        ("σ2", "σ", "2", True),
        ("ж", "ж", "", True),
    ],
)
def test_names_fall_into_letter_and_subscript(text, letters, below, slanted):
    found = name(text)
    assert (found.letters, found.subscript, found.slanted) == (letters, below, slanted)


def test_long_names_are_cut():
    for text in ("a" * 60, "x" + "1" * 50, "very_long_name_with_index", "漢" * 20):
        found = name(text)
        assert found.width <= LONGEST_NAME
        assert "…" in found.letters + found.subscript


def test_numbers_lose_digits_before_they_lose_their_frame():
    assert number(1.35127873, 62).digits == "1.3513"
    assert number(-0.98999249, 52).digits == "−0.98999"
    assert number(-0.98999249, 45).digits == "−0.9900"
    assert number(1.0, 60, given=True).digits == "1"
    tiny = number(-1.23456e-12, 60)
    assert (tiny.digits[-3:], tiny.power) == ("×10", "−12")
    assert tiny.width <= 60
    for value in (1e300, 123456789.0, -0.00012345678, 1 / 3):
        assert number(value, 44).width <= 44


def test_numbers_that_are_none():
    assert number(math.inf, 60).digits == "∞"
    assert number(-math.inf, 60).digits == "−∞"
    assert number(math.nan, 60).digits == "NaN"
    assert number(None, 60).digits == ""
    assert number(-0.0, 60).digits == "0"


def test_every_operation_has_a_short_name():
    for op in PRIMITIVES:
        assert 0 < len(operation(op)) <= 8
    assert operation("mul") == "×"
    assert figures("1.5") < figures("15.5")
