"""Two slips in one row, where they are independent: in two of its terms, or sign and more in one.

Each is one of the usual slips. Only formulas are explained so: that two of several hundred slips
give a number together is an accident too often.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial

from adexplain.practice.marking.alignment.rows import Row, agree
from adexplain.practice.marking.alignment.vectors import Vector
from adexplain.practice.marking.diagnosis.kinds import CHAIN, PARTIAL, SIGN, SWAPPED, VALUE, Guess


def two_slips(row: Row, singles: Sequence[Guess], written: Vector) -> Guess | None:
    """The two slips that give together what was written, the plainest first; None if none do."""
    if not all(map(math.isfinite, (*written, *row.values))):
        return None
    inside = next((g for g in _in_one_term(row, singles) if agree(written, g.values)), None)
    return inside or _in_two_terms(row, singles, written)


def _in_one_term(row: Row, singles: Sequence[Guess]) -> Iterator[Guess]:
    """A wrong sign, or a forgotten chain factor, besides another slip in the same term."""
    for single in singles:
        if single.term is None:
            continue
        term = row.terms[single.term]
        others = [v - t for v, t in zip(row.values, term.values, strict=True)]
        part = [v - o for v, o in zip(single.values, others, strict=True)]
        if single.kind in (CHAIN, SWAPPED, VALUE):
            values = [o - p for o, p in zip(others, part, strict=True)]
            yield _together(single, Guess(SIGN, values, "The sign of this term is wrong."), values)
        if single.kind in (PARTIAL, SWAPPED, VALUE) and all(term.flows):
            values = [o + p / f for o, p, f in zip(others, part, term.flows, strict=True)]
            forgotten = f"The chain factor {term.flow.told()} is forgotten."
            yield _together(single, Guess(CHAIN, values, forgotten), values)


def _in_two_terms(row: Row, singles: Sequence[Guess], written: Vector) -> Guess | None:
    """One slip in each of two terms: their changes add up to what is wrong."""
    right = row.values
    known = [g for g in singles if g.term is not None and all(map(math.isfinite, g.values))]
    ranked = sorted((g.values[0] - right[0], k) for k, g in enumerate(known))
    changes = [change for change, _ in ranked]
    room = 1e-8 * max(map(abs, (*row.scale, *written, 1e-300)))
    best: tuple[int, int] | None = None
    for first, guess in enumerate(known):
        if best is not None and first > sum(best):
            break
        wanted = written[0] - guess.values[0]
        for _, second in ranked[bisect_left(changes, wanted - room) :]:
            other = known[second]
            if other.values[0] - right[0] > wanted + room:
                break
            if other.term == guess.term or (best is not None and first + second >= sum(best)):
                continue
            both = [a + b - v for a, b, v in zip(guess.values, other.values, right, strict=True)]
            if agree(written, both, row.scale):
                best = first, second
    if best is None:
        return None
    one, other = sorted((known[k] for k in best), key=lambda g: g.term or 0)
    return _together(one, other, written)


def _together(one: Guess, other: Guess, values: Vector) -> Guess:
    return Guess(one.kind, values, partial(_told, one, other), second=other.kind)


def _told(one: Guess, other: Guess) -> str:
    return f"There are two slips in this row. {one.sentence} {other.sentence}"
