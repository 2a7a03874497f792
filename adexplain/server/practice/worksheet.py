"""Worksheets for print: the explorer's table with blank cells in which a student writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from markupsafe import Markup

from adexplain.explanation.explain import Explanation
from adexplain.export.blank import SOLVED, Blank
from adexplain.practice.exercises import Exercise
from adexplain.practice.worksheets import Sheet
from adexplain.server.explorer.panels.adjoint import ContributionLine
from adexplain.server.explorer.panels.covering import COVERED
from adexplain.server.explorer.panels.table import Block, Table, table
from adexplain.server.html.mathml import inline_fractions, typeset
from adexplain.server.html.numerals import Numeral
from adexplain.server.practice.exercise import sweep_title, with_formulas

BLANK_NUMBER = Numeral(Markup(), "", "")
"""An empty cell, for a number that a student writes."""


@dataclass(frozen=True)
class Item:
    """One exercise of a sheet.

    Attributes:
        number: its number; 0 where it is the only one.
        formula, question: what is asked.
        answers: (label, value) of each blank; the values are empty on a blank sheet.
        sweeps: (title, table) of each sweep; a single one has no title.
    """

    number: int
    formula: list[Markup]
    question: Markup
    answers: list[tuple[Markup, Markup]]
    sweeps: list[tuple[Markup, Table]]


@dataclass(frozen=True)
class SheetView:
    """One sheet, blank or solved, for one person; ``key`` makes its ids unique on the page."""

    key: str
    title: str
    name: str
    solved: bool
    items: list[Item]
    origin: str = ""
    """The level and seed from which the same sheet can be made again."""

    @property
    def wide(self) -> bool:
        """Whether it needs paper in landscape format."""
        return self.solved and any(table.wide for item in self.items for _, table in item.sweeps)


@dataclass(frozen=True)
class KeyLine:
    """One line of the answer key of a class: the answers of one exercise.

    ``first`` and ``rows`` tell whether it is the first of its sheet, and how many lines that has.
    """

    sheet: int
    name: str
    number: int
    first: bool
    rows: int
    answers: list[Markup]


def blank_table(whole: Table, operations: bool = True) -> Table:
    """A table with blank cells; names, point and seeds are given.

    Args:
        whole: the solved table.
        operations: whether the operations of the rows are given. If not, every row has the same
            number of lines, since their number would reveal something.
    """
    longest = max((len(block.lines) for block in whole.blocks), default=0)
    blocks = [_blank_block(block, operations, longest) for block in whole.blocks]
    return replace(whole, blocks=blocks)


def _blank_block(block: Block, operations: bool, longest: int) -> Block:
    given = block.lines[:1] if block.lines and block.lines[0].seed else []
    count = len(block.lines) if operations else longest
    blank_lines = [_blank_line() for _ in range(max(1, count) - len(given))]
    lines = [*given, *blank_lines] if longest else []
    if lines:
        lines = [replace(line, first=False, last=False, edge=None, out_of="") for line in lines]
        lines[0].first = lines[-1].last = True
    if block.is_input:
        return replace(block, lines=lines, flag="", message="", reads="")
    return replace(
        block,
        operation=block.operation if operations else Markup(),
        long_operation=block.long_operation and operations,
        value=BLANK_NUMBER,
        rule=Markup(),
        long_rule=False,
        tangent=BLANK_NUMBER,
        lines=lines,
        flag="",
        message="",
        reads="",
    )


def with_blanks(covered: Table) -> Table:
    """A table with blank cells instead of what is covered."""
    return replace(covered, blocks=[_block_with_blanks(block) for block in covered.blocks])


def _block_with_blanks(block: Block) -> Block:
    return replace(
        block,
        value=BLANK_NUMBER if block.value is COVERED else block.value,
        rule=_blank_if_covered(block.rule),
        tangent=BLANK_NUMBER if block.tangent is COVERED else block.tangent,
        lines=[
            replace(
                line,
                formula=_blank_if_covered(line.formula),
                amount=BLANK_NUMBER if line.amount is COVERED else line.amount,
                total=BLANK_NUMBER if line.total is COVERED else line.total,
            )
            for line in block.lines
        ],
    )


def _blank_if_covered(formula: Markup) -> Markup:
    return Markup() if formula == COVERED.html else formula


def _blank_line() -> ContributionLine:
    return ContributionLine(Markup(), Markup(), BLANK_NUMBER, BLANK_NUMBER)


def _table(explanation: Explanation, blank: Blank) -> Table:
    whole = table(explanation.to_dict(), explanation.stepping)
    return whole if blank is SOLVED else blank_table(whole, blank.operations)


def function_sheets(explanation: Explanation, part: str, blank: Blank) -> list[SheetView]:
    """Sheets about one function.

    Args:
        explanation: the function's trace.
        part: "blank", "solved" or "both".
        blank: what a blank sheet leaves out.
    """
    formula = [typeset(line, display=True) for line in explanation.formula]
    point = [
        f"${item.latex} = {(item.exact or {}).get('value_latex') or f'{item.value:g}'}$"
        for item in explanation.inputs
    ]
    question = with_formulas(f"Fill in the trace at {', '.join(point)}." if point else "Fill in.")
    return [
        SheetView(
            key=f"{name}-",
            title=_TITLES[name],
            name="",
            solved=name == "solved",
            items=[Item(0, formula, question, [], [(Markup(), _table(explanation, given))])],
        )
        for name in _parts(part)
        for given in [_blank_of(name, blank)]
    ]


def _blank_of(part: str, blank: Blank) -> Blank:
    return SOLVED if part == "solved" else blank


def _parts(part: str) -> tuple[str, ...]:
    return ("blank", "solved") if part == "both" else (part,)


def sheet_views(sheets: Sequence[Sheet], part: str, blank: Blank) -> list[SheetView]:
    """Sheets of exercises; several sheets, for a class, have an answer key instead of solutions."""
    several = len(sheets) > 1
    parts = [name for name in _parts(part) if not (several and name == "solved")]
    return [
        SheetView(
            key=f"{name}-{sheet.number}-",
            title=f"Sheet {sheet.number}" if several else _TITLES[name],
            name=sheet.name,
            solved=name == "solved",
            items=list(_items(sheet, _blank_of(name, blank))),
            origin=sheet.origin,
        )
        for name in parts
        for sheet in sheets
    ]


_TITLES: Mapping[str, str] = MappingProxyType({"blank": "Worksheet", "solved": "Solution"})


def _items(sheet: Sheet, blank: Blank) -> Iterator[Item]:
    for number, exercise in enumerate(sheet.exercises, 1):
        sweeps = exercise.sweeps()
        yield Item(
            number,
            [typeset(line, display=True) for line in sweeps[0].formula],
            with_formulas(exercise.question_latex),
            _answers(exercise, blank is SOLVED),
            [
                (sweep_title(exercise, bar), _table(explanation, blank))
                for bar, explanation in zip(exercise.bars, sweeps, strict=True)
            ],
        )


def _answers(exercise: Exercise, solved: bool) -> list[tuple[Markup, Markup]]:
    return [
        (
            typeset(blank.latex),
            typeset(inline_fractions(blank.answer_latex)) if solved else Markup(),
        )
        for blank in exercise.blanks
    ]


def key_lines(sheets: Sequence[Sheet]) -> list[KeyLine]:
    """The answer key of a class."""
    return [
        KeyLine(
            sheet.number,
            sheet.name,
            number,
            number == 1,
            len(sheet.exercises),
            [
                typeset(inline_fractions(f"{blank.latex} = {blank.answer_latex}"))
                for blank in exercise.blanks
            ],
        )
        for sheet in sheets
        for number, exercise in enumerate(sheet.exercises, 1)
    ]
