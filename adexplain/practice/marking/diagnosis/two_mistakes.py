"""Find two independent slips in one row: in two of its terms, or two in the same term.

Each is one of the common slips. Only formulas are explained in this way: two out of several hundred
slips would too often give a number by chance.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial

from adexplain.practice.marking.alignment.rows import Row, agree
from adexplain.practice.marking.alignment.vectors import Vector
from adexplain.practice.marking.diagnosis.mistake_kinds import (
    CHAIN,
    PARTIAL,
    SIGN,
    SWAPPED,
    VALUE,
    Guess,
)


def two_slips(row: Row, singles: Sequence[Guess], written: Vector) -> Guess | None:
    """The most common two slips that together give what was written; None if there are none."""
    if not all(map(math.isfinite, (*written, *row.values))):
        return None
    inside = next((g for g in _in_one_term(row, singles) if agree(written, g.values)), None)
    return inside or _in_two_terms(row, singles, written)


def _in_one_term(row: Row, singles: Sequence[Guess]) -> Iterator[Guess]:
    """A wrong sign or a forgotten chain factor, with another slip in the same term."""
    for single in singles:
        if single.term is None:
            continue
        term = row.terms[single.term]
        others = [v - t for v, t in zip(row.values, term.values, strict=True)]
        part = [v - o for v, o in zip(single.values, others, strict=True)]
        if single.kind in (CHAIN, SWAPPED, VALUE):
            values = [o - p for o, p in zip(others, part, strict=True)]
            yield _combined(single, Guess(SIGN, values, "The sign of this term is wrong."), values)
        if single.kind in (PARTIAL, SWAPPED, VALUE) and all(term.flows):
            values = [o + p / f for o, p, f in zip(others, part, term.flows, strict=True)]
            forgotten = f"The chain factor {term.flow.text} is forgotten."
            yield _combined(single, Guess(CHAIN, values, forgotten), values)


def _in_two_terms(row: Row, singles: Sequence[Guess], written: Vector) -> Guess | None:
    """One slip in each of two terms; the changes add up to the error."""
    right = row.values
    known = [g for g in singles if g.term is not None and all(map(math.isfinite, g.values))]
    ranked = sorted((g.values[0] - right[0], k) for k, g in enumerate(known))
    changes = [change for change, _ in ranked]
    room = 1e-8 * max(map(abs, (*row.scale, *written, 1e-300)))
    best: tuple[int, int] | None = None
    for first, guess in enumerate(known):
        if best is not None and first > sum(best):
            break
        missing = written[0] - guess.values[0]
        for _, second in ranked[bisect_left(changes, missing - room) :]:
            other = known[second]
            if other.values[0] - right[0] > missing + room:
                break
            if other.term == guess.term or (best is not None and first + second >= sum(best)):
                continue
            both = [a + b - v for a, b, v in zip(guess.values, other.values, right, strict=True)]
            if agree(written, both, row.scale):
                best = first, second
    if best is None:
        return None
    first_guess, second_guess = sorted((known[k] for k in best), key=lambda g: g.term or 0)
    return _combined(first_guess, second_guess, written)


def _combined(first: Guess, second: Guess, values: Vector) -> Guess:
    return Guess(
        first.kind, values, partial(_two_sentences, first, second), second_kind=second.kind
    )


def _two_sentences(first: Guess, second: Guess) -> str:
    return f"There are two slips in this row. {first.sentence} {second.sentence}"
