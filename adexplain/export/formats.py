"""``FORMATS``: the export formats, with their writers for explanations, comparisons, code, …

The command line, its help, the page's export menu and the documentation are made from this list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from adexplain.codegen import CodeLine
from adexplain.explanation.explain import Explanation
from adexplain.export import code, comparison, findings, json_csv
from adexplain.export.animation import animation
from adexplain.export.dot import dot
from adexplain.export.latex import document, latex
from adexplain.export.markdown import markdown
from adexplain.export.notebook import notebook
from adexplain.export.steps_in_words import steps_json, steps_markdown, steps_text
from adexplain.export.style import Style
from adexplain.export.svg import svg
from adexplain.export.table import table
from adexplain.export.tikz import document as tikz_document
from adexplain.export.tikz import tikz

__all__ = ["FORMATS", "Format", "Style", "document"]


WriteComparison = Callable[[Mapping[str, Any], Style], str]
WriteCode = Callable[[list[CodeLine], str, Style], str]


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes:
        title: its name for readers.
        about: what it is good for.
        suffix: file name suffix, without the dot.
        media: the media type of its files; all of them are UTF-8.
        explanation: writes an ``Explanation``.
        comparison: writes ``Comparison.to_dict()``; None where it cannot show one.
        code: writes the lines of generated source, given the mode; None where it cannot.
        document: turns a text that is made for pasting into a complete document; None where
            every text is complete.
        shows_step: whether it can show a single step, ``Style.step``.
        steps: writes the steps of an ``Explanation`` in words; None where it cannot.
        findings: writes what the gradient doctor finds in an ``Explanation``; None where it cannot.
        for_clipboard: whether its text is of use on a clipboard.
    """

    title: str
    about: str
    suffix: str
    media: str
    explanation: Callable[[Explanation, Style], str]
    comparison: WriteComparison | None = None
    code: WriteCode | None = None
    document: Callable[[str], str] | None = None
    shows_step: bool = False
    for_clipboard: bool = True
    steps: Callable[[Explanation, Style], str] | None = None
    findings: Callable[[Explanation, Style], str] | None = None


def _xml(text: str, style: Style) -> str:
    """XML, with character references where the stream has only ASCII."""
    return text if style.unicode else text.encode("ascii", "xmlcharrefreplace").decode()


FORMATS: dict[str, Format] = {
    "table": Format(
        "Plain text",
        "for reading in a terminal",
        "txt",
        "text/plain",
        table,
        comparison.comparison_table,
        lambda lines, mode, style: code.code_text(lines),
        steps=steps_text,
        findings=findings.findings_text,
    ),
    "json": Format(
        "JSON",
        "everything, as the published schema describes it",
        "json",
        "application/json",
        lambda explanation, style: json_csv.json_text(explanation.to_dict(), not style.unicode),
        lambda found, style: json_csv.json_text(found, not style.unicode),
        lambda lines, mode, style: json_csv.json_text(
            code.code_data(lines, mode), not style.unicode
        ),
        steps=steps_json,
        findings=findings.findings_json,
    ),
    "latex": Format(
        "LaTeX",
        "tables as the books print them",
        "tex",
        "application/x-tex",
        lambda explanation, style: latex(explanation),
        lambda found, style: comparison.comparison_latex(found),
        lambda lines, mode, style: code.code_latex(lines),
        document,
        findings=lambda explanation, style: findings.findings_latex(explanation),
    ),
    "markdown": Format(
        "Markdown",
        "tables with formulas, for notebooks and web pages",
        "md",
        "text/markdown",
        lambda explanation, style: markdown(explanation),
        lambda found, style: comparison.comparison_markdown(found),
        lambda lines, mode, style: code.code_markdown(lines),
        steps=steps_markdown,
        findings=lambda explanation, style: findings.findings_markdown(explanation),
    ),
    "csv": Format(
        "CSV",
        "one line for each number, with all digits",
        "csv",
        "text/csv",
        lambda explanation, style: json_csv.explanation_csv(explanation),
        lambda found, style: comparison.comparison_csv(found),
        lambda lines, mode, style: code.code_csv(lines),
        findings=lambda explanation, style: findings.findings_csv(explanation),
    ),
    "notebook": Format(
        "Notebook",
        "the same trace for Jupyter, to run, change and check",
        "ipynb",
        "application/x-ipynb+json",
        lambda explanation, style: notebook(explanation, not style.unicode),
        for_clipboard=False,
    ),
    "tikz": Format(
        "TikZ",
        "the graph as a picture in a LaTeX document",
        "tikz.tex",
        "application/x-tex",
        lambda explanation, style: tikz(explanation),
        document=tikz_document,
    ),
    "dot": Format(
        "Graphviz DOT",
        "the graph for other programs to lay out",
        "dot",
        "text/vnd.graphviz",
        lambda explanation, style: dot(explanation),
    ),
    "svg": Format(
        "SVG",
        "the graph as a picture, whole or at one step",
        "svg",
        "image/svg+xml",
        lambda explanation, style: _xml(svg(explanation, style.step), style),
        shows_step=True,
    ),
    "animated-svg": Format(
        "Animated SVG",
        "the graph as a picture that moves: the last sweep, step by step",
        "animated.svg",
        "image/svg+xml",
        lambda explanation, style: _xml(animation(explanation), style),
        for_clipboard=False,
    ),
}
