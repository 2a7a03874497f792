"""Difference quotients: forward, central, and Richardson's extrapolation.

A step that leaves the domain (where the function has finite values) is shortened or taken to one
side only, and the note of the result says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from adexplain.evaluate.run import evaluate
from adexplain.program import Program

EPSILON = 2.0**-52
FORWARD_STEP = math.sqrt(EPSILON)
CENTRAL_STEP = EPSILON ** (1 / 3)
RICHARDSON_STEP = 0.1
MAX_HALVINGS = 10
"""Maximum number of halvings of the step; extrapolation stops earlier if rounding takes over."""
SWEEP_STEPS = tuple(10.0 ** (-k / 4) for k in range(4, 65))
"""Steps of the sweep, relative to the input's scale: 0.1 down to 1e-16, four a decade."""
_SHRINK_FACTOR = 8.0
_MIN_STEP = 1e-13
"""Shortest step, relative to the input's scale: below it the values would hardly differ."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference quotient.

    Attributes:
        value: the derivative found, or None.
        step: the step taken, negative where it leads to the left.
        note: the step as text, and whether it was shortened or is one-sided.
        message: why there is no value ("" where there is one).
        levels: how often the step was halved.
    """

    value: float | None
    step: float = 0.0
    note: str = ""
    message: str = ""
    levels: int = 0


class InputLine:
    """One output as a function of one input, the others held fixed; each value is computed once.

    Args:
        program: the function.
        point: one value for each input; the line goes through it.
        output, variable: positions of the output and of the input.
    """

    def __init__(
        self, program: Program, point: Sequence[float], output: int, variable: int
    ) -> None:
        self.program = program
        self.point = list(point)
        self.slot = program.outputs[output]
        self.variable = variable
        self.x = point[variable]
        self.scale = max(1.0, abs(self.x))
        self._values: dict[float, float] = {}

    def __call__(self, x: float) -> float:
        """The value at x; nan where there is none."""
        value = self._values.get(x)
        if value is None:
            point = self.point.copy()
            point[self.variable] = x
            found = evaluate(self.program, point)[self.slot]
            value = self._values[x] = math.nan if found is None else found
        return value

    def defined(self, h: float) -> bool:
        """Whether the value a step away is a finite number."""
        return math.isfinite(self(self.x + h))

    def forward(self, h: float) -> float:
        """The forward quotient; a negative ``h`` looks backward."""
        return (self(self.x + h) - self(self.x)) / h

    def central(self, h: float) -> float:
        """The central quotient."""
        return (self(self.x + h) - self(self.x - h)) / (2.0 * h)

    def one_sided(self, h: float) -> float:
        """The second-order quotient from x, x + h and x + 2h."""
        here, near, far = self(self.x), self(self.x + h), self(self.x + 2.0 * h)
        return (4.0 * near - 3.0 * here - far) / (2.0 * h)


def _exact_step(x: float, h: float) -> float:
    """The difference between the float x + h and x, which is h up to rounding."""
    moved = x + h
    return moved - x


def _step_in_domain(line: InputLine, step: float, two_sided: bool) -> tuple[float, str, bool]:
    """A step that stays inside the domain, how it was changed, and whether it is one-sided.

    The step is 0 where none was found.
    """
    steps = [step]
    while steps[-1] > _MIN_STEP * line.scale * _SHRINK_FACTOR:
        steps.append(steps[-1] / _SHRINK_FACTOR)
    sides = (1.0, -1.0) if two_sided else (1.0,)
    for k, h in enumerate(steps if two_sided else steps[:1]):
        if all(line.defined(side * h) for side in sides):
            # A function may change fast near the edge of its domain: keep a distance from it.
            return (
                (h / _SHRINK_FACTOR, "shortened to stay inside the domain", False)
                if k
                else (h, "", False)
            )
    for h in steps:
        for side in (1.0, -1.0):
            if line.defined(side * h) and (not two_sided or line.defined(2.0 * side * h)):
                how = "to the right only" if side > 0 else "to the left only"
                return side * h, how if two_sided or side < 0 else "shortened", True
    return 0.0, "", False


def _difference(
    line: InputLine,
    step: float,
    two_sided: bool,
    quotient: Callable[[float], float],
    one_sided: Any,
) -> Difference:
    if not line.defined(0.0):
        return Difference(None, message="The function has no finite value here.")
    h, how, is_one_sided = _step_in_domain(line, _exact_step(line.x, step * line.scale), two_sided)
    if h == 0.0:
        return Difference(None, message="No step from here stays inside the domain.")
    value = one_sided(h) if is_one_sided else quotient(h)
    note = f"h = {abs(h):.2g}" + (f", {how}" if how else "")
    if not math.isfinite(value):
        return Difference(None, h, note, "The difference is beyond the range of a float.")
    return Difference(value, h, note)


def forward(line: InputLine, step: float = FORWARD_STEP) -> Difference:
    """(f(x+h) − f(x)) / h with h near the root of the machine epsilon."""
    return _difference(line, step, False, line.forward, line.forward)


def central(line: InputLine, step: float = CENTRAL_STEP) -> Difference:
    """(f(x+h) − f(x−h)) / 2h with h near the cube root of the machine epsilon."""
    return _difference(line, step, True, line.central, line.one_sided)


def richardson(line: InputLine, step: float = RICHARDSON_STEP) -> Difference:
    """Central differences at h, h/2, h/4, … extrapolated to h = 0.

    The result is the table entry that differs least from its neighbours; the table ends where
    rounding makes the entries worse. Source: Ridders, Accurate computation of F'(x) and
    F'(x)F''(x) (1982).
    """
    if not line.defined(0.0):
        return Difference(None, message="The function has no finite value here.")
    h, how, is_one_sided = _step_in_domain(line, step * line.scale, True)
    if h == 0.0:
        return Difference(None, message="No step from here stays inside the domain.")
    quotient, power = (line.forward, 1) if is_one_sided else (line.central, 2)
    value, levels = _extrapolate(quotient, h, power)
    times = {0: "not halved", 1: "halved once"}.get(levels, f"halved {levels} times")
    note = f"h = {abs(h):.2g} {times}" + (f", {how}" if how else "")
    if not math.isfinite(value):
        return Difference(None, h, note, "The differences are beyond the range of a float.")
    return Difference(value, h, note, levels=levels)


def _extrapolate(quotient: Callable[[float], float], h: float, power: int) -> tuple[float, int]:
    """The best entry of the Richardson table, and how often its step was halved."""
    row = [quotient(h)]
    best, smallest, levels = row[0], math.inf, 0
    for level in range(1, MAX_HALVINGS + 1):
        previous, row = row, [quotient(h / 2.0**level)]
        for k in range(1, level + 1):
            factor = 2.0 ** (power * k)
            row.append(row[k - 1] + (row[k - 1] - previous[k - 1]) / (factor - 1.0))
            error = max(abs(row[k] - row[k - 1]), abs(row[k] - previous[k - 1]))
            if error < smallest:
                best, smallest, levels = row[k], error, level
        if abs(row[level] - previous[level - 1]) > 2.0 * smallest and level > 4:
            break
    return best, levels
