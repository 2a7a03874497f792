"""The cost of the three sweeps, in elementary operations.

The model is Griewank & Walther's (2008, section 3.2 and Table 3.6): a sum or a product is one
operation, an elementary function is one, and so is its derivative unless that comes for free with
the value (exp, sqrt). Incremental adjoints are counted. A row then costs at most five times its
primal: a ± b 3, a·b 5, a/b 5, a function 4, exp and sqrt 3.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from adexplain.primitives.primitive import PRIMITIVES
from adexplain.program import Program
from adexplain.transforms.partials import Template, partial

_UNIT_SLOPES = {"add", "sub", "neg", "identity", "where"}
_QUOTIENTS = {"mul", "div"}


BOUND = 5
"""The most that a gradient costs, as a multiple of the function's cost, where each row has at most
one partial to compute (Baur and Strassen 1983; Griewank & Walther)."""


class Cost(NamedTuple):
    """Operations of one evaluation, of it with one tangent, and of it with all adjoints."""

    primal: int
    tangent: int
    adjoint: int


@lru_cache(maxsize=4096)
def _row_cost(op: str, positions: tuple[int, ...], times: int) -> Cost:
    """The cost of a row whose active arguments are those at the positions, each so many times."""
    edges = [partial(op, position) for position in positions]
    slopes = [template for template in edges if template is not None] * times
    if op in _UNIT_SLOPES:
        factors, derivatives = 0, 0
    else:
        factors = len(slopes)
        free = op in _QUOTIENTS
        derivatives = 0 if free else sum(not _comes_with_value(template) for template in slopes)
    additions = len(slopes)
    tangent = 1 + factors + derivatives + max(0, len(slopes) - 1)
    if op in _UNIT_SLOPES and len(slopes) == 1:
        tangent = 1 + (op == "neg")
    return Cost(1, tangent, 1 + factors + derivatives + additions)


def _comes_with_value(template: Template) -> bool:
    """Whether a partial needs nothing but the value already computed."""
    program = template.program
    if "share" in program.ops:  # the value tells which argument is the largest or smallest
        return True
    used = {arg for slot in program.rows for arg in program.args[slot]} | set(program.outputs)
    result = program.inputs[program.input_names.index("y")]
    return not used.intersection(program.inputs) - {result}


def _cost_of(program: Program, slot: int) -> Cost:
    op, active = program.ops[slot], program.active
    positions = tuple(k for k, arg in enumerate(program.args[slot]) if active[arg])
    if PRIMITIVES[op].variadic:  # all partials are the same formula
        return _row_cost(op, positions[:1] and (0,), len(positions))
    return _row_cost(op, positions, 1)


def cost(program: Program) -> Cost:
    """Operations that the sweeps of a program take, inactive rows counted once."""
    primal = tangent = adjoint = 0
    for slot in program.rows:
        row = _cost_of(program, slot)
        primal += row.primal
        tangent += row.tangent
        adjoint += row.adjoint
    return Cost(primal, tangent, adjoint)


def beyond_bound(program: Program) -> list[str]:
    """The primitives, each once, of rows whose adjoint costs more than ``BOUND``."""
    found: dict[str, None] = {}
    for slot in program.rows:
        if _cost_of(program, slot).adjoint > BOUND:
            found[program.ops[slot]] = None
    return list(found)
