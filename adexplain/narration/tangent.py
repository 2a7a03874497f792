"""Narrates the tangent sweep: a row's tangent is the sum of its arguments' tangents × partials."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from adexplain.evaluate.branches import edge_positions
from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import arguments_read
from adexplain.narration.exact import exact_of_partial, exact_of_slot
from adexplain.narration.notes import joined, non_finite_word, product_note, slope_note, sum_note
from adexplain.narration.parts import (
    Narration,
    Part,
    Parts,
    count_word,
    in_brackets,
    listed,
    marked,
    named,
    number,
    place_word,
    sentence,
    times_word,
)
from adexplain.narration.rules import (
    ARGUMENTS_SHOWN,
    general_tangent,
    is_number,
    named_tangent,
    partial_symbol,
    why,
)
from adexplain.primitives.primitive import SELECTING
from adexplain.program import INPUT
from adexplain.statuses.status import RowStatus
from adexplain.typeset.formulas import name_text


class Term(NamedTuple):
    """One term of a tangent: an argument's tangent times its partial."""

    arg: int
    position: int
    slope: float
    flow: float

    @property
    def is_nonzero(self) -> bool:
        """Whether both factors are nonzero."""
        return self.slope != 0.0 and self.flow != 0.0


def narrate_tangent(explanation: Explanation, slot: int, label: str) -> Narration:
    """Narrates the step that computes a row's tangent."""
    trace, program = explanation.trace, explanation.program
    terms = [
        Term(arg, position, slope, trace.tangents[arg] or 0.0)
        for arg, position, slope in zip(
            trace.edges[slot],
            edge_positions(trace.program, slot, trace.values),
            trace.partials[slot],
            strict=True,
        )
    ]
    total = trace.tangents[slot] or 0.0
    shown = _terms_shown(terms)
    names, text = named_tangent(program, slot, [(t.arg, t.position) for t in shown])
    positions = tuple(term.position for term in terms)
    ending = non_finite_word(total)
    return Narration(
        label=label,
        sentence=sentence(
            *_tangent_sentence(explanation, slot, terms),
            (" ", named(program, slot, "dot"), f" is {ending}.") if ending else "",
        ),
        why=why(program, slot),
        rule=general_tangent(program.ops[slot], len(program.args[slot]), positions),
        names=names,
        names_text=text,
        numbers=_numbers(explanation, slot, shown, total),
        amount=total,
        total=total,
        note=joined(
            slope_note(explanation, slot, positions, all(math.isfinite(t.slope) for t in terms)),
            *_non_finite_notes(explanation, slot, terms),
        ),
    )


def _terms_shown(terms: list[Term]) -> list[Term]:
    """The terms to write out: where there are many, only those that are not 0."""
    if len(terms) <= ARGUMENTS_SHOWN:
        return terms
    return [term for term in terms if term.is_nonzero] or terms[:1]


def _tangent_sentence(explanation: Explanation, slot: int, terms: Sequence[Term]) -> Parts:
    program = explanation.program
    dot = named(program, slot, "dot")
    if not terms:
        return _sentence_without_edges(explanation, slot)
    nonzero = [term for term in terms if term.is_nonzero]
    if not nonzero:
        return sentence(dot, " is 0, because ", _reasons_for_zero(explanation, terms), ".")
    if program.ops[slot] in SELECTING:
        arg = nonzero[0].arg
        text = sentence(
            named(program, slot), " took the branch ", named(program, arg), ", so ", dot, " is ",
            named(program, arg, "dot"), ".",
        )  # fmt: skip
    elif len(terms) == 1:
        text = _sentence_of_one_term(explanation, slot, terms[0])
    elif len({term.arg for term in terms}) == 1 and len(nonzero) == len(terms):
        places = "both places" if len(terms) == 2 else f"{count_word(len(terms))} places"
        text = sentence(
            named(program, slot), " uses ", named(program, terms[0].arg), f" in {places}, so ",
            named(program, terms[0].arg, "dot"), f" enters {times_word(len(terms))}, ",
            "each time with its own partial.",
        )  # fmt: skip
    elif len(nonzero) == 1:
        text = sentence(
            dot, " is ", named(program, nonzero[0].arg, "dot"), " times the partial ",
            _partial(explanation, slot, nonzero[0]), "; ",
            _zero_terms(explanation, [term for term in terms if not term.is_nonzero]), ".",
        )  # fmt: skip
    else:
        zeros = [term for term in terms if not term.is_nonzero]
        text = sentence(
            dot, " adds what comes from ",
            listed([named(program, arg) for arg in _arguments(nonzero)]),
            ", each tangent times its partial",
            sentence("; ", _zero_terms(explanation, zeros)) if zeros else (), ".",
        )  # fmt: skip
    return sentence(text, _seeded_inputs(explanation, nonzero))


def _arguments(terms: Sequence[Term]) -> list[int]:
    """The arguments of the terms, without repetitions."""
    return list(dict.fromkeys(term.arg for term in terms))


def _partial(explanation: Explanation, slot: int, term: Term) -> Part | Parts:
    """``∂v5/∂v4``; where the row uses the argument several times, the place instead."""
    program = explanation.program
    if program.args[slot].count(term.arg) > 1:
        return sentence(f"for the {place_word(term.position + 1)} place")
    return partial_symbol(program, slot, term.arg)


def _sentence_without_edges(explanation: Explanation, slot: int) -> Parts:
    """The sentence about a row whose tangent is 0 for every seed."""
    trace, program = explanation.trace, explanation.program
    row, dot = named(program, slot), named(program, slot, "dot")
    if not program.active[slot]:
        return sentence(row, " depends on no input, so ", dot, " is 0.")
    if program.ops[slot] in SELECTING:
        taken = arguments_read(trace, slot)[1]
        return sentence(
            row, " took the branch ", named(program, taken), ", which depends on no input, so ",
            dot, " is 0.",
        )  # fmt: skip
    # A condition may have been decided by a constant, before what depends on an input was read.
    read = [arg for arg in arguments_read(trace, slot) if program.active[arg]]
    active = read or [arg for arg in program.args[slot] if program.active[arg]]
    causes = listed([named(program, arg) for arg in dict.fromkeys(active)], "or")
    start = "A small change of "
    if explanation.row_statuses.get(slot, RowStatus()).kind == "jump":
        start = "Away from the jump a small change of "
    return sentence(start, causes, " leaves ", row, " as it is, so ", dot, " is 0.")


def _sentence_of_one_term(explanation: Explanation, slot: int, term: Term) -> Parts:
    """The sentence about a row with a single edge."""
    program = explanation.program
    row, dot = named(program, slot, "dot"), named(program, term.arg, "dot")
    symbol = partial_symbol(program, slot, term.arg)
    if term.slope == 1.0 and is_number(program, slot, term.position):
        return sentence(row, " is ", dot, ", because the partial ", symbol, " is 1.")
    return sentence(row, " is ", dot, " times the partial ", symbol, ".")


def _reasons_for_zero(explanation: Explanation, terms: Sequence[Term]) -> Parts:
    """Why all terms are 0: their tangents or their partials are."""
    zero_tangents, zero_partials = _zero_tangents_and_partials(explanation, terms)
    have = "has tangent 0" if len(zero_tangents) == 1 else "have tangent 0"
    causes = [sentence(listed(zero_tangents), f" {have}")] if zero_tangents else []
    if zero_partials:
        causes.append(sentence(_partials_are(zero_partials), " 0"))
    return sentence(causes[0], *(piece for cause in causes[1:] for piece in (" and ", cause)))


def _partials_are(zero_partials: Sequence[Part]) -> Parts:
    single = len(zero_partials) == 1
    what = "the partial with respect to " if single else "the partials with respect to "
    return sentence(what, listed(zero_partials), " is" if single else " are")


def _zero_terms(explanation: Explanation, terms: Sequence[Term]) -> Parts:
    """Which of several terms add nothing, and why."""
    zero_tangents, zero_partials = _zero_tangents_and_partials(explanation, terms)
    if zero_tangents and zero_partials:
        return sentence(
            listed(zero_tangents),
            " (tangent 0) and ",
            listed(zero_partials),
            " (partial 0) add nothing",
        )
    if zero_partials:
        rest = zero_partials[0] if len(zero_partials) == 1 else "they"
        add = "adds" if len(zero_partials) == 1 else "add"
        return sentence(_partials_are(zero_partials), " 0, so ", rest, f" {add} nothing")
    have = "has tangent 0 and adds" if len(zero_tangents) == 1 else "have tangent 0 and add"
    return sentence(listed(zero_tangents), f" {have} nothing")


def _zero_tangents_and_partials(
    explanation: Explanation, terms: Sequence[Term]
) -> tuple[list[Part], list[Part]]:
    """The arguments whose tangents are 0, and the other arguments (their partials are 0)."""
    program = explanation.program
    zero_tangents = [named(program, arg) for arg in _arguments([t for t in terms if t.flow == 0.0])]
    zero_partials = [named(program, arg) for arg in _arguments([t for t in terms if t.flow != 0.0])]
    return zero_tangents, zero_partials


def _seeded_inputs(explanation: Explanation, nonzero: Sequence[Term]) -> Parts:
    """The sentence that names the arguments that are seeded inputs."""
    program = explanation.program
    inputs = [arg for arg in _arguments(nonzero) if program.ops[arg] == INPUT]
    if not inputs:
        return ()
    is_only_seed = sum(weight != 0.0 for weight in explanation.tangent_seed) == 1
    names = listed([named(program, arg) for arg in inputs])
    if is_only_seed:
        return sentence(" ", names, " is the input whose direction is seeded.")
    return sentence(" ", names, " is seeded." if len(inputs) == 1 else " are seeded.")


def _numbers(explanation: Explanation, slot: int, terms: Sequence[Term], total: float) -> Parts:
    """Partials times tangents with their numbers, marked, and the sum."""
    if not terms:
        return (number(0.0, mark=True),)
    program = explanation.program
    pieces: list[Part] = []
    for place, term in enumerate(terms[:ARGUMENTS_SHOWN]):
        given = is_number(program, slot, term.position)
        seeded = program.ops[term.arg] == INPUT
        slope = exact_of_partial(explanation, slot, term.position)
        flow = exact_of_slot(explanation, term.arg, "tangent")
        pieces += [Part(" + ")] if place else []
        pieces += in_brackets(number(term.slope, given, exact=slope), first=not place)
        pieces += [Part(" × "), *in_brackets(number(term.flow, seeded, exact=flow))]
    if len(terms) > ARGUMENTS_SHOWN:
        pieces.append(Part(" + …"))
    exact = exact_of_slot(explanation, slot, "tangent")
    return (*marked(pieces), Part(" = "), number(total, exact=exact))


def _non_finite_notes(explanation: Explanation, slot: int, terms: Sequence[Term]) -> Iterator[str]:
    """Why a tangent is infinite or not a number, term by term."""
    names = explanation.program.names
    before: float | None = None
    for term in terms:
        is_zero = term.slope == 0.0 or term.flow == 0.0
        amount = 0.0 if is_zero and explanation.trace.zero_times_inf else term.slope * term.flow
        finite = math.isfinite(term.slope) and math.isfinite(term.flow)
        if not (finite and is_zero):  # the sentence already explains an ordinary zero
            flow = name_text(names[term.arg], "dot")
            symbol = f"∂{names[slot]}/∂{names[term.arg]}"
            yield product_note(term.flow, term.slope, amount, flow, symbol)
        after = amount if before is None else before + amount
        if before is not None and not math.isnan(before) and after != before:
            yield sum_note(before, amount, after, "The sum")
        before = after
