"""Writes generated Python code as text, JSON, Markdown, LaTeX and CSV."""

from __future__ import annotations

from typing import Any

from adexplain.codegen import CodeLine
from adexplain.export.json_csv import csv_text

COLUMNS = ("line", "kind", "target", "text")


def code_text(lines: list[CodeLine]) -> str:
    """The source, ready to run."""
    return "\n".join(line.text for line in lines) + "\n"


def code_data(lines: list[CodeLine], mode: str) -> dict[str, Any]:
    """The source and, line by line, what it computes."""
    return {"mode": mode, "source": code_text(lines), "lines": [line._asdict() for line in lines]}


def code_markdown(lines: list[CodeLine]) -> str:
    """The source in a fence."""
    return f"```python\n{code_text(lines)}```\n"


def code_latex(lines: list[CodeLine]) -> str:
    """The source in a verbatim environment."""
    return f"\\begin{{verbatim}}\n{code_text(lines)}\\end{{verbatim}}\n"


def code_csv(lines: list[CodeLine]) -> str:
    """One CSV line for each line of the source."""
    numbered = enumerate(lines, 1)
    return csv_text(COLUMNS, ({"line": number, **line._asdict()} for number, line in numbered))
