"""Where a primitive is defined and smooth, by the conditions in its row of the table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, permutations, product

from adexplain.evaluate.run import evaluate
from adexplain.primitives.ieee import apply_primitive
from adexplain.primitives.primitive import Primitive
from adexplain.transforms.partials import read_rule

CANDIDATES = (0.37, 0.61, 0.83, 1.7, 2.3, 1.0, 2.0)


def holds(row: Primitive, condition: str, point: Sequence[float]) -> bool:
    """Whether a condition of the row holds at a point."""
    program = read_rule(row, condition, len(point))
    return bool(evaluate(program, [*point, apply_primitive(row.name, point)])[program.outputs[0]])


def inside(row: Primitive, point: Sequence[float]) -> bool:
    """Whether the primitive is defined at a point."""
    return not row.domain or holds(row, row.domain, point)


def smooth(row: Primitive, point: Sequence[float]) -> bool:
    """Whether the primitive is defined and has its usual derivative at a point."""
    kinks = row.nonsmooth_points
    return inside(row, point) and not any(holds(row, e.condition, point) for e in kinks)


def takes_order(row: Primitive) -> bool:
    """Whether the first argument is a whole number, by which nothing can be differentiated."""
    return row.arity > 1 and "a == floor(a)" in row.domain


def smooth_points(row: Primitive, count: int) -> list[tuple[float, ...]]:
    """A positive point at which the primitive is smooth, and one with a negative last argument.

    The latter is left out where there is none.
    """
    found = []
    for sign in (1.0, -1.0):
        tried = chain(permutations(CANDIDATES, count), product(CANDIDATES, repeat=count))
        points = ((*point[:-1], sign * point[-1]) for point in tried)
        found += [next((point for point in points if smooth(row, point)), None)]
    return [point for point in found if point is not None]
