"""Samples a function of one variable as segments of points, broken at jumps and poles.

It uses the function's values only. Breaks are found by bisection: a change between two samples
that does not shrink with their distance is a jump or a pole. At the edge of the domain, points are
added closer and closer to it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

Function = Callable[[float], float | None]
"""The value at a place, or None where there is none."""
Point = tuple[float, float]

BISECTIONS = 24
EDGE_POINTS = 12
"""Points added at an edge of the domain, each half as far from it as the one before."""


@dataclass
class SampledCurve:
    """A function's points as unbroken segments, and the places between them."""

    segments: list[list[Point]] = field(default_factory=list)
    breaks: list[float] = field(default_factory=list)


def sample(function: Function, low: float, high: float, count: int, step: float) -> SampledCurve:
    """The points of a function over a range.

    Args:
        function: what is sampled.
        low, high: the range.
        count: how many intervals.
        step: the change between two samples from which on a jump is looked for.
    """
    samples = SampledCurve()
    grid = [low + (high - low) * k / count for k in range(count + 1)]
    previous: Point | None = None
    last_undefined: float | None = None  # the last place without a value
    for x in grid:
        y = function(x)
        if y is None:
            if previous is not None:
                _follow_to_end(function, samples, previous[0], x)
            previous, last_undefined = None, x
            continue
        if previous is None:
            samples.segments.append([])
            if last_undefined is not None:
                _follow_from_start(function, samples, last_undefined, x)
        elif abs(y - previous[1]) > step:
            _split_at_jump(function, samples, previous, (x, y))
        samples.segments[-1].append((x, y))
        previous = (x, y)
    samples.breaks = sorted(set(samples.breaks))
    return samples


def _split_at_jump(function: Function, samples: SampledCurve, left: Point, right: Point) -> None:
    """End the last segment and begin a new one if the value jumps between two samples."""
    initial_jump, start = abs(right[1] - left[1]), left
    for _ in range(BISECTIONS):
        x = (left[0] + right[0]) / 2
        y = function(x)
        if y is None:
            _follow_to_end(function, samples, start[0], x)
            samples.segments.append([])
            _follow_from_start(function, samples, x, right[0])
            return
        if abs(y - left[1]) >= abs(right[1] - y):
            right = (x, y)
        else:
            left = (x, y)
        if abs(right[1] - left[1]) < initial_jump / 4:
            return
    samples.breaks.append(_round(right[0]))
    if left != start:
        samples.segments[-1].append(left)
    samples.segments.append([right])


def _follow_to_end(
    function: Function, samples: SampledCurve, inside: float, outside: float
) -> None:
    """Add points to the last segment, towards the edge of the domain at which it ends."""
    end = _last_defined(function, inside, outside)
    samples.breaks.append(_round(end))
    for k in range(1, EDGE_POINTS + 1):
        x = end + (inside - end) / 2**k
        y = function(x)
        if y is not None:
            samples.segments[-1].append((x, y))


def _follow_from_start(
    function: Function, samples: SampledCurve, outside: float, inside: float
) -> None:
    """Add points to the last segment, from the edge of the domain at which it begins."""
    end = _last_defined(function, inside, outside)
    samples.breaks.append(_round(end))
    for k in range(EDGE_POINTS, 0, -1):
        x = end + (inside - end) / 2**k
        y = function(x)
        if y is not None:
            samples.segments[-1].append((x, y))


def _last_defined(function: Function, inside: float, outside: float) -> float:
    """The last place with a value between one inside and one outside the domain."""
    for _ in range(BISECTIONS):
        middle = (inside + outside) / 2
        if function(middle) is None:
            outside = middle
        else:
            inside = middle
    return inside


def _round(x: float) -> float:
    """A place without the error of the bisection, which ends close to it."""
    return round(x, 7) + 0.0


def finite(value: float | None) -> float | None:
    """The number, or None where it is not finite."""
    return value if value is not None and math.isfinite(value) else None
