"""Forward mode as a program: each row is followed by the row of its tangent.

Source: Griewank & Walther, Evaluating Derivatives (2008), section 3.1, Table 3.4.
"""

from __future__ import annotations

from adexplain.primitives.primitive import SELECTING
from adexplain.program import Program
from adexplain.transforms.names import Namer, copy_primal
from adexplain.transforms.partials import RowPartials
from adexplain.transforms.simplify import ReadableSimplifier, Simplifier


def tangent(program: Program, readable: bool = False) -> Program:
    """The program that computes a directional derivative beside the function.

    Args:
        program: the function.
        readable: make a program for printing: every row's tangent is a statement of its own, even
            one that only copies another, and statements share no rows.

    Its inputs are those of ``program``, then one tangent for each (``x_dot``); its outputs are
    those of ``program``, then the tangent of each. Derivatives of derivatives: apply it again.
    """
    builder = ReadableSimplifier() if readable else Simplifier()
    primal = copy_primal(program, builder)
    namer = Namer(program)
    names = program.names
    dots: dict[int, int] = {}
    row_dots: dict[str, str] = {}
    for slot in program.inputs:
        dots[slot] = builder.input(namer.fresh(f"{names[slot]}_dot"))
    for slot in program.rows:
        dot = _row_tangent(program, builder, slot, primal, dots)
        if dot is not None:
            dot = builder.statement(dot)
            dots[slot] = dot
            row_dots[names[slot]] = namer.fresh(f"{names[slot]}_dot")
            builder.targets.setdefault(dot, row_dots[names[slot]])
    zero = builder.constant(0.0)
    outputs = [primal[slot] for slot in program.outputs]
    outputs += [dots.get(slot, zero) for slot in program.outputs]
    # An output with the name of its row shares the name of the row's tangent.
    dotted = [row_dots.get(name) or namer.fresh(f"{name}_dot") for name in program.output_names]
    return builder.build(outputs, [*program.output_names, *dotted])


def _row_tangent(
    program: Program, builder: Simplifier, slot: int, primal: list[int], dots: dict[int, int]
) -> int | None:
    """The tangent of one row: the sum over its active arguments of partial times tangent."""
    op, args = program.ops[slot], program.args[slot]
    if op in SELECTING:
        # The tangent chooses as well, so that the branch not taken stays unevaluated.
        zero = builder.constant(0.0)
        condition, then, other = args
        if then in dots or other in dots:
            branches = dots.get(then, zero), dots.get(other, zero)
            return builder.row("where", primal[condition], *branches)
        return None
    total: int | None = None
    places = tuple(primal[arg] for arg in args)
    partials = RowPartials(builder, op, places, primal[slot])
    for position, arg in enumerate(args):
        slope = partials.slot(position) if arg in dots else None
        if slope is not None:
            term = builder.row("mul", slope, dots[arg])
            total = term if total is None else builder.row("add", total, term)
    return total
