"""Narrates the adjoint sweep: seeds, and contributions to the adjoints of arguments."""

from __future__ import annotations

import math

from adexplain.explanation.explain import Explanation
from adexplain.explanation.trace_index import TraceIndex
from adexplain.narration.exact import exact_of_contribution, exact_of_slot
from adexplain.narration.notes import joined, non_finite_word, product_note, slope_note, sum_note
from adexplain.narration.parts import (
    Narration,
    Part,
    Parts,
    count_word,
    formula,
    in_brackets,
    listed,
    marked,
    named,
    number,
    place_word,
    sentence,
    times_word,
)
from adexplain.narration.rules import general_adjoint, is_number, named_adjoint, output_partial, why
from adexplain.program import CONSTANT, INPUT
from adexplain.typeset.formulas import name_latex, name_text

UNIT_SEED_RULE = r"z = f :\quad \bar{z} = \frac{\partial f}{\partial z} = 1"
SEED_RULE = r"z = f :\quad \bar{z} = \text{seed}"


def narrate_seed(
    explanation: Explanation, index: TraceIndex, slot: int, label: str, first: bool
) -> Narration:
    """Narrates the step that gives an output its seed; ``first`` is for the sweep's first step."""
    program, weight = explanation.program, index.seeds[slot]
    name, bar = program.names[slot], named(program, slot, "bar")
    several = len(program.outputs) > 1
    unit = not several and weight == 1.0
    latex, text = r"\text{seed}", "seed"
    if unit and program.ops[slot] is not CONSTANT and program.output_names[0] != name:
        partial = output_partial(program.output_names[0], name, fraction=True)
        latex, text = partial.text, partial.plain_text
    seed_sentence = (
        _seed_of_one_output(explanation, index, slot)
        if several
        else _seed_of_the_output(explanation, slot, weight)
    )
    opening = f"The adjoint sweep starts at the output{'s. ' if several else ': '}" if first else ""
    return Narration(
        label=label,
        sentence=sentence(opening, seed_sentence, _completion(explanation, index, slot, 0)),
        why=(),
        rule=UNIT_SEED_RULE if unit else SEED_RULE,
        names=f"{bar.text} = {latex}",
        names_text=f"{bar.plain_text} = {text}",
        numbers=(number(weight, given=True, mark=True),),
        amount=weight,
        total=weight,
        note="" if program.active[slot] else f"{name} depends on no input: nothing flows back.",
    )


def _seed_of_the_output(explanation: Explanation, slot: int, weight: float) -> Parts:
    """The sentence about the seed of the only output."""
    program = explanation.program
    bar, row = named(program, slot, "bar"), named(program, slot)
    if program.ops[slot] is CONSTANT:
        return sentence("the result is the constant ", row, ", so there is nothing to send back.")
    if weight == 1.0:
        return sentence(
            bar, " = 1, because a change of ", row, " is a change of the result, one for one."
        )
    effect = "so every adjoint becomes 0." if weight == 0.0 else "and scales every adjoint."
    return sentence(
        bar, " = ", number(weight, given=True), f" is the seed that was given, {effect}"
    )


def _seed_of_one_output(explanation: Explanation, index: TraceIndex, slot: int) -> Parts:
    """The sentence about the seed of one of several outputs, which is its weight."""
    program, weights = explanation.program, explanation.adjoint_seed
    bar, weight = named(program, slot, "bar"), index.seeds[slot]
    places = index.outputs[slot]
    outputs = [_named_output(explanation, k) for k in places]
    if len(places) > 1:
        return sentence(
            listed(outputs), " are the same row, so their weights add up: ", bar, " = ",
            number(weight, given=True), ".",
        )  # fmt: skip
    if weight == 0.0:
        return sentence(
            outputs[0], " is left out of this sweep: its seed is 0, so ", bar, " starts at 0."
        )
    if weight == 1.0 and sum(w != 0.0 for w in weights) == 1:
        return sentence(
            "This sweep asks for the derivatives of ", outputs[0], ", so its seed is 1: ", bar,
            " = 1.",
        )  # fmt: skip
    return sentence(
        outputs[0], " counts with weight ", number(weight, given=True), " in this sweep: ", bar,
        " = ", number(weight, given=True), ".",
    )  # fmt: skip


def _named_output(explanation: Explanation, position: int) -> Part:
    name = explanation.program.output_names[position]
    return formula(name_latex(name), name)


def narrate_contribution(
    explanation: Explanation, index: TraceIndex, position: int, label: str
) -> Narration:
    """Narrates the step that adds one contribution to an adjoint."""
    trace, program = explanation.trace, explanation.program
    into, out_of, slope, amount, total = trace.contributions[position]
    arrival = index.incoming[position]
    before = _adjoint_before(explanation, index, position)
    flow = trace.adjoints[out_of]
    assert flow is not None
    latex, text = named_adjoint(program, out_of, arrival.position, first=before is None)
    bars = [name_text(program.names[slot], "bar") for slot in (into, out_of)]
    symbol = f"∂{program.names[out_of]}/∂{program.names[into]}"
    not_finite = non_finite_word(amount)
    return Narration(
        label=label,
        sentence=sentence(
            _contribution_sentence(explanation, index, position),
            f" The contribution is {not_finite}." if not_finite else "",
            _completion(explanation, index, into, arrival.place),
        ),
        why=why(program, out_of, arrival.position),
        rule=general_adjoint(program.ops[out_of], len(program.args[out_of]), arrival.position),
        names=latex,
        names_text=text,
        numbers=_numbers(explanation, index, position, before),
        amount=amount,
        total=total,
        note=joined(
            slope_note(explanation, out_of, (arrival.position,), math.isfinite(slope)),
            product_note(flow, slope, amount, bars[1], symbol),
            sum_note(before, amount, total, bars[0]),
        ),
    )


def _adjoint_before(explanation: Explanation, index: TraceIndex, position: int) -> float | None:
    """The adjoint before a contribution: None for nothing yet, the seed, or the sum so far."""
    earlier = index.incoming[position].before
    if earlier is not None:
        return explanation.trace.contributions[earlier][4]
    return index.seeds.get(explanation.trace.contributions[position][0])


def _contribution_sentence(explanation: Explanation, index: TraceIndex, position: int) -> Parts:
    """The sentence that says how often the argument is used, and which contribution this is."""
    program = explanation.program
    into, out_of, *_ = explanation.trace.contributions[position]
    row, bar, user = named(program, into), named(program, into, "bar"), named(program, out_of)
    uses, count, place = index.uses[into], index.received[into], index.incoming[position].place
    if into in index.seeds:
        return _contribution_to_output(explanation, index, position)
    used = f" is used {times_word(uses)}"
    if count == 1:
        if uses == 1:
            return sentence(row, f"{used}, by ", user, ", so ", bar, " is this one contribution.")
        return sentence(
            row, f"{used}, but only this use, by ", user, ", sends a contribution to ", bar, "."
        )
    places = program.args[out_of].count(into)
    if places == uses == count:
        both = "both" if places == 2 else f"all {count_word(places)}"
        nth = place_word(index.incoming[position].position + 1)
        return sentence(
            user, " uses ", row, f" in {both} places, so ", bar, f" collects {count_word(count)} ",
            f"contributions. This is for the {nth} place.", _assignment_note(bar, place, count),
        )  # fmt: skip
    collects = f" collects {count_word(count)} contributions. "
    sum_clause = sentence(", so ", bar, collects)
    if uses != count:
        some = f"{count_word(count)} of the uses send a contribution to "
        sum_clause = sentence(f", and {some}", bar, ". ")
    which_one = sentence(
        f"This is the {place_word(place)}, ", _source(explanation, index, position)
    )
    return sentence(row, used, sum_clause, which_one, ".", _assignment_note(bar, place, count))


def _source(explanation: Explanation, index: TraceIndex, position: int) -> Parts:
    """``from v5``, with the place where v5 uses the argument more than once."""
    program = explanation.program
    into, out_of, *_ = explanation.trace.contributions[position]
    if program.args[out_of].count(into) == 1:
        return sentence("from ", named(program, out_of))
    place = place_word(index.incoming[position].position + 1)
    return sentence(f"from the {place} place in ", named(program, out_of))


def _assignment_note(bar: Part, place: int, count: int) -> Parts:
    """For the first contribution, that it is assigned and the later ones are added."""
    if place > 1:
        return ()
    rest = "the second is" if count == 2 else "the others are"
    return sentence(" It sets ", bar, f"; {rest} added to it.")


def _contribution_to_output(explanation: Explanation, index: TraceIndex, position: int) -> Parts:
    """The sentence about a contribution to an output that other rows use."""
    program = explanation.program
    into = explanation.trace.contributions[position][0]
    bar, count = named(program, into, "bar"), index.received[into]
    place, uses = index.incoming[position].place, index.uses[into]
    beginning = sentence(named(program, into), f" is an output and is used {times_word(uses)}")
    origin = _source(explanation, index, position)
    if count == 1:
        sum_clause = sentence(". ", bar, " already holds the seed; this adds the contribution ")
        return sentence(beginning, sum_clause, origin, ".")
    collects = f" collects the seed and {count_word(count)} contributions. "
    return sentence(
        beginning, ", so ", bar, collects, f"This is the {place_word(place)}, ", origin, "."
    )


def _completion(explanation: Explanation, index: TraceIndex, slot: int, place: int) -> Parts:
    """For the last contribution to an input, that its adjoint is complete, and what it equals."""
    program = explanation.program
    if program.ops[slot] != INPUT or place != index.received.get(slot, 0):
        return ()
    bar, value = named(program, slot, "bar"), explanation.trace.adjoints[slot]
    seeds = [(k, w) for k, w in enumerate(explanation.adjoint_seed) if w != 0.0]
    certain = value is not None and not non_finite_word(value) and not explanation.row_statuses
    if len(seeds) != 1 or not certain:
        return sentence(" This completes ", bar, ".")
    (output, weight), name = seeds[0], program.names[slot]
    scale: list[str | Part] = [number(weight, given=True), " × "] if weight != 1.0 else []
    derivative = output_partial(program.output_names[output], name)
    return sentence(" This completes ", bar, " = ", *scale, derivative, ".")


def _numbers(
    explanation: Explanation, index: TraceIndex, position: int, before: float | None
) -> Parts:
    """The sum before, the contribution with its numbers (marked), and the sum after."""
    trace, program = explanation.trace, explanation.program
    _, out_of, slope, _, total = trace.contributions[position]
    arrival = index.incoming[position]
    flow = trace.adjoints[out_of]
    assert flow is not None
    seeded = out_of in index.seeds and out_of not in index.received
    exact = exact_of_contribution(explanation, position, "partial")
    partial = number(slope, is_number(program, out_of, arrival.position), exact=exact)
    carried = number(flow, seeded, exact=exact_of_slot(explanation, out_of, "adjoint"))
    factors = [*in_brackets(carried, first=before is None), Part(" × "), *in_brackets(partial)]
    product = marked(factors)
    result = number(total, exact=exact_of_contribution(explanation, position, "total"))
    if before is None:
        return (*product, Part(" = "), result)
    earlier = number(before, given=arrival.before is None)
    if arrival.before is not None:
        earlier = number(before, exact=exact_of_contribution(explanation, arrival.before, "total"))
    return (earlier, Part(" + "), *product, Part(" = "), result)
