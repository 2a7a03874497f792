"""The trace table, cell by cell: from an explanation's plain data to what the template prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from adexplain.explanation.explain import Explanation
from adexplain.explanation.records import InputRow, Row
from adexplain.explanation.stepping import Step, Stepping
from adexplain.plain_data import plain
from adexplain.server.explorer.panels.adjoint import LONG, Line, arrivals
from adexplain.server.html.mathml import in_a_line, typeset, width
from adexplain.server.html.numerals import Data, Numeral, number_of, numeral, to_float
from adexplain.server.html.windows import AROUND, MOST, SHOWN, Gap, gaps, stretches
from adexplain.typeset.formulas import name_latex

LONGEST_NAME = 24
BESIDE = 56
"""Letters of a line's formulas and numbers up to which there is room for the code beside it."""


@dataclass
class Block:
    """An input or a row of the table, with the lines of its adjoint."""

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
    lines: list[Line] = field(default_factory=list)
    flag: str = ""
    message: str = ""
    line: int = 0
    """Its place in a trace of which lines are left out, from 1; 0 in a trace shown whole."""
    gap: Gap | None = None
    """Where lines are left out before this one."""
    step: int | None = None
    tangent_step: int | None = None
    reads: str = ""
    """Names of the rows and inputs its value is made from."""
    place: str = ""
    """``now-row`` where the current step is one of this row's, ``source`` where it reads it."""

    @property
    def height(self) -> int:
        """How many lines of the table it takes."""
        return max(1, len(self.lines) + sum(line.skipped > 0 for line in self.lines))


@dataclass
class Table:
    """The whole table and its head."""

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
    """Too wide to stand beside anything."""


def table(
    data: Data,
    stepping: Stepping,
    step: int | None = None,
    asked: tuple[int, int] | None = None,
) -> Table:
    """The table of an explanation, told as far as ``step``, with the lines ``asked`` for."""
    current = stepping.at(step) if step else None
    tangent, adjoint = data["mode"] != "reverse", data["mode"] != "forward"
    items = (*data["inputs"], *data["rows"])
    around = next((k for k, i in enumerate(items) if current and i["name"] == current.name), None)
    shown = stretches(len(items), around, asked)
    left_out = gaps(shown, len(items), asked)
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
        _seeded([item["name"] for item in data["inputs"]], "dot"),
        _seeded([item["name"] for item in data["outputs"]], "bar"),
        _unit(data["seed"]["tangent"]),
        _unit(data["seed"]["adjoint"]),
        _letters(data, tangent, adjoint) > BESIDE,
    )


def _number_steps(block: Block, stepping: Stepping, current: Step | None) -> None:
    """Which steps compute a row's numbers, and what the current step has to do with it."""
    block.step = stepping.primal.get(block.title)
    block.tangent_step = stepping.tangent.get(block.title)
    if block.step is not None:
        block.reads = " ".join(stepping.at(block.step).sources)
    if current is not None and block.title == current.name:
        block.place = "now-row"
    elif current is not None and block.title in current.sources:
        block.place = "source"


@dataclass
class Lines:
    """Some lines of a long table."""

    blocks: list[Block]
    tangent: bool
    adjoint: bool


def lines_between(
    explanation: Explanation, asked: tuple[int, int] | None, step: int | None
) -> Lines:
    """The lines ``asked`` for, counted from 1, else those around the row of ``step``.

    Only they become plain data: nobody waits for ten thousand rows to see a hundred.
    """
    stepping = explanation.stepping
    current = stepping.at(min(step, stepping.total)) if step else None
    items: list[InputRow | Row] = [*explanation.inputs, *explanation.rows]
    if asked is None:
        place = next((k for k, i in enumerate(items) if current and i.name == current.name), 0)
        asked = (place + 1 - AROUND, place + 1 + AROUND)
    positions = range(max(asked[0] - 1, 0), min(asked[1], asked[0] + MOST - 1, len(items)))
    names = {items[k].name for k in positions}
    weights = zip(explanation.program.output_names, explanation.adjoint_seed, strict=True)
    data: Data = {
        "mode": explanation.mode,
        "inputs": _partly(explanation.inputs, names),
        "rows": _partly(explanation.rows, names),
        "outputs": plain(explanation.outputs),
        "contributions": [
            plain(item) if item.into in names else {"into": item.into}
            for item in explanation.contributions
        ],
        "seed": {"adjoint": dict(weights)},
    }
    blocks = list(_blocks(data, positions, stepping, current))
    return Lines(blocks, explanation.forward, explanation.reverse)


def _partly(items: Sequence[InputRow | Row], wanted: set[str]) -> list[Data]:
    """Some of the rows as plain data; of the others what their neighbours need."""
    return [
        plain(item)
        if item.name in wanted
        else {"name": item.name, "adjoint": item.adjoint, "exact": item.exact}
        for item in items
    ]


def _blocks(
    data: Data, positions: Sequence[int], stepping: Stepping, current: Step | None
) -> Iterator[Block]:
    """The lines at some places, counted from 0, of an explanation told as far as ``current``."""
    inputs, rows = data["inputs"], data["rows"]
    shown = [inputs[k] if k < len(inputs) else rows[k - len(inputs)] for k in positions]
    names = {str(item["name"]) for item in shown}
    lines = arrivals(data, names, stepping) if data["mode"] != "forward" else {}
    for position, item in zip(positions, shown, strict=True):
        block = _input(item) if position < len(inputs) else _row(item)
        block.line = position + 1
        block.lines = lines.get(item["name"], [])
        _number_steps(block, stepping, current)
        yield block


def _input(item: Data) -> Block:
    return Block(
        **_names(item["latex"], item["name"]),
        operation=Markup("<span class='word'>input</span>"),
        value=number_of(item, "value"),
        rule=Markup("<span class='word'>seed</span>"),
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
    """A formula on one line; as text where a program is too long for formulas."""
    return typeset(in_a_line(latex)) if latex else Markup("<code>{}</code>").format(text)


def _long(latex: str | None) -> bool:
    return width(in_a_line(latex or "")) > LONG


def _names(latex: str | None, name: str) -> dict[str, Any]:
    """A name plain, with a dot and with a bar; a very long one is cut, with the whole at hand."""
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
    """A seed as the books write it, ``(1, 0)``; a single number without brackets."""
    numbers = [numeral(value, given=True) for value in (seed or {}).values()]
    texts = [number.text if number else "0" for number in numbers]
    if len(texts) > 8:
        texts = [*texts[:4], "…", texts[-1]]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"


def _seeded(names: list[str], accent: str) -> Markup:
    """The names a seed gives numbers to: ``(ẋ, ẏ)``; nothing where they are too many."""
    if not 1 <= len(names) <= 4 or sum(map(len, names)) > 60:
        return Markup()
    listed = ", ".join(name_latex(name, accent) for name in names)
    return typeset(f"({listed})" if len(names) > 1 else listed)


def _unit(seed: Mapping[str, Any] | None) -> str:
    """The name whose direction a seed is, "" for any other direction."""
    given = {name: to_float(value) for name, value in (seed or {}).items() if to_float(value)}
    return next(iter(given)) if list(given.values()) == [1.0] else ""


def _letters(data: Data, tangent: bool, adjoint: bool) -> int:
    """How many letters the widest cells of the table have together, about."""

    def widest(kind: str, key: str) -> int:
        shown = (*data[kind][: SHOWN // 2], *data[kind][-SHOWN // 2 :])
        return max((width(in_a_line(item[key] or "")) for item in shown), default=0)

    letters = widest("rows", "name_latex") + widest("rows", "latex")
    if tangent:
        letters += widest("rows", "tangent_latex")
    if adjoint:
        letters += 17 + widest("contributions", "latex")
    values = (value for item in data["rows"][:SHOWN] for value in (item["value"], item["adjoint"]))
    if any(number is not None and "<sup>" in number.html for number in map(numeral, values)):
        letters += 16  # powers of ten, in several columns
    return letters
