"""Which branch a function with a kink takes on either side of the kink."""

from __future__ import annotations

from adexplain.explanation.explain import Explanation
from adexplain.typeset.formulas import name_latex

_KINKED = ("abs", "relu", "max", "min")


def branch(explanation: Explanation, side: str) -> str:
    """A sentence on the branch taken on one side of a kink, with formulas between dollar signs.

    Args:
        explanation: a trace at the kink, of one input with tangent seed 1.
        side: "left" or "right".
    """
    program, tangents = explanation.program, explanation.trace.tangents
    slot = next(slot for slot in program.rows if program.ops[slot] in _KINKED)
    args = program.args[slot]
    kinked = next(row for row in explanation.rows if row.name == program.names[slot])
    names = [name_latex(program.names[arg]) for arg in args]
    # An increasing argument is smaller to the left of the kink than at it.
    changes = [(tangents[arg] or 0.0) * (1 if side == "right" else -1) for arg in args]
    row = f"{name_latex(kinked.name)} = {kinked.latex}"
    where = f"To the {side} of the kink"
    if len(args) == 2:
        greater = names[changes[1] > changes[0]]
        lesser = names[changes[1] <= changes[0]]
        chosen = greater if program.ops[slot] == "max" else lesser
        return f"{where} ${greater} > {lesser}$, so ${row} = {chosen}$."
    if changes[0] > 0:
        return f"{where} ${names[0]} > 0$, so ${row} = {names[0]}$."
    chosen = f"-{names[0]}" if program.ops[slot] == "abs" else "0"
    return f"{where} ${names[0]} < 0$, so ${row} = {chosen}$."
