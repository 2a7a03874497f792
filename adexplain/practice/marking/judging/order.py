"""Whether the statements of a list come in an order in which they can be carried out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adexplain.practice.marking.diagnosis.kinds import ORDER, Guess
from adexplain.practice.marking.judging.protocol import Judging
from adexplain.practice.marking.reading.notation import BAR, DOT, Atom
from adexplain.practice.marking.reading.statements import Statement


def used_early(judge: Judging) -> Iterator[tuple[Statement, Guess]]:
    """Statements that use a tangent or adjoint before it is complete.

    A list may be read from its top or from its bottom, and a table in any order: it is a list of
    equations. Statements that add (+=) are read as they stand.
    """
    for statements, kind in ((judge.adjoints, BAR), *((s, DOT) for s in judge.tangents.values())):
        listed = [s for s in statements if not s.table and (s.formulas or s.adds)]
        if len(listed) < 2:
            continue
        down, up = _violations(listed, kind), _violations(listed[::-1], kind)
        adding = any(s.adds for s in listed)
        if not down or (not up and not adding):
            continue
        for statement, atom, late in down if adding or len(down) <= len(up) else up:
            yield statement, _told(atom, late)


def _violations(
    statements: Sequence[Statement], kind: str
) -> list[tuple[Statement, Atom, Statement]]:
    """Each statement that uses what a later one still changes, with that one."""
    found = []
    for place, statement in enumerate(statements):
        used = [
            atom
            for side in statement.formulas
            for atom in side.atoms.values()
            if atom.kind == kind and atom != statement.target
        ]
        for atom in used:
            late = next((s for s in statements[place + 1 :] if s.target == atom), None)
            if late is not None and not _restates(statements[:place], atom, late):
                found.append((statement, atom, late))
                break
    return found


def _restates(before: Sequence[Statement], atom: Atom, late: Statement) -> bool:
    """Whether a later statement only gives the number of what was complete before."""
    return not late.adds and not late.formulas and any(s.target == atom for s in before)


def _told(atom: Atom, late: Statement) -> Guess:
    name = atom.told()
    if late.adds:
        what = f"{name} is used here before it is complete: line {late.line} still adds to it."
    else:
        what = f"{name} is used here before it has a value: that comes in line {late.line}."
    if atom.kind == BAR:
        rule = "In the reverse sweep a row passes on its adjoint when all rows that use it have."
    else:
        rule = "In the forward sweep a row comes after the rows it uses."
    return Guess(ORDER, [], f"{what} {rule}")
