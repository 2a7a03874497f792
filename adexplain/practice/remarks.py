"""What a wrong answer to a step is instead, where that can be seen."""

from __future__ import annotations

from collections.abc import Callable

from adexplain.errors import AdexplainError, InputError
from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import ADJOINT, PRIMAL
from adexplain.narration.parts import Parts, in_brackets, named, number, sentence
from adexplain.narration.rules import partial_symbol
from adexplain.practice.answers import row_told, same_as
from adexplain.practice.coverage import Asked, arguments
from adexplain.practice.equality import Match, compare_numbers, one_digit, read_number
from adexplain.practice.hints import held
from adexplain.practice.usual_slips import ANGULAR, DEGREES, SIGN, in_degrees
from adexplain.typeset.rules import partial_text

Is = Callable[[float | None], bool]
"""Whether a number is the one that was typed."""

_SIGN = sentence(SIGN)


def remark(explanation: Explanation, asked: Asked, given: str) -> Parts:
    """Of a wrong number; () where nobody knows."""
    try:
        read = read_number(given)
    except InputError:
        return ()

    def is_(value: float | None) -> bool:
        return value is not None and compare_numbers(read, value) is not Match.WRONG

    if asked.wanted is not None and one_digit(read, asked.wanted):
        return sentence("Right to one digit: write at least two.")
    if asked.wanted and is_(-asked.wanted):
        return _SIGN
    if asked.sweep == PRIMAL:
        return _of_value(explanation, asked, is_)
    if asked.edge is not None:
        return _of_contribution(explanation, asked, is_)
    return _of_tangent(explanation, asked, is_)


def _of_value(explanation: Explanation, asked: Asked, is_: Is) -> Parts:
    program = explanation.program
    op = program.ops[asked.slot]
    if op not in ANGULAR:
        return ()
    angle = explanation.trace.values[program.args[asked.slot][0]]
    return sentence(DEGREES) if angle is not None and is_(in_degrees(op)(angle)) else ()


def _of_contribution(explanation: Explanation, asked: Asked, is_: Is) -> Parts:
    program, trace = explanation.program, explanation.trace
    assert asked.edge is not None
    into, out_of, slope, amount, _ = trace.contributions[asked.edge]
    bars = [named(program, slot, "bar") for slot in (asked.slot, out_of)]
    before = held(explanation, asked)
    if before is not None and is_(amount):
        return sentence(
            "That is what this contribution brings; ", bars[0], " held ",
            in_brackets(number(before), first=True), " before it.",
        )  # fmt: skip
    if before is not None and is_(before - amount):
        return sentence("The contribution has the wrong sign.")
    if is_(slope):
        return sentence("That is the partial alone: it is multiplied by ", bars[1], ".")
    for other, from_row, _, brought, _ in trace.contributions:
        if from_row == out_of and other != into and is_((before or 0.0) + brought):
            by = partial_symbol(program, out_of, other)
            return sentence("That comes with ", by, " instead.")
    return ()


def _of_tangent(explanation: Explanation, asked: Asked, is_: Is) -> Parts:
    program, trace = explanation.program, explanation.trace
    edges, slopes = trace.edges[asked.slot], trace.partials[asked.slot]
    if len(edges) > 1:
        pairs = zip(edges, slopes, strict=True)
        if any(is_(slope * (trace.tangents[arg] or 0.0)) for arg, slope in pairs):
            return sentence("That is one of the terms: they are added.")
    elif edges and is_(slopes[0]):
        dot = named(program, edges[0], "dot")
        return sentence("That is the partial alone: it is multiplied by ", dot, ".")
    return ()


def remark_on_rule(explanation: Explanation, asked: Asked, given: str) -> Parts:
    """Of a wrong formula; () where nobody knows."""
    try:
        return _of_rule(explanation, asked, given)
    except AdexplainError:
        return ()


def _of_rule(explanation: Explanation, asked: Asked, given: str) -> Parts:
    program = explanation.program

    def is_(text: str) -> bool:
        return same_as(explanation, asked, given, text)

    places = arguments(explanation, asked)
    if asked.sweep == ADJOINT:
        return _of_partial(explanation, asked, is_)
    partials = [partial_text(program, asked.row, position) for _, position in places]
    dots = [f"{program.names[arg]}'" for arg, _ in places]
    terms = [f"({partial})*{dot}" for partial, dot in zip(partials, dots, strict=True)]
    if is_(f"-({' + '.join(terms)})"):
        return _SIGN
    if len(terms) > 1 and any(is_(term) for term in terms):
        return sentence("That is one of the terms: they are added.")
    if len(terms) > 1 and is_(f"{terms[0]} - {terms[1]}"):
        return sentence("A sign between the terms is wrong.")
    if len(terms) > 1 and is_("*".join(dots)):
        return sentence("The derivatives are not multiplied: in each term one factor moves.")
    if any(is_(partial) for partial in partials):
        return sentence("That is a partial alone: it is multiplied by a tangent.")
    return ()


def _of_partial(explanation: Explanation, asked: Asked, is_: Callable[[str], bool]) -> Parts:
    program, row = explanation.program, asked.row
    ((_, place),) = arguments(explanation, asked)
    if is_(f"-({partial_text(program, row, place)})"):
        return _SIGN
    for other, arg in enumerate(program.args[row]):
        if other != place and arg != asked.slot and is_(partial_text(program, row, other)):
            return sentence("That is the partial by ", named(program, arg), ".")
    if is_(row_told(explanation, asked).partition(" = ")[2]):
        return sentence("That is the row itself: it is to be differentiated.")
    return ()
