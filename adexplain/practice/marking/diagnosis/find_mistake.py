"""Find the mistake behind a wrong side by trying every common slip in the right row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adexplain.practice.equality import Match, WrittenNumber, compare_numbers, rounds_to
from adexplain.practice.marking.alignment.effort import Effort
from adexplain.practice.marking.alignment.rows import Row, agree
from adexplain.practice.marking.alignment.vectors import Vector
from adexplain.practice.marking.diagnosis.expected import Expected
from adexplain.practice.marking.diagnosis.mistake_kinds import CHAIN, OTHER, PARTIAL, Guess
from adexplain.practice.marking.diagnosis.mistakes_in_partials import wrong_partial
from adexplain.practice.marking.diagnosis.plausible import plausible
from adexplain.practice.marking.diagnosis.rounding import near, tolerance
from adexplain.practice.marking.diagnosis.two_mistakes import two_slips
from adexplain.practice.marking.diagnosis.usual_mistakes import guesses, overwritten_guess
from adexplain.practice.marking.reading.notation import BAR, Atom
from adexplain.practice.marking.reading.statements import Side

COMPARED = 3
"""How many points a guess is compared with a formula at."""
_SETUP = 8
"""Operations charged for a search per term of the row, before the first guess."""


def mistake_in_formula(side: Side, row: Row, expected: Expected, effort: Effort) -> Guess | None:
    """The mistake behind a formula, with the true numbers or with the student's."""
    rows = [row, expected.student] if expected.tainted else [row]
    effort.cut = False
    for candidate in rows:
        found = mistake_in_row(candidate, side, effort)
        if found:
            return found
    if has_numbers(side):
        value = row.view.evaluate(side, count=1)[0]
        room = abs(value) * side.relative_error() + 1e-9 * abs(value)
        row_at_point = row.first(1)
        tried = list(effort.limited(guesses(row_at_point), row_at_point.cost))
        return plausible(
            WrittenNumber(value, 2 * room), tried, lambda g: abs(g.values[0] - value) <= room, room
        )
    return None


def mistake_in_row(
    row: Row, side: Side, effort: Effort, instead: dict[Atom, float] | None = None
) -> Guess | None:
    """The mistake in a row that gives a formula as a function; None if none does.

    Args:
        row: what the formula should be.
        side: the formula.
        effort: the limit of the search.
        instead: numbers that replace some of its quantities.
    """
    if not effort.allows(_SETUP * len(row.terms)):
        return None
    few_points = row.first(COMPARED)
    written = few_points.view.evaluate(side, instead=instead)
    # Try all guesses at one generic point first, as nearly all of them already fail there. At the
    # given point quantities may be equal by chance.
    beside = row.between(1, 2) if len(row.seed) > 1 else few_points
    written_beside = beside.view.evaluate(side, instead=instead)
    tried = list(effort.limited(guesses(beside), beside.cost))
    hits = {(g.kind, g.sentence) for g in tried if agree(written_beside, g.values, beside.scale)}
    pair = not hits and two_slips(beside, tried, written_beside) is not None
    found: list[Guess] = []
    if hits or pair:
        tried = list(effort.limited(guesses(few_points), few_points.cost))
        found = [g for g in tried if agree(written, g.values, few_points.scale)]
    mentions_no_flow = not {term.flow for term in row.terms} & set(side.atoms.values())
    if mentions_no_flow:  # without any flow in it, a forgotten chain factor is most likely
        found.sort(key=lambda guess: guess.kind != CHAIN)
    if found:
        return found[0]
    pair_guess = two_slips(few_points, tried, written) if pair else None
    return pair_guess or _denominator(side, few_points) or _coefficient(side, few_points, written)


def _coefficient(side: Side, row: Row, written: Vector) -> Guess | None:
    """A single term with an unknown wrong partial, if the side is linear in the flows."""
    flows = {t.flow for t in row.terms}
    mentioned = [a for a in side.atoms.values() if a in flows]
    total = row.view.evaluate(side, instead=dict.fromkeys(mentioned, 0.0))
    if not agree([t + 1.0 for t in total], [s + 1.0 for s in row.seed]):
        return None
    wrong = []
    for number, term in enumerate(row.terms):
        slope = slope_wrt(side, row, term.flow) if term.flow in mentioned else [0.0] * len(written)
        total = [t + s * f for t, s, f in zip(total, slope, term.flows, strict=True)]
        if not agree([s + 1.0 for s in slope], [s + 1.0 for s in term.slopes]):
            wrong.append(number)
    if len(flows) != len(row.terms) or len(wrong) != 1 or not agree(total, written, row.scale):
        return None
    return Guess(PARTIAL, written, wrong_partial(row.terms[wrong[0]]))


def _denominator(side: Side, row: Row) -> Guess | None:
    """A quotient rule with a wrong denominator: both terms are wrong by the same factor."""
    if len(row.terms) != 2 or row.terms[0].node.op != "div" or row.target.kind == BAR:
        return None
    ratios = []
    for term in row.terms:
        slopes = slope_wrt(side, row, term.flow)
        if 0.0 in slopes or 0.0 in term.slopes:
            return None
        ratios.append([a / b for a, b in zip(slopes, term.slopes, strict=True)])
    if not agree(*ratios):
        return None
    below = row.terms[0].node.edges[1].arg
    sentence = f"The numerator of the quotient rule is right; below it belongs {below}^2."
    return Guess(PARTIAL, row.values, sentence)


def slope_wrt(side: Side, row: Row, atom: Atom) -> Vector:
    """The coefficient of a quantity in a formula that is linear in it."""
    at_one = row.view.evaluate(side, instead={atom: 1.0})
    at_zero = row.view.evaluate(side, instead={atom: 0.0})
    return [a - b for a, b in zip(at_one, at_zero, strict=True)]


def has_numbers(side: Side) -> bool:
    """Whether a formula contains numbers, perhaps in place of names."""
    return any(not constant.symbol for constant in side.program.constants.values())


def mistake_in_number(given: WrittenNumber, expected: Expected, effort: Effort) -> Guess | None:
    """The mistake behind a number; None if the search was cut off."""
    true = expected.true.values[0]
    effort.cut = False
    if given.digits == 1 and given.unit and rounds_to(given, true):
        return Guess(OTHER, [true], "One digit is too few to tell it from another number.")
    rows = (
        [expected.student, expected.true] if expected.tainted else [expected.true, expected.student]
    )
    for row in (row.first(1) for row in rows):
        if not effort.allows(_SETUP * len(row.terms)):
            return None
        spread = expected.spread if row.view.is_student else 0.0
        tried = list(effort.limited(_number_guesses(row), row.cost))
        found = guess_giving(given, tried, spread)
        if found:
            return found
    if effort.cut:
        return None
    sentence = "This is another number, and its digits do not tell which slip gave it."
    return Guess(OTHER, [true], sentence)


def guess_giving(given: WrittenNumber, tried: Sequence[Guess], spread: float = 0.0) -> Guess | None:
    """The guess that gives a number, if the number identifies one."""

    def hits(guess: Guess) -> bool:
        number = guess.values[0]
        same = compare_numbers(given, number) is not Match.WRONG
        return same or near(given, number, spread)

    return plausible(given, tried, hits, tolerance(given) + spread)


def _number_guesses(row: Row) -> Iterator[Guess]:
    """Guesses at a number; a column of numbers shows the last assignment, so try that first."""
    last = overwritten_guess(row) if row.target.kind == BAR else None
    if last:
        yield last
    yield from guesses(row)


def no_usual_slip(row: Row) -> Guess:
    """The guess for a row that no common slip explains."""
    return Guess(OTHER, row.values, f"This is not {row.target.text}, and no usual slip gives it.")


def not_searched(row: Row) -> Guess:
    """The guess for a row whose search was cut off."""
    sentence = f"This is not {row.target.text}. Too much is wrong here for all to be explained."
    return Guess(OTHER, row.values, sentence, searched=False)
