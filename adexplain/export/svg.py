"""The graph of a trace as an SVG file: the page's drawing, its styles inside, on white."""

from __future__ import annotations

import re
from functools import cache
from html import escape

from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import standing
from adexplain.graph import WIDE, Sketch, graph_of, sketch_of
from adexplain.graph.svg import Drawing
from adexplain.paths import folder

_TOKEN = re.compile(r"(--[\w-]+):\s*([^;]+);")
_RULE = re.compile(r"^\.graph-view ([^{]+)\{([^}]*)\}$", re.MULTILINE)
_FONTS = {
    "--ui": '"Helvetica Neue", "Liberation Sans", Arial, sans-serif',
    "--maths": '"STIX Two Text", "Times New Roman", "Liberation Serif", serif',
}
_MORE = ".letter{font-style:italic}.index{font-style:normal}.paper{fill:#fff}"


def svg(explanation: Explanation, step: int | None = None) -> str:
    """The whole trace, or how far it has come at a step."""
    if step is not None:
        step = min(step, explanation.stepping.total)
    graph = graph_of(explanation, step)
    sketch = sketch_of(graph, WIDE, explanation.reverse)
    inside = Drawing(explanation, graph, sketch, StillPen(explanation, step)).elements()
    return sheet(sketch, explanation.text, styles(), inside)


def sheet(sketch: Sketch, title: str, style: str, inside: str, below: float = 0.0) -> str:
    """A file: white paper as large as the drawing, and ``below`` more."""
    width, height = f"{sketch.width:g}", f"{sketch.height + below:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img"><title>{escape(_printable(title))}</title>'
        f"<style>{style}</style>"
        f'<rect class="paper" width="{width}" height="{height}"/>{inside}</svg>\n'
    )


def _printable(text: str) -> str:
    """Text without what XML does not allow."""
    return "".join(c if c.isprintable() else " " for c in text)


@cache
def styles() -> str:
    """The rules of the page's sheet for the graph, with its light colours written out."""
    sheets = folder("web") / "static" / "css"
    tokens = (sheets / "shared" / "tokens.css").read_text("utf-8").partition("@media")[0]
    values: dict[str, str] = dict(_TOKEN.findall(tokens)) | _FONTS

    def value(match: re.Match[str]) -> str:
        return values[match[1]]

    rules = []
    for selectors, body in _RULE.findall((sheets / "graph.css").read_text("utf-8")):
        short = selectors.replace(".graph-view ", "").strip()
        rules.append(f"{short}{{{re.sub(r'var[(](--[^)]+)[)]', value, body).strip()}}}")
    return escape("".join(rules), quote=False).replace("&gt;", ">") + _MORE


class StillPen:
    """Writes classes for one step; a file has no script that needs more."""

    def __init__(self, explanation: Explanation, step: int | None) -> None:
        self.step = step
        current = explanation.stepping.at(step) if step else None
        self.now = current.name if current else None
        self.sources = current.sources if current else ()

    def mark(self, number: int | None, given: str, until: int | None = None) -> str:
        """Only the classes."""
        state = "" if number is None else standing(self.step, number, until)
        return f'class="{given} {state}"' if state else f'class="{given}"'

    def row(self, name: str, given: str) -> str:
        """Only the classes."""
        state = "now-row" if name == self.now else "source" if name in self.sources else ""
        return f'class="{given} {state}"' if state else f'class="{given}"'

    def edge(self, number: int | None) -> str:
        """Nothing: a file has no selection."""
        return ""

    def letter(self, text: str) -> str:
        """The letter itself, which the styles slant."""
        return escape(text)
