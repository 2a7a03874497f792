"""A drawing of a function of one variable and of its derivative, with linear axes.

The curves have gaps where there is no value, and a mark where the table of primitives has a doubt.
``_plot.html`` prints it; chart.js reads the numbers of a place out of the table below it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from adexplain.codegen import compile
from adexplain.explanation.explain import Explanation, explain
from adexplain.program import Program
from adexplain.server.html.chart import number
from adexplain.server.html.numerals import MINUS
from adexplain.server.html.plot_samples import Point, Sampled, finite, sampled

WIDTH, HEIGHT = 320, 314
LEFT, RIGHT, TOP, BOTTOM = 36, 8, 8, 30
INTERVALS = 240
ROWS = 16
"""Intervals of the table of numbers."""
LABELS = 3
"""Doubtful places whose kind is written beside them."""
LABEL = (64, 16)
"""How much room that takes, across and up."""
FITS = 0.15
"""The part of a curve that a frame with the same scale on both axes must hold."""
FLAT = 0.1
"""A curve lower than this part of such a frame gets a scale of its own."""


@dataclass(frozen=True)
class Tick:
    """A number on an axis and where it stands."""

    place: float
    text: str


@dataclass(frozen=True)
class Mark:
    """A doubtful place: where it stands, what it is, and the slopes to either side."""

    x: float
    y: float
    at: float
    where: str
    kind: str
    left: str
    right: str
    answer: str
    convention: str
    named: bool
    """Whether its kind stands beside it: not where another's does already."""


@dataclass(frozen=True)
class Place:
    """One line of the table: the place, the numbers, and where the curves are."""

    x: float
    at: str
    numbers: tuple[str, str]
    ys: str


@dataclass(frozen=True)
class Plot:
    """A drawing of a function and its derivative."""

    variable: str
    fixed: str
    value: str
    slope: str
    dots: list[tuple[str, float, float]]
    across: list[Tick]
    up: list[Tick]
    axes: tuple[float | None, float | None]
    marks: list[Mark]
    places: list[Place]
    start: int
    spoken: str


class _Frame:
    """Where numbers stand on the drawing."""

    def __init__(self, x: Point, y: Point) -> None:
        self.x, self.y = x, y

    def across(self, x: float) -> float:
        low, high = self.x
        return round(LEFT + (x - low) / (high - low) * (WIDTH - LEFT - RIGHT), 1)

    def up(self, y: float) -> float:
        """A place far outside is drawn only a little outside: the frame cuts it off."""
        low, high = self.y
        within = min(max(y, low - (high - low)), high + (high - low))
        return round(TOP + (high - within) / (high - low) * (HEIGHT - TOP - BOTTOM), 1)

    def holds(self, y: float) -> bool:
        return self.y[0] <= y <= self.y[1]


class _Slice:
    """A program as a function of one input, the others fixed."""

    def __init__(self, program: Program, position: int, point: Sequence[float]) -> None:
        self.program, self.position, self.point = program, position, list(point)
        call = compile(program)
        self._seen = cache(lambda x: call(*self.at(x)))

    def at(self, x: float) -> list[float]:
        return [*self.point[: self.position], x, *self.point[self.position + 1 :]]

    def value(self, x: float) -> float | None:
        return finite(float(self._seen(x)[0]))

    def slope(self, x: float) -> float | None:
        """A rule may answer outside the domain, as 1/a does for ln a: that is no slope."""
        value, slopes = self._seen(x)
        return finite(slopes[self.position]) if finite(float(value)) is not None else None

    def explained(self, x: float) -> Explanation:
        return explain(self.program, self.at(x))


def plot(
    program: Program,
    position: int = 0,
    point: Sequence[float] = (0.0,),
    low: float = -4.0,
    high: float = 4.0,
) -> Plot | None:
    """The drawing of a program with one output, and of its derivative, over one input.

    Args:
        program: what is drawn.
        position: the input that varies, counted from 0.
        point: values of all inputs; that of the one that varies plays no part.
        low, high: from where to where it varies.

    Returns:
        The drawing, or None where there is no value to draw.
    """
    part = _Slice(program, position, point)
    jump = (high - low) / 80
    curve = sampled(part.value, low, high, INTERVALS, jump)
    slope = sampled(part.slope, low, high, INTERVALS, jump)
    if not any(curve.stretches):
        return None
    frame = _frame(curve, slope, low, high)
    marks = _marks(part, frame, {*curve.places, *slope.places})
    names = program.input_names
    fixed = ", ".join(
        f"{name} = {_plain(value)}"
        for k, (name, value) in enumerate(zip(names, point, strict=True))
        if k != position
    )
    places = _places(part, frame, [mark.at for mark in marks])
    known = [mark.at for mark in marks] or [low + (high - low) * 5 / 8]
    start = min(range(len(places)), key=lambda k: abs(places[k].x - frame.across(known[0])))
    return Plot(
        names[position],
        fixed,
        _path(frame, curve),
        _path(frame, slope),
        [*_dots(frame, "value", curve), *_dots(frame, "slope", slope)],
        [Tick(frame.across(x), _plain(x)) for x in _ticks(low, high)],
        [Tick(frame.up(y), _plain(y)) for y in _ticks(*frame.y)],
        (
            frame.across(0.0) if low < 0 < high else None,
            frame.up(0.0) if frame.y[0] < 0 < frame.y[1] else None,
        ),
        marks,
        places,
        start,
        f"for {names[position]} from {_plain(low)} to {_plain(high)}",
    )


def _frame(curve: Sampled, slope: Sampled, low: float, high: float) -> _Frame:
    """The same scale on both axes, so that a slope looks as steep as it is; else what fits."""
    half = (high - low) / 2
    same = _Frame((low, high), (-half, half))
    values = [y for stretch in curve.stretches for _, y in stretch]
    slopes = [y for stretch in slope.stretches for _, y in stretch]
    inside = sum(map(same.holds, values)) / len(values)
    tallest = max((abs(y) for y in (*values, *slopes)), default=0.0)
    if inside >= FITS and tallest >= FLAT * half:
        return same
    both = sorted((*values, *slopes, 0.0))
    cut = len(both) // 50
    bottom, top = both[cut], both[-1 - cut]
    room = (top - bottom or 1.0) * 0.08
    return _Frame((low, high), (bottom - room, top + room))


def _path(frame: _Frame, curve: Sampled) -> str:
    """Each stretch as a line, without the points that lie far outside."""
    pieces = []
    for stretch in curve.stretches:
        drawn = [f"{frame.across(x)} {frame.up(y)}" for x, y in _near(frame, stretch)]
        if drawn and not _alone(stretch):
            pieces.append("M" + "L".join(dict.fromkeys(drawn)))
    return "".join(pieces)


def _near(frame: _Frame, stretch: list[Point]) -> list[Point]:
    """The points in the frame, and the next ones outside, where the line leaves it."""
    inside = [frame.holds(y) for _, y in stretch]
    return [
        point
        for k, point in enumerate(stretch)
        if inside[k] or (k and inside[k - 1]) or (k + 1 < len(stretch) and inside[k + 1])
    ]


def _alone(stretch: list[Point]) -> bool:
    return len({x for x, _ in stretch}) == 1


def _dots(frame: _Frame, name: str, curve: Sampled) -> list[tuple[str, float, float]]:
    """Values that stand alone, as a convention does at a kink."""
    alone = [stretch[0] for stretch in curve.stretches if _alone(stretch)]
    return [(name, frame.across(x), frame.up(y)) for x, y in alone if frame.holds(y)]


def _marks(part: _Slice, frame: _Frame, places: set[float]) -> list[Mark]:
    found: list[Mark] = []
    for x in sorted(places):
        y = part.value(x)
        if y is None or not frame.holds(y):
            continue
        seen = part.explained(x).to_dict()["partials"][part.position]
        if seen["status"] in ("ok", "undefined"):
            continue
        sides = (_side(seen["left"]), _side(seen["right"]))
        answer = _side(seen["value"])
        found.append(
            Mark(
                frame.across(x),
                frame.up(y),
                x,
                f"{part.program.input_names[part.position]} = {_plain(x)}",
                seen["status"],
                *sides,
                answer,
                seen["convention"] or "",
                _has_room(found, frame.across(x), frame.up(y)),
            )
        )
    return found


def _has_room(others: Sequence[Mark], x: float, y: float) -> bool:
    """Whether a label may stand at a place: few are read, and none on another."""
    named = [mark for mark in others if mark.named]
    apart = all(abs(mark.x - x) > LABEL[0] or abs(mark.y - y) > LABEL[1] for mark in named)
    return len(named) < LABELS and apart


def _side(value: float | str | None) -> str:
    """A slope in a sentence."""
    words = {"inf": "∞", "-inf": f"{MINUS}∞", "nan": "none"}
    if value is None:
        return "none"
    return words[value] if isinstance(value, str) else _plain(value)


def _places(part: _Slice, frame: _Frame, doubtful: list[float]) -> list[Place]:
    """The numbers behind the drawing, at even places and at the doubtful ones."""
    low, high = frame.x
    even = [low + (high - low) * k / ROWS for k in range(ROWS + 1)]
    found = []
    for x in sorted({*even, *doubtful}):
        numbers = (part.value(x), part.slope(x))
        ys = ["" if y is None or not frame.holds(y) else str(frame.up(y)) for y in numbers]
        texts = (number(numbers[0]), number(numbers[1]))
        found.append(Place(frame.across(x), _plain(x), texts, ",".join(ys)))
    return found


def _ticks(low: float, high: float) -> list[float]:
    """About five round numbers between two."""
    rough = (high - low) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [k * step for k in range(first, math.floor(high / step + 1e-9) + 1)]


def _plain(x: float) -> str:
    """A number in a few digits, with a real minus."""
    return f"{x + 0.0:.4g}".replace("-", MINUS)
