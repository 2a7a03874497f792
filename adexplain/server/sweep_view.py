"""The error of differences against the step, as a drawing: both axes in powers of ten."""

from __future__ import annotations

import math
from dataclasses import dataclass

from markupsafe import Markup

from .numerals import MINUS, to_float
from .trace_view import Data

WIDTH, HEIGHT = 320, 190
LEFT, RIGHT, TOP, BOTTOM = 46, 8, 8, 34
FLOOR = 0.1
"""No error at all is drawn at this part of the smallest one: a logarithm has no zero."""


@dataclass(frozen=True)
class Tick:
    """A place on an axis and the power of ten there."""

    place: float
    power: str


@dataclass(frozen=True)
class Curve:
    """One kind of difference: a line, and where it is lowest."""

    name: str
    points: str
    best: tuple[float, float] | None
    label: tuple[float, float]


@dataclass(frozen=True)
class Sweep:
    """The drawing for one input."""

    title: Markup
    across: list[Tick]
    up: list[Tick]
    curves: list[Curve]
    sentence: str


def sweep(data: Data, title: Markup) -> Sweep | None:
    """The drawing of one input's sweep; None where there is nothing to draw."""
    steps = [to_float(step) for step in data["h"]]
    errors = {kind: [to_float(error) for error in data[kind]] for kind in ("forward", "central")}
    known = {
        kind: [
            (step, abs(error))
            for step, error in zip(steps, column, strict=False)
            if step and error is not None and math.isfinite(error)
        ]
        for kind, column in errors.items()
    }
    least = min((e for pairs in known.values() for _, e in pairs if e), default=1e-15)
    found = {
        kind: [
            (math.log10(h), math.log10(e) if e else math.log10(least) + math.log10(FLOOR))
            for h, e in pairs
        ]
        for kind, pairs in known.items()
    }
    everything = [point for points in found.values() for point in points]
    if len(everything) < 4:
        return None
    x0, x1 = _reach([x for x, _ in everything])
    y0, y1 = _reach([y for _, y in everything])

    def place(x: float, y: float) -> tuple[float, float]:
        across = LEFT + (x - x0) / (x1 - x0) * (WIDTH - LEFT - RIGHT)
        up = TOP + (y1 - y) / (y1 - y0) * (HEIGHT - TOP - BOTTOM)
        return round(across, 1), round(up, 1)

    curves = []
    for kind, points in found.items():
        if not points:
            continue
        placed = [place(x, y) for x, y in points]
        lowest = min(points, key=lambda point: point[1])
        largest = max(placed)
        curves.append(Curve(kind, " ".join(f"{x},{y}" for x, y in placed), place(*lowest), largest))
    return Sweep(
        title,
        [Tick(place(power, y0)[0], _power(power)) for power in _powers(x0, x1)],
        [Tick(place(x0, power)[1], _power(power)) for power in _powers(y0, y1)],
        curves,
        _sentence(known),
    )


def _reach(numbers: list[float]) -> tuple[int, int]:
    low, high = math.floor(min(numbers)), math.ceil(max(numbers))
    return low, max(high, low + 1)


def _powers(low: int, high: int) -> list[int]:
    step = max(1, math.ceil((high - low) / 5))
    return [power for power in range(low, high + 1) if power % step == 0]


def _power(power: int) -> str:
    return str(power).replace("-", MINUS)


def _sentence(known: dict[str, list[tuple[float, float]]]) -> str:
    parts = []
    for kind, pairs in known.items():
        if pairs:
            step, error = min(pairs, key=lambda pair: pair[1])
            how = f"err least, by {_short(error)}," if error else "have no error"
            parts.append(f"{kind} differences {how} at h = {_short(step)}")
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _short(number: float) -> str:
    """One digit and the power of ten, ``2e−8``."""
    digit, _, power = f"{number:.0e}".partition("e")
    return f"{digit}e{_power(int(power))}"
