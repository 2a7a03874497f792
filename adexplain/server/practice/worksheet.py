"""Worksheets as a page prints them: the explorer's own table with room where a student writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from markupsafe import Markup

from adexplain.explanation.explain import Explanation
from adexplain.export.blank import SOLVED, Blank
from adexplain.practice.exercises import Exercise
from adexplain.practice.worksheets import Sheet
from adexplain.server.explorer.panels.adjoint import Line
from adexplain.server.explorer.panels.covering import COVERED
from adexplain.server.explorer.panels.table import Block, Table, table
from adexplain.server.html.mathml import in_a_line, typeset
from adexplain.server.html.numerals import Numeral
from adexplain.server.practice.exercise import sentence, sweep_title

ROOM = Numeral(Markup(), "", "")
"""Stands for a number that is to be written."""


@dataclass(frozen=True)
class Item:
    """One task of a sheet. Of a blank one, ``answers`` has no values."""

    number: int
    formula: list[Markup]
    question: Markup
    answers: list[tuple[Markup, Markup]]
    sweeps: list[tuple[Markup, Table]]
    """Each table; of several with a title."""


@dataclass(frozen=True)
class SheetView:
    """One sheet of paper or more, for one person."""

    key: str
    title: str
    name: str
    solved: bool
    items: list[Item]
    origin: str = ""
    """What makes the same sheet again."""

    @property
    def wide(self) -> bool:
        """Whether a table with its formulas lies across the paper."""
        return self.solved and any(table.wide for item in self.items for _, table in item.sweeps)


@dataclass(frozen=True)
class KeyLine:
    """The answers of one exercise of a class's sheet."""

    sheet: int
    name: str
    number: int
    first: bool
    rows: int
    answers: list[Markup]


def blanked(whole: Table, operations: bool = True) -> Table:
    """A table with room where the student writes; what is given stays: names, point and seeds."""
    most = max((len(block.lines) for block in whole.blocks), default=0)
    blocks = [_blank_block(block, operations, most) for block in whole.blocks]
    return replace(whole, blocks=blocks)


def _blank_block(block: Block, operations: bool, most: int) -> Block:
    given = block.lines[:1] if block.lines and block.lines[0].seed else []
    count = len(block.lines) if operations else most
    room = [_blank_line() for _ in range(max(1, count) - len(given))]
    lines = [*given, *room] if most else []
    if lines:
        lines = [replace(line, first=False, last=False, edge=None, out_of="") for line in lines]
        lines[0].first = lines[-1].last = True
    if block.is_input:
        return replace(block, lines=lines, flag="", message="", reads="")
    return replace(
        block,
        operation=block.operation if operations else Markup(),
        long_operation=block.long_operation and operations,
        value=ROOM,
        rule=Markup(),
        long_rule=False,
        tangent=ROOM,
        lines=lines,
        flag="",
        message="",
        reads="",
    )


def roomy(covered: Table) -> Table:
    """A table with room where something is covered; what is given stays."""
    return replace(covered, blocks=[_roomy_block(block) for block in covered.blocks])


def _roomy_block(block: Block) -> Block:
    return replace(
        block,
        value=ROOM if block.value is COVERED else block.value,
        rule=_uncovered(block.rule),
        tangent=ROOM if block.tangent is COVERED else block.tangent,
        lines=[
            replace(
                line,
                formula=_uncovered(line.formula),
                amount=ROOM if line.amount is COVERED else line.amount,
                total=ROOM if line.total is COVERED else line.total,
            )
            for line in block.lines
        ],
    )


def _uncovered(formula: Markup) -> Markup:
    return Markup() if formula == COVERED.html else formula


def _blank_line() -> Line:
    return Line(Markup(), Markup(), ROOM, ROOM)


def _table(explanation: Explanation, blank: Blank) -> Table:
    whole = table(explanation.to_dict(), explanation.stepping)
    return whole if blank is SOLVED else blanked(whole, blank.operations)


def function_sheets(explanation: Explanation, part: str, blank: Blank) -> list[SheetView]:
    """A sheet about one function, blank, solved, or both."""
    formula = [typeset(line, display=True) for line in explanation.formula]
    point = [
        f"${item.latex} = {(item.exact or {}).get('value_latex') or f'{item.value:g}'}$"
        for item in explanation.inputs
    ]
    question = sentence(f"Fill in the trace at {', '.join(point)}." if point else "Fill in.")
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


def sheet_views(made: Sequence[Sheet], part: str, blank: Blank) -> list[SheetView]:
    """Sheets of exercises. A class has its answers in a key instead of solved sheets."""
    several = len(made) > 1
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
        for sheet in made
    ]


_TITLES: Mapping[str, str] = MappingProxyType({"blank": "Worksheet", "solved": "Solution"})


def _items(sheet: Sheet, blank: Blank) -> Iterator[Item]:
    for number, exercise in enumerate(sheet.exercises, 1):
        sweeps = exercise.sweeps()
        yield Item(
            number,
            [typeset(line, display=True) for line in sweeps[0].formula],
            sentence(exercise.question_latex),
            _answers(exercise, blank is SOLVED),
            [
                (sweep_title(exercise, bar), _table(explanation, blank))
                for bar, explanation in zip(exercise.bars, sweeps, strict=True)
            ],
        )


def _answers(exercise: Exercise, solved: bool) -> list[tuple[Markup, Markup]]:
    return [
        (typeset(blank.latex), typeset(in_a_line(blank.form)) if solved else Markup())
        for blank in exercise.blanks
    ]


def key_lines(made: Sequence[Sheet]) -> list[KeyLine]:
    """The answer key of a class."""
    return [
        KeyLine(
            sheet.number,
            sheet.name,
            number,
            number == 1,
            len(sheet.exercises),
            [typeset(in_a_line(f"{blank.latex} = {blank.form}")) for blank in exercise.blanks],
        )
        for sheet in made
        for number, exercise in enumerate(sheet.exercises, 1)
    ]
