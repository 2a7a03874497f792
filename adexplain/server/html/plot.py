"""A plot of a function of one variable and of its derivative, with linear axes.

The curves have gaps where there is no value, and marks where a primitive is not smooth.
``_plot.html`` draws it; chart.js takes the numbers at a place from the table below it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from adexplain.codegen.fast import compile_python
from adexplain.explanation.explain import Explanation, explain
from adexplain.program import Program
from adexplain.server.html.chart import number
from adexplain.server.html.numerals import MINUS
from adexplain.server.html.plot_samples import Point, SampledCurve, finite, sample

WIDTH, HEIGHT = 320, 314
LEFT, RIGHT, TOP, BOTTOM = 36, 8, 8, 30
CURVE_INTERVALS = 240
TABLE_INTERVALS = 16
"""Intervals between the rows of the table of numbers."""
MAX_LABELS = 3
"""Marks that have their kind written beside them, at most."""
LABEL_ROOM = (64, 16)
"""The room of such a label: width and height in pixels."""
SAME_SCALE_SHARE = 0.15
"""The share of the values that must be visible for both axes to have the same scale."""
SAME_SCALE_HEIGHT = 0.1
"""The height, as a share of that frame, which a curve must reach for the same scale."""


@dataclass(frozen=True)
class Tick:
    """A number on an axis and its position there, in pixels."""

    place: float
    text: str


@dataclass(frozen=True)
class Mark:
    """A point at which the function is not smooth.

    Attributes:
        x, y: its position, in pixels.
        at: the value of the variable there.
        where: the same as an equation, ``x = 0``.
        kind: its status, such as "kink".
        left, right: the slopes on either side.
        answer: the slope that adexplain answers there, by its ``convention``.
    """

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
    """Whether its kind is written beside it; not where that would cover another label."""


@dataclass(frozen=True)
class Place:
    """One row of the table.

    Attributes:
        x: its position on the horizontal axis, in pixels.
        at: the value of the variable.
        numbers: value and slope there.
        ys: the vertical positions of both curves, in pixels, joined by a comma.
    """

    x: float
    at: str
    numbers: tuple[str, str]
    ys: str


@dataclass(frozen=True)
class Plot:
    """A plot as the template draws it.

    Attributes:
        variable: the name of the input that varies.
        fixed: the values of the other inputs, in words.
        value, slope: the paths of both curves.
        dots: (curve, x, y) of values that stand alone.
        x_ticks, y_ticks: the ticks of both axes.
        axes: the position of the vertical axis and of the horizontal one; None outside the frame.
        marks: where the function is not smooth.
        places: the rows of the table.
        start: the index of the place at which the guide of chart.js begins.
        spoken: the range, in words.
    """

    variable: str
    fixed: str
    value: str
    slope: str
    dots: list[tuple[str, float, float]]
    x_ticks: list[Tick]
    y_ticks: list[Tick]
    axes: tuple[float | None, float | None]
    marks: list[Mark]
    places: list[Place]
    start: int
    spoken: str


class _Frame:
    """Converts numbers to pixels."""

    def __init__(self, x: Point, y: Point) -> None:
        self.x, self.y = x, y

    def x_pixel(self, x: float) -> float:
        low, high = self.x
        return round(LEFT + (x - low) / (high - low) * (WIDTH - LEFT - RIGHT), 1)

    def y_pixel(self, y: float) -> float:
        """A number far outside the frame is clamped to a position just outside it."""
        low, high = self.y
        within = min(max(y, low - (high - low)), high + (high - low))
        return round(TOP + (high - within) / (high - low) * (HEIGHT - TOP - BOTTOM), 1)

    def holds(self, y: float) -> bool:
        return self.y[0] <= y <= self.y[1]


class _Slice:
    """A program as a function of one input, the others fixed."""

    def __init__(self, program: Program, position: int, point: Sequence[float]) -> None:
        self.program, self.position, self.point = program, position, list(point)
        call = compile_python(program, "reverse")
        self._evaluate = cache(lambda x: call(*self.at(x)))

    def at(self, x: float) -> list[float]:
        return [*self.point[: self.position], x, *self.point[self.position + 1 :]]

    def value(self, x: float) -> float | None:
        return finite(float(self._evaluate(x)[0]))

    def slope(self, x: float) -> float | None:
        """The slope, or None where there is no value.

        A rule may give a number outside the domain, as 1/a does for ln a.
        """
        value, slopes = self._evaluate(x)
        return finite(slopes[self.position]) if finite(float(value)) is not None else None

    def explained(self, x: float) -> Explanation:
        names = self.program.input_names
        return explain(self.program, dict(zip(names, self.at(x), strict=True)))


def plot(
    program: Program,
    position: int = 0,
    point: Sequence[float] = (0.0,),
    low: float = -4.0,
    high: float = 4.0,
) -> Plot | None:
    """The plot of a program with one output, and of its derivative, over one input.

    Args:
        program: what is drawn.
        position: the input that varies, counted from 0.
        point: values of all inputs; the one of the input that varies is ignored.
        low, high: the range of the input that varies.

    Returns:
        The plot, or None where there is no value to draw.
    """
    function_slice = _Slice(program, position, point)
    jump = (high - low) / 80
    curve = sample(function_slice.value, low, high, CURVE_INTERVALS, jump)
    slope = sample(function_slice.slope, low, high, CURVE_INTERVALS, jump)
    if not any(curve.segments):
        return None
    frame = _frame(curve, slope, low, high)
    marks = _marks(function_slice, frame, {*curve.breaks, *slope.breaks})
    names = program.input_names
    fixed = ", ".join(
        f"{name} = {_short_number(value)}"
        for k, (name, value) in enumerate(zip(names, point, strict=True))
        if k != position
    )
    places = _places(function_slice, frame, [mark.at for mark in marks])
    known = [mark.at for mark in marks] or [low + (high - low) * 5 / 8]
    start = min(range(len(places)), key=lambda k: abs(places[k].x - frame.x_pixel(known[0])))
    return Plot(
        names[position],
        fixed,
        _path(frame, curve),
        _path(frame, slope),
        [*_dots(frame, "value", curve), *_dots(frame, "slope", slope)],
        [Tick(frame.x_pixel(x), _short_number(x)) for x in _ticks(low, high)],
        [Tick(frame.y_pixel(y), _short_number(y)) for y in _ticks(*frame.y)],
        (
            frame.x_pixel(0.0) if low < 0 < high else None,
            frame.y_pixel(0.0) if frame.y[0] < 0 < frame.y[1] else None,
        ),
        marks,
        places,
        start,
        f"for {names[position]} from {_short_number(low)} to {_short_number(high)}",
    )


def _frame(curve: SampledCurve, slope: SampledCurve, low: float, high: float) -> _Frame:
    """A frame with the same scale on both axes, so that slopes look as steep as they are.

    Where too little would be visible that way, one that fits the curves.
    """
    half = (high - low) / 2
    same = _Frame((low, high), (-half, half))
    values = [y for segment in curve.segments for _, y in segment]
    slopes = [y for segment in slope.segments for _, y in segment]
    inside = sum(map(same.holds, values)) / len(values)
    tallest = max((abs(y) for y in (*values, *slopes)), default=0.0)
    if inside >= SAME_SCALE_SHARE and tallest >= SAME_SCALE_HEIGHT * half:
        return same
    both = sorted((*values, *slopes, 0.0))
    cut = len(both) // 50
    bottom, top = both[cut], both[-1 - cut]
    room = (top - bottom or 1.0) * 0.08
    return _Frame((low, high), (bottom - room, top + room))


def _path(frame: _Frame, curve: SampledCurve) -> str:
    """The path of a curve, without the points far outside the frame."""
    pieces = []
    for segment in curve.segments:
        drawn = [f"{frame.x_pixel(x)} {frame.y_pixel(y)}" for x, y in _visible(frame, segment)]
        if drawn and not _is_single_point(segment):
            pieces.append("M" + "L".join(dict.fromkeys(drawn)))
    return "".join(pieces)


def _visible(frame: _Frame, segment: list[Point]) -> list[Point]:
    """The points inside the frame, and their neighbors outside, where the curve leaves it."""
    inside = [frame.holds(y) for _, y in segment]
    return [
        point
        for k, point in enumerate(segment)
        if inside[k] or (k and inside[k - 1]) or (k + 1 < len(segment) and inside[k + 1])
    ]


def _is_single_point(segment: list[Point]) -> bool:
    return len({x for x, _ in segment}) == 1


def _dots(frame: _Frame, name: str, curve: SampledCurve) -> list[tuple[str, float, float]]:
    """Values without neighbors, such as the slope by convention at a kink."""
    alone = [segment[0] for segment in curve.segments if _is_single_point(segment)]
    return [(name, frame.x_pixel(x), frame.y_pixel(y)) for x, y in alone if frame.holds(y)]


def _marks(function_slice: _Slice, frame: _Frame, breaks: set[float]) -> list[Mark]:
    name = function_slice.program.input_names[function_slice.position]
    found: list[Mark] = []
    for x in sorted(breaks):
        y = function_slice.value(x)
        if y is None or not frame.holds(y):
            continue
        partial = function_slice.explained(x).to_dict()["partials"][function_slice.position]
        if partial["status"] in ("ok", "undefined"):
            continue
        sides = (_side(partial["left"]), _side(partial["right"]))
        answer = _side(partial["value"])
        found.append(
            Mark(
                frame.x_pixel(x),
                frame.y_pixel(y),
                x,
                f"{name} = {_short_number(x)}",
                partial["status"],
                *sides,
                answer,
                partial["convention"] or "",
                _has_room(found, frame.x_pixel(x), frame.y_pixel(y)),
            )
        )
    return found


def _has_room(others: Sequence[Mark], x: float, y: float) -> bool:
    """Whether a label at (x, y) covers no other label, and there are not too many yet."""
    named = [mark for mark in others if mark.named]
    apart = all(
        abs(mark.x - x) > LABEL_ROOM[0] or abs(mark.y - y) > LABEL_ROOM[1] for mark in named
    )
    return len(named) < MAX_LABELS and apart


def _side(value: float | str | None) -> str:
    """A slope as text, "none" where there is none."""
    words = {"inf": "∞", "-inf": f"{MINUS}∞", "nan": "none"}
    if value is None:
        return "none"
    return words[value] if isinstance(value, str) else _short_number(value)


def _places(function_slice: _Slice, frame: _Frame, nonsmooth: list[float]) -> list[Place]:
    """The rows of the table: evenly spaced, and at each nonsmooth point."""
    low, high = frame.x
    even = [low + (high - low) * k / TABLE_INTERVALS for k in range(TABLE_INTERVALS + 1)]
    found = []
    for x in sorted({*even, *nonsmooth}):
        numbers = (function_slice.value(x), function_slice.slope(x))
        ys = ["" if y is None or not frame.holds(y) else str(frame.y_pixel(y)) for y in numbers]
        texts = (number(numbers[0]), number(numbers[1]))
        found.append(Place(frame.x_pixel(x), _short_number(x), texts, ",".join(ys)))
    return found


def _ticks(low: float, high: float) -> list[float]:
    """About five round numbers in a range."""
    rough = (high - low) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [k * step for k in range(first, math.floor(high / step + 1e-9) + 1)]


def _short_number(x: float) -> str:
    """A number to four digits, with a real minus."""
    return f"{x + 0.0:.4g}".replace("-", MINUS)
