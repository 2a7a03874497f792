"""The statements of generated code: their order, their conditions, and which rows are inlined."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from adexplain.primitives.primitive import CONDITIONS, LOGICAL, SELECTING
from adexplain.program import Program
from adexplain.transforms.guards import ALWAYS, Alternative, needs

DEPTH = 12
"""How deep an inlined expression may nest operations; Python's parser fails at about 100."""
SIZE = 40
"""How many operations an inlined expression may have."""
Guard = frozenset[Alternative]
"""The condition of a statement: it runs where one of the alternatives holds."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The statements of a straight-line function with branches.

    Attributes:
        statements: slots that are assigned to a variable, in order, each with the condition under
            which that happens. A row that several branches need may be assigned in several places.
        inline: slots that are written where they are used.
        truths: conditions that are only tested, so that they need not be made numbers.
        deciding: for each condition, the conditions that decide whether it is evaluated at all.
    """

    statements: list[tuple[Guard, int]]
    inline: set[int]
    truths: set[int]
    deciding: dict[int, set[int]]

    def blocks(self) -> list[tuple[Guard, list[int]]]:
        """Consecutive statements that share a condition."""
        found = groupby(self.statements, key=lambda statement: statement[0])
        return [(guard, [slot for _, slot in statements]) for guard, statements in found]

    def ordered(self, alternative: Alternative) -> list[tuple[int, bool]]:
        """The conditions of an alternative; those that decide about others come first."""
        remaining = sorted(alternative)
        ordered: list[tuple[int, bool]] = []
        while remaining:
            free = (
                literal
                for literal in remaining
                if not any(other[0] in self.deciding[literal[0]] for other in remaining)
            )
            ordered.append(next(free, remaining[0]))
            remaining.remove(ordered[-1])
        return ordered


def layout(program: Program, keep: Collection[int] = (), inline: bool = True) -> Layout:
    """Arrange the rows that the outputs need.

    Args:
        program: what is printed.
        keep: slots that get a variable although they are used once.
        inline: whether rows that are used once may be written where they are used.
    """
    needed = live(program)
    uses = [0] * len(program.ops)
    for slot in needed:
        for arg in program.args[slot]:
            uses[arg] += 1
    for slot in program.outputs:
        uses[slot] += 2
    single = {slot for slot in needed if uses[slot] == 1 and slot not in keep} if inline else set()
    inlined = _shallow(program, needed, single)
    when = needs(program) if program.lazy else []
    if program.lazy:
        _name_conditions(needed, inlined, when)
    rows = [slot for slot in needed if slot not in inlined]
    statements = _in_order(rows, when) if when else [(ALWAYS, slot) for slot in rows]
    deciding = _deciding(program, statements, when)
    return Layout(statements, inlined, _truths(program, needed), deciding)


def _in_order(rows: list[int], when: list[Guard]) -> list[tuple[Guard, int]]:
    """The rows with their conditions, each as early as its conditions have been evaluated."""
    places: dict[tuple[int, int], set[Alternative]] = {}
    for slot in rows:
        for alternative in when[slot]:
            known = max((condition for condition, _ in alternative), default=slot)
            place = (known, slot) if known > slot else (slot, -1)
            places.setdefault(place, set()).add(alternative)
    return [
        (frozenset(places[place]), place[0] if place[1] < 0 else place[1])
        for place in sorted(places)
    ]


def _deciding(
    program: Program, statements: list[tuple[Guard, int]], when: list[Guard]
) -> dict[int, set[int]]:
    conditions = {c for guard, _ in statements for a in guard for c, _ in a}
    guarded_by = {c: {d for a in when[c] for d, _ in a} for c in conditions}
    deciding: dict[int, set[int]] = {c: set() for c in conditions}
    for condition in conditions:
        parts, stack = set(), [condition]
        while stack:
            slot = stack.pop()
            parts.add(slot)
            if program.ops[slot] in LOGICAL:
                stack += program.args[slot]
        for other in conditions:
            if other != condition and not parts.isdisjoint(guarded_by[other]):
                deciding[other].add(condition)
    return deciding


def live(program: Program) -> list[int]:
    """The rows that the outputs need, in order."""
    needed = set(program.outputs)
    for slot in reversed(program.rows):
        if slot in needed:
            needed.update(program.args[slot])
    return [slot for slot in program.rows if slot in needed]


def _shallow(program: Program, live: list[int], single: set[int]) -> set[int]:
    """The single-use rows whose expressions stay small."""
    depth: dict[int, int] = {}
    size: dict[int, int] = {}
    for slot in live:
        args = program.args[slot]
        depth_here = 1 + max((depth.get(arg, 0) for arg in args), default=0)
        size_here = 1 + sum(size.get(arg, 0) for arg in args)
        if slot in single and depth_here <= DEPTH and size_here <= SIZE:
            depth[slot], size[slot] = depth_here, size_here
    return set(depth)


def _name_conditions(live: list[int], inlined: set[int], when: list[Guard]) -> None:
    """Remove from ``inlined`` the conditions that a statement's guard has to name."""
    while True:
        mentioned = {
            condition
            for slot in live
            if slot not in inlined
            for alternative in when[slot]
            for condition, _ in alternative
        }
        if mentioned.isdisjoint(inlined):
            return
        inlined -= mentioned


def _truths(program: Program, live: list[int]) -> set[int]:
    numbers = set(program.outputs)
    for slot in live:
        op, args = program.ops[slot], program.args[slot]
        if op in SELECTING:
            numbers.update(args[1:])
        elif op not in LOGICAL:
            numbers.update(args)
    return {slot for slot in live if program.ops[slot] in CONDITIONS and slot not in numbers}
