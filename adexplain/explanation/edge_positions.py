"""Which argument of its row each edge of a trace belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from adexplain.evaluate.sweeps import Trace
from adexplain.primitives.primitive import SELECTING
from adexplain.transforms.partials import edges


def edge_positions(trace: Trace, slot: int) -> list[int]:
    """Positions of the arguments that ``trace.edges[slot]`` lists."""
    if trace.program.ops[slot] in SELECTING:  # only the branch taken has an edge
        args = trace.program.args[slot]
        return [1 if trace.values[args[0]] else 2] if trace.edges[slot] else []
    return [position for _, position in edges(trace.program, slot)]


def contribution_positions(trace: Trace) -> Iterator[int]:
    """Of each contribution, the position of the receiver among the arguments of its row."""
    before = -1
    positions: Iterator[int] = iter(())
    for _, out_of, *_ in trace.contributions:  # those of one row follow one another
        if out_of != before:
            before, positions = out_of, iter(edge_positions(trace, out_of))
        yield next(positions)
