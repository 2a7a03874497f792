"""Judge one side of a statement: its mark, and the mistake if it is wrong."""

from __future__ import annotations

from adexplain.practice.equality import Match, WrittenNumber, compare_numbers
from adexplain.practice.marking.alignment.effort import Effort
from adexplain.practice.marking.alignment.rows import Row, agree
from adexplain.practice.marking.diagnosis.expected import Expected
from adexplain.practice.marking.diagnosis.find_mistake import (
    has_numbers,
    mistake_in_formula,
    mistake_in_number,
    slope_wrt,
)
from adexplain.practice.marking.diagnosis.mistake_kinds import Guess
from adexplain.practice.marking.diagnosis.rounding import near, rounded
from adexplain.practice.marking.judging.result import FOLLOWS, RIGHT, ROUNDED, WRONG
from adexplain.practice.marking.reading.notation import DOT
from adexplain.practice.marking.reading.notation import PARTIAL as PARTIAL_ATOM
from adexplain.practice.marking.reading.statements import Side

MAX_MENTIONED = 12
"""Most quantities in a formula that are checked for a wrong coefficient of a zero tangent."""

Verdict = tuple[str, Guess | None]
"""A mark, and for a wrong side the mistake."""


def judge_number(given: WrittenNumber, expected: Expected, effort: Effort | None = None) -> Verdict:
    """Judge a number; with an effort, a wrong one is explained."""
    true, student = expected.true.values[0], expected.student.values[0]
    match = compare_numbers(given, true)
    if match is Match.EXACT:
        return RIGHT, None
    if match is Match.ROUNDED or near(given, true, 0.0):
        return ROUNDED, None
    if rounded(given, true, expected.digits, expected.decimals):
        return ROUNDED, None
    if near(given, student, expected.spread):
        if not expected.tainted:
            return ROUNDED, None
        return FOLLOWS, None
    return WRONG, mistake_in_number(given, expected, effort) if effort else None


def judge_formula(side: Side, expected: Expected, effort: Effort | None = None) -> Verdict:
    """Judge a formula; with an effort, a wrong one is explained."""
    mentions_derivatives = any(a.kind == DOT or a.kind == PARTIAL_ATOM for a in side.atoms.values())
    row = (
        expected.generic if expected.generic is not None and mentions_derivatives else expected.true
    )
    readings = (
        (False, True) if any(a.kind == PARTIAL_ATOM for a in side.atoms.values()) else (False,)
    )
    for local in readings:
        if agree(row.view.evaluate(side, local), row.values, row.scale):
            return RIGHT, None
        true_row = expected.true
        same = agree(true_row.view.evaluate(side, local), true_row.values, true_row.scale)
        if (
            row is not true_row
            and same
            and not _mentions_all_flows(side, true_row)
            and _mentions_fit(side, true_row)
        ):
            return RIGHT, None
    if has_numbers(side):
        found = _with_numbers(side, expected)
        if found:
            return found, None
    student = expected.student
    if expected.tainted and agree(student.view.evaluate(side), student.values, student.scale):
        return FOLLOWS, None
    return WRONG, mistake_in_formula(side, row, expected, effort) if effort else None


def _mentions_all_flows(side: Side, row: Row) -> bool:
    """Whether a formula contains every flow of its row, so that no seed was inserted."""
    return {term.flow for term in row.terms} <= set(side.atoms.values())


def _mentions_fit(side: Side, row: Row) -> bool:
    """Whether tangents that are 0 here have the right coefficient: ``v̇3 = ẋ2`` is wrong for exp."""
    for atom in list(side.atoms.values())[:MAX_MENTIONED]:
        terms = [t for t in row.terms if (t.flow.kind, t.flow.name) == (atom.kind, atom.name)]
        if atom.kind != DOT or not terms or any(any(t.flows) for t in terms):
            continue
        slope = slope_wrt(side, row, atom)
        coefficient = [sum(column) for column in zip(*(t.slopes for t in terms), strict=True)]
        if any(slope) and not agree(slope, coefficient):
            return False
    return True


def _with_numbers(side: Side, expected: Expected) -> str | None:
    """The mark of a formula with numbers in place of names, if it is right at the given point."""
    if not any("." in c.text or abs(c.value) > 2 for c in side.program.constants.values()):
        return None
    for row, spread in ((expected.true, 0.0), (expected.student, expected.spread)):
        value = row.view.evaluate(side, count=1)[0]
        allowed = sum(row.scale[:1]) * side.relative_error() + spread
        if abs(value - row.values[0]) <= allowed + 1e-9 * abs(value):
            exact = abs(value - row.values[0]) <= 1e-9 * abs(value)
            if row is expected.student and expected.tainted:
                return FOLLOWS
            return RIGHT if exact else ROUNDED
    return None
