"""Counts how many decimal digits of a computed derivative are right."""

from __future__ import annotations

import math
from typing import Any

MAX_DIGITS = 16
"""Largest count: a float holds no more digits."""
DISPLAY_CAP = 15
"""Counts from here on are shown as a lower bound, "≥ 15"."""


def matching_digits(value: float, reference: Any, yardstick: float) -> int:
    """Matching decimal digits of a value, 0 to 16.

    Args:
        value: the result of a method.
        reference: the true number, as an ``mpf``.
        yardstick: what the error is relative to (see :func:`yardstick`).
    """
    error = abs(reference - value)
    if error == 0 or float(reference) == value:
        return MAX_DIGITS
    if not math.isfinite(value) or yardstick == 0.0:
        return 0
    relative = float(error / yardstick)
    if relative <= 10.0**-MAX_DIGITS:
        return MAX_DIGITS
    return max(0, min(MAX_DIGITS, math.floor(-math.log10(relative)))) if relative < 1.0 else 0


def yardstick(reference: Any, steepness: float) -> float:
    """The size that errors are relative to: the true derivative, or ``steepness`` where it is 0."""
    return float(abs(reference)) or steepness


def digits_text(digits: int) -> str:
    """A count of digits as tables show it, capped at "≥ 15"."""
    return f"≥ {DISPLAY_CAP}" if digits >= DISPLAY_CAP else str(digits)
