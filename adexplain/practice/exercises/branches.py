"""Which branch a function with a kink takes to either side of it."""

from __future__ import annotations

from adexplain.explanation.explain import Explanation
from adexplain.typeset.formulas import name_latex

_KINKED = ("abs", "relu", "max", "min")


def branch(explanation: Explanation, side: str) -> str:
    """What the row with the kink is on one side, in a sentence with formulas between dollar signs.

    Args:
        explanation: a trace at the kink, of one input, whose tangents are those along 1.
        side: "left" or "right".
    """
    program, tangents = explanation.program, explanation.trace.tangents
    slot = next(slot for slot in program.rows if program.ops[slot] in _KINKED)
    args = program.args[slot]
    kinked = next(row for row in explanation.rows if row.name == program.names[slot])
    names = [name_latex(program.names[arg]) for arg in args]
    # To the left an argument that grows is smaller than at the kink.
    moves = [(tangents[arg] or 0.0) * (1 if side == "right" else -1) for arg in args]
    row = f"{name_latex(kinked.name)} = {kinked.latex}"
    where = f"To the {side} of the kink"
    if len(args) == 2:
        greater = names[moves[1] > moves[0]]
        lesser = names[moves[1] <= moves[0]]
        taken = greater if program.ops[slot] == "max" else lesser
        return f"{where} ${greater} > {lesser}$, so ${row} = {taken}$."
    if moves[0] > 0:
        return f"{where} ${names[0]} > 0$, so ${row} = {names[0]}$."
    taken = f"-{names[0]}" if program.ops[slot] == "abs" else "0"
    return f"{where} ${names[0]} < 0$, so ${row} = {taken}$."
