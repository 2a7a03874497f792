"""Hints: first where to look, then the rule; never the answer.

All of it comes from the rule table and the trace.
"""

from __future__ import annotations

from adexplain.explanation.explain import Explanation
from adexplain.explanation.index import index_of
from adexplain.explanation.stepping import ADJOINT, PRIMAL
from adexplain.narration.parts import Part, Parts, formula, listed, named, place_word, sentence
from adexplain.narration.rules import named_primal, partial_symbol
from adexplain.narration.step import words
from adexplain.practice.coverage import RULES, Asked, arguments
from adexplain.program import CONSTANT


def hints(explanation: Explanation, kind: str, asked: Asked) -> tuple[Parts, Parts]:
    """Two hints for a step: which rows to look at, and the rule to use."""
    told = words(explanation, asked.number)
    if asked.sweep == PRIMAL:
        return _where_primal(explanation, asked), _put_in(told.numbers, told.rule)
    first = _where(explanation, asked)
    if kind == RULES:
        rule = formula(told.rule, "see the table of rules")
        if asked.sweep == ADJOINT:
            first = _alone(explanation, asked)
        return first, sentence("The rule in general: ", rule, ". Put this row's names in.")
    names = formula(told.names, told.names_text)
    return first, (
        *sentence("The rule with the names of this row: ", names, "."),
        *_held(explanation, asked),
    )


def _row(explanation: Explanation, slot: int) -> Part:
    return formula(*named_primal(explanation.program, slot))


def _where_primal(explanation: Explanation, asked: Asked) -> Parts:
    """Which numbers a value is made from."""
    program = explanation.program
    args = dict.fromkeys(program.args[asked.slot])
    read = [named(program, arg) for arg in args if program.ops[arg] is not CONSTANT]
    row = _row(explanation, asked.slot)
    if not read:
        return sentence("The row is ", row, ": it reads no other row.")
    value = "value" if len(read) == 1 else "values"
    return sentence("The row is ", row, ": take the ", value, " of ", listed(read), ".")


def _put_in(numbers: Parts, rule: str) -> Parts:
    """The operation with its numbers, as far as the result."""
    put_in = [part for part in numbers if part.mark]
    if len(put_in) < 2:  # a copy: its number would be the answer
        return sentence("The rule: ", formula(rule, "see the table of rules"), ".")
    return sentence("With the numbers put in: ", put_in, ".")


def _where(explanation: Explanation, asked: Asked) -> Parts:
    """Which rows a derivative is made from."""
    program = explanation.program
    row, own = _row(explanation, asked.row), named(program, asked.row)
    places = arguments(explanation, asked)
    if asked.sweep != ADJOINT:
        reads = [named(program, arg) for arg in dict.fromkeys(arg for arg, _ in places)]
        what = "its tangent" if len(places) == 1 else "each tangent"
        add = "" if len(places) == 1 else ", and add"
        return sentence(
            "The row is ", row, ", and derivatives come from ", listed(reads), f": take {what} ",
            "times the partial of ", own, " by it", add, ".",
        )  # fmt: skip
    (arg, position), bar = places[0], named(program, asked.row, "bar")
    partial = partial_symbol(program, asked.row, arg)
    which: Parts = ()
    if program.args[asked.row].count(arg) > 1:
        place = place_word(position + 1)
        which = sentence(" Only the ", place, " place counts here.")
    return sentence(
        "This contribution comes from the row ", row, ": look at ", bar, " and at ", partial, ".",
        which,
    )  # fmt: skip


def _alone(explanation: Explanation, asked: Asked) -> Parts:
    """What a partial is."""
    program = explanation.program
    ((arg, position),) = arguments(explanation, asked)
    moves: str | Part = named(program, arg)
    if program.args[asked.row].count(arg) > 1:
        moves = f"its {place_word(position + 1)} place"
    return sentence(
        "The row is ", _row(explanation, asked.row), ": let ", moves,
        " alone move, and hold all the others still.",
    )  # fmt: skip


def _held(explanation: Explanation, asked: Asked) -> Parts:
    """Whether there is something to add to."""
    bar = named(explanation.program, asked.slot, "bar")
    if held(explanation, asked) is None:
        return ()
    return sentence(" ", bar, " holds something already: the contribution is added to it.")


def held(explanation: Explanation, asked: Asked) -> float | None:
    """What an adjoint stands at before a step: a sum, the seed, or nothing yet."""
    if asked.arrival is None:
        return None
    if asked.arrival.before is not None:
        return explanation.trace.contributions[asked.arrival.before][4]
    return index_of(explanation).seeds.get(asked.slot)
