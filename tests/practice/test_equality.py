"""Numbers by the digits given, formulas by their values."""

from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adexplain.errors import InputError
from adexplain.language import parse
from adexplain.practice.equality import Match, same_formula, same_number


@pytest.mark.parametrize(
    ("text", "true", "match"),
    [
        ("0.5", 0.5, Match.EXACT),
        ("1,5", 1.5, Match.EXACT),
        ("1,000", 1000.0, Match.EXACT),
        ("1,000", 1.0, Match.EXACT),
        ("1,234,567", 1234567.0, Match.EXACT),
        ("2,000.5", 2000.5, Match.EXACT),
        ("0,125", 125.0, Match.WRONG),
        ("−2·10^-3", -0.002, Match.EXACT),
        ("-2 * 10^(-3)", -0.002, Match.EXACT),
        ("3/4", 0.75, Match.EXACT),
        ("-3/4", -0.75, Match.EXACT),
        ("sqrt(3)/2", math.sqrt(3) / 2, Match.EXACT),
        ("ln 2", math.log(2), Match.EXACT),
        ("= 2", 2.0, Match.EXACT),
        ("0", math.cos(math.pi / 2), Match.EXACT),
        ("3", 3.0000000000000004, Match.EXACT),
        ("0.6931471805599453", math.log(2), Match.EXACT),
        ("0.693", math.log(2), Match.ROUNDED),
        ("≈ 0.69", math.log(2), Match.ROUNDED),
        ("0.694", math.log(2), Match.WRONG),
        ("2.0", 2.04, Match.ROUNDED),
        ("2.0", 2.051, Match.ROUNDED),  # cut, not rounded
        ("2.1", 2.04, Match.WRONG),
        ("-1.97", -1.9799850, Match.ROUNDED),
        ("-1.98", -1.9799850, Match.ROUNDED),
        ("1.98", -1.9799850, Match.WRONG),
        ("3", 3.01, Match.WRONG),  # one digit is no rounding
        ("12", 11.652, Match.ROUNDED),
        ("1300", 1330.0, Match.WRONG),
        ("1.3e3", 1330.0, Match.ROUNDED),
        ("1.49*1.35", 1.4924 * 1.3513, Match.ROUNDED),
        ("inf", math.inf, Match.EXACT),
        ("1", math.inf, Match.WRONG),
        ("nan", math.nan, Match.EXACT),
        ("1e400", 2.0, Match.WRONG),
    ],
)
def test_a_number_is_judged_by_the_digits_given(text: str, true: float, match: Match) -> None:
    assert same_number(text, true) is match


@pytest.mark.parametrize(
    ("text", "true"),
    [("3 1/2", 3.5), ("-3 1/2", -3.5), ("3½", 3.5), ("−¼", -0.25), ("⅔", 2 / 3), ("1⁄3", 1 / 3),
     ("sqrt3/2", math.sqrt(3) / 2), ("-2*sqrt12", -2 * math.sqrt(12)), ("1,5*2", 3.0),
     ("(1,5 + 2)/7", 0.5), ("max(1,2)", 2.0)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, true: float) -> None:
    assert same_number(text, true) is Match.EXACT


@pytest.mark.parametrize("text", ["[1,2]", "3 1/0", "½/3", "1 2/"])
def test_what_only_looks_like_one_is_none(text: str) -> None:
    with pytest.raises(InputError):
        same_number(text, 1.0)


@pytest.mark.parametrize("text", ["", "  ", "x", "1 2", "two", "1/", "[1, 2]", "9" * 500, "1,2,3"])
def test_what_is_no_number_is_said_to_be_none(text: str) -> None:
    with pytest.raises(InputError) as caught:
        same_number(text, 1.0)
    start, end = caught.value.span or (0, 0)
    assert 0 <= start <= end <= len(text)
    assert caught.value.hint


@given(st.text(max_size=40), st.floats())
def test_any_text_is_judged_or_refused(text: str, true: float) -> None:
    with contextlib.suppress(InputError):
        assert same_number(text, true) in Match


@given(
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e200, max_value=1e200).filter(
        lambda number: abs(number) > 1e-200
    ),
    st.integers(2, 12),
)
def test_a_rounded_number_is_right_and_its_neighbour_is_not(number: float, digits: int) -> None:
    text = f"{number:.{digits - 1}e}"
    assert same_number(text, number) is not Match.WRONG
    mantissa, _, power = text.partition("e")
    unit = 10.0 ** -(digits - 1)
    beyond = float(mantissa) + math.copysign(2 * unit, number)
    assert same_number(f"{beyond:.{digits - 1}f}e{power}", number) is Match.WRONG


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("x1/x2 - exp(x2)", "-(exp(x2) - x1/x2)", True),
        ("cos(x)^2", "1 - sin(x)^2", True),
        ("cos(x)^2", "1 + sin(x)^2", False),
        ("ln(x^2)", "2*ln(x)", True),
        ("x*y", "y*x", True),
        ("x*y", "x*x", False),
        ("x", "x + 1e-7", False),
        ("x - x", "0*x", True),
        ("2", "4/2", True),
        ("1/x", "x^-1", True),
        ("sqrt(-1 - x^2)", "x", False),
        ("z", "x", False),
        ("[x, y]", "x", False),
        ("exp(x)*exp(y)", "exp(x + y)", True),
    ],
)
def test_formulas_are_the_same_function_or_not(one: str, other: str, same: bool) -> None:
    near = {"x": 1.5, "y": 0.5, "x1": 1.5, "x2": 0.5}
    assert same_formula(parse(one), parse(other), near) is same
