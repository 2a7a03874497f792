"""A function of one variable as points to draw: where it runs on, and where it breaks off.

Nothing here knows which function it is. A break is found by halving: between two samples a step
that does not shrink is a jump or a pole, and an end of the domain is followed as far as floats go.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

Function = Callable[[float], float | None]
"""A value, or None where there is none."""
Point = tuple[float, float]

HALVINGS = 24
NEAR = 12
"""Points added towards an end of the domain, each half as far from it as the one before."""


@dataclass
class Sampled:
    """A function's points in stretches that run on, and the places where one ends."""

    stretches: list[list[Point]] = field(default_factory=list)
    places: list[float] = field(default_factory=list)


def sampled(function: Function, low: float, high: float, count: int, step: float) -> Sampled:
    """The points of a function between two places.

    Args:
        function: what is sampled.
        low, high: from where to where.
        count: how many intervals.
        step: change of the value from one sample to the next beyond which a break is looked for.
    """
    found = Sampled()
    grid = [low + (high - low) * k / count for k in range(count + 1)]
    before: Point | None = None
    gone: float | None = None  # the last place without a value
    for x in grid:
        y = function(x)
        if y is None:
            if before is not None:
                _reach_out(function, found, before[0], x)
            before, gone = None, x
            continue
        if before is None:
            found.stretches.append([])
            if gone is not None:
                _come_in(function, found, gone, x)
        elif abs(y - before[1]) > step:
            _look_for_a_break(function, found, before, (x, y))
        found.stretches[-1].append((x, y))
        before = (x, y)
    found.places = sorted(set(found.places))
    return found


def _look_for_a_break(function: Function, found: Sampled, left: Point, right: Point) -> None:
    """End a stretch and begin another where a value jumps between two samples."""
    first, begin = abs(right[1] - left[1]), left
    for _ in range(HALVINGS):
        x = (left[0] + right[0]) / 2
        y = function(x)
        if y is None:
            _reach_out(function, found, begin[0], x)
            found.stretches.append([])
            _come_in(function, found, x, right[0])
            return
        if abs(y - left[1]) >= abs(right[1] - y):
            right = (x, y)
        else:
            left = (x, y)
        if abs(right[1] - left[1]) < first / 4:
            return
    found.places.append(_round(right[0]))
    if left != begin:
        found.stretches[-1].append(left)
    found.stretches.append([right])


def _reach_out(function: Function, found: Sampled, inside: float, outside: float) -> None:
    """Follow a curve towards the place where it ends."""
    end = _end(function, inside, outside)
    found.places.append(_round(end))
    for k in range(1, NEAR + 1):
        x = end + (inside - end) / 2**k
        y = function(x)
        if y is not None:
            found.stretches[-1].append((x, y))


def _come_in(function: Function, found: Sampled, outside: float, inside: float) -> None:
    """The same for a curve that begins."""
    end = _end(function, inside, outside)
    found.places.append(_round(end))
    for k in range(NEAR, 0, -1):
        x = end + (inside - end) / 2**k
        y = function(x)
        if y is not None:
            found.stretches[-1].append((x, y))


def _end(function: Function, inside: float, outside: float) -> float:
    """The last place with a value on the way out."""
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        if function(middle) is None:
            outside = middle
        else:
            inside = middle
    return inside


def _round(x: float) -> float:
    """A place as a person would name it: halving ends a hair beside it."""
    return round(x, 7) + 0.0


def finite(value: float | None) -> float | None:
    """A number that can be drawn, or None."""
    return value if value is not None and math.isfinite(value) else None
