"""Select points at which a function takes the same branches as at the given point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adexplain.evaluate.sweeps import compute_trace
from adexplain.primitives.primitive import PRIMITIVES, SELECTING
from adexplain.program import Program

MIN_POINTS = 3
"""Fewest points to keep. At a kink, other points are on one branch or the other, not on both."""


def on_one_branch(
    program: Program, points: Sequence[Mapping[str, float]]
) -> list[dict[str, float]]:
    """The points at which max, abs and where take the same branch as at the first.

    A student writes d max(x, y)/dx = 1 where x is larger, which is right on that branch only. If
    fewer than MIN_POINTS points remain, all points are returned.
    """
    rows = [slot for slot in program.rows if _has_branches(program.ops[slot])]
    if not rows:
        return [dict(point) for point in points]
    first = _branches_at(program, rows, points[0])
    kept = [dict(point) for point in points if _branches_at(program, rows, point) == first]
    return kept if len(kept) >= MIN_POINTS else [dict(point) for point in points]


def _has_branches(op: str) -> bool:
    edges = PRIMITIVES[op].nonsmooth_points if op in PRIMITIVES else ()
    return op in SELECTING or any(edge.status in ("kink", "jump") for edge in edges)


def _branches_at(program: Program, rows: Sequence[int], point: Mapping[str, float]) -> list[object]:
    """For each row the signs of its partials; if all are 0, its value instead."""
    at = [point[name] for name in program.input_names]
    trace = compute_trace(program, at, [0.0] * len(at), [0.0] * len(program.outputs))
    found: list[object] = []
    for slot in rows:
        slopes = [(p > 0) - (p < 0) for p in trace.partials[slot]]
        found.append(slopes if any(slopes) else trace.values[slot])
    return found
