"""The Taylor test: |f(x+hv) − f(x) − h·g·v| has slope 2 for a right gradient, 1 for a wrong one.

It needs no other method and no well-chosen step: a wrong gradient leaves a remainder that shrinks
only as fast as h, at every h. It is computed in high precision, so that rounding does not hide it.
Source: the convergence test of dolfin-adjoint (Farrell et al. 2013).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from adexplain.comparison.differences import EPSILON
from adexplain.evaluate.high_precision import mp_outputs
from adexplain.program import Program

STEPS = tuple(10.0**-k for k in range(1, 13))
_FIT_POINTS = 4
"""The slope is fitted to so many points, those with the smallest usable steps."""
_SLOPE_TOLERANCE = 0.15
"""How far a fitted slope may be from 1 or 2 to count as such."""


@dataclass(frozen=True, slots=True)
class Taylor:
    """The remainders along one direction.

    Attributes:
        steps, remainders: one remainder for each step; None where the function has no value.
        slope: of log(remainder) against log(h) for small h; None where there is no remainder.
        verdict: "right", "wrong", "linear" (no remainder, so right) or "unclear".
        message: the verdict as a sentence.
    """

    steps: list[float]
    remainders: list[float | None]
    slope: float | None
    verdict: str
    message: str

    def to_dict(self) -> dict[str, Any]:
        """The test as plain data."""
        return {
            "h": self.steps,
            "remainder": self.remainders,
            "slope": self.slope,
            "message": self.message,
        }


def taylor_test(
    program: Program,
    point: Sequence[float],
    output: int,
    gradient: Mapping[int, float],
    magnitude: Mapping[int, float] | None = None,
) -> Taylor:
    """Test a gradient, given by position of the input; other inputs are left where they are.

    Args:
        program: the function.
        point: one value for each input.
        output: position of the output.
        gradient: position of an input → the derivative to be tested.
        magnitude: position of an input → the size of the terms its derivative is the sum of;
            remainders below the rounding error of these terms are not used.
    """
    sizes = {k: max(abs(g), (magnitude or {}).get(k, 0.0)) for k, g in gradient.items()}
    best: Taylor | None = None
    for sign in (1, -1):
        steps, remainders, floor = _remainders(program, point, output, gradient, sizes, sign)
        weights = _direction(point, gradient)
        plain = sum(abs(g * float(weights[k])) for k, g in gradient.items())
        is_linear = all(
            remainder is None or remainder <= 1000 * EPSILON * plain * h
            for h, remainder in zip(steps, remainders, strict=True)
        )
        found = _result(steps, remainders, floor, is_linear)
        if found.verdict != "unclear":
            return found
        best = best or found
    assert best is not None
    return best


def _direction(point: Sequence[float], gradient: Mapping[int, float]) -> dict[int, Fraction]:
    """A direction with a different weight for each input, so that their errors do not cancel."""
    weights = {}
    for k, position in enumerate(gradient):
        weight = Fraction(1000 - 37 * (k * k % 17) - k % 11, 1000) * (-1) ** (k // 2)
        weights[position] = weight * Fraction(max(1.0, abs(point[position])))
    return weights


def _remainders(
    program: Program,
    point: Sequence[float],
    output: int,
    gradient: Mapping[int, float],
    sizes: Mapping[int, float],
    sign: int,
) -> tuple[list[float], list[float | None], list[float]]:
    """Steps, remainders, and the remainder that rounding of the gradient alone would leave."""
    import mpmath

    direction = _direction(point, gradient)
    with mpmath.workdps(70):
        here = mp_outputs(program, point)[output]
        terms = [
            mpmath.mpf(g) * direction[k].numerator / direction[k].denominator
            for k, g in gradient.items()
        ]
        slope = sign * sum(terms)
        size = sum(sizes[k] * abs(float(weight)) for k, weight in direction.items())
        steps, remainders, floor = [], [], []
        for h in STEPS:
            moved: list[Any] = [Fraction(x) for x in point]
            for k, weight in direction.items():
                moved[k] += sign * Fraction(h) * weight
            moved_value = mp_outputs(program, moved)[output]
            remainder = abs(moved_value - here - mpmath.mpf(h) * slope)
            steps.append(h)
            remainders.append(float(remainder) if mpmath.isfinite(remainder) else None)
            floor.append(float(1000 * EPSILON * size * h))
    return steps, remainders, floor


def _result(
    steps: list[float], remainders: list[float | None], floor: list[float], is_linear: bool
) -> Taylor:
    pairs = [
        (math.log10(h), math.log10(remainder))
        for h, remainder, least in zip(steps, remainders, floor, strict=True)
        if remainder is not None and remainder > least and remainder > 0.0
    ]
    if not any(remainder is not None for remainder in remainders):
        message = "The function has no finite values beside this point, so there is no remainder."
        return Taylor(steps, remainders, None, "unclear", message)
    if len(pairs) < 2 and not is_linear:
        message = (
            "The terms of this derivative cancel, and the remainder is no more than their rounding."
        )
        return Taylor(steps, remainders, None, "unclear", message)
    if len(pairs) < 2:
        message = (
            "The remainder is no more than rounding: the function is linear in this direction."
        )
        return Taylor(steps, remainders, None, "linear", message)
    slope = _fit(pairs[-_FIT_POINTS:])
    if slope > 2.0 - _SLOPE_TOLERANCE:
        higher = (
            "" if slope < 2.0 + _SLOPE_TOLERANCE else " (more, as the second derivative vanishes)"
        )
        message = (
            f"The Taylor remainder falls with slope {slope:.2f}: the gradient is right{higher}."
        )
        return Taylor(steps, remainders, slope, "right", message)
    if abs(slope - 1.0) <= _SLOPE_TOLERANCE:
        message = f"The Taylor remainder falls with slope {slope:.2f}, as for a wrong gradient."
        return Taylor(steps, remainders, slope, "wrong", message)
    message = f"The Taylor remainder falls with slope {slope:.2f}, neither 1 (wrong) nor 2 (right)."
    return Taylor(steps, remainders, slope, "unclear", message)


def _fit(pairs: list[tuple[float, float]]) -> float:
    """Slope of the least-squares line."""
    x = sum(p for p, _ in pairs) / len(pairs)
    y = sum(q for _, q in pairs) / len(pairs)
    return sum((p - x) * (q - y) for p, q in pairs) / sum((p - x) ** 2 for p, _ in pairs)


def message_in_context(test: Taylor, kinds: set[str], lost: bool, right: bool) -> str:
    """The sentence about a test of AD's gradient, given what else is known.

    Args:
        test: the result of the test.
        kinds: the statuses of the derivatives.
        lost: rounding has eaten digits of the gradient.
        right: the gradient agrees with the reference.
    """
    if kinds & {"undefined", "removable"}:
        return "The function has no value at the point itself, so there is nothing to test."
    if kinds & {"kink", "jump"}:
        what = "kink" if "kink" in kinds else "jump"
        if test.slope is not None and abs(test.slope - 1.0) <= _SLOPE_TOLERANCE and what == "kink":
            return (
                f"The Taylor remainder falls with slope {test.slope:.2f}, as it does at a kink "
                "whatever is taken for the gradient."
            )
        return f"The Taylor remainder looks to one side only, so it cannot judge a {what}."
    if lost:
        return "Rounding has eaten digits of the gradient, so the Taylor remainder cannot judge it."
    if test.verdict == "wrong" and right:
        return (
            f"The Taylor remainder falls with slope {test.slope:.2f}, as its steps reach too far; "
            "by the reference the gradient is right."
        )
    if right and test.verdict == "unclear" and test.slope is not None and test.slope > 1.0:
        return (
            f"The Taylor remainder falls with slope {test.slope:.2f}, faster than for a wrong "
            "gradient: the gradient is right, and the second derivative is infinite here."
        )
    return test.message
