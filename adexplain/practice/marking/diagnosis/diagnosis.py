"""Which mistake gives what was written: every usual one is tried in the right row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adexplain.practice.equality import Given, Match, compare_numbers, rounds_to
from adexplain.practice.marking.alignment.effort import Effort
from adexplain.practice.marking.alignment.rows import Row, agree
from adexplain.practice.marking.alignment.vectors import Vector
from adexplain.practice.marking.diagnosis.expected import Expected
from adexplain.practice.marking.diagnosis.guesses import guesses, overwritten
from adexplain.practice.marking.diagnosis.guesses_partial import wrong_partial
from adexplain.practice.marking.diagnosis.kinds import CHAIN, OTHER, PARTIAL, Guess
from adexplain.practice.marking.diagnosis.pairs import two_slips
from adexplain.practice.marking.diagnosis.plausible import plausible
from adexplain.practice.marking.diagnosis.rounding import near, tolerance
from adexplain.practice.marking.reading.notation import BAR, Atom
from adexplain.practice.marking.reading.statements import Side

COMPARED = 3
"""Points at which a guess is compared with a formula."""
_SETUP = 8
"""Operations that a search costs for each term of the row, before the first guess."""


def of_formula(side: Side, row: Row, expected: Expected, effort: Effort) -> Guess | None:
    """The mistake that gives a formula, with the true numbers or with the person's own."""
    seen = [row, expected.own] if expected.tainted else [row]
    effort.cut = False
    for one in seen:
        found = explained(one, side, effort)
        if found:
            return found
    if numeric(side):
        value = row.view.evaluate(side, count=1)[0]
        room = abs(value) * side.spread() + 1e-9 * abs(value)
        here = row.first(1)
        tried = list(effort.limited(guesses(here), here.cost))
        return plausible(
            Given(value, 2 * room), tried, lambda g: abs(g.values[0] - value) <= room, room
        )
    return None


def explained(
    row: Row, side: Side, effort: Effort, instead: dict[Atom, float] | None = None
) -> Guess | None:
    """The mistake in a row that gives a formula as a function, if there is one.

    Args:
        row: what the formula should be.
        side: the formula.
        effort: what may be spent.
        instead: numbers for some of its quantities.
    """
    if not effort.allows(_SETUP * len(row.terms)):
        return None
    few = row.first(COMPARED)
    written = few.view.evaluate(side, instead=instead)
    # Nearly all guesses fail at a single point, and one beside the point looked at, where nothing
    # is equal by chance, tells: so the others are not computed for them.
    beside = row.between(1, 2) if len(row.seed) > 1 else few
    there = beside.view.evaluate(side, instead=instead)
    tried = list(effort.limited(guesses(beside), beside.cost))
    close = {(g.kind, g.sentence) for g in tried if agree(there, g.values, beside.scale)}
    pair = not close and two_slips(beside, tried, there) is not None
    found: list[Guess] = []
    if close or pair:
        tried = list(effort.limited(guesses(few), few.cost))
        found = [g for g in tried if agree(written, g.values, few.scale)]
    silent = not {term.flow for term in row.terms} & set(side.atoms.values())
    if silent:  # where it speaks of no tangent at all, the tangent was forgotten
        found.sort(key=lambda guess: guess.kind != CHAIN)
    if found:
        return found[0]
    both = two_slips(few, tried, written) if pair else None
    return both or _denominator(side, few) or _coefficient(side, few, written)


def _coefficient(side: Side, row: Row, written: Vector) -> Guess | None:
    """The one term whose partial is another formula, where the side is linear in the flows."""
    flows = {t.flow for t in row.terms}
    spoken = [a for a in side.atoms.values() if a in flows]
    total = row.view.evaluate(side, instead=dict.fromkeys(spoken, 0.0))
    if not agree([t + 1.0 for t in total], [s + 1.0 for s in row.seed]):
        return None
    wrong = []
    for number, term in enumerate(row.terms):
        slope = slope_by(side, row, term.flow) if term.flow in spoken else [0.0] * len(written)
        total = [t + s * f for t, s, f in zip(total, slope, term.flows, strict=True)]
        if not agree([s + 1.0 for s in slope], [s + 1.0 for s in term.slopes]):
            wrong.append(number)
    if len(flows) != len(row.terms) or len(wrong) != 1 or not agree(total, written, row.scale):
        return None
    return Guess(PARTIAL, written, wrong_partial(row.terms[wrong[0]]))


def _denominator(side: Side, row: Row) -> Guess | None:
    """A quotient rule whose numerator is right: all its terms are wrong by one factor."""
    if len(row.terms) != 2 or row.terms[0].node.op != "div" or row.target.kind == BAR:
        return None
    ratios = []
    for term in row.terms:
        slopes = slope_by(side, row, term.flow)
        if 0.0 in slopes or 0.0 in term.slopes:
            return None
        ratios.append([a / b for a, b in zip(slopes, term.slopes, strict=True)])
    if not agree(*ratios):
        return None
    below = row.terms[0].node.edges[1].arg
    sentence = f"The numerator of the quotient rule is right; below it belongs {below}^2."
    return Guess(PARTIAL, row.values, sentence)


def slope_by(side: Side, row: Row, atom: Atom) -> Vector:
    """What a formula that is linear in a quantity multiplies it by."""
    one = row.view.evaluate(side, instead={atom: 1.0})
    none = row.view.evaluate(side, instead={atom: 0.0})
    return [a - b for a, b in zip(one, none, strict=True)]


def numeric(side: Side) -> bool:
    """Whether numbers stand in a formula, perhaps in the place of names."""
    return any(not constant.symbol for constant in side.program.constants.values())


def of_number(given: Given, expected: Expected, effort: Effort) -> Guess | None:
    """The mistake that gives a number, where the number has enough digits to tell."""
    true = expected.true.values[0]
    effort.cut = False
    if given.digits == 1 and given.unit and rounds_to(given, true):
        return Guess(OTHER, [true], "One digit is too few to tell it from another number.")
    rows = [expected.own, expected.true] if expected.tainted else [expected.true, expected.own]
    for row in (row.first(1) for row in rows):
        if not effort.allows(_SETUP * len(row.terms)):
            return None
        spread = expected.spread if row.view.own else 0.0
        tried = list(effort.limited(_of_numbers(row), row.cost))
        found = given_by(given, tried, spread)
        if found:
            return found
    if effort.cut:
        return None
    sentence = "This is another number, and its digits do not tell which slip gave it."
    return Guess(OTHER, [true], sentence)


def given_by(given: Given, tried: Sequence[Guess], spread: float = 0.0) -> Guess | None:
    """The one of some guesses that gives a number, if the number tells."""

    def hits(guess: Guess) -> bool:
        number = guess.values[0]
        same = compare_numbers(given, number) is not Match.WRONG
        return same or near(given, number, spread)

    return plausible(given, tried, hits, tolerance(given) + spread)


def _of_numbers(row: Row) -> Iterator[Guess]:
    """Guesses at a number: what a column of numbers shows last is what was assigned last."""
    last = overwritten(row) if row.target.kind == BAR else None
    if last:
        yield last
    yield from guesses(row)


def nothing_usual(row: Row) -> Guess:
    """What is said of a row that none of the usual slips explains."""
    return Guess(OTHER, row.values, f"This is not {row.target.told()}, and no usual slip gives it.")


def not_looked(row: Row) -> Guess:
    """What is said of a row whose mistake was not looked for, or not to the end."""
    sentence = f"This is not {row.target.told()}. Too much is wrong here for all to be explained."
    return Guess(OTHER, row.values, sentence, looked=False)
