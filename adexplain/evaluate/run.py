"""The values of a ``Program`` at a point, in any type of number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from adexplain.evaluate.branches import arguments_read, position_handed_on
from adexplain.primitives.ieee import IEEE
from adexplain.primitives.primitive import CONDITIONS
from adexplain.program import Constant, Program
from adexplain.transforms.partials import SharedCall, partial

Value = Any
"""A number of the arithmetic in use."""

Functions = Mapping[str, Callable[..., Value]]


@dataclass
class NumberType:
    """What a run needs to know of a type of number.

    Attributes:
        functions: primitive → its function on such numbers.
        constant: a constant of a program as such a number.
        number: an exact fraction as such a number.
    """

    functions: Functions
    constant: Callable[[Constant], Value]
    number: Callable[[Any], Value]


FLOATS = NumberType(IEEE, lambda constant: constant.value, float)
"""IEEE 754 arithmetic, which never raises."""


def run(
    program: Program,
    point: Sequence[Value],
    arithmetic: NumberType,
    known: Sequence[Any] | None = None,
) -> list[Value | None]:
    """Values of all slots in any type of number; None where a branch was not taken.

    Args:
        program: what is evaluated.
        point: one value for each input.
        arithmetic: the type of number.
        known: the values of all slots in another type, if those decide which branches are taken;
            for numbers that cannot be compared, such as formulas.
    """
    values: list[Value | None] = [None] * len(program.ops)
    for slot, value in zip(program.inputs, point, strict=True):
        values[slot] = value
    for slot, number in program.constants.items():
        values[slot] = arithmetic.constant(number)
    if known is not None:
        _run_along(program, values, arithmetic, known)
    elif program.lazy:
        _run_on_demand(program, values, arithmetic.functions)
    else:
        functions, ops, args = arithmetic.functions, program.ops, program.args
        for slot in program.rows:
            values[slot] = functions[ops[slot]](*[values[arg] for arg in args[slot]])
    return values


def run_partial(
    op: str,
    position: int,
    arguments: Sequence[Value],
    result: Value,
    arithmetic: NumberType,
    shared: dict[SharedCall, Value],
) -> Value | None:
    """The partial of one row by one argument, in any type of number.

    Args:
        op: the row's primitive.
        position: the argument by which; the partial must not be the constant 0.
        arguments, result: the row's numbers.
        arithmetic: the type of number.
        shared: the calls over all arguments that were computed for this row; new ones are added.
    """
    template = partial(op, position)
    assert template is not None
    point = template.point(arguments, position, result, arithmetic.functions, shared)
    return run(template.program, point, arithmetic)[template.program.outputs[0]]


def _run_on_demand(program: Program, values: list[Value | None], functions: Functions) -> None:
    """Evaluate what the outputs and the unused rows need, but no branch that is not taken."""
    used = {arg for args in program.args for arg in args}
    roots = [*program.outputs, *(slot for slot in program.rows if slot not in used)]
    stack = roots[::-1]
    while stack:
        slot = stack[-1]
        if values[slot] is not None:
            stack.pop()
            continue
        read = arguments_read(program, slot, values)
        missing = [arg for arg in read if values[arg] is None]
        if missing:
            stack.extend(reversed(missing))
            continue
        op, args = program.nodes[slot]
        chosen = position_handed_on(program, slot, values)
        if chosen is not None:
            values[slot] = values[args[chosen]]
        else:  # where the first operand of and/or decides, it stands in for the second
            operands = read + read[:1] * (len(args) - len(read))
            values[slot] = functions[op](*[values[arg] for arg in operands])


def _run_along(
    program: Program, values: list[Value | None], arithmetic: NumberType, known: Sequence[Any]
) -> None:
    """Evaluate the rows that were evaluated in another type of number, with its conditions."""
    for slot in program.rows:
        op, args = program.nodes[slot]
        if known[slot] is None:
            continue
        chosen = position_handed_on(program, slot, known)
        if chosen is not None:
            values[slot] = values[args[chosen]]
        elif op in CONDITIONS:
            values[slot] = arithmetic.number(Fraction(bool(known[slot])))
        else:
            function = arithmetic.functions[op]
            arguments = [values[arg] for arg in args]
            along = getattr(function, "along", None)  # a formula, which may have branches too
            values[slot] = (
                along(arguments, [known[arg] for arg in args]) if along else function(*arguments)
            )


def evaluate(program: Program, point: Sequence[float]) -> list[float | None]:
    """The values of all slots in floats.

    Returns:
        One value for each slot; None for a row in a branch that was not taken.
    """
    return run(program, point, FLOATS)
