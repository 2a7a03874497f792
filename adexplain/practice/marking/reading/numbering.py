"""Alternative readings of a work: rows numbered in another order, dv3 or v3' as an adjoint."""

from __future__ import annotations

import re
from dataclasses import replace

from adexplain.practice.marking.reading.notation import BAR, DOT, Atom
from adexplain.practice.marking.reading.work import Work
from adexplain.program import Program


def left_to_right_names(program: Program, work: Work) -> dict[int, str]:
    """Names of the rows if they are numbered in the order of evaluation from left to right.

    The trace first computes the rows whose arguments are known, so in ln(x1) + x1*x2 - sin(x2) the
    sine is v3; a student who works from left to right adds first. There is nothing to guess if the
    work defines its rows or if the function names them.

    Returns:
        Row → name; empty if the names would be those of the trace, or are not to be guessed.
    """
    automatic = all(re.fullmatch(r"v\d+", program.names[slot]) for slot in program.rows)
    if program.labels or not automatic or any(not s.target.kind for s in work.statements):
        return {}
    order: dict[int, None] = {}
    pending = [(slot, False) for slot in reversed(program.outputs)]
    while pending:
        slot, done = pending.pop()
        if slot in order or not program.args[slot]:
            continue
        if done:
            order[slot] = None
        else:
            pending += [(slot, True), *((arg, False) for arg in reversed(program.args[slot]))]
    renamed = {slot: f"v{number}" for number, slot in enumerate(order, 1)}
    if set(renamed) != set(program.rows):
        return {}
    atoms = {statement.target for statement in work.statements}
    for statement in work.statements:
        atoms.update(atom for side in statement.formulas for atom in side.atoms.values())
    used_names = {atom.name for atom in atoms} | {atom.wrt for atom in atoms}
    moved = {name for slot, name in renamed.items() if program.names[slot] != name}
    return renamed if moved & used_names else {}


_DIFFERENTIALS = re.compile(r"(?m)(?<![\w\\/])d[^\W\d_]\w*\s*\+?=")


def may_mean_adjoints(work: Work, text: str, program: Program) -> bool:
    """Whether what is written as tangents may be adjoints.

    Programmers call the adjoint dv3, and a list from the output to an input is a reverse sweep in
    whatever notation.
    """
    targets = [statement.target for statement in work.statements if statement.target.kind]
    if any(target.kind != DOT for target in targets) or not targets:
        return False
    outputs = {program.names[slot] for slot in program.outputs} | {*program.output_names}
    backwards = targets[0].name in outputs and targets[-1].name in program.input_names
    return backwards or _DIFFERENTIALS.search(text) is not None


def as_adjoints(work: Work) -> Work:
    """Read each dv3 or v3' of a work as the adjoint of v3; changes the work."""

    def to_adjoint(atom: Atom) -> Atom:
        return replace(atom, kind=BAR) if atom.kind == DOT and not atom.wrt else atom

    for statement in work.statements:
        statement.target = to_adjoint(statement.target)
        for side in statement.formulas:
            side.atoms = {key: to_adjoint(atom) for key, atom in side.atoms.items()}
    return work
