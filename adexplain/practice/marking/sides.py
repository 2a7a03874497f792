"""One side of a statement against what it should be: the mark, and the mistake if it is wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from adexplain.practice.equality import Given, Match, compare_numbers
from adexplain.practice.marking.alignment import Vector
from adexplain.practice.marking.guesses import guesses, overwritten
from adexplain.practice.marking.guesses_partial import wrong_partial
from adexplain.practice.marking.kinds import CHAIN, OTHER, PARTIAL, Guess
from adexplain.practice.marking.notation import DOT
from adexplain.practice.marking.notation import PARTIAL as PER
from adexplain.practice.marking.result import FOLLOWS, RIGHT, ROUNDED, WRONG
from adexplain.practice.marking.rows import Row, agree
from adexplain.practice.marking.statements import Side

DIAGNOSED = 25
"""Wrong sides that are explained; of more only the right row is told, to bound the time."""
COMPARED = 3
"""Points at which a guess is compared with a formula."""

Verdict = tuple[str, Guess | None]
"""A mark, and the mistake of a wrong one."""


@dataclass(eq=False)
class Expected:
    """What a row should be, seen from three sides.

    Attributes:
        true: with the right numbers.
        free: the same in directions in which no tangent is 0; None for adjoints.
        own: with the person's own earlier numbers.
        spread: how far the own row may be off because those were rounded.
        tainted: whether an earlier row it depends on is wrong.
        diagnose: whether a wrong side is to be explained.
        digits, decimals: the most that the work's numbers have; trailing zeros may be left out.
    """

    true: Row
    free: Row | None
    own: Row
    spread: float = 0.0
    tainted: bool = False
    digits: int = 0
    decimals: int = 0
    diagnose: bool = True


def tolerance(given: Given) -> float:
    """How far a number may be from the true one: half a unit of its last digit, cut ones a unit."""
    if not given.unit:
        return 0.0
    if given.digits >= 2:
        return given.unit
    return given.unit / 2 if given.unit <= 0.01 else 0.0


def rounded(given: Given, true: float, digits: int, decimals: int) -> bool:
    """Whether a number is the true one at the digits others have: −0.1 for −0.100."""
    if not given.unit or not math.isfinite(true) or given.value == 0.0:
        return False
    by_digits = 2 <= digits <= 12 and float(f"{true:.{digits}g}") == given.value
    return by_digits or (2 <= decimals <= 12 and round(true, decimals) == given.value)


def judge_number(given: Given, expected: Expected) -> Verdict:
    """A number against the row."""
    true, own = expected.true.values[0], expected.own.values[0]
    match = compare_numbers(given, true)
    if match is Match.EXACT:
        return RIGHT, None
    if match is Match.ROUNDED or _near(given, true, 0.0):
        return ROUNDED, None
    if rounded(given, true, expected.digits, expected.decimals):
        return ROUNDED, None
    if _near(given, own, expected.spread):
        if not expected.tainted:
            return ROUNDED, None
        return FOLLOWS, None
    if not expected.diagnose:
        return WRONG, None
    rows = [expected.true, expected.own] if not expected.tainted else [expected.own, expected.true]
    for row in (row.first(1) for row in rows):
        spread = expected.spread if row.view.own else 0.0
        found = next((g for g in _of_numbers(row) if _hits(given, g.values[0], spread)), None)
        if found:
            return WRONG, found
    return WRONG, None


def _of_numbers(row: Row) -> Iterator[Guess]:
    """Guesses at a number: what a column of numbers shows last is what was assigned last."""
    last = overwritten(row) if row.target.kind == "bar" else None
    if last:
        yield last
    yield from guesses(row)


def _near(given: Given, number: float, spread: float) -> bool:
    if not (math.isfinite(given.value) and math.isfinite(number)):
        return False
    room = tolerance(given) + spread
    return abs(given.value - number) <= room + 1e-12 * abs(number)


def _hits(given: Given, number: float, spread: float) -> bool:
    if compare_numbers(given, number) is not Match.WRONG:
        return True
    return _near(given, number, spread)


def judge_formula(side: Side, expected: Expected) -> Verdict:
    """A formula against the row."""
    speaks = any(a.kind == DOT or a.kind == PER for a in side.atoms.values())
    row = expected.free if expected.free is not None and speaks else expected.true
    readings = (False, True) if any(a.kind == PER for a in side.atoms.values()) else (False,)
    for local in readings:
        if agree(row.view.evaluate(side, local), row.values, row.scale):
            return RIGHT, None
        here = expected.true
        same = agree(here.view.evaluate(side, local), here.values, here.scale)
        if row is not here and same and _mentions_fit(side, here):
            return RIGHT, None
    if _numeric(side):
        found = _with_numbers(side, expected)
        if found:
            return found, None
    own = expected.own
    if expected.tainted and agree(own.view.evaluate(side), own.values, own.scale):
        return FOLLOWS, None
    return WRONG, _mistake(side, row, own) if expected.diagnose else None


def _mistake(side: Side, row: Row, own: Row) -> Guess | None:
    """The guess that reproduces a formula, with the true numbers or with the person's own."""
    flows = {term.flow for term in row.terms}
    silent = not flows & set(side.atoms.values())
    for seen in (row.first(COMPARED), own.first(COMPARED)):
        written = seen.view.evaluate(side)
        if silent:  # where it speaks of no tangent at all, the tangent was forgotten
            chain = (guess for guess in guesses(seen) if guess.kind == CHAIN)
            found = _first(chain, lambda g, w=written, s=seen: agree(w, g.values, s.scale))  # type: ignore[misc]
            if found:
                return found
        found = _first(guesses(seen), lambda g, w=written, s=seen: agree(w, g.values, s.scale))  # type: ignore[misc]
        found = found or _coefficient(side, seen, written)
        if found:
            return found
    if _numeric(side):
        value = row.view.evaluate(side, count=1)[0]
        room = abs(value) * side.spread() + 1e-9 * abs(value)
        return _first(guesses(row), lambda g: abs(g.values[0] - value) <= room)
    return None


def _first(found: Iterable[Guess], fits: Callable[[Guess], bool]) -> Guess | None:
    return next((guess for guess in found if fits(guess)), None)


def _mentions_fit(side: Side, row: Row) -> bool:
    """Whether a tangent that is 0 here has its own partial: ``v̇3 = ẋ2`` is no rule for exp."""
    for atom in side.atoms.values():
        terms = [t for t in row.terms if (t.flow.kind, t.flow.name) == (atom.kind, atom.name)]
        if atom.kind != DOT or not terms or any(any(t.flows) for t in terms):
            continue
        slope = _slope_by(side, row, atom)
        wanted = [sum(column) for column in zip(*(t.slopes for t in terms), strict=True)]
        if any(slope) and not agree(slope, wanted):
            return False
    return True


def _slope_by(side: Side, row: Row, atom: object) -> Vector:
    one = row.view.evaluate(side, instead={atom: 1.0})  # type: ignore[dict-item]
    none = row.view.evaluate(side, instead={atom: 0.0})  # type: ignore[dict-item]
    return [a - b for a, b in zip(one, none, strict=True)]


def _coefficient(side: Side, row: Row, written: Vector) -> Guess | None:
    """The one term whose partial is another formula, where the side is linear in the flows."""
    flows = {t.flow for t in row.terms}
    spoken = [a for a in side.atoms.values() if a in flows]
    total = row.view.evaluate(side, instead=dict.fromkeys(spoken, 0.0))
    if not agree([t + 1.0 for t in total], [s + 1.0 for s in row.seed]):
        return None
    wrong = []
    for number, term in enumerate(row.terms):
        slope = _slope_by(side, row, term.flow) if term.flow in spoken else [0.0] * len(written)
        total = [t + s * f for t, s, f in zip(total, slope, term.flows, strict=True)]
        if not agree([s + 1.0 for s in slope], [s + 1.0 for s in term.slopes]):
            wrong.append(number)
    if len(flows) != len(row.terms) or len(wrong) != 1 or not agree(total, written, row.scale):
        return None
    return Guess(PARTIAL, written, wrong_partial(row.terms[wrong[0]]))


def _numeric(side: Side) -> bool:
    """Whether numbers stand in a formula, perhaps in the place of names."""
    return any(not constant.symbol for constant in side.program.constants.values())


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


def nothing_usual(row: Row) -> Guess:
    """What is said of a row that none of the usual slips explains."""
    return Guess(OTHER, row.values, f"This is not {row.target.told()}, and no usual slip gives it.")
