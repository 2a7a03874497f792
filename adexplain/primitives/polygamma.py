"""The polygamma functions in mpmath's current precision, at any argument in a short time."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_FAR = -50
"""Below this argument the reflection formula is used: mpmath would take a step for each unit."""


def polygamma(order: int, b: Any) -> Any:
    """The derivative of that order of digamma at ``b``, a number of mpmath's, real or complex.

    It must be no pole. Source: DLMF 5.15.6.
    """
    import mpmath

    if mpmath.re(b) >= _FAR or mpmath.isinf(b):
        return mpmath.psi(order, b)
    cotangent = mpmath.cot(mpmath.pi * (b - mpmath.floor(mpmath.re(b))))
    slope = mpmath.polyval(_derivative_of_cot(order), cotangent) * (-mpmath.pi) ** order
    return (-1) ** order * mpmath.psi(order, 1 - b) - mpmath.pi * slope


@lru_cache(maxsize=64)
def _derivative_of_cot(order: int) -> list[int]:
    """Coefficients, highest power first, of the polynomial in cot x that is (-d/dx)^order cot x."""
    powers = [0, 1]  # lowest power first
    for _ in range(order):
        slopes = [k * coefficient for k, coefficient in enumerate(powers)][1:]
        powers = [
            (slopes[k] if k < len(slopes) else 0) + (slopes[k - 2] if k > 1 else 0)
            for k in range(len(slopes) + 2)
        ]
    return powers[::-1]
