"""How many digits of a number are right."""

from __future__ import annotations

import math
from typing import Any

MOST = 16
"""Digits at most: a float holds no more."""
SURE = 15
"""From so many on a count is a lower bound, shown as "≥ 15"."""


def matching_digits(value: float, reference: Any, yardstick: float) -> int:
    """Matching decimal digits of a value, 0 to 16.

    Args:
        value: what a method found.
        reference: the true number, as an ``mpf``.
        yardstick: what the error is relative to; not 0 unless both are.
    """
    error = abs(reference - value)
    if error == 0 or float(reference) == value:
        return MOST
    if not math.isfinite(value) or yardstick == 0.0:
        return 0
    relative = float(error / yardstick)
    if relative <= 10.0**-MOST:
        return MOST
    return max(0, min(MOST, math.floor(-math.log10(relative)))) if relative < 1.0 else 0


def yardstick(reference: Any, steepness: float) -> float:
    """What errors are relative to: the true derivative or, only where that is exactly 0, the
    general size of the function's derivatives.
    """
    return float(abs(reference)) or steepness


def shown(digits: int) -> str:
    """A count of digits as tables show it."""
    return f"≥ {SURE}" if digits >= SURE else str(digits)
