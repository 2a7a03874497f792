"""Tables as plain text: numbers aligned at the decimal point, horizontal rules, no boxes."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from adexplain.export.style import Style, cut, width_of

MARGIN = " "
MIN_ROOM = 10
_NUMBER = re.compile(r"([-+]?\d*)(.*)", re.DOTALL)


@dataclass
class Column:
    """One column of a table.

    Attributes:
        heading: text of its first line.
        align: "l", "r", or "." for numbers aligned at the decimal point.
        kind: what its cells mean, for ``Style.paint``.
        room: largest width.
        gap: text on its left, if not the usual space.
        cells: the other lines.
    """

    heading: str
    align: str = "l"
    kind: str = ""
    room: int = 1000
    gap: str | None = None
    cells: list[str] = field(default_factory=list)

    def lines(self, ellipsis: str) -> list[str]:
        """Heading and cells, padded to one width."""
        cells = [cut(cell, self.room, ellipsis) for cell in self.cells]
        if self.align == ".":
            cells = on_the_point(cells)
        width = max(map(width_of, [self.heading, *cells]))
        left = self.align == "l"
        if self.align == ".":  # numbers stay aligned with one another; all end with the heading
            block = max(map(width_of, cells), default=0)
            cells = [" " * (width - block) + cell for cell in cells]
        return [_pad(text, width, left) for text in (self.heading, *cells)]


def on_the_point(cells: Sequence[str]) -> list[str]:
    """Numbers padded so that their decimal points are in one column."""
    parts = [_NUMBER.fullmatch(cell) for cell in cells]
    pairs = [(match[1], match[2]) if match else ("", "") for match in parts]
    whole = max((len(a) for a, _ in pairs), default=0)
    rest = max((len(b) for _, b in pairs), default=0)
    return [f"{a:>{whole}}{b:<{rest}}" for a, b in pairs]


def _pad(text: str, width: int, left: bool) -> str:
    spaces = " " * (width - width_of(text))
    return text + spaces if left else spaces + text


def grid(
    columns: Sequence[Column],
    style: Style,
    rules: Sequence[int] = (),
    below: dict[int, str] | None = None,
) -> list[str]:
    """The lines of a table.

    Args:
        columns: all with the same number of cells.
        style: characters and colours.
        rules: numbers of the lines that have a thin rule above them.
        below: number of a line -> a sentence to print below it, with a ▲.
    """
    ellipsis = style.sign("…")
    padded = [column.lines(ellipsis) for column in columns]
    gaps = _gaps(columns, style)
    width = sum(width_of(lines[0]) + len(gap) for lines, gap in zip(padded, gaps, strict=True)) + 2
    heavy, thin = (MARGIN + style.sign(sign) * width for sign in "━─")
    out = [heavy]
    for number, cells in enumerate(zip(*padded, strict=True), -1):
        if number >= 0 and (number == 0 or number in rules):
            out.append(thin)
        painted = (
            gap + style.paint(cell, column.kind if number >= 0 else "bold")
            for gap, cell, column in zip(gaps, cells, columns, strict=True)
        )
        out.append(f"{MARGIN} {''.join(painted)}".rstrip())
        if below and number in below:
            out += flagged(below[number], style, indent="    ")
    return [*out, heavy]


def _gaps(columns: Sequence[Column], style: Style) -> list[str]:
    """The space to the left of each column, which is smaller on a narrow screen."""
    usual = "   " if style.width >= 100 else "  "
    return ["", *(usual if column.gap is None else column.gap for column in columns[1:])]


def total_width(columns: Sequence[Column], style: Style) -> int:
    """Width of the table of these columns."""
    widths = (width_of(column.lines("…")[0]) for column in columns)
    return len(MARGIN) + 2 + sum(widths) + sum(map(len, _gaps(columns, style)))


def fit(columns: Sequence[Column], texts: Sequence[Column], style: Style) -> None:
    """Shorten the text columns, widest first, until the table fits the style's width."""
    while (excess := total_width(columns, style) - style.width) > 0:
        widest = max(texts, key=lambda column: max(map(width_of, column.lines("…"))))
        width = max(map(width_of, widest.lines("…")))
        if width <= MIN_ROOM:
            return
        widest.room = max(MIN_ROOM, width - max(1, excess // len(texts)))


def flagged(sentence: str, style: Style, indent: str = MARGIN) -> list[str]:
    """A status sentence after its ▲, wrapped."""
    mark = style.sign("▲")
    lines = wrapped(sentence, style, f"{indent}{mark} ", indent + " " * (len(mark) + 1))
    return [style.paint(line, "status") for line in lines]


def wrapped(sentence: str, style: Style, first: str, following: str) -> list[str]:
    """A sentence broken into lines of the style's width."""
    return textwrap.wrap(
        sentence, style.width, initial_indent=first, subsequent_indent=following
    ) or [first.rstrip()]
