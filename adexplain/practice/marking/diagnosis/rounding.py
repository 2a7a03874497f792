"""How far a number that was written may be from the one that is meant."""

from __future__ import annotations

import math

from adexplain.practice.equality import Given


def tolerance(given: Given) -> float:
    """How far a number may be from the true one: half a unit of its last digit, cut ones a unit."""
    if not given.unit:
        return 0.0
    if given.digits >= 2:
        return given.unit
    return given.unit / 2 if given.unit <= 0.01 else 0.0


def rounded(given: Given, true: float, digits: int, decimals: int) -> bool:
    """Whether a number is the true one at the digits others have: −0.1 for −0.100."""
    if not given.unit or not math.isfinite(true) or given.value == 0.0:
        return False
    by_digits = 2 <= digits <= 12 and float(f"{true:.{digits}g}") == given.value
    return by_digits or (2 <= decimals <= 12 and round(true, decimals) == given.value)


def near(given: Given, number: float, spread: float) -> bool:
    """Whether a number is another one, itself off by as much, at the digits given.

    One that needs no more digits than were given was not rounded at all: 3.01 is not 3.
    """
    if not (math.isfinite(given.value) and math.isfinite(number)):
        return False
    room = tolerance(given) + spread
    if not spread and given.unit and _whole(number / given.unit):
        room = 0.0
    return abs(given.value - number) <= room + 1e-12 * abs(number)


def _whole(number: float) -> bool:
    return abs(number - round(number)) <= 1e-9
