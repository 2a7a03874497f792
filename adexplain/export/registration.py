"""Registers the writers that print an ``Explanation`` and a ``Comparison``, also in notebooks.

The writers are imported when something is printed, since a program that only computes needs none.
"""

from __future__ import annotations

from adexplain.comparison.comparison import Comparison
from adexplain.explanation.explain import Explanation
from adexplain.explanation.rendering import MARKDOWN, TEXT, register


def _explanation_text(explanation: Explanation) -> str:
    from adexplain.export.table import table

    return table(explanation)


def _explanation_markdown(explanation: Explanation) -> str:
    from adexplain.export.markdown import markdown

    return markdown(explanation)


def _comparison_text(comparison: Comparison) -> str:
    from adexplain.export.comparison import comparison_table
    from adexplain.export.style import Style

    return comparison_table(comparison.to_dict(), Style())


def register_writers() -> None:
    """Register all writers; ``adexplain/__init__.py`` calls this once."""
    register(Explanation, TEXT, _explanation_text)
    register(Explanation, MARKDOWN, _explanation_markdown)
    register(Comparison, TEXT, _comparison_text)
