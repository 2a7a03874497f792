"""The derivative from values alone: forward, central, Richardson; and how the error depends on h.

Every difference keeps to where the function has finite values: a step that leaves the domain is
shortened or turned to one side, and the note says so.
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
LEVELS = 10
"""Columns of the extrapolation at most; it stops where rounding takes over."""
SWEEP = tuple(10.0 ** (-k / 4) for k in range(4, 65))
"""Steps of the sweep, relative to the input's scale: 0.1 down to 1e-16, four a decade."""
_SHRINK = 8.0
_SHORTEST = 1e-13
"""Steps below this part of the input's scale are no use: the values would hardly differ."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference quotient.

    Attributes:
        value: the derivative found, or None.
        step: the step taken.
        note: the step, and what was done to it, as text.
        message: why there is no value ("" where there is one).
        levels: how often the step was halved.
    """

    value: float | None
    step: float = 0.0
    note: str = ""
    message: str = ""
    levels: int = 0


class Line:
    """One output along one input: a function of one number, each value computed once.

    Args:
        program: the function.
        point: where.
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
        self._known: dict[float, float] = {}

    def __call__(self, x: float) -> float:
        """The value at x; nan where there is none."""
        value = self._known.get(x)
        if value is None:
            point = self.point.copy()
            point[self.variable] = x
            found = evaluate(self.program, point)[self.slot]
            value = self._known[x] = math.nan if found is None else found
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
        """A quotient of second order from one side alone."""
        here, near, far = self(self.x), self(self.x + h), self(self.x + 2.0 * h)
        return (4.0 * near - 3.0 * here - far) / (2.0 * h)


def _exact_step(x: float, h: float) -> float:
    """A step near h that x + h really takes."""
    moved = x + h
    return moved - x


def _place(line: Line, step: float, both: bool) -> tuple[float, str, bool]:
    """A step that stays inside the domain, what was done to it, and whether it has one side only.

    The step is 0 where none was found.
    """
    tries = [step]
    while tries[-1] > _SHORTEST * line.scale * _SHRINK:
        tries.append(tries[-1] / _SHRINK)
    sides = (1.0, -1.0) if both else (1.0,)
    for k, h in enumerate(tries if both else tries[:1]):
        if all(line.defined(side * h) for side in sides):
            # Right at the edge of the domain a function is at its wildest: keep away from it.
            return (
                (h / _SHRINK, "shortened to stay inside the domain", False) if k else (h, "", False)
            )
    for h in tries:
        for side in (1.0, -1.0):
            if line.defined(side * h) and (not both or line.defined(2.0 * side * h)):
                how = "to the right only" if side > 0 else "to the left only"
                return side * h, how if both or side < 0 else "shortened", True
    return 0.0, "", False


def _difference(
    line: Line, step: float, both: bool, quotient: Callable[[float], float], side: Any
) -> Difference:
    if not line.defined(0.0):
        return Difference(None, message="The function has no finite value here.")
    h, how, single = _place(line, _exact_step(line.x, step * line.scale), both)
    if h == 0.0:
        return Difference(None, message="No step from here stays inside the domain.")
    value = side(h) if single else quotient(h)
    note = f"h = {abs(h):.2g}" + (f", {how}" if how else "")
    if not math.isfinite(value):
        return Difference(None, h, note, "The difference is beyond the range of a float.")
    return Difference(value, h, note)


def forward(line: Line, step: float = FORWARD_STEP) -> Difference:
    """(f(x+h) − f(x)) / h with h near the root of the machine epsilon."""
    return _difference(line, step, False, line.forward, line.forward)


def central(line: Line, step: float = CENTRAL_STEP) -> Difference:
    """(f(x+h) − f(x−h)) / 2h with h near the cube root of the machine epsilon."""
    return _difference(line, step, True, line.central, line.one_sided)


def richardson(line: Line, step: float = RICHARDSON_STEP) -> Difference:
    """Central differences at h, h/2, h/4, … extrapolated to h = 0.

    The entry is taken that changed least from its neighbours, and the table ends where rounding
    makes things worse. Source: Ridders, Accurate computation of F'(x) and F'(x)F''(x) (1982).
    """
    if not line.defined(0.0):
        return Difference(None, message="The function has no finite value here.")
    h, how, single = _place(line, step * line.scale, True)
    if h == 0.0:
        return Difference(None, message="No step from here stays inside the domain.")
    quotient, power = (line.forward, 1) if single else (line.central, 2)
    value, levels = _extrapolate(quotient, h, power)
    times = {0: "not halved", 1: "halved once"}.get(levels, f"halved {levels} times")
    note = f"h = {abs(h):.2g} {times}" + (f", {how}" if how else "")
    if not math.isfinite(value):
        return Difference(None, h, note, "The differences are beyond the range of a float.")
    return Difference(value, h, note, levels=levels)


def _extrapolate(quotient: Callable[[float], float], h: float, power: int) -> tuple[float, int]:
    """The best entry of the table, and how often its step was halved."""
    row = [quotient(h)]
    best, smallest, levels = row[0], math.inf, 0
    for level in range(1, LEVELS + 1):
        before, row = row, [quotient(h / 2.0**level)]
        for k in range(1, level + 1):
            factor = 2.0 ** (power * k)
            row.append(row[k - 1] + (row[k - 1] - before[k - 1]) / (factor - 1.0))
            error = max(abs(row[k] - row[k - 1]), abs(row[k] - before[k - 1]))
            if error < smallest:
                best, smallest, levels = row[k], error, level
        if abs(row[level] - before[level - 1]) > 2.0 * smallest and level > 4:
            break
    return best, levels
