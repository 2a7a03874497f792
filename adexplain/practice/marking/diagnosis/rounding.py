"""How far a written number may be from the exact one because of rounding."""

from __future__ import annotations

import math

from adexplain.practice.equality import WrittenNumber


def tolerance(given: WrittenNumber) -> float:
    """How far a number may be off: one unit of its last digit, in case it was truncated.

    Numbers of one digit get half a unit, and nothing if that unit is large.
    """
    if not given.unit:
        return 0.0
    if given.digits >= 2:
        return given.unit
    return given.unit / 2 if given.unit <= 0.01 else 0.0


def rounded(given: WrittenNumber, true: float, digits: int, decimals: int) -> bool:
    """Whether a number is the true one rounded like the other numbers: −0.1 for −0.100."""
    if not given.unit or not math.isfinite(true) or given.value == 0.0:
        return False
    by_digits = 2 <= digits <= 12 and float(f"{true:.{digits}g}") == given.value
    return by_digits or (2 <= decimals <= 12 and round(true, decimals) == given.value)


def near(given: WrittenNumber, number: float, spread: float) -> bool:
    """Whether a number is another one at the digits given; the other may be off by ``spread``.

    A number that the digits can write exactly is not rounded: 3.01 does not count as 3.00.
    """
    if not (math.isfinite(given.value) and math.isfinite(number)):
        return False
    allowed = tolerance(given) + spread
    if not spread and given.unit and _whole(number / given.unit):
        allowed = 0.0
    return abs(given.value - number) <= allowed + 1e-12 * abs(number)


def _whole(number: float) -> bool:
    return abs(number - round(number)) <= 1e-9
