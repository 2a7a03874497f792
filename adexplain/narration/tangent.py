"""The tangent sweep in words: each argument's tangent passes on, times its partial."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from adexplain.explanation.explain import Explanation
from adexplain.explanation.index import edge_positions
from adexplain.explanation.stepping import arguments_read
from adexplain.narration.exact import of_partial, of_slot
from adexplain.narration.notes import joined, kind_of, of_product, of_slope, of_sum
from adexplain.narration.parts import (
    Part,
    Parts,
    Words,
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
from adexplain.program import INPUT
from adexplain.statuses.statuses import RowStatus
from adexplain.typeset.formulas import name_text


class Term(NamedTuple):
    """What one argument passes on: its tangent times the partial."""

    arg: int
    position: int
    slope: float
    flow: float

    @property
    def live(self) -> bool:
        """Whether anything is passed on."""
        return self.slope != 0.0 and self.flow != 0.0


def tangent_words(explanation: Explanation, slot: int, label: str) -> Words:
    """The step that computes a row's tangent."""
    trace, program = explanation.trace, explanation.program
    terms = [
        Term(arg, position, slope, trace.tangents[arg] or 0.0)
        for arg, position, slope in zip(
            trace.edges[slot], edge_positions(trace, slot), trace.partials[slot], strict=True
        )
    ]
    total = trace.tangents[slot] or 0.0
    shown = _that_count(terms)
    names, text = named_tangent(program, slot, [(t.arg, t.position) for t in shown])
    positions = tuple(term.position for term in terms)
    ending = kind_of(total)
    return Words(
        label=label,
        sentence=sentence(
            *_said(explanation, slot, terms),
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
            of_slope(explanation, slot, positions, all(math.isfinite(t.slope) for t in terms)),
            *_troubles(explanation, slot, terms),
        ),
    )


def _that_count(terms: list[Term]) -> list[Term]:
    """The terms to write out: where they are many, those that are not 0."""
    if len(terms) <= ARGUMENTS_SHOWN:
        return terms
    return [term for term in terms if term.live] or terms[:1]


def _said(explanation: Explanation, slot: int, terms: Sequence[Term]) -> Parts:
    program = explanation.program
    dot = named(program, slot, "dot")
    if not terms:
        return _without_edges(explanation, slot)
    live = [term for term in terms if term.live]
    if not live:
        return sentence(dot, " is 0, because ", _because(explanation, terms), ".")
    if program.ops[slot] == "where":
        arg = live[0].arg
        told = sentence(
            named(program, slot), " took the branch ", named(program, arg), ", so ", dot, " is ",
            named(program, arg, "dot"), ".",
        )  # fmt: skip
    elif len(terms) == 1:
        told = _alone(explanation, slot, terms[0])
    elif len({term.arg for term in terms}) == 1 and len(live) == len(terms):
        places = "both places" if len(terms) == 2 else f"{count_word(len(terms))} places"
        told = sentence(
            named(program, slot), " uses ", named(program, terms[0].arg), f" in {places}, so ",
            named(program, terms[0].arg, "dot"), f" enters {times_word(len(terms))}, ",
            "each time with its own partial.",
        )  # fmt: skip
    elif len(live) == 1:
        told = sentence(
            dot, " is ", named(program, live[0].arg, "dot"), " times the partial ",
            _partial(explanation, slot, live[0]), "; ",
            _adding_nothing(explanation, [term for term in terms if not term.live]), ".",
        )  # fmt: skip
    else:
        silent = [term for term in terms if not term.live]
        told = sentence(
            dot, " adds what comes from ", listed([named(program, arg) for arg in _ends(live)]),
            ", each tangent times its partial",
            sentence("; ", _adding_nothing(explanation, silent)) if silent else (), ".",
        )  # fmt: skip
    return sentence(told, _seeded(explanation, live))


def _ends(terms: Sequence[Term]) -> list[int]:
    """The arguments of the terms, each once."""
    return list(dict.fromkeys(term.arg for term in terms))


def _partial(explanation: Explanation, slot: int, term: Term) -> Part | Parts:
    """``∂v5/∂v4``; where one argument stands in several places, which of them is meant."""
    program = explanation.program
    if program.args[slot].count(term.arg) > 1:
        return sentence(f"for the {place_word(term.position + 1)} place")
    return partial_symbol(program, slot, term.arg)


def _without_edges(explanation: Explanation, slot: int) -> Parts:
    """A row whose tangent is 0 whatever the seed."""
    trace, program = explanation.trace, explanation.program
    row, dot = named(program, slot), named(program, slot, "dot")
    if not program.active(slot):
        return sentence(row, " depends on no input, so ", dot, " is 0.")
    if program.ops[slot] == "where":
        taken = arguments_read(trace, slot)[1]
        return sentence(
            row, " took the branch ", named(program, taken), ", which depends on no input, so ",
            dot, " is 0.",
        )  # fmt: skip
    # A condition may have been decided by a constant, before what depends on an input was read.
    read = [arg for arg in arguments_read(trace, slot) if program.active(arg)]
    active = read or [arg for arg in program.args[slot] if program.active(arg)]
    causes = listed([named(program, arg) for arg in dict.fromkeys(active)], "or")
    start = "A small change of "
    if explanation.row_statuses.get(slot, RowStatus()).kind == "jump":
        start = "Away from the jump a small change of "
    return sentence(start, causes, " leaves ", row, " as it is, so ", dot, " is 0.")


def _alone(explanation: Explanation, slot: int, term: Term) -> Parts:
    """The only argument with an edge."""
    program = explanation.program
    row, dot = named(program, slot, "dot"), named(program, term.arg, "dot")
    symbol = partial_symbol(program, slot, term.arg)
    if term.slope == 1.0 and is_number(program, slot, term.position):
        return sentence(row, " is ", dot, ", because the partial ", symbol, " is 1.")
    return sentence(row, " is ", dot, " times the partial ", symbol, ".")


def _because(explanation: Explanation, terms: Sequence[Term]) -> Parts:
    """Why none of the terms passes anything: tangents or partials are 0."""
    still, flat = _silent(explanation, terms)
    have = "has tangent 0" if len(still) == 1 else "have tangent 0"
    causes = [sentence(listed(still), f" {have}")] if still else []
    if flat:
        causes.append(sentence(_partials(flat), " 0"))
    return sentence(causes[0], *(piece for cause in causes[1:] for piece in (" and ", cause)))


def _partials(flat: Sequence[Part]) -> Parts:
    one = len(flat) == 1
    what = "the partial with respect to " if one else "the partials with respect to "
    return sentence(what, listed(flat), " is" if one else " are")


def _adding_nothing(explanation: Explanation, terms: Sequence[Term]) -> Parts:
    """Which of several terms pass nothing, and why."""
    still, flat = _silent(explanation, terms)
    if still and flat:
        return sentence(
            listed(still), " (tangent 0) and ", listed(flat), " (partial 0) add nothing"
        )
    if flat:
        rest = flat[0] if len(flat) == 1 else "they"
        add = "adds" if len(flat) == 1 else "add"
        return sentence(_partials(flat), " 0, so ", rest, f" {add} nothing")
    have = "has tangent 0 and adds" if len(still) == 1 else "have tangent 0 and add"
    return sentence(listed(still), f" {have} nothing")


def _silent(explanation: Explanation, terms: Sequence[Term]) -> tuple[list[Part], list[Part]]:
    """The arguments whose tangents are 0, and those of the others whose partials are."""
    program = explanation.program
    still = [named(program, arg) for arg in _ends([t for t in terms if t.flow == 0.0])]
    flat = [named(program, arg) for arg in _ends([t for t in terms if t.flow != 0.0])]
    return still, flat


def _seeded(explanation: Explanation, live: Sequence[Term]) -> Parts:
    """Which of the arguments are inputs whose direction is seeded."""
    program = explanation.program
    inputs = [arg for arg in _ends(live) if program.ops[arg] == INPUT]
    if not inputs:
        return ()
    alone = sum(weight != 0.0 for weight in explanation.tangent_seed) == 1
    names = listed([named(program, arg) for arg in inputs])
    if alone:
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
        slope = of_partial(explanation, slot, term.position)
        flow = of_slot(explanation, term.arg, "tangent")
        pieces += [Part(" + ")] if place else []
        pieces += in_brackets(number(term.slope, given, exact=slope), first=not place)
        pieces += [Part(" × "), *in_brackets(number(term.flow, seeded, exact=flow))]
    if len(terms) > ARGUMENTS_SHOWN:
        pieces.append(Part(" + …"))
    exact = of_slot(explanation, slot, "tangent")
    return (*marked(pieces), Part(" = "), number(total, exact=exact))


def _troubles(explanation: Explanation, slot: int, terms: Sequence[Term]) -> Iterator[str]:
    """Why a tangent is infinite or no number, term by term."""
    names = explanation.program.names
    before: float | None = None
    for term in terms:
        nothing = term.slope == 0.0 or term.flow == 0.0
        amount = 0.0 if nothing and explanation.trace.mended else term.slope * term.flow
        finite = math.isfinite(term.slope) and math.isfinite(term.flow)
        if not (finite and nothing):  # a plain zero is told in the sentence
            flow = name_text(names[term.arg], "dot")
            symbol = f"∂{names[slot]}/∂{names[term.arg]}"
            yield of_product(term.flow, term.slope, amount, flow, symbol)
        after = amount if before is None else before + amount
        if before is not None and not math.isnan(before) and after != before:
            yield of_sum(before, amount, after, "The sum")
        before = after
