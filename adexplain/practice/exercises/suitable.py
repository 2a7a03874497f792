"""Decide whether a drawn function makes an exercise: not degenerate, ugly or trivial."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from adexplain.evaluate.exact_trace import ExactNumbers
from adexplain.practice.exercises.easy_numbers import is_easy
from adexplain.practice.exercises.exact_numbers import Exact
from adexplain.program import CONSTANT, Program

ROWS = {
    "one": (1, 1),
    "chain": (2, 5),
    "product": (2, 6),
    "sharing": (3, 5),
    "outputs": (2, 6),
    "kinks": (1, 6),
}
"""Level → the fewest and the most rows."""
_LINEAR = ("add", "sub", "neg")
_INVERSE_PAIRS = {("pow", "sqrt"), ("sqrt", "pow"), ("exp", "log"), ("log", "exp")}
"""An operation and the one it would undo."""
_FAMILIES = {"add": "add", "sub": "add", "mul": "mul", "div": "mul", "pow": "pow"}


def suitable(level: str, program: Program, numbers: ExactNumbers, allow_zeros: bool) -> bool:
    """Whether a function and its trace make an exercise of a level.

    Args:
        level: the level.
        program: the function.
        numbers: its trace for seeds that are nowhere 0.
        allow_zeros: whether numbers may be 0.
    """
    fewest, most = ROWS[level]
    return (
        fewest <= len(program.rows) <= most
        and (allow_zeros or all(numbers.adjoints.get(slot) for slot in program.inputs))
        and all(
            is_easy(number) or (allow_zeros and not number)
            for number in _all_numbers(program, numbers)
        )
        and not any(_trivial(level, program, slot) for slot in program.rows)
        and not all(_is_linear(program, slot) for slot in program.rows)
        and _of_level(level, program)
    )


def _all_numbers(program: Program, numbers: ExactNumbers) -> Iterator[Exact]:
    """Every number that is written down in the trace."""
    tables = (numbers.values, numbers.tangents, numbers.adjoints)
    for slot in (*program.inputs, *program.rows):
        for table in tables:
            yield _exact(table.get(slot))
    for edges in numbers.partials.values():
        yield from (_exact(edge.slope) for edge in edges)
    for arrival in numbers.contributions:
        yield from map(_exact, arrival)


def _exact(number: object) -> Exact:
    return number if isinstance(number, Exact) else Exact({})


def _constants(program: Program, slot: int) -> list[float]:
    args = program.args[slot]
    return [program.constants[arg].value for arg in args if program.ops[arg] is CONSTANT]


def _trivial(level: str, program: Program, slot: int) -> bool:
    """Whether a row does nothing, or could be merged with the row before it."""
    op, args = program.ops[slot], program.args[slot]
    constants = _constants(program, slot)
    if op in ("mul", "pow") and 1.0 in constants:
        return True
    if op == "div" and program.ops[args[1]] is CONSTANT and constants[-1] == 1.0:
        return True
    if len(args) > len(set(args)) and (op != "mul" or level == "product"):
        return True  # a square, written as a product
    if any((op, program.ops[arg]) in _INVERSE_PAIRS for arg in args):
        return True
    family = _FAMILIES.get(op)
    return bool(
        constants
        and family
        and any(
            _FAMILIES.get(program.ops[arg]) == family and _constants(program, arg) for arg in args
        )
    )


def _is_linear(program: Program, slot: int) -> bool:
    op = program.ops[slot]
    return op in _LINEAR or (op == "mul" and bool(_constants(program, slot)))


def _of_level(level: str, program: Program) -> bool:
    """Whether a function has what its level is about, such as a row used twice."""
    if level == "product":
        products = [s for s in program.rows if program.ops[s] in ("mul", "div")]
        both = [all(program.active[arg] for arg in program.args[s]) for s in products]
        return any(both)
    if level == "sharing":
        uses = Counter(arg for slot in program.rows for arg in program.args[slot])
        return any(uses[slot] > 1 for slot in program.rows)
    if level == "outputs":
        return len(set(program.outputs)) == 2 and len(program.inputs) == 2
    return True
