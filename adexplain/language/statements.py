"""Typed text → ``Program``: assignments, a function's header, and which results are outputs."""

from __future__ import annotations

from collections import Counter

from adexplain import budgets
from adexplain.errors import BudgetError, InputError, Span
from adexplain.language import errors
from adexplain.language.grammar import ENDS
from adexplain.language.parser import Reader
from adexplain.language.tokens import positions, tokenize
from adexplain.program import Builder, Note, Program

_READINGS = {
    "bare": "A function without brackets takes the product that follows: {} is one argument.",
    "divided": "A product without a sign binds as * does: {} divides first, then multiplies.",
    "product": "{} is read as a product: only functions are called.",
    "tower": "Powers are read from the right: {}.",
}


_AFTER_NAME = {",", "]", *ENDS}


def parse(text: str, share: bool = True) -> Program:
    """Read an expression, assignments, or several outputs.

    Args:
        text: what a person typed; see "What a user may type" in the reference.
        share: whether equal subexpressions become one row.

    Raises:
        InputError: the text cannot be read; with the place of the error and a hint for a fix.
        BudgetError: it is larger than ``adexplain.budgets`` allows.
    """
    if len(text) > budgets.TEXT_LENGTH:
        raise BudgetError(f"The text has more than {budgets.TEXT_LENGTH:,} characters.")
    tokens = tokenize(text)
    builder = Builder(share)
    reader = Reader(text, tokens, builder)
    statements: list[_Statement] = []
    while True:
        token = tokens[reader.i]
        if token in ENDS:
            if not token:
                break
            reader.i += 1
            continue
        if statements and statements[-1].final:
            raise InputError(
                "Nothing may follow the outputs.",
                errors.span(reader, reader.i),
                "Put this line before them.",
            )
        statements.append(_statement(reader))
        if tokens[reader.i] not in ENDS:
            raise errors.no_operator(reader, reader.i)
    if not statements:
        raise errors.no_operand(reader, 0)
    if len(builder.nodes) > budgets.ROWS:
        raise errors.too_many_rows()
    return _finish(reader, statements)


class _Statement:
    """One statement: the slots it computes and their names; ``final`` where none may follow."""

    __slots__ = ("final", "names", "prefix", "slots")

    def __init__(self, slots: list[int], names: list[str], final: bool, prefix: str = "f") -> None:
        self.slots = slots
        self.names = names
        self.final = final
        self.prefix = prefix  # the name of an output without one


def _statement(reader: Reader) -> _Statement:
    tokens, first = reader.tokens, reader.i
    token = tokens[first]
    if token == "[":
        reader.i += 1
        slots = reader.output_list()
        return _Statement(slots, _bare_names(reader, reader.items), final=True)
    if tokens[first + 1] == "=" and token[:1].isalpha():
        errors.check_target(reader, token, first)
        reader.i += 2
        slot = reader.expression()
        if token in reader.builder.input_slots:  # x = x + 1
            raise errors.used_before(reader, token, first)
        reader.assigned[token] = reader.known[token] = slot
        return _Statement([slot], [token], final=False)
    header = _header(reader) if "=" in tokens else ""
    if header and _starts_list(reader):
        slots = reader.output_list()
        return _Statement(slots, _bare_names(reader, reader.items), final=True, prefix=header)
    first = reader.i
    slot = reader.expression()
    return _Statement([slot], [header] if header else _bare_names(reader, [first]), final=True)


def _bare_names(reader: Reader, starts: list[int]) -> list[str]:
    """The names that the expressions consist of; none if one is not just an assigned name."""
    names: list[str] = []
    if not reader.assigned:
        return names
    for i in starts:
        name = reader.tokens[i]
        if name not in reader.assigned or reader.tokens[i + 1] not in _AFTER_NAME:
            return []
        names.append(name)
    return names if len(set(names)) == len(names) else []


def _starts_list(reader: Reader) -> bool:
    if reader.tokens[reader.i] == "[":
        reader.i += 1
        return True
    return False


def _header(reader: Reader) -> str:
    """The name in ``f(x, y) =``, whose arguments become the inputs in that order, or ""."""
    tokens, i = reader.tokens, reader.i
    if tokens[i + 1] != "(":
        return ""
    close = i + 2
    while tokens[close] not in (")", "=", *ENDS):
        close += 1
    if tokens[close : close + 2] != [")", "="]:
        return ""
    errors.check_target(reader, tokens[i], i)
    arguments = tokens[i + 2 : close : 2]
    if any(sign != "," for sign in tokens[i + 3 : close : 2]) or not arguments:
        raise InputError(
            "Between the brackets of a function's header stand names and commas.",
            errors.span(reader, i, close),
            "Write f(x, y) = …",
        )
    _declare(reader, arguments, i)
    reader.i = close + 2
    return tokens[i]


def _declare(reader: Reader, arguments: list[str], i: int) -> None:
    slots = reader.builder.input_slots
    used = dict.fromkeys(slots)
    listed: set[str] = set()
    for position, name in enumerate(arguments):
        if name in listed:
            place = errors.span(reader, i + 2 + 2 * position)
            raise InputError(f"`{name}` is listed twice.", place, "Give each argument one name.")
        if name not in used:
            _check_argument(reader, name, i + 2 + 2 * position)
        listed.add(name)
    missing = next((name for name in used if name not in listed), None)
    if missing is not None:
        raise InputError(
            f"`{missing}` is used but is not an argument of this function.",
            errors.span(reader, i),
            f"Add it to the arguments, or write {missing} = … on a line before.",
        )
    ordered = {name: reader.builder.input(name) for name in arguments}
    slots.clear()
    slots.update(ordered)
    reader.closed = True


def _check_argument(reader: Reader, name: str, i: int) -> None:
    if not name[:1].isalpha():
        raise InputError("An argument is a name.", errors.span(reader, i), "Write f(x, y) = …")
    errors.check_target(reader, name, i)


def _finish(reader: Reader, statements: list[_Statement]) -> Program:
    builder = reader.builder
    labels: dict[int, tuple[str, ...]] = {}
    for statement in statements:
        if not statement.final:
            slot, name = statement.slots[0], statement.names[0]
            if builder.nodes[slot][1]:  # inputs and constants keep their own names
                labels[slot] = (*labels.get(slot, ()), name)
    slots, names = _outputs(reader, statements)
    program = builder.build(slots, names)
    program.text = reader.text
    program.ordered = reader.closed
    program.output_names = _output_names(program, names, statements[-1])
    if reader.assigned:
        program.labels, program.aliases = labels, reader.assigned
    if reader.notes:
        program.notes = tuple(_note(reader, *note) for note in reader.notes)
    program.locate = _RowSpans(reader.text, reader.extents)
    return program


def _outputs(reader: Reader, statements: list[_Statement]) -> tuple[list[int], list[str]]:
    """Outputs and their names: the last line, or the last assignments that nothing uses.

    What counts is the use of the name, not of the row: y1 in ``y1 = x*y``, ``y2 = sin(x*y)`` is an
    output, although y2 uses its row.
    """
    last = statements[-1]
    if last.final:
        return last.slots, last.names
    count = 1
    if len(statements) > 1 and reader.tokens.count(statements[-2].names[0]) == 1:
        uses = Counter(reader.tokens)
        while count < len(statements) and uses[statements[-count - 1].names[0]] == 1:
            count += 1
    trailing = statements[-count:]
    return [item.slots[0] for item in trailing], [item.names[0] for item in trailing]


def _output_names(program: Program, names: list[str], last: _Statement) -> tuple[str, ...]:
    """Names of the outputs: those written, or f, or f1, f2, …

    A row that is listed by the name of its position (v6 as the sixth row) counts as unnamed.
    """
    if names:
        pairs = zip(names, program.outputs, strict=False)
        if not last.final or any(name != program.default_name(slot) for name, slot in pairs):
            return tuple(names)
    count = len(program.outputs)
    return (last.prefix,) if count == 1 else tuple(f"{last.prefix}{k}" for k in range(1, count + 1))


def _note(reader: Reader, kind: str, first: int, last: int) -> Note:
    place = errors.span(reader, first, last)
    return Note(_READINGS[kind].format(f"`{reader.text[place[0] : place[1]]}`"), place)


class _RowSpans:
    """Row → its characters in the text. The tokens are located at the first call."""

    def __init__(self, text: str, extents: dict[int, tuple[int, int]]) -> None:
        self.text = text
        self.extents = extents
        self.places: list[Span] = []

    def __call__(self, slot: int) -> Span | None:
        extent = self.extents.get(slot)
        if extent is None:
            return None
        if not self.places:
            self.places = positions(self.text)
        return self.places[extent[0]][0], self.places[min(extent[1], len(self.places) - 1)][1]
