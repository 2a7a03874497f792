"""Check that the statements of a list are in an order in which they can be carried out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adexplain.practice.marking.diagnosis.mistake_kinds import ORDER, Guess
from adexplain.practice.marking.judging.protocol import JudgeInterface
from adexplain.practice.marking.reading.notation import BAR, DOT, Atom
from adexplain.practice.marking.reading.statements import Statement


def early_uses(judge: JudgeInterface) -> Iterator[tuple[Statement, Guess]]:
    """Statements that use a tangent or adjoint before it is complete, each with the mistake.

    A list may be in order from the top or from the bottom. Tables are equations, so their order
    does not matter. A list with statements that add (+=) must be in order from the top.
    """
    for statements, kind in ((judge.adjoints, BAR), *((s, DOT) for s in judge.tangents.values())):
        in_list = [s for s in statements if not s.table and (s.formulas or s.adds)]
        if len(in_list) < 2:
            continue
        violations_down, violations_up = (
            _violations(in_list, kind),
            _violations(in_list[::-1], kind),
        )
        adding = any(s.adds for s in in_list)
        if not violations_down or (not violations_up and not adding):
            continue
        for statement, atom, late in (
            violations_down
            if adding or len(violations_down) <= len(violations_up)
            else violations_up
        ):
            yield statement, _early_use_guess(atom, late)


def _violations(
    statements: Sequence[Statement], kind: str
) -> list[tuple[Statement, Atom, Statement]]:
    """(statement, quantity, later statement) where the later statement changes the quantity."""
    found = []
    for index, statement in enumerate(statements):
        used = [
            atom
            for side in statement.formulas
            for atom in side.atoms.values()
            if atom.kind == kind and atom != statement.target
        ]
        for atom in used:
            late = next((s for s in statements[index + 1 :] if s.target == atom), None)
            if late is not None and not _only_restates(statements[:index], atom, late):
                found.append((statement, atom, late))
                break
    return found


def _only_restates(before: Sequence[Statement], atom: Atom, late: Statement) -> bool:
    """Whether a later statement only gives the number of a quantity that was complete before."""
    return not late.adds and not late.formulas and any(s.target == atom for s in before)


def _early_use_guess(atom: Atom, late: Statement) -> Guess:
    name = atom.text
    if late.adds:
        what = f"{name} is used here before it is complete: line {late.line} still adds to it."
    else:
        what = f"{name} is used here before it has a value: that comes in line {late.line}."
    if atom.kind == BAR:
        rule = "In the reverse sweep a row passes on its adjoint when all rows that use it have."
    else:
        rule = "In the forward sweep a row comes after the rows it uses."
    return Guess(ORDER, [], f"{what} {rule}")
