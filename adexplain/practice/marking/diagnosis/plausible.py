"""Whether a number is enough to name the mistake behind it.

Hundreds of slips are tried, and a number of few digits is met by one of them by chance: 0.5 for
cos(1) is also 1/(2√1). So a slip is named only where so few slips give a number near the one
written that a hit is no accident, or where it is one of the plain slips that are made every day.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

from adexplain.practice.equality import Given
from adexplain.practice.marking.diagnosis.kinds import (
    ASSIGNED,
    CONTRIBUTION,
    FAR,
    LIKELY,
    PLAIN,
    SIGN,
    Guess,
)

ACCIDENTS = {PLAIN: 0.25, LIKELY: 0.1, FAR: 0.05}
"""How many hits by chance may be expected at most where a slip is named, by how near it lies."""
_ALIKE = {ASSIGNED, CONTRIBUTION}
"""Two names of one loss: what was overwritten is missing."""
_SIMPLE = 12
"""The largest denominator of a number that many formulas give at a point of small numbers."""
_AROUND = 0.25
"""How far from the number, relative to it, the slips are counted."""


def plausible(
    given: Given, tried: Sequence[Guess], hits: Callable[[Guess], bool], room: float
) -> Guess | None:
    """The slip behind a number, if the number tells.

    Args:
        given: the number.
        tried: the slips that were tried, the plainest first.
        hits: whether a slip gives the number.
        room: how far from it a slip may be to be taken for it.
    """
    found = [guess for guess in tried if hits(guess)]
    exactly = [g for g in found if math.isclose(g.values[0], given.value, rel_tol=1e-9)]
    found = exactly or found
    for rank, most in ACCIDENTS.items():
        here = [guess for guess in found if guess.rank <= rank]
        if not here:
            continue
        numbers = [guess.values[0] for guess in tried if guess.rank <= rank]
        same = [g for g in found if math.isclose(g.values[0], here[0].values[0], rel_tol=1e-9)]
        alike = all(guess in same for guess in here)
        if (rank == PLAIN and alike) or accidents(given, numbers, room) <= most:
            return _or_else(same)
        return None
    return None


def _or_else(same: Sequence[Guess]) -> Guess:
    """Of slips that give one number the plainest, and another kind that it may be as well."""
    first = same[0]
    if first.kind == SIGN:
        return first
    usual = LIKELY if first.rank else PLAIN
    others = [g for g in same if g.rank <= usual and not {g.kind, first.kind} <= _ALIKE]
    other = next((guess for guess in others if guess.kind != first.kind), None)
    if other is None:
        return first
    says = partial(_either, first, other)
    return replace(first, says=says)


def _either(one: Guess, other: Guess) -> str:
    return f"{one.sentence} Or, for it gives the same number: {other.sentence}"


def accidents(given: Given, numbers: Sequence[float], room: float) -> float:
    """How many of some numbers would be taken for the given one by chance."""
    value = abs(given.value)
    width = 2 * max(room, _step(given) / 2)
    window = 2 * _AROUND * max(value, _step(given))
    if not window:
        return math.inf
    near = {f"{n:.12g}" for n in numbers if abs(n - given.value) <= window / 2}
    return max(1, len(near)) * width / window


def _step(given: Given) -> float:
    """How far apart the numbers lie of which it is one: 2.000 is as simple as 2."""
    if not math.isfinite(given.value):
        return math.inf
    simple = Fraction(given.value).limit_denominator(_SIMPLE)
    if abs(given.value - simple) <= 1e-12 * abs(given.value):
        return max(given.unit, 1 / simple.denominator)
    return given.unit
