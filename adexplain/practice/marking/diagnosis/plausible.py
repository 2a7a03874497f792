"""Decide whether a number identifies the slip behind it.

Hundreds of slips are tried, and one of them may give a number of few digits by chance: 0.5 for
cos(1) is also 1/(2√1). So a slip is reported only if so few slips give a number near the written
one that a hit is not by chance, or if it is one of the most common slips.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

from adexplain.practice.equality import WrittenNumber
from adexplain.practice.marking.diagnosis.mistake_kinds import (
    ASSIGNED,
    CONTRIBUTION,
    FAR,
    LIKELY,
    PLAIN,
    SIGN,
    Guess,
)

MAX_CHANCE_HITS = {PLAIN: 0.25, LIKELY: 0.1, FAR: 0.05}
"""Rank of a slip → the most expected chance hits with which it is still reported."""
_ALIKE = {ASSIGNED, CONTRIBUTION}
"""Kinds that describe the same mistake: a contribution that was overwritten is missing."""
_SIMPLE = 12
"""Largest denominator of a simple number, which many formulas give at simple points."""
_AROUND = 0.25
"""Relative distance from the number up to which the results of slips are counted."""


def plausible(
    given: WrittenNumber, tried: Sequence[Guess], gives_number: Callable[[Guess], bool], room: float
) -> Guess | None:
    """The slip behind a number, if the number identifies one.

    Args:
        given: the number.
        tried: the slips that were tried, the most common first.
        gives_number: whether a slip gives the number.
        room: how far from the number the result of a slip may be.
    """
    found = [guess for guess in tried if gives_number(guess)]
    exactly = [g for g in found if math.isclose(g.values[0], given.value, rel_tol=1e-9)]
    found = exactly or found
    for rank, largest in MAX_CHANCE_HITS.items():
        candidates = [guess for guess in found if guess.rank <= rank]
        if not candidates:
            continue
        numbers = [guess.values[0] for guess in tried if guess.rank <= rank]
        same = [
            g for g in found if math.isclose(g.values[0], candidates[0].values[0], rel_tol=1e-9)
        ]
        alike = all(guess in same for guess in candidates)
        if (rank == PLAIN and alike) or chance_hits(given, numbers, room) <= largest:
            return _with_alternative(same)
        return None
    return None


def _with_alternative(same: Sequence[Guess]) -> Guess:
    """The most common of slips with the same result, with an alternative of another kind."""
    first = same[0]
    if first.kind == SIGN:
        return first
    usual = LIKELY if first.rank else PLAIN
    others = [g for g in same if g.rank <= usual and not {g.kind, first.kind} <= _ALIKE]
    other = next((guess for guess in others if guess.kind != first.kind), None)
    if other is None:
        return first
    message = partial(_either, first, other)
    return replace(first, message=message)


def _either(first: Guess, second: Guess) -> str:
    return f"{first.sentence} Or, for it gives the same number: {second.sentence}"


def chance_hits(given: WrittenNumber, numbers: Sequence[float], room: float) -> float:
    """The expected number of ``numbers`` that are within ``room`` of the given one by chance."""
    value = abs(given.value)
    width = 2 * max(room, _spacing(given) / 2)
    window = 2 * _AROUND * max(value, _spacing(given))
    if not window:
        return math.inf
    near = {f"{n:.12g}" for n in numbers if abs(n - given.value) <= window / 2}
    return max(1, len(near)) * width / window


def _spacing(given: WrittenNumber) -> float:
    """The spacing of the numbers that are as simple as the given one: 2.000 is as simple as 2."""
    if not math.isfinite(given.value):
        return math.inf
    simple = Fraction(given.value).limit_denominator(_SIMPLE)
    if abs(given.value - simple) <= 1e-12 * abs(given.value):
        return max(given.unit, 1 / simple.denominator)
    return given.unit
