"""The partials of the table as small programs, and their insertion into a program being built."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from adexplain.errors import InputError
from adexplain.language import parse
from adexplain.primitives.primitive import PRIMITIVES, Primitive, parameters
from adexplain.program import CONSTANT, INPUT, Builder, Program


def read_rule(primitive: Primitive, text: str, count: int, argument: int = 0) -> Program:
    """A text of the table as a program of the arguments and the result ``y``.

    Args:
        primitive: the row the text belongs to.
        text: a partial or a condition, in terms of a, b, c, y and ``...``.
        count: how many arguments the operation has here.
        argument: for an operation of any number of arguments, which of them ``a`` stands for.

    Raises:
        ValueError: the text cannot be read; the message gives the row of the table and the place.
    """
    names = parameters(primitive, count)
    if primitive.variadic:
        text = re.sub(r"\ba\b", names[argument], text).replace("...", ", ".join(names))
    header = f"f({', '.join((*names, 'y'))}) = "
    try:
        return parse(header + text)
    except InputError as error:
        column = (error.span or (len(header), 0))[0] - len(header) + 1
        raise ValueError(
            f"rule table, row {primitive.line} ({primitive.name}), "
            f"`{text}`, character {column}: {error.message} {error.hint}"
        ) from error


@cache
def partial(name: str, count: int, argument: int) -> Program | None:
    """The partial of a primitive with ``count`` arguments; None where it is the constant 0.

    Its inputs are the arguments and the result. A partial that is 0 is no edge of the graph.
    """
    primitive = PRIMITIVES[name]
    text = primitive.partial(argument)
    return None if text == "0" else read_rule(primitive, text, count, argument)


def insert(builder: Builder, template: Program, slots: tuple[int, ...]) -> int:
    """Add a template's rows to a builder, with slots for its inputs; the slot of its output."""
    places: list[int] = [0] * len(template.ops)
    for place, slot in zip(template.inputs, slots, strict=True):
        places[place] = slot
    for slot, op in enumerate(template.ops):
        if op is CONSTANT:
            places[slot] = builder.constant(template.constants[slot])
        elif op is not INPUT:
            places[slot] = builder.row(op, *(places[arg] for arg in template.args[slot]))
    return places[template.outputs[0]]


def edges(program: Program, slot: int) -> Iterator[tuple[int, int]]:
    """(argument slot, position) of each argument a row's derivative depends on."""
    args = program.args[slot]
    for position, arg in enumerate(args):
        active = program.masks[arg] and partial(program.ops[slot], len(args), position) is not None
        if active:
            yield arg, position
