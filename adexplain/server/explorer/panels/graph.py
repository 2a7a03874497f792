"""The graph panel: drawings of the graph in two shapes, of which CSS shows one, and its text."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import step_state
from adexplain.graph import TALL, WIDE, Shape, graph_of, sketch_of
from adexplain.graph import Graph as Model
from adexplain.graph.folding import size
from adexplain.graph.model import Edge, Node
from adexplain.graph.svg import Drawing
from adexplain.graph.text import lines
from adexplain.program import Program
from adexplain.server.explorer.panels.covering import Cover, CoveredDrawing

MAX_NODES = 36
"""The largest graph, in nodes, that is part of the page; a larger one is fetched later."""
MAX_SVG_LENGTH = 18_000
"""The longest drawing, in characters, that is part of the page, which may take 200 kB."""
MAX_WIDTHS = {"wide": 700.0, "tall": 430.0}
"""Shape → the widest drawing, in pixels, that is shrunk to its column; a wider one scrolls."""


@dataclass(frozen=True)
class Graph:
    """The graph as the template shows it.

    Attributes:
        drawings: of each shape its name, its SVG and whether it scrolls.
        lines: the graph as text.
        left_out: how many rows and inputs are folded, in words, or "".
        reverse: whether contributions flow back.
    """

    drawings: tuple[tuple[str, Markup, bool], ...]
    lines: tuple[str, ...]
    left_out: str
    reverse: bool


def is_small(program: Program) -> bool:
    """Whether the graph of a program is small enough to be part of the page."""
    return 0 < size(program) <= MAX_NODES


def graph_at_once(
    explanation: Explanation, step: int | None, shape: str, cover: Cover | None = None
) -> Graph | None:
    """The graph, if it is part of the page; None where the page is to fetch it.

    Only a file has no shape: it has no server to fetch the graph from, so a large drawing is kept.
    """
    if not is_small(explanation.program):
        return None
    panel = graph(explanation, step, shape, cover)
    light = all(len(svg) <= MAX_SVG_LENGTH for _, svg, _ in panel.drawings)
    return panel if light or not shape else None


def graph(
    explanation: Explanation, step: int | None, shape: str = "", cover: Cover | None = None
) -> Graph:
    """The graph at a step, without its covered numbers.

    Args:
        explanation: the trace.
        step: the step up to which it is shown; None for the whole trace.
        shape: "wide" or "tall"; anything else stands for both.
        cover: what is covered, if anything.

    Raises:
        AdexplainError: as :func:`adexplain.graph.sketch_of` does.
    """
    model = graph_of(explanation, step)
    pen = _Pen(explanation, step)
    shapes = [known for known in (WIDE, TALL) if shape in ("", known.name)] or [WIDE, TALL]
    drawings = tuple(_drawing(explanation, model, known, pen, cover) for known in shapes)
    left_out = f"{model.left_out:,} rows and inputs are folded." if model.left_out else ""

    def is_covered(part: Node | Edge) -> bool:
        return cover is not None and cover.hides_part(model, part)

    text = tuple(lines(explanation, model, is_covered))
    return Graph(drawings, text, left_out, explanation.reverse)


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
    return shape.name, svg, sketch.width > MAX_WIDTHS[shape.name]


class _Pen:
    """Writes the attributes that the page's scripts read, and the classes of the shown step."""

    def __init__(self, explanation: Explanation, step: int | None) -> None:
        self.step = step
        stepping = explanation.stepping
        current = stepping.at(step) if step and step <= stepping.total else None
        self.current_row = current.name if current else None
        self.sources = current.sources if current else ()

    def mark(self, number: int | None, classes: str, until: int | None = None) -> str:
        """``class``, ``data-step``, ``data-until``."""
        if number is None:
            return f'class="{classes}"'
        state = step_state(self.step, number, until)
        names = f"{classes} {state}" if state else classes
        end = f' data-until="{until}"' if until is not None else ""
        return f'class="{names}" data-step="{number}"{end}'

    def row(self, name: str, classes: str) -> str:
        """``class`` and ``data-row``."""
        if name == self.current_row:
            classes += " now-row"
        elif name in self.sources:
            classes += " source"
        return f'class="{classes}" data-row="{escape(name)}"'

    def edge(self, number: int | None) -> str:
        """``data-edge``."""
        return "" if number is None else f' data-edge="{number}"'

    def letter(self, text: str) -> str:
        """A letter in mathematical italic, as characters of the formulas' font."""
        return escape(text.translate(_ITALIC))


_ITALIC = {ord(letter): 0x1D44E + n for n, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
_ITALIC |= {ord(letter): 0x1D434 + n for n, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_ITALIC |= {ord(letter): 0x1D6FC + n for n, letter in enumerate("αβγδεζηθικλμνξοπρςστυφχψω")}
_ITALIC[ord("h")] = 0x210E  # Unicode has it as Planck's constant, outside the italic block
