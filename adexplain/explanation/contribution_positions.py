"""Which argument of its row each edge of a trace belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from adexplain.evaluate.branches import edge_positions
from adexplain.evaluate.sweeps import Trace


def contribution_positions(trace: Trace) -> Iterator[int]:
    """Of each contribution, the position of the receiver among the arguments of its row."""
    before = -1
    positions: Iterator[int] = iter(())
    for _, out_of, *_ in trace.contributions:  # those of one row follow one another
        if out_of != before:
            before, positions = out_of, iter(edge_positions(trace.program, out_of, trace.values))
        yield next(positions)
