"""The true derivative as well as it can be had: SymPy's, checked by differences in high precision.

In 120 digits a step of 1e-25 leaves 50 digits, so a difference is as good as a formula. It guards
the comparison against an error on SymPy's side, and stands in where SymPy has no answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from adexplain import budgets
from adexplain.compare.symbolic import Symbolic
from adexplain.high_precision import mp_outputs
from adexplain.program import Program

SYMBOLIC = "SymPy's derivative, 40 digits"
DIFFERENCES = "differences in 120-digit arithmetic"
NONE = "none, as there is no derivative here"
_DIGITS = 120
_STEP = Fraction(1, 10**25)
_SAME = 1e-12


@dataclass(slots=True)
class Reference:
    """The numbers that methods are measured against.

    Attributes:
        name: where they come from, for a reader.
        values: per input an ``mpf``, or None where there is no derivative to be had.
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
    within = len(program.rows) * len(positions) <= budgets.REFERENCE_WORK
    with mpmath.workdps(_DIGITS):
        for position in positions:
            name = program.input_names[position]
            formula = symbolic.values.get(name)
            value = None if formula is None else mpmath.mpf(formula)
            slope = slope_in_high_precision(program, point, position) if within else None
            if value is not None and slope is not None and not _same(value, slope):
                refuted.append(name)
                value = None
            used.add(DIFFERENCES if value is None else SYMBOLIC)
            values[name] = slope if value is None else value
    both = f"{SYMBOLIC}; {DIFFERENCES} where it has none"
    name = both if len(used) > 1 else used.pop() if used else NONE
    return Reference(name, values, refuted)


def _same(value: Any, slope: Any) -> bool:
    return bool(abs(value - slope) <= _SAME * max(abs(value), abs(slope)))


def slope_in_high_precision(program: Program, point: Sequence[float], position: int) -> Any:
    """The derivative by one input as an ``mpf``; None at a kink, a jump or outside the domain."""
    import mpmath

    with mpmath.workdps(_DIGITS):
        step = _STEP * (abs(Fraction(point[position])) or 1)
        values = [_value(program, point, position, k * step) for k in (-2, -1, 0, 1, 2)]
        h = mpmath.mpf(step.numerator) / step.denominator
        here = values[2]
        if not mpmath.isfinite(here):
            return None
        sides = []
        for near, far, sign in ((values[3], values[4], 1), (values[1], values[0], -1)):
            if mpmath.isfinite(near) and mpmath.isfinite(far):
                sides.append(sign * (4 * near - 3 * here - far) / (2 * h))
        if len(sides) < 2 or not _settled(sides, here, h):
            return None
        return (8 * (values[3] - values[1]) - (values[4] - values[0])) / (12 * h)


def _settled(sides: Sequence[Any], here: Any, h: Any) -> bool:
    """Whether both sides have the same slope, beyond what 120 digits leave of it."""
    rounding = abs(here) * 1e-100 / h
    left, right = sides
    return bool(abs(left - right) <= 1e-15 * max(abs(left), abs(right)) + rounding + h)


def _value(program: Program, point: Sequence[float], position: int, shift: Fraction) -> Any:
    moved: list[Any] = [Fraction(x) for x in point]
    moved[position] += shift
    return mp_outputs(program, moved, _DIGITS)[0]
