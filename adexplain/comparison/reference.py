"""The reference derivative: SymPy's, checked by differences in high precision.

In 120 digits a step of 1e-25 leaves 50 digits, so a difference is as good as a formula. It guards
the comparison against errors of SymPy, and stands in where SymPy has no answer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from adexplain import budgets
from adexplain.comparison.symbolic import Symbolic
from adexplain.evaluate.high_precision import mp_outputs
from adexplain.program import Program
from adexplain.transforms.tangent import tangent

SYMBOLIC = "SymPy's derivative, 40 digits"
DIFFERENCES = "differences in 120-digit arithmetic"
NONE = "none, as there is no derivative here"
_DIGITS = 120
_STEP = Fraction(1, 10**25)
_AGREEMENT = 1e-12
_TOLERANCE = 1e-9
_NEARLY_ZERO = 1e-15
"""Differences below this size may be nothing but their own error, and are checked for it."""


@dataclass(slots=True)
class Reference:
    """The numbers that methods are measured against.

    Attributes:
        name: where they come from, as text for the page.
        values: per input an ``mpf``, or None where no derivative was found.
        refuted: inputs for which SymPy's value and the differences contradict each other.
    """

    name: str
    values: dict[str, Any]
    refuted: list[str]

    def digits(self) -> dict[str, str]:
        """Each value as a decimal of 30 digits."""
        import mpmath

        known = {name: value for name, value in self.values.items() if value is not None}
        return {name: str(mpmath.nstr(value, 30)) for name, value in known.items()}


def find_reference(
    program: Program, point: Sequence[float], positions: Sequence[int], symbolic: Symbolic
) -> Reference:
    """The reference for the program's only output by the inputs at some positions."""
    import mpmath

    values: dict[str, Any] = {}
    refuted: list[str] = []
    used: set[str] = set()
    in_budget = len(program.rows) * len(positions) <= budgets.REFERENCE_WORK
    with mpmath.workdps(_DIGITS):
        for position in positions:
            name = program.input_names[position]
            formula = symbolic.values.get(name)
            value = None if formula is None else mpmath.mpf(formula)
            slope = slope_in_high_precision(program, point, position) if in_budget else None
            if (
                value is not None
                and slope is not None
                and abs(value - slope) > _allowed_gap(program, point, position, value, slope)
            ):
                refuted.append(name)
                value = None
            used.add(DIFFERENCES if value is None else SYMBOLIC)
            found = slope if value is None else value
            values[name] = found if found is None or math.isfinite(float(found)) else None
    both_names = f"{SYMBOLIC}; {DIFFERENCES} where it has none"
    name = both_names if len(used) > 1 else used.pop() if used else NONE
    return Reference(name, values, refuted)


def _allowed_gap(
    program: Program, point: Sequence[float], position: int, value: Any, slope: Any
) -> Any:
    """How far a formula's value may be from the differences before they contradict each other.

    The error bound of the differences is costly, so it is computed only where it may decide.
    """
    relative = _AGREEMENT * max(abs(value), abs(slope))
    if abs(value - slope) <= relative:
        return relative
    return relative + _Differences(program, point, position).doubt()


def slope_in_high_precision(program: Program, point: Sequence[float], position: int) -> Any:
    """The derivative by one input as an ``mpf``; None at a kink, a jump or outside the domain.

    A tiny difference that is no larger than its own error bound counts as 0.
    """
    differences = _Differences(program, point, position)
    slope = differences.slope()
    if slope and abs(slope) < _NEARLY_ZERO and abs(slope) <= differences.doubt():
        return slope * 0
    return slope


class _Differences:
    """Differences of the first output along one input, and their error bound."""

    def __init__(self, program: Program, point: Sequence[float], position: int) -> None:
        import mpmath

        self.program, self.point, self.position = program, point, position
        size = abs(Fraction(point[position])) or Fraction(1)
        # The step shrinks with x but does not grow with it: a sine keeps its period at 1e300.
        # Precision grows so that x + h differs from x, and f from 1 where f is near 1.
        self.step = _STEP * min(size, Fraction(1))
        self.dps = _DIGITS + abs(round(math.log10(size)))
        with mpmath.workdps(self.dps):
            self.h = mpmath.mpf(self.step.numerator) / self.step.denominator
            self.values = self._values(self.dps)

    def slope(self) -> Any:
        """The central difference of fourth order, where both sides have the same slope."""
        import mpmath

        with mpmath.workdps(self.dps):
            if not mpmath.isfinite(self.values[2]):
                return None
            sides = self._sides()
            if len(sides) < 2 or not _settled(sides, self.values[2], self.h, self.dps):
                return None
            return self._central()

    def doubt(self) -> Any:
        """A bound for the truncation and the rounding of ``slope``.

        Quotients of different order differ by the truncation, values of different precision by
        the rounding.
        """
        import mpmath

        with mpmath.workdps(2 * self.dps):
            truncation = max((abs(side - self._central()) for side in self._sides()), default=0)
            finer = self._values(2 * self.dps)
            pairs = zip(self.values, finer, strict=True)
            rounding = max(abs(a - b) for a, b in pairs) / self.h
            return 100 * (truncation + rounding)

    def _sides(self) -> list[Any]:
        import mpmath

        left2, left1, here, right1, right2 = self.values
        found = []
        for first, second, sign in ((right1, right2, 1), (left1, left2, -1)):
            if mpmath.isfinite(first) and mpmath.isfinite(second):
                found.append(sign * (4 * first - 3 * here - second) / (2 * self.h))
        return found

    def _central(self) -> Any:
        left2, left1, _, right1, right2 = self.values
        return (8 * (right1 - left1) - (right2 - left2)) / (12 * self.h)

    def _values(self, dps: int) -> list[Any]:
        found = []
        for k in (-2, -1, 0, 1, 2):
            moved: list[Any] = [Fraction(x) for x in self.point]
            moved[self.position] += k * self.step
            found.append(mp_outputs(self.program, moved, dps)[0])
        return found


def formula_is_right(program: Program, point: Sequence[float], position: int, truth: Any) -> bool:
    """Whether AD's own operations, done in high precision, give the true derivative."""
    import mpmath

    if len(program.rows) > budgets.REFERENCE_WORK:
        return False
    seed = [float(k == position) for k in range(len(point))]
    with mpmath.workdps(_DIGITS):
        value = mp_outputs(tangent(program), [*point, *seed], _DIGITS)[1]
        return bool(abs(value - truth) <= _TOLERANCE * abs(truth))


def _settled(sides: Sequence[Any], here: Any, h: Any, dps: int) -> bool:
    """Whether both sides have the same slope, up to the rounding of values with so many digits."""
    import mpmath

    rounding = abs(here) * mpmath.mpf(10) ** (20 - dps) / h
    left, right = sides
    return bool(abs(left - right) <= 1e-15 * max(abs(left), abs(right)) + rounding + h)
