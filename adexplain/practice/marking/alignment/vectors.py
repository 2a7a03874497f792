"""The values of something at several points, and whether two are the same."""

from __future__ import annotations

import math
from collections.abc import Sequence

from adexplain.evaluate.run import run
from adexplain.practice.equality import close
from adexplain.primitives.ieee import IEEE
from adexplain.program import Program

Vector = list[float]
"""The values of something at the points."""


def same(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two vectors agree wherever both have a value, and have one somewhere."""
    agreed = 0
    for a, b in zip(one, other, strict=True):
        if math.isfinite(a) and math.isfinite(b):
            if not close(a, b):
                return False
            agreed += 1
    return agreed > 0


def evaluated(program: Program, vectors: Sequence[Vector], count: int) -> Vector:
    """A formula's values at the points, from those of its inputs."""
    found = []
    for k in range(count):
        values = run(program, [vector[k] for vector in vectors], IEEE, lambda c: c.value)
        value = values[program.outputs[0]]
        found.append(math.nan if value is None else float(value))
    return found
