"""Points on the same branches of a function: what a person writes holds where he is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adexplain.evaluate.sweeps import first_look
from adexplain.primitives.table import PRIMITIVES
from adexplain.program import Program

FEWEST = 3
"""Points that must be left; at a kink itself every other point is on one of two branches."""


def on_one_branch(
    program: Program, points: Sequence[Mapping[str, float]]
) -> list[dict[str, float]]:
    """Those points at which max, abs and where choose as they do at the first.

    d max(x, y)/dx is 1 for who stands where x is the larger, and that is what he writes.
    """
    rows = [slot for slot in program.rows if _chooses(program.ops[slot])]
    if not rows:
        return [dict(point) for point in points]
    first = _choices(program, rows, points[0])
    kept = [dict(point) for point in points if _choices(program, rows, point) == first]
    return kept if len(kept) >= FEWEST else [dict(point) for point in points]


def _chooses(op: str) -> bool:
    edges = PRIMITIVES[op].edges if op in PRIMITIVES else ()
    return op == "where" or any(edge.status in ("kink", "jump") for edge in edges)


def _choices(program: Program, rows: Sequence[int], point: Mapping[str, float]) -> list[object]:
    """What each row lets through, and the value of one that lets nothing through."""
    at = [point[name] for name in program.input_names]
    trace = first_look(program, at, [0.0] * len(at), [0.0] * len(program.outputs))
    found: list[object] = []
    for slot in rows:
        slopes = [(p > 0) - (p < 0) for p in trace.partials[slot]]
        found.append(slopes if any(slopes) else trace.values[slot])
    return found
