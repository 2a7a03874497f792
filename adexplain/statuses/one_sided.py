"""The function a hair to each side of a point, in 120 digits: values, slopes, and what they mean.

Two steps a thousandfold apart tell a slope (it settles) from a vertical tangent (the slope grows
while the value closes in), a jump (the value stays away) and a pole (the value itself grows).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from adexplain.evaluate.high_precision import mp_values
from adexplain.evaluate.run import wanted_arguments
from adexplain.program import Program

_DIGITS = 120
_ROUNDING = 1e-110
"""The relative error of a value after some rows."""
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
    """Both sides of a point along one input, and what they amount to."""

    left: Side
    right: Side
    defined: bool

    @property
    def kind(self) -> str:
        """smooth, kink, jump, vertical, boundary, removable or undefined."""
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


class Beside:
    """Looks at a program around one point.

    Args:
        program: the function.
        point: one float for each input, taken as exact.
    """

    def __init__(self, program: Program, point: Sequence[Any]) -> None:
        self.program = program
        self.point = list(point)
        self._here = self._values(self.point)
        self._moved: dict[tuple[int, int, int], list[Any]] = {}

    def value(self, slot: int) -> Any:
        """The true value of a slot at the point, or None where it has none."""
        return self._here[slot]

    def sides(self, output: int, variable: int) -> Sides:
        """What lies to either side of one output along one input."""
        here = self.value(self.program.outputs[output])
        left = self._side(output, variable, -1, here)
        right = self._side(output, variable, 1, here)
        return Sides(left, right, here is not None)

    def _values(self, point: Sequence[Any]) -> list[Any]:
        """Values of all slots; None also where a row that was needed has no finite value.

        exp(-1/0) would be 0 in extended arithmetic, but the function is not defined there.
        """
        program = self.program
        raw = mp_values(program, point, _DIGITS)
        values = [_finite(value) for value in raw]
        for slot in program.rows:
            if values[slot] is not None:
                wanted = wanted_arguments(program.ops[slot], program.args[slot], raw)
                if any(values[arg] is None for arg in wanted):
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
        """The size of the input, so that a step never leaps over a nearby edge."""
        import mpmath

        size = abs(mpmath.mpf(self.point[variable]))
        return max(size, mpmath.mpf(1e-30)) if size else mpmath.mpf(1)

    def _side(self, output: int, variable: int, sign: int, here: Any) -> Side:
        import mpmath

        slot = self.program.outputs[output]
        with mpmath.workdps(_DIGITS):
            scale = self._scale(variable)
            steps = [scale * mpmath.mpf(_STEP) / _RATIO**power for power in range(3)]
            values = [self._at(variable, sign, k, step)[slot] for k, step in enumerate(steps)]
            if None in values:
                return Side("none")
            return _read(values, steps, sign, here)


def _read(values: list[Any], steps: list[Any], sign: int, here: Any) -> Side:
    """What three values ever nearer to a point say about its side."""
    import mpmath

    far, near, nearest = values
    change, change_near = near - far, nearest - near
    away = nearest - nearest if here is None else nearest - here
    noise = max(map(abs, (*values, away))) * mpmath.mpf(_ROUNDING)
    if max(abs(change), abs(change_near), abs(away)) <= noise:
        return Side("slope", 0.0, nearest if here is None else here)  # constant but for rounding
    if here is None and abs(change_near) > abs(change) / 2 and change_near != 0:
        return Side("pole", None, None)  # the value does not settle
    limit = nearest if here is None else here
    gaps = (
        [value - limit for value in values] if here is not None else [far - nearest, near - nearest]
    )
    if here is not None and abs(gaps[2]) > abs(gaps[0]) / 2 and gaps[2] != 0:
        grows = abs(change_near) > abs(change) / 2
        return Side("pole") if grows else Side("jump", _slope(change_near, steps, sign), nearest)
    slope = -change / (sign * (steps[0] - steps[1]))
    slope_near = -change_near / (sign * (steps[1] - steps[2]))
    if slope == 0 or abs(slope_near) <= abs(slope) / 2:  # a slope that dies out: x·sqrt(x) at 0
        return Side("slope", 0.0, limit)
    if abs(slope_near - slope) <= mpmath.mpf(1e-6) * abs(slope):
        return Side("slope", float(slope_near) + 0.0, limit)  # + 0.0: no -0
    return Side("vertical", float("inf") if slope_near > 0 else float("-inf"), limit)


def _slope(change: Any, steps: list[Any], sign: int) -> float:
    return float(-change / (sign * (steps[1] - steps[2])))


def _finite(value: Any) -> Any:
    """The value, or None for nan, infinity and what was not computed."""
    import mpmath

    if value is None or mpmath.isnan(value) or mpmath.isinf(value):
        return None
    return value
