"""A person's work as statements, whatever its layout and notation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from adexplain.errors import InputError
from adexplain.practice.marking.reading.columns import Column, columns_of
from adexplain.practice.marking.reading.layouts import Line, lines_of
from adexplain.practice.marking.reading.notation import BAR, DOT, Atom, Names, plain_text, quantity
from adexplain.practice.marking.reading.sourced import Sourced
from adexplain.practice.marking.reading.statements import Side, Statement
from adexplain.program import Program

_SIGN = re.compile(r"(?<![<>=!])(?P<op>[+-]?=)(?!=)|≈")
_STATEMENTS = re.compile(r";")
_BULLET = re.compile(r"^\s*(?:[-*•–]\s+|\(?\d{1,3}[.)]\s+|\(?[a-z]\)\s+)")
_LABEL = re.compile(r"\s*(?:[^=:]*:\s|∴|⇒|→|=>|(?:so|thus|hence|then|therefore)[,\s])\s*", re.I)
_WORDS = re.compile(
    r"(?<![\w.])(?:seed|input|given|output|start)(?!\w)|\((?:seed|input|given|output|start)\)"
    r"|(?:\s#|//)[^\n]*$|^\s*#[^\n]*$"
)
_BEFORE_ZERO = re.compile(r"(?m)^[ \t|]*([^\W\d_])-([1-9])[ \t]*(?:=|\|)")
_TRANSPOSED = re.compile(r"(?<=[)\]⟩])\s*\^\s*\(?\s*(?:T|t|top|⊤)\s*\)?\s*$|(?<=[)\]⟩])ᵀ\s*$")
_EMPTY = {"", "-", "–", "—", "−", ".", "/", "?"}
_GRADIENT = re.compile(
    r"\s*(?:∇\s*\w*(?:\([^)]*\))?|[Gg]rad(?:ient)?(?:\s+\w+)?(?:\([^)]*\))?|J)\s*"
)


@dataclass
class Work:
    """What a work says.

    Attributes:
        statements: in the order of the work.
        finals: derivatives that stand alone, in the order of the inputs.
        notes: lines that are no statements, as (line, text).
        names: the names it may use.
    """

    statements: list[Statement]
    finals: list[Side]
    notes: list[tuple[int, str]]
    names: Names


def read_work(work: str, program: Program) -> Work:
    """The statements of a work.

    Raises:
        InputError: there are none, or one cannot be read; the span is within ``work``.
    """
    names = Names(_names(program))
    lines = [_before_zero(line, work, names) for line in lines_of(work)]
    shown = [(line, [plain_text(cell, names) for cell in line.cells]) for line in lines]
    for _, cells in shown:
        for cell in cells:
            _define(cell, names)
    # Names that were only just defined may stand in dv3 or dw/dx1.
    shown = [(line, [plain_text(cell, names) for cell in line.cells]) for line in lines]
    reader = _Reader(names)
    for line, cells in shown:
        reader.read(line, cells)
    if not reader.statements and not reader.finals:
        reader.alone(shown)
    if not reader.statements and not reader.finals:
        hint = "Write one statement a line, such as v3' = cos(v1)*v1', or paste a table."
        raise InputError("There is no derivation here.", (0, min(len(work), 40)), hint)
    for position, statement in enumerate(reader.statements):
        statement.position = position
        statement.text = statement.text or work[slice(*statement.span)].strip()
    return Work(reader.statements, reader.finals, reader.notes, names)


def _names(program: Program) -> list[str]:
    rows = [program.names[slot] for slot in program.rows]
    labels = [name for names in program.labels.values() for name in names]
    return [*program.input_names, *rows, *labels, *program.output_names]


def _before_zero(line: Line, work: str, names: Names) -> Line:
    """Griewank and Walther call the inputs v-1 and v0: v-1 is a name where a line defines it."""
    found = {m[1] + m[2] for m in _BEFORE_ZERO.finditer(work) if not names.has(m[1])}
    if not found:
        return line
    pattern = re.compile(rf"(?<!\w)({'|'.join(name[0] for name in found)})-([1-9])(?!\d)")
    cells = tuple(cell.sub(pattern, lambda _: [1, "_m", 2]) for cell in line.cells)
    return Line(line.number, cells, line.table)


def _define(cell: Sourced, names: Names) -> None:
    """Note the name of a row that a cell defines."""
    for part in cell.split(re.compile(r"[;,]")):
        sign = _SIGN.search(part.text)
        if sign is None:
            continue
        left = _BULLET.sub("", part.text[: sign.start()])
        atom = quantity(Sourced(left), names)
        if atom is not None and not atom.kind:
            names.add(atom.name)


class _Reader:
    """Reads line after line; remembers the columns of the table it is in."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.statements: list[Statement] = []
        self.finals: list[Side] = []
        self.notes: list[tuple[int, str]] = []
        self.columns: list[Column] = []

    def read(self, line: Line, cells: list[Sourced]) -> None:
        """One line of the work."""
        if not line.table:
            for part in _apart(cells[0]):
                self._statement(line, part)
            return
        header = columns_of([cell.text for cell in cells], self.names)
        if header:
            self.columns = header
        else:
            self._row(line, cells)

    def _statement(self, line: Line, part: Sourced) -> None:
        if self._continues(part):
            return
        made = self.made(line, part)
        if made is None:
            if part.text.strip():
                self.notes.append((line.number, part.text.strip()))
            return
        self.statements += made

    def _continues(self, part: Sourced) -> bool:
        """Whether a line goes on with the one before it: it begins with a sign of equality."""
        sign = _SIGN.match(part.text.lstrip())
        if not sign or sign["op"] in ("+=", "-=") or not self.statements:
            return False
        bare = part.strip()
        ends = [*(s.start() for s in _SIGN.finditer(bare.text)), len(bare.text)]
        for start, end in pairwise(ends):
            side = self._side(bare[start + 1 : end])
            self.statements[-1].sides += [side] if side else []
        return True

    def made(self, line: Line, part: Sourced) -> list[Statement] | None:
        """The statements of a text with signs of equality; None where it has none."""
        bullet = _BULLET.match(part.text)
        if bullet and _SIGN.search(part.text):
            part = part[bullet.end() : len(part.text)]
        signs = list(_SIGN.finditer(part.text))
        if not signs:
            return None
        label = _LABEL.match(part.text[: signs[0].start()])
        if label and quantity(part[label.end() : signs[0].start()], self.names):
            part = part[label.end() : len(part.text)]
            signs = list(_SIGN.finditer(part.text))
        left = part[: signs[0].start()]
        adds = signs[0]["op"] in ("+=", "-=")
        ends = [*(sign.start() for sign in signs[1:]), len(part.text)]
        rights = [part[s.end() : e] for s, e in zip(signs, ends, strict=True)]
        if signs[0]["op"] == "-=":
            rights = [_negative(right) for right in rights]
        sides = [side for right in rights if (side := self._side(right))]
        if _GRADIENT.fullmatch(left.text):
            self.finals += self._list(rights[-1])
            return []
        target = quantity(left, self.names)
        if target is None:
            return self._no_target(line, left, sides, part)
        return self._named(Statement(line.number, target, adds, sides, part.strip().span))

    def _no_target(
        self, line: Line, left: Sourced, sides: list[Side], part: Sourced
    ) -> list[Statement] | None:
        if re.search(r"∂\s*\(", left.text):  # the whole gradient, as a matrix
            return None
        if sides and re.fullmatch(r"[\w\s,:.;–—-]*[^\W\d_]{2,}\s+[\w\s,:.]+", left.text):
            return None  # words, not a formula
        raise InputError(
            "This is no name of a row, a tangent or an adjoint.",
            left.strip().span if left.text.strip() else part.span,
            "Write v3 = …, v3' = … for a tangent, v3_bar = … for an adjoint, or df/dx = ….",
        )

    def _named(self, statement: Statement) -> list[Statement]:
        """The statement; ``f = v6 = …`` names one row twice."""
        sides = statement.sides
        if not statement.target.kind and len(sides) > 1 and sides[0].number is None:
            second = quantity(sides[0].source, self.names)
            if second is not None and not second.kind and not self._defined(second.name):
                inner = Statement(
                    statement.line, second, False, sides[1:], statement.span, statement.table
                )
                return [inner, Statement(statement.line, statement.target, False, sides[:1],
                                         statement.span, statement.table)]  # fmt: skip
        return [statement] if sides else []

    def _defined(self, name: str) -> bool:
        return any(s.target == Atom("", name) for s in self.statements)

    def _side(self, source: Sourced) -> Side | None:
        source = source.sub(_WORDS, lambda _: [" "]).strip()
        end = len(source.text.rstrip(" ,."))
        source = source[len(source.text) - len(source.text.lstrip(", ")) : end]
        if len(source.text) > 4 and source.text[:2] == source.text[-2:] == "**":  # Markdown's bold
            source = source[2:-2]
        source = source if source.text not in _EMPTY else source[:0]
        return Side(source, self.names) if source.text else None

    def _list(self, source: Sourced) -> list[Side]:
        """The parts of ``(3.01, -13.7)``."""
        transposed = _TRANSPOSED.search(source.text)
        bare = _unwrapped((source[: transposed.start()] if transposed else source).strip())
        # (3,0) is a decimal comma in one bracket, or two numbers: people mean two.
        return [side for part in bare.split_outside(",") if (side := self._side(part))]

    # --- tables -----------------------------------------------------------------------------

    def _row(self, line: Line, cells: list[Sourced]) -> None:
        # A heading over several columns at once says nothing of each.
        fits = len(self.columns) >= len(cells)
        columns = self.columns if fits else _usual(len(cells))
        place = next((k for k, column in enumerate(columns) if column.role == "name"), 0)
        name: Atom | None = None
        adds = False
        if place < len(cells) and cells[place].text.strip().rstrip(".").isdigit():  # 1 | v1 | …
            later = (k for k, cell in enumerate(cells) if k > place and quantity(cell, self.names))
            number, place = place, next(later, place)
            columns = [c if k != number else Column("skip") for k, c in enumerate(columns)]
        if place < len(cells):
            cell = cells[place].strip()
            sign = re.search(r"\s*(\+?=)\s*$", cell.text)
            adds = bool(sign and sign[1] == "+=")
            name = quantity(cell[: sign.start()] if sign else cell, self.names)
        whole = [] if name else self._whole(line, cells, self.columns if fits else [])
        if name is None and not whole:
            self.notes.append((line.number, " | ".join(cell.text.strip() for cell in cells)))
            return
        if name is None:
            self.statements += whole
            return
        found: dict[tuple[str, str], Statement] = {}
        own = name
        for k, cell in enumerate(cells):
            other = quantity(cell, self.names) if k > place else None
            if other is not None and other.name == name.name and other.kind != own.kind:
                own, columns = other, [Column("formula")] * len(cells)  # v1 | x1/x2 | 3 | v̇1 | …
            elif k != place and k < len(columns) and columns[k].role != "skip":
                self._cell(line, cell, own, columns[k], found, adds)
        self.statements += [made for s in found.values() for made in self._named(s)]

    def _whole(
        self, line: Line, cells: list[Sourced], columns: Sequence[Column]
    ) -> list[Statement]:
        """The statements of a row that has no cell for its name alone: ``v1 = x*y | 2 | …``."""
        whole: list[Statement] = []
        for k, cell in enumerate(cells):
            made = self.made(line, cell)
            if made:
                whole += made
            elif whole and (side := self._side(cell)) is not None:
                kind = columns[k].kind if k < len(columns) else ""
                last = whole[-1].target
                if kind and columns[k].role != "skip" and not last.kind:
                    target = Atom(kind, last.name, columns[k].per)
                    span = cell.strip().span
                    whole.append(Statement(line.number, target, False, [side], span, table=True))
                elif kind == last.kind and side.number is not None:
                    whole[-1].sides.append(side)
        return whole

    def _cell(
        self,
        line: Line,
        cell: Sourced,
        name: Atom,
        column: Column,
        found: dict[tuple[str, str], Statement],
        adds: bool,
    ) -> None:
        sign = re.match(r"\s*(\+?=)\s*", cell.text)
        if sign:
            cell, adds = cell[sign.end() : len(cell.text)], adds or sign[1] == "+="
        elif _SIGN.search(cell.text):
            for made in self.made(line, cell) or []:
                key = (made.target.kind, made.target.per)
                if made.target.name == name.name and key in found:
                    found[key].sides += made.sides
                else:
                    other = (made.target.name, str(cell.span))
                    found[key if made.target.name == name.name else other] = made
            return
        side = self._side(cell)
        if side is None:
            return
        target = name
        if not name.kind:
            kind = _kind_of(side, column)
            target = Atom(kind, name.name, column.per)
            if side.number is None and kind == column.kind == "" and _same(side, name):
                return  # x1 in the row of x1
        key = (target.kind, target.per)
        statement = found.get(key)
        if statement is None:
            statement = found[key] = Statement(
                line.number, target, adds, [], cell.strip().span, table=True
            )
        if column.role == "running":
            statement.running = side
        else:
            statement.sides.append(side)
            start, end = statement.span
            statement.span = min(start, side.span[0]), max(end, side.span[1])

    # --- an answer alone ------------------------------------------------------------------------

    def alone(self, shown: Iterable[tuple[Line, list[Sourced]]]) -> None:
        """A text without any statement: a derivative, or one for each input."""
        self.notes = []
        for _, cells in shown:
            for cell in cells:
                self.finals += self._list(cell)


def _negative(source: Sourced) -> Sourced:
    start, end = source.span
    return Sourced("-(", [start] * 2) + source + Sourced(")", [max(start, end - 1)])


def _unwrapped(source: Sourced) -> Sourced:
    """A list without the brackets around it."""
    text = source.text
    if text[:1] not in ("(", "[", "⟨") or text[-1:] not in (")", "]", "⟩"):
        return source
    depth = 0
    for place, character in enumerate(text):
        depth += (character in "([⟨") - (character in ")]⟩")
        if depth == 0 and place < len(text) - 1:
            return source  # (a + b)*(c + d)
    return source[1 : len(text) - 1].strip()


def _same(side: Side, name: Atom) -> bool:
    atom = quantity(side.source, side.names)
    return atom is not None and atom == Atom("", name.name)


def _kind_of(side: Side, column: Column) -> str:
    """What a cell is about: what its column says, or the marks in its formula."""
    if column.said or side.number is not None:
        return column.kind
    kinds = {atom.kind for atom in side.formula.atoms.values()}
    return next((kind for kind in (DOT, BAR) if kind in kinds), column.kind)


def _usual(count: int) -> list[Column]:
    """Columns without a header: name, operation, value, then tangents, then adjoints."""
    usual = [
        Column("name"), Column("formula"), Column("number"),
        Column("formula", DOT), Column("number", DOT),
        Column("formula", BAR), Column("number", BAR),
    ]  # fmt: skip
    return usual[:count]


def _apart(line: Sourced) -> Iterator[Sourced]:
    """The statements of one line: between semicolons, and between commas if each has a sign."""
    for part in line.split(_STATEMENTS):
        pieces = list(part.split_outside(","))
        if len(pieces) > 1 and all(_SIGN.search(piece.text) for piece in pieces):
            yield from pieces
        else:
            yield part
