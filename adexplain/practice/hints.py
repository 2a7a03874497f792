"""Two hints for a covered step: where to look, then the rule to use; never the answer.

Both are made from the rule table and the trace.
"""

from __future__ import annotations

from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import ADJOINT, PRIMAL
from adexplain.explanation.trace_index import index_of
from adexplain.narration.parts import Part, Parts, formula, listed, named, place_word, sentence
from adexplain.narration.rules import named_primal, partial_symbol
from adexplain.narration.step import narrate
from adexplain.practice.coverage import RULES, Question, arguments
from adexplain.program import CONSTANT


def hints(explanation: Explanation, kind: str, question: Question) -> tuple[Parts, Parts]:
    """Two hints for a step: which rows to look at, and the rule to use."""
    step_words = narrate(explanation, question.number)
    if question.sweep == PRIMAL:
        return _where_to_look_for_value(explanation, question), _with_numbers(
            step_words.numbers, step_words.rule
        )
    first = _where_to_look(explanation, question)
    if kind == RULES:
        rule = formula(step_words.rule, "see the table of rules")
        if question.sweep == ADJOINT:
            first = _partial_hint(explanation, question)
        return first, sentence("The rule in general: ", rule, ". Put this row's names in.")
    names = formula(step_words.names, step_words.names_text)
    return first, (
        *sentence("The rule with the names of this row: ", names, "."),
        *_accumulation_hint(explanation, question),
    )


def _row(explanation: Explanation, slot: int) -> Part:
    return formula(*named_primal(explanation.program, slot))


def _where_to_look_for_value(explanation: Explanation, question: Question) -> Parts:
    """The row, and the values it uses."""
    program = explanation.program
    args = dict.fromkeys(program.args[question.slot])
    read = [named(program, arg) for arg in args if program.ops[arg] is not CONSTANT]
    row = _row(explanation, question.slot)
    if not read:
        return sentence("The row is ", row, ": it reads no other row.")
    value = "value" if len(read) == 1 else "values"
    return sentence("The row is ", row, ": take the ", value, " of ", listed(read), ".")


def _with_numbers(numbers: Parts, rule: str) -> Parts:
    """The operation with its numbers, without the result."""
    put_in = [part for part in numbers if part.mark]
    if len(put_in) < 2:  # a copy of another row: its number would be the answer
        return sentence("The rule: ", formula(rule, "see the table of rules"), ".")
    return sentence("With the numbers put in: ", put_in, ".")


def _where_to_look(explanation: Explanation, question: Question) -> Parts:
    """The row whose rule is used, and the derivatives that it combines."""
    program = explanation.program
    row, own = _row(explanation, question.row), named(program, question.row)
    places = arguments(explanation, question)
    if question.sweep != ADJOINT:
        reads = [named(program, arg) for arg in dict.fromkeys(arg for arg, _ in places)]
        what = "its tangent" if len(places) == 1 else "each tangent"
        add = "" if len(places) == 1 else ", and add"
        return sentence(
            "The row is ", row, ", and derivatives come from ", listed(reads), f": take {what} ",
            "times the partial of ", own, " by it", add, ".",
        )  # fmt: skip
    (arg, position), bar = places[0], named(program, question.row, "bar")
    partial = partial_symbol(program, question.row, arg)
    note: Parts = ()
    if program.args[question.row].count(arg) > 1:
        place = place_word(position + 1)
        note = sentence(" Only the ", place, " place counts here.")
    return sentence(
        "This contribution comes from the row ", row, ": look at ", bar, " and at ", partial, ".",
        note,
    )  # fmt: skip


def _partial_hint(explanation: Explanation, question: Question) -> Parts:
    """What a partial means: one argument varies, the others are held fixed."""
    program = explanation.program
    ((arg, position),) = arguments(explanation, question)
    moves: str | Part = named(program, arg)
    if program.args[question.row].count(arg) > 1:
        moves = f"its {place_word(position + 1)} place"
    return sentence(
        "The row is ", _row(explanation, question.row), ": let ", moves,
        " alone move, and hold all the others still.",
    )  # fmt: skip


def _accumulation_hint(explanation: Explanation, question: Question) -> Parts:
    """Says that the adjoint holds a number already, if it does."""
    bar = named(explanation.program, question.slot, "bar")
    if value_before(explanation, question) is None:
        return ()
    return sentence(" ", bar, " holds something already: the contribution is added to it.")


def value_before(explanation: Explanation, question: Question) -> float | None:
    """The value of an adjoint before a step: a partial sum or its seed; None if nothing yet."""
    if question.incoming is None:
        return None
    if question.incoming.before is not None:
        return explanation.trace.contributions[question.incoming.before][4]
    return index_of(explanation).seeds.get(question.slot)
