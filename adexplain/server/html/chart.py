"""A drawing with both axes in powers of ten, and the numbers behind it.

The page shows curves; chart.js adds a guide that follows the pointer and the arrow keys and reads
the numbers of its place out of the table that stands below the drawing anyway.
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
"""A 0 is drawn at this part of the smallest number: a logarithm has no zero."""

Number = float | None


@dataclass(frozen=True)
class Series:
    """One curve's data: a number for each place, None where there is none.

    Attributes:
        name: its class, which the style sheet draws.
        label: what it is called in the key and in the table's heading.
        say: how a number of it is read out, ``{}`` being the number.
    """

    name: str
    label: str
    say: str
    numbers: Sequence[Number]


@dataclass(frozen=True)
class Tick:
    """A place on an axis and the power of ten there."""

    place: float
    power: str


@dataclass(frozen=True)
class Curve:
    """One kind of number: a line, and its lowest place."""

    name: str
    label: str
    say: str
    points: str
    best: tuple[float, float] | None


@dataclass(frozen=True)
class Guide:
    """A straight line to compare a curve with, and where its label stands."""

    label: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Place:
    """One sampled step: where it is, the numbers there, and where the curves are."""

    x: float
    step: str
    numbers: list[str]
    ys: str


@dataclass(frozen=True)
class Chart:
    """A drawing."""

    title: Markup
    spoken: str
    across: list[Tick]
    up: list[Tick]
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
    """The drawing of some series over their steps; None where there is little, or only 0, to draw.

    Args:
        title: what is drawn, typeset; ``spoken`` says it in words.
        steps: the place of each number, positive.
        series: the curves.
        sentence: what the drawing shows.
        slopes: label → slope of straight lines through the last place where the curve is straight.
    """
    known = {one.name: _known(steps, one.numbers) for one in series}
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
            one.name, one.label, one.say, _line(frame, logs[one.name]), _best(frame, logs[one.name])
        )
        for one in series
        if logs[one.name]
    ]
    shown = [one for one in series if logs[one.name]]
    lasting = logs[shown[-1].name]
    lowest = min(lasting, key=lambda point: point[1])[0]
    places = _places(frame, steps, shown, bottom)
    return Chart(
        title,
        spoken,
        [Tick(frame.across(power), _power(power)) for power in _powers(frame.x0, frame.x1)],
        [Tick(frame.up(power), _power(power)) for power in _powers(frame.y0, frame.y1)],
        curves,
        [_guide(frame, label, slope, _settled(lasting)) for label, slope in (slopes or {}).items()],
        places,
        min(range(len(places)), key=lambda i: abs(places[i].x - frame.across(lowest))),
        sentence,
    )


def number(value: Number) -> str:
    """Two digits and the power of ten, ``2.3e−8``; plain where that is as short."""
    if value is None:
        return "–"
    if value == 0.0:
        return "0"
    if 0.001 <= abs(value) < 1000:
        return f"{value:.2g}".replace("-", MINUS)
    digits, _, power = f"{value:.1e}".partition("e")
    return f"{digits.removesuffix('.0')}e{int(power)}".replace("-", MINUS)


class _Frame:
    """Where numbers stand on the drawing."""

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        self.x0, self.x1 = _reach([x for x, _ in points])
        self.y0, self.y1 = _reach([y for _, y in points])

    def across(self, x: float) -> float:
        return round(LEFT + (x - self.x0) / (self.x1 - self.x0) * (WIDTH - LEFT - RIGHT), 1)

    def up(self, y: float) -> float:
        return round(TOP + (self.y1 - y) / (self.y1 - self.y0) * (HEIGHT - TOP - BOTTOM), 1)


def _known(steps: Sequence[Number], numbers: Sequence[Number]) -> list[tuple[float, float]]:
    return [
        (step, abs(value))
        for step, value in zip(steps, numbers, strict=False)
        if step and value is not None and math.isfinite(value)
    ]


def _line(frame: _Frame, points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{frame.across(x)},{frame.up(y)}" for x, y in points)


def _best(frame: _Frame, points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    x, y = min(points, key=lambda point: point[1])
    return frame.across(x), frame.up(y)


def _settled(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The last place, from the left, up to which a curve has one slope."""
    ordered = sorted(points)
    slopes = [(d - b) / (c - a) for (a, b), (c, d) in pairwise(ordered)]
    bend = next((k for k, slope in enumerate(slopes) if abs(slope - slopes[0]) > 0.3), len(slopes))
    return ordered[bend]


def _guide(frame: _Frame, label: str, slope: int, end: tuple[float, float]) -> Guide:
    """A line of that slope from a place down to the left, as far as the frame goes."""
    x, y = end
    left = max(frame.x0, x - (y - frame.y0) / slope)
    foot = y - slope * (x - left)
    here = frame.across(left), frame.up(foot)
    path = f"M{frame.across(x)} {frame.up(y)}L{here[0]} {here[1]}"
    third = left + (x - left) / 3
    place = frame.across(third), frame.up(y - slope * (x - third))
    # The curve is right along the steeper line, and its label goes below.
    beside = (8, 12) if slope > 1 else (-24, -8)
    return Guide(label, path, round(place[0] + beside[0], 1), round(place[1] + beside[1], 1))


def _places(
    frame: _Frame, steps: Sequence[Number], series: Sequence[Series], bottom: float
) -> list[Place]:
    """The sampled steps from left to right."""
    found = []
    for k, step in enumerate(steps):
        values = [one.numbers[k] if k < len(one.numbers) else None for one in series]
        known = [v if v is not None and math.isfinite(v) else None for v in values]
        if not step or all(value is None for value in known):
            continue
        ys = [
            "" if v is None else str(frame.up(math.log10(abs(v)) if v else bottom)) for v in known
        ]
        texts = [number(v if v is None else abs(v)) for v in known]
        found.append(Place(frame.across(math.log10(step)), number(step), texts, ",".join(ys)))
    return sorted(found, key=lambda place: place.x)


def _reach(numbers: Sequence[float]) -> tuple[int, int]:
    low, high = math.floor(min(numbers)), math.ceil(max(numbers))
    return low, max(high, low + 1)


def _powers(low: int, high: int) -> list[int]:
    step = max(1, math.ceil((high - low) / 5))
    return [power for power in range(low, high + 1) if power % step == 0]


def _power(power: int) -> str:
    return str(power).replace("-", MINUS)
