"""The rule of the lazy primitives: which arguments a row reads, and which of them it hands on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adexplain.primitives.primitive import LAZY, PRIMITIVES, SELECTING
from adexplain.program import Program
from adexplain.transforms.partials import edges


def position_handed_on(program: Program, slot: int, values: Sequence[Any]) -> int | None:
    """Position of the argument that a row which selects hands on; None for every other row."""
    op, args = program.nodes[slot]
    if op not in SELECTING:
        return None
    return 1 if values[args[0]] else 2


def arguments_read(program: Program, slot: int, values: Sequence[Any]) -> tuple[int, ...]:
    """The arguments a row reads: without the branch not taken, or a condition not looked at.

    While the condition of a lazy row is not evaluated, the row reads only that.
    """
    op, args = program.nodes[slot]
    if op not in LAZY:
        return args
    condition = values[args[0]]
    if condition is None:
        return args[:1]
    chosen = position_handed_on(program, slot, values)
    if chosen is not None:
        return (args[0], args[chosen])
    decided = bool(condition) == (PRIMITIVES[op].symbol == "or")
    return args[:1] if decided else args


def edge_positions(program: Program, slot: int, values: Sequence[Any]) -> list[int]:
    """Positions of the arguments to which a row has an edge; of a ``where`` the branch taken."""
    chosen = position_handed_on(program, slot, values)
    if chosen is not None:
        return [chosen] if program.active[program.args[slot][chosen]] else []
    return [position for _, position in edges(program, slot)]
