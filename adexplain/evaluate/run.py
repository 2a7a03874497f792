"""The values of a ``Program`` at a point, in any arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from adexplain.primitives.ieee import IEEE
from adexplain.primitives.primitive import SELECTING
from adexplain.program import Constant, Program
from adexplain.transforms.partials import SharedCall, partial

Value = Any
"""A number of the arithmetic in use."""


def run(
    program: Program,
    point: Sequence[Value],
    functions: Mapping[str, Callable[..., Value]],
    constant: Callable[[Constant], Value],
) -> list[Value | None]:
    """Values of all slots in any arithmetic; None where a branch was not taken.

    Args:
        program: what is evaluated.
        point: one value for each input.
        functions: primitive → function on values of that arithmetic.
        constant: turns a constant into such a value.
    """
    values: list[Value | None] = [None] * len(program.ops)
    for slot, value in zip(program.inputs, point, strict=True):
        values[slot] = value
    for slot, number in program.constants.items():
        values[slot] = constant(number)
    if program.lazy:
        _run_on_demand(program, values, functions)
        return values
    ops, args = program.ops, program.args
    for slot in program.rows:
        values[slot] = functions[ops[slot]](*[values[arg] for arg in args[slot]])
    return values


def run_partials(
    op: str,
    positions: Iterable[int],
    arguments: Sequence[Value],
    result: Value,
    functions: Mapping[str, Callable[..., Value]],
    constant: Callable[[Constant], Value],
) -> list[Value | None]:
    """The partials of one row in any arithmetic.

    Args:
        op: the row's primitive.
        positions: the arguments by which; their partials are not the constant 0.
        arguments, result: the row's numbers.
        functions, constant: as for ``run``.
    """
    known: dict[SharedCall, Value] = {}
    found = []
    for position in positions:
        template = partial(op, position)
        assert template is not None
        point = template.point(arguments, position, result, functions, known)
        program = template.program
        found.append(run(program, point, functions, constant)[program.outputs[0]])
    return found


def _run_on_demand(
    program: Program, values: list[Value | None], functions: Mapping[str, Callable[..., Value]]
) -> None:
    """Evaluate what the outputs and the unused rows need, but no branch that is not taken."""
    used = {arg for args in program.args for arg in args}
    roots = [*program.outputs, *(slot for slot in program.rows if slot not in used)]
    stack = roots[::-1]
    while stack:
        slot = stack[-1]
        if values[slot] is not None:
            stack.pop()
            continue
        op = program.ops[slot]
        wanted = wanted_arguments(op, program.args[slot], values)
        missing = [arg for arg in wanted if values[arg] is None]
        if missing:
            stack.extend(reversed(missing))
        elif op in SELECTING:
            values[slot] = values[wanted[1]]
        else:
            values[slot] = functions[op](*[values[arg] for arg in wanted])


def wanted_arguments(
    op: str, args: tuple[int, ...], values: Sequence[Value | None]
) -> tuple[int, ...]:
    """The arguments a row reads; only the condition of a lazy row while that is not evaluated."""
    if op not in ("where", "and", "or"):
        return args
    condition = values[args[0]]
    if condition is None:
        return args[:1]
    if op in SELECTING:
        return (args[0], args[1] if condition else args[2])
    decided = bool(condition) == (op == "or")
    return (args[0], args[0]) if decided else args


def evaluate(program: Program, point: Sequence[float]) -> list[float | None]:
    """The values of all slots in floats, by IEEE 754 arithmetic, which never raises.

    Returns:
        One value for each slot; None for a row in a branch that was not taken.
    """
    return run(program, point, IEEE, lambda constant: constant.value)
