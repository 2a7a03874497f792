"""Which row keeps a derivative from an input: the branch of a ``where``, or a flat operation."""

from __future__ import annotations

from adexplain.evaluate.sweeps import Trace
from adexplain.explanation.stepping import arguments_read


def blocking_row(
    trace: Trace, needed: set[int], reached: set[int], in_text: set[int]
) -> tuple[int | None, str]:
    """The row that depends on an input and has no edge to it, with the cause.

    A comparison passes nothing either, but where it guards a ``where`` that keeps the input in its
    other branch, the zero belongs to the branch that is taken: so a guard is meant to work.

    Args:
        trace: the numbers.
        needed: what the output is computed from.
        reached: what has a derivative by the input.
        in_text: what depends on the input, with all branches counted.
    """
    program = trace.program
    ends = [
        row
        for row in program.rows
        if row in needed and row not in reached and not reached.isdisjoint(program.args[row])
    ]
    closed = [
        row
        for row in program.rows
        if row in needed and row not in reached and program.ops[row] == "where"
    ]
    guards = [row for row in closed if not in_text.isdisjoint(_skipped(trace, row))]
    deciding = set(guards)
    for row in closed:
        if not in_text.isdisjoint(program.args[row][1:]):  # the input acts in one of its branches
            deciding |= _behind(trace, program.args[row][0])
    for row in ends:
        if row not in deciding:
            return row, "flat"
    return (guards[-1], "branch") if guards else (None, "flat")


def deciding_row(trace: Trace, taken: set[int], in_text: set[int]) -> int | None:
    """The last row that decides against a branch in which an input acts."""
    for row in reversed(trace.program.rows):
        if row in taken and _skipped(trace, row) & in_text - taken:
            return row
    return None


def _skipped(trace: Trace, row: int) -> set[int]:
    return set(trace.program.args[row]).difference(arguments_read(trace, row))


def _behind(trace: Trace, slot: int) -> set[int]:
    """What a condition is computed from, itself included."""
    found, stack = {slot}, [slot]
    while stack:
        for arg in trace.program.args[stack.pop()]:
            if arg not in found and trace.values[arg] is not None:
                found.add(arg)
                stack.append(arg)
    return found
