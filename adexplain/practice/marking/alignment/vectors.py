"""The values of a quantity at several points, and their comparison."""

from __future__ import annotations

import math
from collections.abc import Sequence

from adexplain.evaluate.run import FLOATS, run
from adexplain.practice.equality import close
from adexplain.program import Program

Vector = list[float]
"""The values of a quantity at the points."""


def same(first: Sequence[float], second: Sequence[float]) -> bool:
    """Whether two vectors agree wherever both have a value, and have one somewhere."""
    agreed = 0
    for a, b in zip(first, second, strict=True):
        if math.isfinite(a) and math.isfinite(b):
            if not close(a, b):
                return False
            agreed += 1
    return agreed > 0


def evaluated(program: Program, vectors: Sequence[Vector], count: int) -> Vector:
    """The values of a formula at the points, from the values of its inputs."""
    found = []
    for k in range(count):
        values = run(program, [vector[k] for vector in vectors], FLOATS)
        value = values[program.outputs[0]]
        found.append(math.nan if value is None else float(value))
    return found
