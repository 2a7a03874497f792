"""One-sided derivatives of a function at a point, from values very near to it in 120 digits.

Steps that differ by a factor of a thousand tell four cases apart: a slope (the difference quotients
agree), a vertical tangent (they grow, but the value converges to the function's), a jump (the value
converges to another one) and a pole (the value itself grows).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from adexplain.evaluate.branches import arguments_read
from adexplain.evaluate.high_precision import mp_values
from adexplain.program import Program

_DIGITS = 120
_ROUNDING = 1e-110
"""Relative error assumed for a value that was computed in several rows."""
_STEP = 1e-20
_RATIO = 1000


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a point.

    Attributes:
        kind: slope, vertical, jump, pole, or none where the function has no value there.
        slope: the one-sided derivative (±inf where vertical), or None.
        limit: the value the function tends to, or None.
    """

    kind: str
    slope: float | None = None
    limit: Any = None


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a point along one input; ``defined`` says whether there is a value at it."""

    left: Side
    right: Side
    defined: bool

    @property
    def kind(self) -> str:
        """One of smooth, kink, jump, vertical, boundary, removable and undefined."""
        kinds = {self.left.kind, self.right.kind}
        if "pole" in kinds or kinds == {"none"}:
            return "undefined"
        if "jump" in kinds or not self._limits_meet():
            return "jump" if self.defined else "undefined"
        if "vertical" in kinds:
            return "vertical" if self.defined else "undefined"
        if "none" in kinds:
            return "boundary" if self.defined else "undefined"
        if not self.defined:
            return "removable"
        return "smooth" if self._slopes_meet() else "kink"

    def _slopes_meet(self) -> bool:
        left, right = self.left.slope, self.right.slope
        assert left is not None
        assert right is not None
        # Equal also as infinities: two slopes that no float can hold.
        return left == right or abs(left - right) <= 1e-9 * max(abs(left), abs(right))

    def _limits_meet(self) -> bool:
        left, right = self.left.limit, self.right.limit
        if left is None or right is None:
            return True
        return bool(abs(left - right) <= 1e-9 * max(1, abs(left), abs(right)))


class Neighborhood:
    """A program evaluated at one point and very near to it.

    Args:
        program: the function.
        point: one float for each input, taken as exact.
    """

    def __init__(self, program: Program, point: Sequence[Any]) -> None:
        self.program = program
        self.point = list(point)
        self._at_point = self._values(self.point)
        self._moved: dict[tuple[int, int, int], list[Any]] = {}

    def value(self, slot: int) -> Any:
        """The value of a slot at the point in high precision; None where it has no finite one."""
        return self._at_point[slot]

    def sides(self, output: int, variable: int) -> Sides:
        """Both sides of the point, for one output along one input."""
        at_point = self.value(self.program.outputs[output])
        left = self._side(output, variable, -1, at_point)
        right = self._side(output, variable, 1, at_point)
        return Sides(left, right, at_point is not None)

    def _values(self, point: Sequence[Any]) -> list[Any]:
        """Values of all slots; None where a row, or one that it reads, has no finite value.

        So exp(-1/0) is None: IEEE arithmetic would give 0, but the function is not defined there.
        """
        program = self.program
        raw = mp_values(program, point, _DIGITS)
        values = [_finite(value) for value in raw]
        for slot in program.rows:
            read = arguments_read(program, slot, raw)
            if any(values[arg] is None for arg in read):
                values[slot] = None
        return values

    def _at(self, variable: int, sign: int, power: int, step: Any) -> list[Any]:
        key = variable, sign, power
        if key not in self._moved:
            import mpmath

            with mpmath.workdps(_DIGITS):
                point = list(self.point)
                point[variable] = mpmath.mpf(point[variable]) + sign * step
                self._moved[key] = self._values(point)
        return self._moved[key]

    def _scale(self, variable: int) -> Any:
        """The unit of the steps: the size of the input, so that steps stay small beside it."""
        import mpmath

        size = abs(mpmath.mpf(self.point[variable]))
        return max(size, mpmath.mpf(1e-30)) if size else mpmath.mpf(1)

    def _side(self, output: int, variable: int, sign: int, at_point: Any) -> Side:
        import mpmath

        slot = self.program.outputs[output]
        with mpmath.workdps(_DIGITS):
            scale = self._scale(variable)
            steps = [scale * mpmath.mpf(_STEP) / _RATIO**power for power in range(3)]
            values = [self._at(variable, sign, k, step)[slot] for k, step in enumerate(steps)]
            if None in values:
                return Side("none")
            return _classify(values, steps, sign, at_point)


def _classify(values: list[Any], steps: list[Any], sign: int, at_point: Any) -> Side:
    """Classify one side of a point by three values, each nearer to the point than the last."""
    import mpmath

    far, near, nearest = values
    change, change_near = near - far, nearest - near
    away = nearest - nearest if at_point is None else nearest - at_point
    noise = max(map(abs, (*values, away))) * mpmath.mpf(_ROUNDING)
    if max(abs(change), abs(change_near), abs(away)) <= noise:
        # constant up to rounding
        return Side("slope", 0.0, nearest if at_point is None else at_point)
    if at_point is None and abs(change_near) > abs(change) / 2 and change_near != 0:
        return Side("pole", None, None)  # the value does not settle
    limit = nearest if at_point is None else at_point
    first_gap, last_gap = far - limit, nearest - limit
    if at_point is not None and abs(last_gap) > abs(first_gap) / 2 and last_gap != 0:
        grows = abs(change_near) > abs(change) / 2
        return Side("pole") if grows else Side("jump", _slope(change_near, steps, sign), nearest)
    slope = -change / (sign * (steps[0] - steps[1]))
    slope_near = -change_near / (sign * (steps[1] - steps[2]))
    if slope == 0 or abs(slope_near) <= abs(slope) / 2:  # tends to 0: x·sqrt(x) at 0
        return Side("slope", 0.0, limit)
    if abs(slope_near - slope) <= mpmath.mpf(1e-6) * abs(slope):
        return Side("slope", float(slope_near) + 0.0, limit)  # + 0.0: no -0
    return Side("vertical", float("inf") if slope_near > 0 else float("-inf"), limit)


def _slope(change: Any, steps: list[Any], sign: int) -> float:
    return float(-change / (sign * (steps[1] - steps[2])))


def _finite(value: Any) -> Any:
    """The value; None for nan, for infinity and for one that was not computed."""
    import mpmath

    if value is None or mpmath.isnan(value) or mpmath.isinf(value):
        return None
    return value
