"""Guesses at the mistake in a row: each changes the right row by one common slip.

A guess that gives what was written is the diagnosis. The most common slips come first, so that they
are preferred if several give the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import accumulate

from adexplain.narration.parts import count_word, place_word
from adexplain.practice.marking.alignment.rows import Row, Term, add_vectors, adjoint_row, product
from adexplain.practice.marking.alignment.vectors import Vector
from adexplain.practice.marking.diagnosis.mistake_kinds import (
    ASSIGNED,
    CHAIN,
    CONTRIBUTION,
    LIKELY,
    MISSING_TERM,
    ORDER,
    SIGN,
    SWAPPED,
    Guess,
)
from adexplain.practice.marking.diagnosis.mistakes_in_partials import other_partials, other_values
from adexplain.practice.marking.diagnosis.mistakes_in_rules import rule_guesses
from adexplain.practice.marking.reading.notation import BAR


def guesses(row: Row) -> Iterator[Guess]:
    """Every common mistake in a row, the most common first."""
    terms = row.terms
    yield from _signs(row)
    if row.target.kind == BAR:
        yield from _adjoint_sums(row)
    else:
        yield from _missing(row)
    yield from _swapped(row)
    yield from _chain(row)
    for number, term in enumerate(terms):
        yield from other_values(row, number, term)
    yield from _values_for_flows(row)
    yield from rule_guesses(row)
    for number, term in enumerate(terms):
        yield from other_partials(row, number, term)


def term_phrase(row: Row, number: int) -> str:
    """A term in a sentence, such as "the second term of the product rule, v̇4·v5,"."""
    term = row.terms[number]
    if row.target.kind == BAR:
        return f"the contribution from {term.node.name}"
    if len(row.terms) == 1:
        return f"the term {term.text}"
    rule = _rule(term)
    return f"the {place_word(number + 1)} term of the {rule}, {term.text},"


def _rule(term: Term) -> str:
    rule_names = {"mul": "product rule", "div": "quotient rule", "add": "sum", "sub": "difference"}
    return rule_names.get(term.node.op, "chain rule" if not term.node.op else "sum")


def _verb(sign_of: str) -> str:
    return "added, not subtracted" if not sign_of.startswith("−") else "subtracted, not added"


# --- signs ----------------------------------------------------------------------------------


def _signs(row: Row) -> Iterator[Guess]:
    for number, term in enumerate(row.terms):
        if any(term.values):
            flipped = row.with_term(number, [-v for v in term.values])
            sentence = f"The sign of {term_phrase(row, number)} is wrong: it is {_verb(term.text)}."
            if len(row.terms) == 1 and term.partial():
                sentence = f"The sign is wrong: {term.symbol} is {term.partial()}."
            yield Guess(SIGN, flipped, sentence, number)
    if len(row.terms) > 1:
        total = [-v for v in row.values]
        yield Guess(SIGN, total, f"Every term of {row.target.text} has the wrong sign.")


# --- sums -------------------------------------------------------------------------------------


def _missing(row: Row) -> Iterator[Guess]:
    """A tangent without one of its terms, or with only one of several."""
    terms = row.terms
    if len(terms) < 2:
        return
    zero = [0.0] * len(row.seed)
    for number, term in enumerate(terms):
        if any(term.values):
            rest = "; ".join(
                f"the term of {t.edge.arg} is there" for k, t in enumerate(terms) if k != number
            )
            what = term_phrase(row, number).rstrip(",")
            yield Guess(
                MISSING_TERM,
                row.with_term(number, zero),
                f"{what[:1].upper()}{what[1:]}, is missing: {term.node.name} depends on "
                f"{term.edge.arg} as well ({rest}).",
                number,
            )
    if len(terms) > 2:
        for term in terms:
            only = row.total([term.values])
            sentence = f"Only the term of {term.edge.arg} is there; the others are missing."
            yield Guess(MISSING_TERM, only, sentence)


def _adjoint_sums(row: Row) -> Iterator[Guess]:
    """An adjoint without some of its contributions."""
    terms, zero = row.terms, [0.0] * len(row.seed)
    name, bar = row.target.name, row.target.text
    if len(terms) < 2:
        if terms and any(row.seed):
            yield _assigned(row, "the seed")
        return
    uses = (
        f"{name} is used {_times(len(terms))}, so {bar} adds {count_word(len(terms))} contributions"
    )
    last = row.total([term.values if term is terms[-1] else zero for term in terms])
    if len(terms) > 2:
        before = ", ".join(term.node.name for term in terms[:-1])
        yield Guess(ASSIGNED, last, _overwrote(row, f"those from {before}"))
    for number, term in enumerate(terms):
        if any(term.values):
            less = row.with_term(number, zero)
            sentence = f"{uses}; the one from {term.node.name}, {term.text}, is missing."
            yield Guess(CONTRIBUTION, less, sentence, number)
    if len(terms) > 2:
        for term in terms:
            sentence = f"{uses}; only the one from {term.node.name} is there."
            yield Guess(CONTRIBUTION, row.total([term.values]), sentence)
    yield from _partial_sums(row)


def _assigned(row: Row, before: str) -> Guess:
    values = [v - s for v, s in zip(row.values, row.seed, strict=True)]
    return Guess(ASSIGNED, values, _overwrote(row, before))


def _overwrote(row: Row, before: str) -> str:
    last = row.terms[-1]
    return (
        f"The last contribution, from {last.node.name}, was assigned to {row.target.text} "
        f"instead of being added: it overwrote {before}. Each contribution is added (+=)."
    )


def overwritten_guess(row: Row) -> Guess | None:
    """The last contribution only, which is left if each one is assigned; None if there is one."""
    if len(row.terms) < 2 or not any(any(term.values) for term in row.terms[:-1]):
        return None
    zero = [0.0] * len(row.seed)
    last = row.total([t.values if t is row.terms[-1] else zero for t in row.terms])
    before = " and ".join(dict.fromkeys(f"the one from {t.node.name}" for t in row.terms[:-1]))
    return Guess(ASSIGNED, last, _overwrote(row, before))


def _partial_sums(row: Row) -> Iterator[Guess]:
    """A contribution from an adjoint that was not yet complete."""
    yield from early_use_guesses(row)


def early_use_guesses(row: Row) -> Iterator[Guess]:
    """Each term with an adjoint that lacks its last contributions."""
    view = row.view
    for number, term in enumerate(row.terms):
        user = term.node.name
        seed = 0.0
        arrivals = adjoint_row(view, user, seed).terms
        whole = adjoint_row(view, user, seed).values
        start = [bar - w for bar, w in zip(term.flows, whole, strict=True)]
        sums = list(accumulate((t.values for t in arrivals), add_vectors, initial=start))
        for kept in range(len(arrivals) - 1, -1, -1):
            flow = sums[kept]
            if kept == 0 and not any(start):
                continue
            late = " and ".join(dict.fromkeys(t.node.name for t in arrivals[kept:]))
            values = [product(f, s) for f, s in zip(flow, term.slopes, strict=True)]
            yield Guess(
                ORDER,
                row.with_term(number, values),
                f"{term.flow.text} was used before it was complete: the contribution from {late} "
                f"had not arrived in it yet. In the reverse sweep a row passes on its adjoint only "
                f"when all rows that use it have.",
                number,
            )


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count) or f"{count_word(count)} times"


# --- factors ----------------------------------------------------------------------------------


def _other_edge(term: Term) -> int | None:
    """The other edge of a row with two arguments, whose partials are easily confused."""
    if term.node.op in ("mul", "div", "pow", "atan2", "hypot") and len(term.node.edges) == 2:
        return 1 - term.place
    return None


def _swapped(row: Row) -> Iterator[Guess]:
    found: list[tuple[int, Vector]] = []
    for number, term in enumerate(row.terms):
        other = _other_edge(term)
        if other is None:
            continue
        slopes = [evaluation.partials[term.node.name][other] for evaluation in row.view.evaluations]
        values = [product(f, s) for f, s in zip(term.flows, slopes, strict=True)]
        found.append((number, values))
        yield Guess(SWAPPED, row.with_term(number, values), _swap(row, number), number)
    if row.target.kind != BAR and len(found) == 2:
        total = row.total([values for _, values in found])
        yield Guess(SWAPPED, total, _swap(row, None))


def _swap(row: Row, number: int | None) -> str:
    term = row.terms[number or 0]
    if term.node.op == "mul":
        if row.target.kind == BAR:
            return (
                f"The factor is swapped: {term.node.name} multiplies {term.edge.arg} by "
                f"{term.partial()}, so {term.symbol} is {term.partial()}, the other factor, and "
                f"not {term.edge.arg} itself."
            )
        whose = "each tangent" if number is None else term.flow.text
        factor = "the other factor" if number is None else f"the other factor, {term.partial()},"
        return (
            f"The factors of the product rule are swapped: {whose} goes with {factor} not its own."
        )
    what = f"the term of {term.edge.arg}" if number is not None else "both terms"
    partial = f"{term.symbol} is {term.partial()}"
    return f"The partials of {term.node.name} are swapped in {what}: {partial}."


def _chain(row: Row) -> Iterator[Guess]:
    ones = [1.0] * len(row.seed)
    for number, term in enumerate(row.terms):
        if term.flows != ones:
            bare = row.with_term(number, term.slopes)
            yield Guess(CHAIN, bare, _without_flow(row, term), number)
    if len(row.terms) > 1:
        total = row.total([term.slopes for term in row.terms])
        each = "its tangent" if row.target.kind != BAR else "the adjoint of the row that uses it"
        sentence = f"The chain factors are forgotten: every partial is multiplied by {each}."
        yield Guess(CHAIN, total, sentence)
    for number, term in enumerate(row.terms):
        if any(abs(slope) != 1.0 for slope in term.slopes):
            what = f" = {term.partial()}" if term.partial() else ""
            yield Guess(
                CHAIN,
                row.with_term(number, term.flows),
                f"The factor {term.symbol}{what} is forgotten: {term.flow.text} is passed on "
                f"unchanged.",
                number,
            )


def _values_for_flows(row: Row) -> Iterator[Guess]:
    """A value instead of a tangent or adjoint: the dot, prime or bar was left out."""
    for number, term in enumerate(row.terms):
        values_instead = [
            evaluation.values.get(term.flow.name, math.nan) for evaluation in term.evaluations
        ]
        if values_instead != term.flows:
            values = [product(f, s) for f, s in zip(values_instead, term.slopes, strict=True)]
            what = "adjoint" if row.target.kind == BAR else "tangent"
            sentence = (
                f"The chain factor {term.flow.text} is forgotten: {term.flow.name} itself stands "
                f"where its {what} belongs."
            )
            yield Guess(CHAIN, row.with_term(number, values), sentence, number, LIKELY)


def _without_flow(row: Row, term: Term) -> str:
    what = f" = {term.partial()}" if term.partial() else ""
    if row.target.kind == BAR:
        return (
            f"The chain factor {term.flow.text} is forgotten: a contribution is the adjoint of "
            f"the row that uses {row.target.name}, times the partial {term.symbol}{what}."
        )
    return (
        f"The chain factor {term.flow.text} is forgotten: the partial {term.symbol}{what} is "
        f"multiplied by the tangent of its argument (the inner derivative)."
    )
