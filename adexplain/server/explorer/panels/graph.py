"""The graph of a trace as the page shows it: two drawings, of which CSS shows one, and a text."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from adexplain.explanation.explain import Explanation
from adexplain.graph import TALL, WIDE, Shape, graph_of, sketch_of
from adexplain.graph import Graph as Model
from adexplain.graph.folding import size
from adexplain.graph.svg import Drawing
from adexplain.graph.text import lines
from adexplain.program import Program
from adexplain.server.explorer.panels.covering import Cover, CoveredDrawing
from adexplain.server.html.marks import classes

SMALL = 36
"""Nodes up to which the page holds the graph at once; a larger one is fetched after the trace."""
LIGHT = 18_000
"""Characters of a drawing up to which the page holds it at once: it has 200 kB for everything."""
ROOMY = {"wide": 700.0, "tall": 430.0}
"""Widths up to which a drawing is shrunk to its column; a larger one scrolls."""


@dataclass(frozen=True)
class Graph:
    """What the template shows.

    Attributes:
        drawings: the shape's name, its SVG and whether it scrolls.
        lines: the graph as text.
        left_out: how many rows and inputs are folded, in words, or "".
        reverse: whether contributions flow back.
    """

    drawings: tuple[tuple[str, Markup, bool], ...]
    lines: tuple[str, ...]
    left_out: str
    reverse: bool


def is_small(program: Program) -> bool:
    """Whether the graph of a program is shown in the page at once."""
    return 0 < size(program) <= SMALL


def graph_at_once(
    explanation: Explanation, step: int | None, shape: str, cover: Cover | None = None
) -> Graph | None:
    """The graph for the page itself; None where the page is to fetch it.

    A page that asks for no shape is a file, which has no server to fetch it from.
    """
    if not is_small(explanation.program):
        return None
    drawn = graph(explanation, step, shape, cover)
    light = all(len(svg) <= LIGHT for _, svg, _ in drawn.drawings)
    return drawn if light or not shape else None


def graph(
    explanation: Explanation, step: int | None, shape: str = "", cover: Cover | None = None
) -> Graph:
    """The graph at a step, in one shape or in both, without what is covered.

    Raises:
        AdexplainError: as :func:`adexplain.graph.sketch_of` does.
    """
    model = graph_of(explanation, step)
    pen = _Pen(explanation, step)
    shapes = [one for one in (WIDE, TALL) if shape in ("", one.name)] or [WIDE, TALL]
    drawings = tuple(_drawing(explanation, model, one, pen, cover) for one in shapes)
    left_out = f"{model.left_out:,} rows and inputs are folded." if model.left_out else ""
    told = lines(explanation, model, lambda part: cover is not None and cover.of(model, part))
    return Graph(drawings, tuple(told), left_out, explanation.reverse)


def _drawing(
    explanation: Explanation, model: Model, shape: Shape, pen: _Pen, cover: Cover | None
) -> tuple[str, Markup, bool]:
    sketch = sketch_of(model, shape, explanation.reverse)
    if cover is None:
        inside = Drawing(explanation, model, sketch, pen).elements()
    else:
        inside = CoveredDrawing(explanation, model, sketch, pen, cover).elements()
    count = f"{len(explanation.rows)} row{'s' if len(explanation.rows) != 1 else ''}"
    label = f"Graph of {count}, as text below"
    size = f'viewBox="0 0 {sketch.width:g} {sketch.height:g}"'
    size += f' width="{sketch.width:g}" height="{sketch.height:g}"'
    svg = Markup(f'<svg {size} role="img" aria-label="{label}">{inside}</svg>')
    return shape.name, svg, sketch.width > ROOMY[shape.name]


class _Pen:
    """Writes the attributes that the page's scripts read, and the classes for one step."""

    def __init__(self, explanation: Explanation, step: int | None) -> None:
        self.step = step
        stepping = explanation.stepping
        current = stepping.at(step) if step and step <= stepping.total else None
        self.now = current.name if current else None
        self.sources = current.sources if current else ()

    def mark(self, number: int | None, given: str, until: int | None = None) -> str:
        """``class``, ``data-step``, ``data-until``."""
        if number is None:
            return f'class="{given}"'
        state = classes(self.step, number, until)
        names = f"{given} {state}" if state else given
        end = f' data-until="{until}"' if until is not None else ""
        return f'class="{names}" data-step="{number}"{end}'

    def row(self, name: str, given: str) -> str:
        """``class`` and ``data-row``."""
        if name == self.now:
            given += " now-row"
        elif name in self.sources:
            given += " source"
        return f'class="{given}" data-row="{escape(name)}"'

    def edge(self, number: int | None) -> str:
        """``data-edge``."""
        return "" if number is None else f' data-edge="{number}"'

    def letter(self, text: str) -> str:
        """The letter of mathematical italic, which the formulas' font has."""
        return escape(text.translate(_ITALIC))


_ITALIC = {ord(letter): 0x1D44E + n for n, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
_ITALIC |= {ord(letter): 0x1D434 + n for n, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_ITALIC |= {ord(letter): 0x1D6FC + n for n, letter in enumerate("αβγδεζηθικλμνξοπρςστυφχψω")}
_ITALIC[ord("h")] = 0x210E  # Planck's constant took its place
