"""One side of a statement against what it should be: the mark, and the mistake if it is wrong."""

from __future__ import annotations

from adexplain.practice.equality import Given, Match, compare_numbers
from adexplain.practice.marking.alignment.effort import Effort
from adexplain.practice.marking.alignment.rows import Row, agree
from adexplain.practice.marking.diagnosis.diagnosis import numeric, of_formula, of_number, slope_by
from adexplain.practice.marking.diagnosis.expected import Expected
from adexplain.practice.marking.diagnosis.kinds import Guess
from adexplain.practice.marking.diagnosis.rounding import near, rounded
from adexplain.practice.marking.judging.result import FOLLOWS, RIGHT, ROUNDED, WRONG
from adexplain.practice.marking.reading.notation import DOT
from adexplain.practice.marking.reading.notation import PARTIAL as PER
from adexplain.practice.marking.reading.statements import Side

MENTIONED = 12
"""Tangents that are 0 of which one row is asked whether it has the right partial of each."""

Verdict = tuple[str, Guess | None]
"""A mark, and the mistake of a wrong one."""


def judge_number(given: Given, expected: Expected, effort: Effort | None = None) -> Verdict:
    """A number against the row; with something to spend, a wrong one is explained."""
    true, own = expected.true.values[0], expected.own.values[0]
    match = compare_numbers(given, true)
    if match is Match.EXACT:
        return RIGHT, None
    if match is Match.ROUNDED or near(given, true, 0.0):
        return ROUNDED, None
    if rounded(given, true, expected.digits, expected.decimals):
        return ROUNDED, None
    if near(given, own, expected.spread):
        if not expected.tainted:
            return ROUNDED, None
        return FOLLOWS, None
    return WRONG, of_number(given, expected, effort) if effort else None


def judge_formula(side: Side, expected: Expected, effort: Effort | None = None) -> Verdict:
    """A formula against the row; with something to spend, a wrong one is explained."""
    speaks = any(a.kind == DOT or a.kind == PER for a in side.atoms.values())
    row = expected.free if expected.free is not None and speaks else expected.true
    readings = (False, True) if any(a.kind == PER for a in side.atoms.values()) else (False,)
    for local in readings:
        if agree(row.view.evaluate(side, local), row.values, row.scale):
            return RIGHT, None
        here = expected.true
        same = agree(here.view.evaluate(side, local), here.values, here.scale)
        if row is not here and same and not _is_whole(side, here) and _mentions_fit(side, here):
            return RIGHT, None
    if numeric(side):
        found = _with_numbers(side, expected)
        if found:
            return found, None
    own = expected.own
    if expected.tainted and agree(own.view.evaluate(side), own.values, own.scale):
        return FOLLOWS, None
    return WRONG, of_formula(side, row, expected, effort) if effort else None


def _is_whole(side: Side, row: Row) -> bool:
    """Whether a formula speaks of every tangent of its row: then no seed was put in."""
    return {term.flow for term in row.terms} <= set(side.atoms.values())


def _mentions_fit(side: Side, row: Row) -> bool:
    """Whether a tangent that is 0 here has its own partial: ``v̇3 = ẋ2`` is no rule for exp."""
    for atom in list(side.atoms.values())[:MENTIONED]:
        terms = [t for t in row.terms if (t.flow.kind, t.flow.name) == (atom.kind, atom.name)]
        if atom.kind != DOT or not terms or any(any(t.flows) for t in terms):
            continue
        slope = slope_by(side, row, atom)
        wanted = [sum(column) for column in zip(*(t.slopes for t in terms), strict=True)]
        if any(slope) and not agree(slope, wanted):
            return False
    return True


def _with_numbers(side: Side, expected: Expected) -> str | None:
    """The mark of a formula with numbers in it, which is right at the point alone."""
    if not any("." in c.text or abs(c.value) > 2 for c in side.program.constants.values()):
        return None
    for row, spread in ((expected.true, 0.0), (expected.own, expected.spread)):
        value = row.view.evaluate(side, count=1)[0]
        room = sum(row.scale[:1]) * side.spread() + spread
        if abs(value - row.values[0]) <= room + 1e-9 * abs(value):
            exact = abs(value - row.values[0]) <= 1e-9 * abs(value)
            if row is expected.own and expected.tainted:
                return FOLLOWS
            return RIGHT if exact else ROUNDED
    return None
