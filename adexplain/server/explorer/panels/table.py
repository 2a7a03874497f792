"""The trace table: turns an explanation as plain data into the cells that the template prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from adexplain.explanation.explain import Explanation
from adexplain.explanation.records import InputRow, Row
from adexplain.explanation.stepping import Step, Stepping
from adexplain.plain_data import plain
from adexplain.server.explorer.panels.adjoint import LONG_LETTERS, ContributionLine, adjoint_lines
from adexplain.server.html.line_ranges import (
    CONTEXT_LINES,
    RANGE_LIMIT,
    WHOLE_LIMIT,
    Gap,
    gaps,
    visible_ranges,
)
from adexplain.server.html.mathml import inline_fractions, typeset, width
from adexplain.server.html.numerals import Data, Numeral, number_of, numeral, to_float
from adexplain.typeset.formulas import name_latex

LONGEST_NAME = 24
"""The longest name, in characters, that is shown in full."""
MAX_LETTERS_BESIDE_CODE = 56
"""The widest line, in letters, beside which there is room for the code."""


@dataclass
class Block:
    """An input or a row of the trace, with the lines of its adjoint.

    Attributes:
        name, dotted, barred: its name, and those of its tangent and adjoint.
        title: its name as plain text.
        operation: its formula.
        value, tangent: its numbers; None where it is not evaluated or not traced.
        rule: the formula of its tangent.
        is_input: whether it is an input.
        long_operation, long_rule: whether a formula needs its own line on a phone.
        lines: the lines of its adjoint.
        flag, message: the status that begins here, and what it means.
    """

    name: Markup
    dotted: Markup
    barred: Markup
    title: str
    operation: Markup
    value: Numeral | None
    rule: Markup
    tangent: Numeral | None
    is_input: bool
    long_operation: bool = False
    long_rule: bool = False
    lines: list[ContributionLine] = field(default_factory=list)
    flag: str = ""
    message: str = ""
    line: int = 0
    """Its number from 1, where lines of the trace are left out; 0 in a trace shown whole."""
    gap: Gap | None = None
    """The lines that are left out before this one, if any."""
    step: int | None = None
    tangent_step: int | None = None
    reads: str = ""
    """The names of the rows and inputs that its value is computed from, joined by spaces."""
    highlight: str = ""
    """``now-row`` if the current step computes one of its numbers, ``source`` if it reads one."""

    @property
    def height(self) -> int:
        """How many rows of the HTML table it spans."""
        return max(1, len(self.lines) + sum(line.skipped > 0 for line in self.lines))


@dataclass
class Table:
    """The table and its head.

    Attributes:
        blocks: its inputs and rows.
        tangent, adjoint: whether it has these columns.
        tangent_seed, adjoint_seed: the seeds as text.
        dotted, barred: the names that the seeds give numbers to.
        along, back_from: the input, or output, that a seed singles out, or "".
    """

    blocks: list[Block]
    tangent: bool
    adjoint: bool
    tangent_seed: str
    adjoint_seed: str
    dotted: Markup
    barred: Markup
    along: str
    back_from: str
    wide: bool
    """Whether it leaves no room for anything beside it."""


def table(
    data: Data,
    stepping: Stepping,
    step: int | None = None,
    requested: tuple[int, int] | None = None,
) -> Table:
    """The table of an explanation.

    Args:
        data: the explanation as plain data.
        stepping: its steps.
        step: the step up to which the trace is shown; None for the whole trace.
        requested: the first and the last line to show as well, in a trace too long to be whole.
    """
    current = stepping.at(step) if step else None
    tangent, adjoint = data["mode"] != "reverse", data["mode"] != "forward"
    items = (*data["inputs"], *data["rows"])
    around = next((k for k, i in enumerate(items) if current and i["name"] == current.name), None)
    shown = visible_ranges(len(items), around, requested)
    left_out = gaps(shown, len(items), requested)
    blocks = []
    for block in _blocks(data, [k for lines in shown for k in lines], stepping, current):
        block.gap = left_out.get(block.line - 1)
        block.line = block.line if left_out else 0
        blocks.append(block)
    return Table(
        blocks,
        tangent,
        adjoint,
        _seed(data["seed"]["tangent"]),
        _seed(data["seed"]["adjoint"]),
        _seeded_names([item["name"] for item in data["inputs"]], "dot"),
        _seeded_names([item["name"] for item in data["outputs"]], "bar"),
        _unit_direction(data["seed"]["tangent"]),
        _unit_direction(data["seed"]["adjoint"]),
        _widest_line(data, tangent, adjoint) > MAX_LETTERS_BESIDE_CODE,
    )


def _set_steps(block: Block, stepping: Stepping, current: Step | None) -> None:
    """Set which steps compute the numbers of a block, and how the current step uses it."""
    block.step = stepping.primal.get(block.title)
    block.tangent_step = stepping.tangent.get(block.title)
    if block.step is not None:
        block.reads = " ".join(stepping.at(block.step).sources)
    if current is not None and block.title == current.name:
        block.highlight = "now-row"
    elif current is not None and block.title in current.sources:
        block.highlight = "source"


@dataclass
class TableLines:
    """Some blocks of a long table, to be inserted into it."""

    blocks: list[Block]
    tangent: bool
    adjoint: bool


def lines_between(
    explanation: Explanation, requested: tuple[int, int] | None, step: int | None
) -> TableLines:
    """The ``requested`` lines, counted from 1; where it is None, those around the row of ``step``.

    Only these lines are turned into plain data, which for a whole long trace takes too long.
    """
    stepping = explanation.stepping
    current = stepping.at(min(step, stepping.total)) if step else None
    items: list[InputRow | Row] = [*explanation.inputs, *explanation.rows]
    if requested is None:
        place = next((k for k, i in enumerate(items) if current and i.name == current.name), 0)
        requested = (place + 1 - CONTEXT_LINES, place + 1 + CONTEXT_LINES)
    first, last = requested
    positions = range(max(first - 1, 0), min(last, first + RANGE_LIMIT - 1, len(items)))
    names = {items[k].name for k in positions}
    weights = zip(explanation.program.output_names, explanation.adjoint_seed, strict=True)
    data: Data = {
        "mode": explanation.mode,
        "inputs": _plain_data(explanation.inputs, names),
        "rows": _plain_data(explanation.rows, names),
        "outputs": plain(explanation.outputs),
        "contributions": [
            plain(item) if item.into in names else {"into": item.into}
            for item in explanation.contributions
        ],
        "seed": {"adjoint": dict(weights)},
    }
    blocks = list(_blocks(data, positions, stepping, current))
    return TableLines(blocks, explanation.forward, explanation.reverse)


def _plain_data(items: Sequence[InputRow | Row], wanted: set[str]) -> list[Data]:
    """The wanted items as plain data; of the others only what the contributions need."""
    return [
        plain(item)
        if item.name in wanted
        else {"name": item.name, "adjoint": item.adjoint, "exact": item.exact}
        for item in items
    ]


def _blocks(
    data: Data, positions: Sequence[int], stepping: Stepping, current: Step | None
) -> Iterator[Block]:
    """The blocks at some positions, counted from 0, with ``current`` as the current step."""
    inputs, rows = data["inputs"], data["rows"]
    shown = [inputs[k] if k < len(inputs) else rows[k - len(inputs)] for k in positions]
    names = {str(item["name"]) for item in shown}
    lines = adjoint_lines(data, names, stepping) if data["mode"] != "forward" else {}
    for position, item in zip(positions, shown, strict=True):
        block = _input(item) if position < len(inputs) else _row(item)
        block.line = position + 1
        block.lines = lines.get(item["name"], [])
        _set_steps(block, stepping, current)
        yield block


def _input(item: Data) -> Block:
    return Block(
        **_names(item["latex"], item["name"]),
        operation=Markup("<span class='muted'>input</span>"),
        value=number_of(item, "value"),
        rule=Markup("<span class='muted'>seed</span>"),
        tangent=numeral(item["tangent"], given=True),
        is_input=True,
    )


def _row(item: Data) -> Block:
    return Block(
        **_names(item["name_latex"], item["name"]),
        operation=_formula(item["latex"], item["text"]),
        value=number_of(item, "value"),
        rule=_formula(item["tangent_latex"], ""),
        tangent=number_of(item, "tangent"),
        is_input=False,
        long_operation=_long(item["latex"]),
        long_rule=_long(item["tangent_latex"]),
        flag=item["status"] if item["begins"] else "",
        message=(item["message"] or "") if item["begins"] else "",
    )


def _formula(latex: str | None, text: str) -> Markup:
    """A formula on one line, or as text where a program is too long for LaTeX."""
    return typeset(inline_fractions(latex)) if latex else Markup("<code>{}</code>").format(text)


def _long(latex: str | None) -> bool:
    return width(inline_fractions(latex or "")) > LONG_LETTERS


def _names(latex: str | None, name: str) -> dict[str, Any]:
    """The fields of a block for its names; a very long name is cut, but not in the title."""
    if latex is None or len(name) > LONGEST_NAME:
        short = f"{name[: LONGEST_NAME - 6]}…{name[-5:]}" if len(name) > LONGEST_NAME else name
        cut = escape(short)
        marks = ("", "\u0307", "\u0304")
        names = [Markup("<span class='long'>{}{}</span>").format(cut, mark) for mark in marks]
    else:
        accents = (name_latex(name, "dot"), name_latex(name, "bar"))
        names = [typeset(form) for form in (latex, *accents)]
    return dict(zip(("name", "dotted", "barred", "title"), (*names, name), strict=True))


def _seed(seed: Mapping[str, Any] | None) -> str:
    """A seed as text, ``(1, 0)``; a single number without brackets."""
    numbers = [numeral(value, given=True) for value in (seed or {}).values()]
    texts = [number.text if number else "0" for number in numbers]
    if len(texts) > 8:
        texts = [*texts[:4], "…", texts[-1]]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"


def _seeded_names(names: list[str], accent: str) -> Markup:
    """The names that a seed gives numbers to, ``(ẋ, ẏ)``; empty where there are too many."""
    if not 1 <= len(names) <= 4 or sum(map(len, names)) > 60:
        return Markup()
    joined = ", ".join(name_latex(name, accent) for name in names)
    return typeset(f"({joined})" if len(names) > 1 else joined)


def _unit_direction(seed: Mapping[str, Any] | None) -> str:
    """The name whose number in a seed is 1 while all others are 0; "" for any other seed."""
    given = {name: to_float(value) for name, value in (seed or {}).items() if to_float(value)}
    return next(iter(given)) if list(given.values()) == [1.0] else ""


def _widest_line(data: Data, tangent: bool, adjoint: bool) -> int:
    """The width of the table in letters, roughly: the sum of its widest cells."""

    def widest(kind: str, key: str) -> int:
        shown = (*data[kind][: WHOLE_LIMIT // 2], *data[kind][-WHOLE_LIMIT // 2 :])
        return max((width(inline_fractions(item[key] or "")) for item in shown), default=0)

    letters = widest("rows", "name_latex") + widest("rows", "latex")
    if tangent:
        letters += widest("rows", "tangent_latex")
    if adjoint:
        letters += 17 + widest("contributions", "latex")
    rows = data["rows"][:WHOLE_LIMIT]
    values = (value for item in rows for value in (item["value"], item["adjoint"]))
    if any(number is not None and "<sup>" in number.html for number in map(numeral, values)):
        letters += 16  # powers of ten, in several columns
    return letters
