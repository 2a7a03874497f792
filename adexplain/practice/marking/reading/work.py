"""Read a work into statements, whatever its layout and notation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from adexplain.errors import InputError
from adexplain.practice.marking.reading.columns import Column, columns_of
from adexplain.practice.marking.reading.layouts import WorkLine, lines_of
from adexplain.practice.marking.reading.notation import BAR, DOT, Atom, Names, plain_text, quantity
from adexplain.practice.marking.reading.source_map import MappedText
from adexplain.practice.marking.reading.statements import Side, Statement
from adexplain.program import Program

_EQUALS_SIGN = re.compile(r"(?<![<>=!])(?P<op>[+-]?=)(?!=)|≈")
_STATEMENTS = re.compile(r";")
_BULLET = re.compile(r"^\s*(?:[-*•–]\s+|\(?\d{1,3}[.)]\s+|\(?[a-z]\)\s+)")
_LABEL = re.compile(r"\s*(?:[^=:]*:\s|∴|⇒|→|=>|(?:so|thus|hence|then|therefore)[,\s])\s*", re.I)
_ANNOTATIONS = re.compile(
    r"(?<![\w.])(?:seed|input|given|output|start)(?!\w)|\((?:seed|input|given|output|start)\)"
    r"|(?:\s#|//)[^\n]*$|^\s*#[^\n]*$"
)
_NEGATIVE_INDEX = re.compile(r"(?m)^[ \t|]*([^\W\d_])-([1-9])[ \t]*(?:=|\|)")
_TRANSPOSED = re.compile(r"(?<=[)\]⟩])\s*\^\s*\(?\s*(?:T|t|top|⊤)\s*\)?\s*$|(?<=[)\]⟩])ᵀ\s*$")
_EMPTY_CELLS = {"", "-", "–", "—", "−", ".", "/", "?"}
_GRADIENT = re.compile(
    r"\s*(?:∇\s*\w*(?:\([^)]*\))?|[Gg]rad(?:ient)?(?:\s+\w+)?(?:\([^)]*\))?|J)\s*"
)


@dataclass
class Work:
    """A work as read.

    Attributes:
        statements: in the order of the work.
        final_answers: derivatives without a derivation, in the order of the inputs.
        notes: lines that are not statements, as (line, text).
        names: the names that it may use.
    """

    statements: list[Statement]
    final_answers: list[Side]
    notes: list[tuple[int, str]]
    names: Names


def read_work(work: str, program: Program) -> Work:
    """Read a work.

    Raises:
        InputError: it has no statement, or one that cannot be read; the span is within ``work``.
    """
    names = Names(_names(program))
    lines = [_rename_negative_indices(line, work, names) for line in lines_of(work)]
    plain_lines = [(line, [plain_text(cell, names) for cell in line.cells]) for line in lines]
    for _, cells in plain_lines:
        for cell in cells:
            _add_defined_name(cell, names)
    # Read the cells again, now that names such as w are known, for dw/dx1.
    plain_lines = [(line, [plain_text(cell, names) for cell in line.cells]) for line in lines]
    reader = _WorkReader(names)
    for line, cells in plain_lines:
        reader.read(line, cells)
    if not reader.statements and not reader.final_answers:
        reader.read_final_answers(plain_lines)
    if not reader.statements and not reader.final_answers:
        hint = "Write one statement a line, such as v3' = cos(v1)*v1', or paste a table."
        raise InputError("There is no derivation here.", (0, min(len(work), 40)), hint)
    for position, statement in enumerate(reader.statements):
        statement.position = position
        statement.text = statement.text or work[slice(*statement.span)].strip()
    return Work(reader.statements, reader.final_answers, reader.notes, names)


def _names(program: Program) -> list[str]:
    rows = [program.names[slot] for slot in program.rows]
    labels = [name for names in program.labels.values() for name in names]
    return [*program.input_names, *rows, *labels, *program.output_names]


def _rename_negative_indices(line: WorkLine, work: str, names: Names) -> WorkLine:
    """Rename v-1 to v_m1: Griewank and Walther call the inputs v-1 and v0.

    It is a name only if a line of the work defines it; otherwise it is a difference.
    """
    found = {m[1] + m[2] for m in _NEGATIVE_INDEX.finditer(work) if not names.has(m[1])}
    if not found:
        return line
    pattern = re.compile(rf"(?<!\w)({'|'.join(name[0] for name in found)})-([1-9])(?!\d)")
    cells = tuple(cell.sub(pattern, lambda _: [1, "_m", 2]) for cell in line.cells)
    return WorkLine(line.number, cells, line.table)


def _add_defined_name(cell: MappedText, names: Names) -> None:
    """Add the names of the rows that a cell defines."""
    for part in cell.split(re.compile(r"[;,]")):
        equals = _EQUALS_SIGN.search(part.text)
        if equals is None:
            continue
        left = _BULLET.sub("", part.text[: equals.start()])
        atom = quantity(MappedText(left), names)
        if atom is not None and not atom.kind:
            names.add(atom.name)


class _WorkReader:
    """Reads line by line, and keeps the columns of the current table."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.statements: list[Statement] = []
        self.final_answers: list[Side] = []
        self.notes: list[tuple[int, str]] = []
        self.columns: list[Column] = []

    def read(self, line: WorkLine, cells: list[MappedText]) -> None:
        """Read a line of the work."""
        if not line.table:
            for part in _split_statements(cells[0]):
                self._statement(line, part)
            return
        header = columns_of([cell.text for cell in cells], self.names)
        if header:
            self.columns = header
        else:
            self._table_row(line, cells)

    def _statement(self, line: WorkLine, part: MappedText) -> None:
        if self._continue_statement(part):
            return
        statements = self.statements_in(line, part)
        if statements is None:
            if part.text.strip():
                self.notes.append((line.number, part.text.strip()))
            return
        self.statements += statements

    def _continue_statement(self, part: MappedText) -> bool:
        """Add the sides of a line that begins with "=" to the last statement, else return False."""
        equals = _EQUALS_SIGN.match(part.text.lstrip())
        if not equals or equals["op"] in ("+=", "-=") or not self.statements:
            return False
        bare = part.strip()
        ends = [*(s.start() for s in _EQUALS_SIGN.finditer(bare.text)), len(bare.text)]
        for start, end in pairwise(ends):
            side = self._side(bare[start + 1 : end])
            self.statements[-1].sides += [side] if side else []
        return True

    def statements_in(self, line: WorkLine, part: MappedText) -> list[Statement] | None:
        """The statements of a text; None if it is none."""
        bullet = _BULLET.match(part.text)
        if bullet and _EQUALS_SIGN.search(part.text):
            part = part[bullet.end() : len(part.text)]
        signs = list(_EQUALS_SIGN.finditer(part.text))
        if not signs:
            return None
        label = _LABEL.match(part.text[: signs[0].start()])
        if label and quantity(part[label.end() : signs[0].start()], self.names):
            part = part[label.end() : len(part.text)]
            signs = list(_EQUALS_SIGN.finditer(part.text))
        left = part[: signs[0].start()]
        adds = signs[0]["op"] in ("+=", "-=")
        ends = [*(equals.start() for equals in signs[1:]), len(part.text)]
        rights = [part[s.end() : e] for s, e in zip(signs, ends, strict=True)]
        if signs[0]["op"] == "-=":
            rights = [_negative(right) for right in rights]
        sides = [side for right in rights if (side := self._side(right))]
        if _GRADIENT.fullmatch(left.text):
            self.final_answers += self._list_items(rights[-1])
            return []
        target = quantity(left, self.names)
        if target is None:
            return self._no_target(line, left, sides, part)
        return self._split_second_name(
            Statement(line.number, target, adds, sides, part.strip().span)
        )

    def _no_target(
        self, line: WorkLine, left: MappedText, sides: list[Side], part: MappedText
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

    def _split_second_name(self, statement: Statement) -> list[Statement]:
        """The statement, split into two if it names one row twice: ``f = v6 = …``."""
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

    def _side(self, source: MappedText) -> Side | None:
        source = source.sub(_ANNOTATIONS, lambda _: [" "]).strip()
        end = len(source.text.rstrip(" ,."))
        source = source[len(source.text) - len(source.text.lstrip(", ")) : end]
        if len(source.text) > 4 and source.text[:2] == source.text[-2:] == "**":  # bold in Markdown
            source = source[2:-2]
        source = source if source.text not in _EMPTY_CELLS else source[:0]
        return Side(source, self.names) if source.text else None

    def _list_items(self, source: MappedText) -> list[Side]:
        """The sides in a list such as ``(3.01, -13.7)``."""
        transposed = _TRANSPOSED.search(source.text)
        bare = _unwrapped((source[: transposed.start()] if transposed else source).strip())
        # (3,0) could be a number with a decimal comma, but is usually meant as two numbers.
        return [side for part in bare.split_outside(",") if (side := self._side(part))]

    # --- tables -----------------------------------------------------------------------------

    def _table_row(self, line: WorkLine, cells: list[MappedText]) -> None:
        # With fewer headings than cells it is not clear which heading belongs to which cell.
        fits = len(self.columns) >= len(cells)
        columns = self.columns if fits else _default_columns(len(cells))
        place = next((k for k, column in enumerate(columns) if column.role == "name"), 0)
        name: Atom | None = None
        adds = False
        if place < len(cells) and cells[place].text.strip().rstrip(".").isdigit():  # 1 | v1 | …
            later = (k for k, cell in enumerate(cells) if k > place and quantity(cell, self.names))
            number, place = place, next(later, place)
            columns = [c if k != number else Column("skip") for k, c in enumerate(columns)]
        if place < len(cells):
            cell = cells[place].strip()
            equals = re.search(r"\s*(\+?=)\s*$", cell.text)
            adds = bool(equals and equals[1] == "+=")
            name = quantity(cell[: equals.start()] if equals else cell, self.names)
        statements = (
            [] if name else self._row_of_statements(line, cells, self.columns if fits else [])
        )
        if name is None and not statements:
            self.notes.append((line.number, " | ".join(cell.text.strip() for cell in cells)))
            return
        if name is None:
            self.statements += statements
            return
        by_column: dict[tuple[str, str], Statement] = {}
        target = name
        for k, cell in enumerate(cells):
            other = quantity(cell, self.names) if k > place else None
            if other is not None and other.name == name.name and other.kind != target.kind:
                target, columns = other, [Column("formula")] * len(cells)  # v1 | x1/x2 | 3 | v̇1 | …
            elif k != place and k < len(columns) and columns[k].role != "skip":
                self._cell(line, cell, target, columns[k], by_column, adds)
        self.statements += [part for s in by_column.values() for part in self._split_second_name(s)]

    def _row_of_statements(
        self, line: WorkLine, cells: list[MappedText], columns: Sequence[Column]
    ) -> list[Statement]:
        """The statements of a table row without a cell for its name: ``v1 = x*y | 2 | …``."""
        statements: list[Statement] = []
        for k, cell in enumerate(cells):
            parts = self.statements_in(line, cell)
            if parts:
                statements += parts
            elif statements and (side := self._side(cell)) is not None:
                kind = columns[k].kind if k < len(columns) else ""
                last = statements[-1].target
                if kind and columns[k].role != "skip" and not last.kind:
                    target = Atom(kind, last.name, columns[k].wrt)
                    span = cell.strip().span
                    statements.append(
                        Statement(line.number, target, False, [side], span, table=True)
                    )
                elif kind == last.kind and side.number is not None:
                    statements[-1].sides.append(side)
        return statements

    def _cell(
        self,
        line: WorkLine,
        cell: MappedText,
        name: Atom,
        column: Column,
        by_column: dict[tuple[str, str], Statement],
        adds: bool,
    ) -> None:
        equals = re.match(r"\s*(\+?=)\s*", cell.text)
        if equals:
            cell, adds = cell[equals.end() : len(cell.text)], adds or equals[1] == "+="
        elif _EQUALS_SIGN.search(cell.text):
            for part in self.statements_in(line, cell) or []:
                key = (part.target.kind, part.target.wrt)
                if part.target.name == name.name and key in by_column:
                    by_column[key].sides += part.sides
                else:
                    other = (part.target.name, str(cell.span))
                    by_column[key if part.target.name == name.name else other] = part
            return
        side = self._side(cell)
        if side is None:
            return
        target = name
        if not name.kind:
            kind = _cell_kind(side, column)
            target = Atom(kind, name.name, column.wrt)
            if side.number is None and kind == column.kind == "" and _is_name(side, name):
                return  # the name of an input repeated in its own row
        key = (target.kind, target.wrt)
        statement = by_column.get(key)
        if statement is None:
            statement = by_column[key] = Statement(
                line.number, target, adds, [], cell.strip().span, table=True
            )
        if column.role == "running":
            statement.running = side
        else:
            statement.sides.append(side)
            start, end = statement.span
            statement.span = min(start, side.span[0]), max(end, side.span[1])

    # --- final answers without a derivation ----------------------------------------------------

    def read_final_answers(self, plain_lines: Iterable[tuple[WorkLine, list[MappedText]]]) -> None:
        """Read a text without any statement as a derivative, or as one for each input."""
        self.notes = []
        for _, cells in plain_lines:
            for cell in cells:
                self.final_answers += self._list_items(cell)


def _negative(source: MappedText) -> MappedText:
    start, end = source.span
    return MappedText("-(", [start] * 2) + source + MappedText(")", [max(start, end - 1)])


def _unwrapped(source: MappedText) -> MappedText:
    """A list without its brackets."""
    text = source.text
    if text[:1] not in ("(", "[", "⟨") or text[-1:] not in (")", "]", "⟩"):
        return source
    depth = 0
    for place, character in enumerate(text):
        depth += (character in "([⟨") - (character in ")]⟩")
        if depth == 0 and place < len(text) - 1:
            return source  # (a + b)*(c + d)
    return source[1 : len(text) - 1].strip()


def _is_name(side: Side, name: Atom) -> bool:
    atom = quantity(side.source, side.names)
    return atom is not None and atom == Atom("", name.name)


def _cell_kind(side: Side, column: Column) -> str:
    """The kind of quantity in a cell: by its heading, else by the marks in its formula."""
    if column.from_heading or side.number is not None:
        return column.kind
    kinds = {atom.kind for atom in side.formula.atoms.values()}
    return next((kind for kind in (DOT, BAR) if kind in kinds), column.kind)


def _default_columns(count: int) -> list[Column]:
    """Columns of a table without headings: name, operation, value, tangents, adjoints."""
    usual = [
        Column("name"), Column("formula"), Column("number"),
        Column("formula", DOT), Column("number", DOT),
        Column("formula", BAR), Column("number", BAR),
    ]  # fmt: skip
    return usual[:count]


def _split_statements(line: MappedText) -> Iterator[MappedText]:
    """Split a line at semicolons, and at commas if each part has a sign of equality."""
    for part in line.split(_STATEMENTS):
        pieces = list(part.split_outside(","))
        if len(pieces) > 1 and all(_EQUALS_SIGN.search(piece.text) for piece in pieces):
            yield from pieces
        else:
            yield part
