"""Finds the row that blocks a derivative: a ``where`` that takes another branch, or a flat row."""

from __future__ import annotations

from adexplain.evaluate.sweeps import Trace
from adexplain.explanation.stepping import arguments_read
from adexplain.primitives.primitive import SELECTING


def blocking_row(
    trace: Trace, needed: set[int], reached: set[int], in_text: set[int]
) -> tuple[int | None, str]:
    """The row that depends on an input but has no edge to it, with the cause "flat" or "branch".

    A comparison has no edges either. But where it is the condition of a ``where`` whose other
    branch has the input, it works as a guard, and the zero is due to the branch that is taken.

    Args:
        trace: the trace.
        needed: what the output is computed from.
        reached: what has a derivative by the input.
        in_text: what depends on the input when all branches count.
    """
    program = trace.program
    candidates = [
        row
        for row in program.rows
        if row in needed and row not in reached and not reached.isdisjoint(program.args[row])
    ]
    unreached_branches = [
        row
        for row in program.rows
        if row in needed and row not in reached and program.ops[row] in SELECTING
    ]
    guarding_branches = [
        row for row in unreached_branches if not in_text.isdisjoint(_skipped_arguments(trace, row))
    ]
    excluded = set(guarding_branches)
    for row in unreached_branches:
        if not in_text.isdisjoint(program.args[row][1:]):  # the input acts in one of its branches
            excluded |= _ancestors(trace, program.args[row][0])
    for row in candidates:
        if row not in excluded:
            return row, "flat"
    return (guarding_branches[-1], "branch") if guarding_branches else (None, "flat")


def deciding_row(trace: Trace, needed: set[int], in_text: set[int]) -> int | None:
    """The last row that skips an argument which depends on an input."""
    for row in reversed(trace.program.rows):
        if row in needed and _skipped_arguments(trace, row) & in_text - needed:
            return row
    return None


def _skipped_arguments(trace: Trace, row: int) -> set[int]:
    return set(trace.program.args[row]).difference(arguments_read(trace, row))


def _ancestors(trace: Trace, slot: int) -> set[int]:
    """The slots from which a condition is computed, itself included."""
    found, stack = {slot}, [slot]
    while stack:
        for arg in trace.program.args[stack.pop()]:
            if arg not in found and trace.values[arg] is not None:
                found.add(arg)
                stack.append(arg)
    return found
