"""The partials of the table as small programs, and their insertion into a program being built.

An operation of any number of arguments has one partial, in terms of the argument in question, the
result, and calls over all arguments, which are computed once for a row. So a row costs as much as
it has arguments, not as much as their square.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, TypeVar

from adexplain.errors import InputError
from adexplain.language import parse
from adexplain.primitives.primitive import PRIMITIVES, Primitive, parameters
from adexplain.program import CONSTANT, INPUT, Builder, Program

_SHARED = re.compile(r"(\w+)\((y, )?\.\.\.\)")
_SUM = " + ..."
T = TypeVar("T")


class SharedCall(NamedTuple):
    """A call over all arguments of a row: its value is the same for each of its partials.

    Attributes:
        op: the primitive that is called.
        with_result: whether the result of the row comes before the arguments.
    """

    op: str
    with_result: bool

    def arguments(self, arguments: Sequence[T], result: T) -> tuple[T, ...]:
        """The arguments of the call, for a row."""
        return (result, *arguments) if self.with_result else tuple(arguments)


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A partial or a condition of the table, for any row of its primitive.

    Attributes:
        program: its inputs are the arguments, the result and the calls over all arguments.
        each: whether it is about one of any number of arguments; of them only that one is an input.
        shared: the calls over all arguments.
    """

    program: Program
    each: bool
    shared: tuple[SharedCall, ...]

    def own(self, arguments: Sequence[T], position: int) -> tuple[T, ...]:
        """The arguments of a row that are inputs of the program."""
        return (arguments[position],) if self.each else tuple(arguments)

    def point(
        self,
        arguments: Sequence[Any],
        position: int,
        result: Any,
        functions: Mapping[str, Callable[..., Any]],
        known: dict[SharedCall, Any],
    ) -> tuple[Any, ...]:
        """What the program is to be evaluated at.

        Args:
            arguments, position, result: the row's numbers, and which argument it is about.
            functions: primitive → function on such numbers.
            known: the calls that have been computed for this row; new ones are added.
        """
        for call in self.shared:
            if call not in known:
                known[call] = functions[call.op](*call.arguments(arguments, result))
        return (*self.own(arguments, position), result, *(known[call] for call in self.shared))


def read_rule(primitive: Primitive, text: str, count: int) -> Program:
    """A text of the table, written out as a program of all arguments and the result ``y``.

    Args:
        primitive: the row the text belongs to.
        text: an exact form or a condition, in terms of a, b, c, y and ``...``.
        count: how many arguments the operation has here.

    Raises:
        ValueError: the text cannot be read; the message gives the row of the table and the place.
    """
    names = parameters(primitive, count)
    return _read(primitive, _written_out(text, names), names)


def _written_out(text: str, names: Sequence[str]) -> str:
    """A text with all arguments in place of the dots."""
    while _SUM in text:
        end = text.index(_SUM)
        start = _start_of_term(text, end)
        terms = (re.sub(r"\ba\b", name, text[start:end]) for name in names)
        text = text[:start] + " + ".join(terms) + text[end + len(_SUM) :]
    return text.replace("...", ", ".join(names))


def _start_of_term(text: str, end: int) -> int:
    """Where the term begins that ends there: after the parenthesis that is still open."""
    depth = 0
    for place in range(end - 1, -1, -1):
        depth += (text[place] == ")") - (text[place] == "(")
        if depth < 0:
            return place + 1
    return 0


def read_template(primitive: Primitive, text: str) -> Template:
    """A partial or a condition of the table, for any number of arguments.

    Raises:
        ValueError: as for ``read_rule``.
    """
    if not primitive.variadic:
        return Template(read_rule(primitive, text, primitive.arity), False, ())
    shared: list[SharedCall] = []

    def named(match: re.Match[str]) -> str:
        if match[1] not in PRIMITIVES:
            return match[0]  # the parser says what is wrong with it
        call = SharedCall(match[1], bool(match[2]))
        if call not in shared:
            shared.append(call)
        # As long as the call was, so that the places in messages stay right.
        return f"s{shared.index(call) + 1}".ljust(len(match[0]))

    program_text = _SHARED.sub(named, text)
    calls = tuple(f"s{k}" for k in range(1, len(shared) + 1))
    return Template(_read(primitive, program_text, ("a",), calls), True, tuple(shared))


def _read(
    primitive: Primitive, text: str, names: Sequence[str], calls: Sequence[str] = ()
) -> Program:
    header = f"f({', '.join((*names, 'y', *calls))}) = "
    try:
        return parse(header + text)
    except InputError as error:
        column = (error.span or (len(header), 0))[0] - len(header) + 1
        raise ValueError(
            f"rule table, row {primitive.line} ({primitive.name}), "
            f"`{text}`, character {column}: {error.message} {error.hint}"
        ) from error


def partial(name: str, argument: int) -> Template | None:
    """The partial of a primitive by the argument at that position; None where it is the constant 0.

    A partial that is 0 is no edge of the graph.
    """
    return _partials(name)[0 if PRIMITIVES[name].variadic else argument]


@cache
def _partials(name: str) -> tuple[Template | None, ...]:
    primitive = PRIMITIVES[name]
    return tuple(
        None if text == "0" else read_template(primitive, text) for text in primitive.partials
    )


class RowPartials:
    """The partials of one row, inserted into a program being built.

    Args:
        builder: what the rows are added to.
        op: the row's primitive.
        args, result: slots of its arguments and of itself in the builder.
    """

    def __init__(self, builder: Builder, op: str, args: tuple[int, ...], result: int) -> None:
        self.builder = builder
        self.op = op
        self.args = args
        self.result = result
        self._calls: dict[SharedCall, int] = {}

    def slot(self, position: int) -> int | None:
        """The slot of the partial by an argument; None where it is the constant 0."""
        template = partial(self.op, position)
        if template is None:
            return None
        own = template.own(self.args, position)
        return insert(
            self.builder, template, (*own, self.result, *map(self._call, template.shared))
        )

    def _call(self, call: SharedCall) -> int:
        if call not in self._calls:
            args = call.arguments(self.args, self.result)
            self._calls[call] = self.builder.row(call.op, *args)
        return self._calls[call]


def insert(builder: Builder, template: Template, slots: Sequence[int]) -> int:
    """Add a template's rows to a builder, with slots for its inputs; the slot of its output."""
    program = template.program
    places: list[int] = [0] * len(program.ops)
    for place, slot in zip(program.inputs, slots, strict=True):
        places[place] = slot
    for slot, op in enumerate(program.ops):
        if op is CONSTANT:
            places[slot] = builder.constant(program.constants[slot])
        elif op is not INPUT:
            places[slot] = builder.row(op, *(places[arg] for arg in program.args[slot]))
    return places[program.outputs[0]]


def edges(program: Program, slot: int) -> Iterator[tuple[int, int]]:
    """(argument slot, position) of each argument a row's derivative depends on."""
    op = program.ops[slot]
    for position, arg in enumerate(program.args[slot]):
        if program.active[arg] and partial(op, position) is not None:
            yield arg, position
