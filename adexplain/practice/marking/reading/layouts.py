"""Split a work into lines and cells: a table (spreadsheet, Markdown, LaTeX, CSV) or a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from adexplain import budgets
from adexplain.errors import BudgetError
from adexplain.practice.marking.reading.source_map import MappedText


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A line of a work: its number from 1, and its cells (one, unless it is a table row)."""

    number: int
    cells: tuple[MappedText, ...]
    table: bool


_BREAK = re.compile(r"\n")
_ROW_END = re.compile(r"\\\\(?:\[[^\]]*\])?|\\tabularnewline")
_LATEX = re.compile(
    r"\\begin\{(?:tabular|array|longtable|align|aligned|eqnarray|matrix)|\\\\\s*$", re.M
)
_RULES = re.compile(
    r"\\(?:hline|toprule|midrule|bottomrule|centering|noindent)|\\cline\{[^}]*\}"
    r"|\\(?:begin|end)\{[^}]*\}(?:\[[^\]]*\])?"
    r"(?:\{(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*\})?|\\\[|\\\]|(?m:(?<!\\)%.*$)"
)
_END = re.compile(r"\\end\{[^}]*\}")
_ALIGNED = re.compile(r"&\s*(?=(?:\{?\}?=|\+=|\\approx))|(?<==)\s*&")
_COLUMNS = re.compile(r"\\multicolumn\{\d+\}\{(?:[^{}]|\{[^{}]*\})*\}")
_CELL = re.compile(r"(?<!\\)&")
_DIVIDER = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$", re.M)
_BAR = re.compile(r"(?<!\\)\|")
_TAB = re.compile(r"\t")
_DECIMAL = re.compile(r"[=≈]\s*[-+−]?\d+,\d+\s*$")
_EQUALS = re.compile(r"(?<![<>=!])=(?!=)|≈")


def lines_of(work: str) -> list[WorkLine]:
    """The lines of a work that are not empty.

    Raises:
        BudgetError: the work is too long.
    """
    if len(work) > budgets.WORK_LENGTH:
        message = f"The work has more than {budgets.WORK_LENGTH:,} characters."
        raise BudgetError(message, None, "Check one part of it at a time.")
    source = MappedText(work.replace("\r\n", "\n ").replace("\r", "\n"))
    source = MappedText(source.text, range(len(source.text)))
    lines = [line for line in _split(source) if any(cell.text.strip() for cell in line.cells)]
    if len(lines) > budgets.WORK_ROWS:
        message = f"The work has more than {budgets.WORK_ROWS:,} lines."
        raise BudgetError(
            message, lines[budgets.WORK_ROWS].cells[0].span, "Check a part at a time."
        )
    return lines


def _split(source: MappedText) -> Iterator[WorkLine]:
    text = source.text
    if _LATEX.search(text):
        yield from _latex(source)
    elif _DIVIDER.search(text) and "|" in text:
        yield from _markdown(source)
    elif "\t" in text:
        yield from _rows(source, _TAB)
    else:
        separator = _separator(text)
        yield from _separated(source, separator) if separator else _rows(source, None)


def _rows(source: MappedText, cell: re.Pattern[str] | None) -> Iterator[WorkLine]:
    """Lines split into cells; without a separator each line is one statement."""
    for number, line in enumerate(source.split(_BREAK), 1):
        table = cell is not None and cell.search(line.text) is not None
        yield WorkLine(number, tuple(line.split(cell)) if cell and table else (line,), table)


def _markdown(source: MappedText) -> Iterator[WorkLine]:
    for number, line in enumerate(source.split(_BREAK), 1):
        if "|" not in line.text:
            yield WorkLine(number, (line,), False)
        elif not _DIVIDER.fullmatch(line.text):
            bare = line.strip()
            cells = tuple(bare.split(_BAR))
            first = 1 if bare.text.startswith("|") else 0
            last = len(cells) - 1 if bare.text.endswith("|") else len(cells)
            yield WorkLine(number, cells[first:last], True)


def _latex(source: MappedText) -> Iterator[WorkLine]:
    bare = source.sub(_END, lambda _: ["\\\\ "])
    bare = bare.sub(_RULES, lambda _: [" "]).sub(_COLUMNS, lambda _: [" "])
    bare = bare.sub(_ALIGNED, lambda _: [" "])
    for row in bare.split(_ROW_END):
        if not row.text.strip():
            continue
        row = row.strip().sub(_BREAK, lambda _: [" "])
        number = source.text.count("\n", 0, row.span[0]) + 1
        cells = tuple(row.split(_CELL))
        yield WorkLine(number, cells, len(cells) > 1)


def _separator(text: str) -> str:
    """The separator of a CSV, or "" if the text is a list of statements."""
    lines = [line for line in text.splitlines() if line.strip()]
    for separator in ";,":
        counts = [_count_outside(line, separator) for line in lines]
        if len(lines) < 2 or min(counts, default=0) < 1 or len(set(counts)) > 1:
            continue
        cells = [part for line in lines for part in line.split(separator)]
        if separator == "," and all(_DECIMAL.search(line) for line in lines):
            continue  # a decimal comma: v1' = 1,98
        # v1' = 2; v2' = 0 are statements, not cells.
        if sum(bool(_EQUALS.search(cell)) for cell in cells) * 2 <= len(cells):
            return separator
    return ""


def _count_outside(line: str, separator: str) -> int:
    """How often a separator occurs outside brackets and quotes."""
    depth, quoted, count = 0, False, 0
    for character in line:
        quoted ^= character == '"'
        depth += (character in "([{") - (character in ")]}")
        count += character == separator and depth <= 0 and not quoted
    return count


def _separated(source: MappedText, separator: str) -> Iterator[WorkLine]:
    for number, line in enumerate(source.split(_BREAK), 1):
        cells, start, depth, quoted = [], 0, 0, False
        for place, character in enumerate(line.text):
            quoted ^= character == '"'
            depth += (character in "([{") - (character in ")]}")
            if character == separator and depth <= 0 and not quoted:
                cells.append(line[start:place].strip().strip('"'))
                start = place + 1
        cells.append(line[start : len(line.text)].strip().strip('"'))
        yield WorkLine(number, tuple(cells), True)
