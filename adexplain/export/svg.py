"""The graph of a trace as an SVG file: the page's drawing with its styles, on white."""

from __future__ import annotations

import re
from functools import cache
from html import escape

from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import step_state
from adexplain.graph import WIDE, Sketch, graph_of, sketch_of
from adexplain.graph.svg import Drawing
from adexplain.paths import folder

_TOKEN = re.compile(r"(--[\w-]+):\s*([^;]+);")
_RULE = re.compile(r"^\.graph-view ([^{]+)\{([^}]*)\}$", re.MULTILINE)
_FONTS = {
    "--ui": '"Helvetica Neue", "Liberation Sans", Arial, sans-serif',
    "--maths": '"STIX Two Text", "Times New Roman", "Liberation Serif", serif',
}
_EXTRA_STYLES = ".letter{font-style:italic}.index{font-style:normal}.paper{fill:#fff}"


def svg(explanation: Explanation, step: int | None = None) -> str:
    """The graph of the whole trace, or of the trace up to a step."""
    if step is not None:
        step = min(step, explanation.stepping.total)
    graph = graph_of(explanation, step)
    sketch = sketch_of(graph, WIDE, explanation.reverse)
    inside = Drawing(explanation, graph, sketch, StillPen(explanation, step)).elements()
    return sheet(sketch, explanation.text, styles(), inside)


def sheet(sketch: Sketch, title: str, style: str, inside: str, below: float = 0.0) -> str:
    """An SVG file on a white background that is ``below`` higher than the drawing."""
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
    """The page's style rules for the graph, with the variables of its light theme filled in."""
    sheets = folder("web") / "static" / "css"
    tokens = (sheets / "shared" / "tokens.css").read_text("utf-8").partition("@media")[0]
    values: dict[str, str] = dict(_TOKEN.findall(tokens)) | _FONTS

    def value(match: re.Match[str]) -> str:
        return values[match[1]]

    rules = []
    for selectors, body in _RULE.findall((sheets / "explorer" / "graph.css").read_text("utf-8")):
        short = selectors.replace(".graph-view ", "").strip()
        rules.append(f"{short}{{{re.sub(r'var[(](--[^)]+)[)]', value, body).strip()}}}")
    return escape("".join(rules), quote=False).replace("&gt;", ">") + _EXTRA_STYLES


class StillPen:
    """Writes the classes for one step; a file has no script, so it needs no data attributes."""

    def __init__(self, explanation: Explanation, step: int | None) -> None:
        self.step = step
        current = explanation.stepping.at(step) if step else None
        self.now = current.name if current else None
        self.sources = current.sources if current else ()

    def mark(self, number: int | None, classes: str, until: int | None = None) -> str:
        """The classes, with that for the state at the step."""
        state = "" if number is None else step_state(self.step, number, until)
        return f'class="{classes} {state}"' if state else f'class="{classes}"'

    def row(self, name: str, classes: str) -> str:
        """The classes, with that of the current row or of its arguments."""
        state = "now-row" if name == self.now else "source" if name in self.sources else ""
        return f'class="{classes} {state}"' if state else f'class="{classes}"'

    def edge(self, number: int | None) -> str:
        """Nothing, since a file has no selection."""
        return ""

    def letter(self, text: str) -> str:
        """The letter, which the styles make italic."""
        return escape(text)
