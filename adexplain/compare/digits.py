"""How many digits of a number are right."""

from __future__ import annotations

import math
from typing import Any

MOST = 16
"""Digits at most: a float holds no more."""
SURE = 15
"""From so many on a count is a lower bound, shown as "≥ 15"."""
_FLAT = 1e-3
"""A difference quotient is judged against this part of the function's general steepness at least:
at a flat place it can be right, and useful, with no digit of a tiny slope right."""


def matching_digits(value: float, reference: Any, yardstick: float) -> int:
    """Matching decimal digits of a value, 0 to 16.

    Args:
        value: what a method found.
        reference: the true number, as an ``mpf``.
        yardstick: what the error is relative to; not 0 unless both are.
    """
    error = abs(reference - value)
    if error == 0:
        return MOST
    if not math.isfinite(value) or yardstick == 0.0:
        return 0
    relative = float(error / yardstick)
    if relative <= 10.0**-MOST:
        return MOST
    return max(0, min(MOST, math.floor(-math.log10(relative)))) if relative < 1.0 else 0


def yardsticks(reference: Any, steepness: float) -> tuple[float, float]:
    """What errors are relative to: of methods that compute a derivative, and of differences.

    Args:
        reference: the true derivative.
        steepness: the general size of the function's derivatives here.
    """
    size = float(abs(reference))
    return size or steepness, max(size, _FLAT * steepness)


def shown(digits: int) -> str:
    """A count of digits as tables show it."""
    return f"≥ {SURE}" if digits >= SURE else str(digits)
