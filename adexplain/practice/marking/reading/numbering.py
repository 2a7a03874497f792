"""Other ways to read a work: rows numbered in another order, dv3 or v3' for an adjoint."""

from __future__ import annotations

import re
from dataclasses import replace

from adexplain.practice.marking.reading.notation import BAR, DOT, Atom
from adexplain.practice.marking.reading.work import Work
from adexplain.program import Program


def written_order(program: Program, work: Work) -> dict[int, str]:
    """Names of the rows by the order in which a person would write them, left to right.

    The trace computes row by row what can be computed, so in ln(x1) + x1*x2 - sin(x2) the sine has
    the number 3; who evaluates from left to right has added first. A work that says what its rows
    are needs no such guess, nor does a function whose rows have names of their own.

    Returns:
        Row → name; empty where the order is the trace's, or must be.
    """
    automatic = all(re.fullmatch(r"v\d+", program.names[slot]) for slot in program.rows)
    if program.labels or not automatic or any(not s.target.kind for s in work.statements):
        return {}
    order: dict[int, None] = {}
    todo = [(slot, False) for slot in reversed(program.outputs)]
    while todo:
        slot, done = todo.pop()
        if slot in order or not program.args[slot]:
            continue
        if done:
            order[slot] = None
        else:
            todo += [(slot, True), *((arg, False) for arg in reversed(program.args[slot]))]
    called = {slot: f"v{number}" for number, slot in enumerate(order, 1)}
    if set(called) != set(program.rows):
        return {}
    atoms = {statement.target for statement in work.statements}
    for statement in work.statements:
        atoms.update(atom for side in statement.formulas for atom in side.atoms.values())
    spoken = {atom.name for atom in atoms} | {atom.per for atom in atoms}
    moved = {name for slot, name in called.items() if program.names[slot] != name}
    return called if moved & spoken else {}


_DIFFERENTIALS = re.compile(r"(?m)(?<![\w\\/])d[^\W\d_]\w*\s*\+?=")


def may_mean_adjoints(work: Work, text: str, program: Program) -> bool:
    """Whether what looks like tangents may be adjoints.

    Who programs calls them dv3; and who begins with the output's and ends with an input's goes
    backwards, whatever the sign.
    """
    targets = [statement.target for statement in work.statements if statement.target.kind]
    if any(target.kind != DOT for target in targets) or not targets:
        return False
    outputs = {program.names[slot] for slot in program.outputs} | {*program.output_names}
    backwards = targets[0].name in outputs and targets[-1].name in program.input_names
    return backwards or _DIFFERENTIALS.search(text) is not None


def as_adjoints(work: Work) -> Work:
    """The work with each dv3 or v3' read as the adjoint of v3."""

    def turned(atom: Atom) -> Atom:
        return replace(atom, kind=BAR) if atom.kind == DOT and not atom.per else atom

    for statement in work.statements:
        statement.target = turned(statement.target)
        for side in statement.formulas:
            side.atoms = {key: turned(atom) for key, atom in side.atoms.items()}
    return work
