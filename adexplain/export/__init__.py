"""An ``Explanation``, a ``Comparison`` or generated code as text, in each of the formats.

``FORMATS`` is the one list of them: the command line, its help and the documentation are made
from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from adexplain.codegen import Line
from adexplain.explain import Explanation
from adexplain.export import code, comparison, data
from adexplain.export.latex import document, latex
from adexplain.export.markdown import markdown
from adexplain.export.style import Style
from adexplain.export.table import table

__all__ = ["FORMATS", "Format", "Style", "document"]


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes:
        about: what it is good for.
        explanation: writes an ``Explanation``.
        comparison: writes ``Comparison.to_dict()``.
        code: writes the lines of generated source, given the mode.
    """

    about: str
    explanation: Callable[[Explanation, Style], str]
    comparison: Callable[[Mapping[str, Any], Style], str]
    code: Callable[[list[Line], str, Style], str]


FORMATS: dict[str, Format] = {
    "table": Format(
        "for reading in a terminal",
        table,
        comparison.comparison_table,
        lambda lines, mode, style: code.code_text(lines),
    ),
    "json": Format(
        "everything, as the published schema describes it",
        lambda explanation, style: data.json_text(explanation.to_dict(), not style.unicode),
        lambda found, style: data.json_text(found, not style.unicode),
        lambda lines, mode, style: data.json_text(code.code_data(lines, mode), not style.unicode),
    ),
    "latex": Format(
        "tables as the books print them",
        lambda explanation, style: latex(explanation),
        lambda found, style: comparison.comparison_latex(found),
        lambda lines, mode, style: code.code_latex(lines),
    ),
    "markdown": Format(
        "tables with formulas, for notebooks and web pages",
        lambda explanation, style: markdown(explanation),
        lambda found, style: comparison.comparison_markdown(found),
        lambda lines, mode, style: code.code_markdown(lines),
    ),
    "csv": Format(
        "one line for each number, with all digits",
        lambda explanation, style: data.explanation_csv(explanation),
        lambda found, style: comparison.comparison_csv(found),
        lambda lines, mode, style: code.code_csv(lines),
    ),
}
