"""Writes lengths, curves, arrowheads and numbers as SVG."""

from __future__ import annotations

from functools import lru_cache

from adexplain.graph.curves import ARROW
from adexplain.graph.glyphs import Number

Pieces = tuple[tuple[tuple[float, float], ...], ...]


def cut(text: str, limit: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


@lru_cache(maxsize=4096)
def path(pieces: Pieces, tall: bool = False, *, start: bool = False, end: bool = False) -> str:
    """A curve as path data, shortened at the start or end where an arrowhead is drawn."""
    shortening = ARROW - 1
    out = []
    for number, (a, b, c, d) in enumerate(pieces):
        if number == 0:
            first = _moved(a, shortening, tall) if start else a
            out.append(f"M{pair(first)}")
        if end and number == len(pieces) - 1:
            d = _moved(d, -shortening, tall)
            c = _moved(c, -shortening / 2, tall)
        if start and number == 0:
            b = _moved(b, shortening / 2, tall)
        out.append(f"C{pair(b)} {pair(c)} {pair(d)}")
    return "".join(out)


def _moved(point: tuple[float, float], offset: float, tall: bool) -> tuple[float, float]:
    return (point[0], point[1] + offset) if tall else (point[0] + offset, point[1])


@lru_cache(maxsize=4096)
def head(tip: tuple[float, float], tall: bool, back: bool = False) -> str:
    """An arrowhead with this tip, pointing along the layers or, with ``back``, against them."""
    offset = ARROW if back else -ARROW
    half = ARROW / 2
    if tall:
        return f"M{pair(tip)}l{num(-half)} {num(offset)}h{num(ARROW)}z"
    return f"M{pair(tip)}l{num(offset)} {num(-half)}v{num(ARROW)}z"


def figures(number: Number) -> str:
    """A number as the inside of a text element."""
    if not number.power:
        return number.digits
    return f'{number.digits}<tspan class="power" dy="-4">{number.power}</tspan>'


def pair(point: tuple[float, float]) -> str:
    """A point as path data."""
    return f"{num(point[0])} {num(point[1])}"


@lru_cache(maxsize=16384)
def num(value: float) -> str:
    """A length, rounded to a tenth."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text
