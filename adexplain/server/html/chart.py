"""A chart with both axes in powers of ten, and the table of its numbers.

The page shows curves; chart.js adds a guide that follows the pointer and the arrow keys, and takes
the numbers at its place from the table below the chart.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from adexplain.server.html.numerals import MINUS

WIDTH, HEIGHT = 320, 190
LEFT, RIGHT, TOP, BOTTOM = 46, 8, 8, 34
FLOOR = 0.1
"""A zero, which has no logarithm, is drawn at this fraction of the smallest number."""

Number = float | None


@dataclass(frozen=True)
class Series:
    """The data of one curve.

    Attributes:
        name: the CSS class of its curve.
        label: its name in the legend and in the table's heading.
        say: how a number of it is read out, with ``{}`` for the number.
        numbers: one for each step; None where there is none.
    """

    name: str
    label: str
    say: str
    numbers: Sequence[Number]


@dataclass(frozen=True)
class Tick:
    """A position on an axis, in pixels, and the power of ten there."""

    place: float
    power: str


@dataclass(frozen=True)
class Curve:
    """A curve as the template draws it; ``points`` and ``lowest`` are in pixels."""

    name: str
    label: str
    say: str
    points: str
    lowest: tuple[float, float] | None


@dataclass(frozen=True)
class Guide:
    """A straight line to compare a curve with; (``x``, ``y``) is the place of its label."""

    label: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Place:
    """One row of the table: a step, with its numbers and the pixels of its points.

    Attributes:
        x: its position on the horizontal axis, in pixels.
        step: the step as text.
        numbers: the number of each curve as text.
        ys: the vertical position of each curve, in pixels, joined by commas.
    """

    x: float
    step: str
    numbers: list[str]
    ys: str


@dataclass(frozen=True)
class Chart:
    """A chart as the template draws it.

    Attributes:
        title: what it shows, typeset; ``spoken`` is the same in words.
        x_ticks, y_ticks: the ticks of both axes.
        curves, guides: what is drawn.
        places: the rows of its table, from left to right.
        start: the index of the place at which the guide begins.
        sentence: what the chart shows.
    """

    title: Markup
    spoken: str
    x_ticks: list[Tick]
    y_ticks: list[Tick]
    curves: list[Curve]
    guides: list[Guide]
    places: list[Place]
    start: int
    sentence: str


def chart(
    title: Markup,
    spoken: str,
    steps: Sequence[Number],
    series: Sequence[Series],
    sentence: str,
    slopes: Mapping[str, int] | None = None,
) -> Chart | None:
    """The chart of some series over their steps.

    Args:
        title: what is drawn, typeset; ``spoken`` is the same in words.
        steps: the position of each number on the horizontal axis, positive.
        series: the curves.
        sentence: what the chart shows.
        slopes: label → slope of a guide through the end of the last curve's straight part.

    Returns:
        The chart, or None where there are fewer than four points, or only zeros.
    """
    known = {curve.name: _finite_points(steps, curve.numbers) for curve in series}
    least = min((n for pairs in known.values() for _, n in pairs if n), default=1e-15)
    bottom = math.log10(least) + math.log10(FLOOR)
    logs = {
        name: [(math.log10(h), math.log10(n) if n else bottom) for h, n in pairs]
        for name, pairs in known.items()
    }
    everything = [point for points in logs.values() for point in points]
    if len(everything) < 4 or not any(n for pairs in known.values() for _, n in pairs):
        return None
    frame = _Frame(everything)
    curves = [
        Curve(
            curve.name,
            curve.label,
            curve.say,
            _polyline(frame, logs[curve.name]),
            _lowest_point(frame, logs[curve.name]),
        )
        for curve in series
        if logs[curve.name]
    ]
    shown = [curve for curve in series if logs[curve.name]]
    last_points = logs[shown[-1].name]
    lowest = min(last_points, key=lambda point: point[1])[0]
    places = _places(frame, steps, shown, bottom)
    return Chart(
        title,
        spoken,
        [Tick(frame.x_pixel(power), _power(power)) for power in _powers(frame.x0, frame.x1)],
        [Tick(frame.y_pixel(power), _power(power)) for power in _powers(frame.y0, frame.y1)],
        curves,
        [
            _guide(frame, label, slope, _straight_end(last_points))
            for label, slope in (slopes or {}).items()
        ],
        places,
        min(range(len(places)), key=lambda i: abs(places[i].x - frame.x_pixel(lowest))),
        sentence,
    )


def number(value: Number) -> str:
    """A number with two digits and a power of ten, ``2.3e−8``; in full between 0.001 and 1000."""
    if value is None:
        return "–"
    if value == 0.0:
        return "0"
    if 0.001 <= abs(value) < 1000:
        return f"{value:.2g}".replace("-", MINUS)
    digits, _, power = f"{value:.1e}".partition("e")
    return f"{digits.removesuffix('.0')}e{int(power)}".replace("-", MINUS)


class _Frame:
    """Converts logarithms to pixels."""

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        self.x0, self.x1 = _decades([x for x, _ in points])
        self.y0, self.y1 = _decades([y for _, y in points])

    def x_pixel(self, x: float) -> float:
        return round(LEFT + (x - self.x0) / (self.x1 - self.x0) * (WIDTH - LEFT - RIGHT), 1)

    def y_pixel(self, y: float) -> float:
        return round(TOP + (self.y1 - y) / (self.y1 - self.y0) * (HEIGHT - TOP - BOTTOM), 1)


def _finite_points(steps: Sequence[Number], numbers: Sequence[Number]) -> list[tuple[float, float]]:
    return [
        (step, abs(value))
        for step, value in zip(steps, numbers, strict=False)
        if step and value is not None and math.isfinite(value)
    ]


def _polyline(frame: _Frame, points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{frame.x_pixel(x)},{frame.y_pixel(y)}" for x, y in points)


def _lowest_point(frame: _Frame, points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    x, y = min(points, key=lambda point: point[1])
    return frame.x_pixel(x), frame.y_pixel(y)


def _straight_end(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The point up to which a curve is straight, from the left."""
    ordered = sorted(points)
    slopes = [(d - b) / (c - a) for (a, b), (c, d) in pairwise(ordered)]
    bend = next((k for k, slope in enumerate(slopes) if abs(slope - slopes[0]) > 0.3), len(slopes))
    return ordered[bend]


def _guide(frame: _Frame, label: str, slope: int, end: tuple[float, float]) -> Guide:
    """A line of that slope which ends at ``end`` and begins at the frame's left or lower edge."""
    x, y = end
    left = max(frame.x0, x - (y - frame.y0) / slope)
    foot = y - slope * (x - left)
    here = frame.x_pixel(left), frame.y_pixel(foot)
    path = f"M{frame.x_pixel(x)} {frame.y_pixel(y)}L{here[0]} {here[1]}"
    third = left + (x - left) / 3
    place = frame.x_pixel(third), frame.y_pixel(y - slope * (x - third))
    # The curve follows the steeper line, so the label of that line goes below it.
    beside = (8, 12) if slope > 1 else (-24, -8)
    return Guide(label, path, round(place[0] + beside[0], 1), round(place[1] + beside[1], 1))


def _places(
    frame: _Frame, steps: Sequence[Number], series: Sequence[Series], bottom: float
) -> list[Place]:
    """The rows of the table, from left to right."""
    found = []
    for k, step in enumerate(steps):
        values = [curve.numbers[k] if k < len(curve.numbers) else None for curve in series]
        known = [v if v is not None and math.isfinite(v) else None for v in values]
        if not step or all(value is None for value in known):
            continue
        ys = [
            "" if v is None else str(frame.y_pixel(math.log10(abs(v)) if v else bottom))
            for v in known
        ]
        texts = [number(v if v is None else abs(v)) for v in known]
        found.append(Place(frame.x_pixel(math.log10(step)), number(step), texts, ",".join(ys)))
    return sorted(found, key=lambda place: place.x)


def _decades(numbers: Sequence[float]) -> tuple[int, int]:
    low, high = math.floor(min(numbers)), math.ceil(max(numbers))
    return low, max(high, low + 1)


def _powers(low: int, high: int) -> list[int]:
    step = max(1, math.ceil((high - low) / 5))
    return [power for power in range(low, high + 1) if power % step == 0]


def _power(power: int) -> str:
    return str(power).replace("-", MINUS)
