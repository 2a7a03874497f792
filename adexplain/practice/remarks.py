"""Recognize what a wrong answer to a covered step is, such as a number with the wrong sign."""

from __future__ import annotations

from collections.abc import Callable

from adexplain.errors import AdexplainError, InputError
from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import ADJOINT, PRIMAL
from adexplain.narration.parts import Parts, in_brackets, named, number, sentence
from adexplain.narration.rules import partial_symbol
from adexplain.practice.answers import matches_formula, row_equation
from adexplain.practice.coverage import Question, arguments
from adexplain.practice.equality import Match, compare_numbers, read_number, right_to_one_digit
from adexplain.practice.hints import value_before
from adexplain.practice.usual_slips import ANGULAR, DEGREES, SIGN, in_degrees
from adexplain.typeset.rules import partial_text

Equals = Callable[[float | None], bool]
"""Whether a number is the one that was typed, up to rounding."""

_SIGN = sentence(SIGN)


def remark(explanation: Explanation, question: Question, given: str) -> Parts:
    """What a wrong number is instead; () if it is not recognized."""
    try:
        read = read_number(given)
    except InputError:
        return ()

    def equals(value: float | None) -> bool:
        return value is not None and compare_numbers(read, value) is not Match.WRONG

    if question.value is not None and right_to_one_digit(read, question.value):
        return sentence("Right to one digit: write at least two.")
    if question.value and equals(-question.value):
        return _SIGN
    if question.sweep == PRIMAL:
        return _value_remark(explanation, question, equals)
    if question.edge is not None:
        return _contribution_remark(explanation, question, equals)
    return _tangent_remark(explanation, question, equals)


def _value_remark(explanation: Explanation, question: Question, equals: Equals) -> Parts:
    program = explanation.program
    op = program.ops[question.slot]
    if op not in ANGULAR:
        return ()
    angle = explanation.trace.values[program.args[question.slot][0]]
    return sentence(DEGREES) if angle is not None and equals(in_degrees(op)(angle)) else ()


def _contribution_remark(explanation: Explanation, question: Question, equals: Equals) -> Parts:
    program, trace = explanation.program, explanation.trace
    assert question.edge is not None
    into, out_of, slope, amount, _ = trace.contributions[question.edge]
    bars = [named(program, slot, "bar") for slot in (question.slot, out_of)]
    before = value_before(explanation, question)
    if before is not None and equals(amount):
        return sentence(
            "That is what this contribution brings; ", bars[0], " held ",
            in_brackets(number(before), first=True), " before it.",
        )  # fmt: skip
    if before is not None and equals(before - amount):
        return sentence("The contribution has the wrong sign.")
    if equals(slope):
        return sentence("That is the partial alone: it is multiplied by ", bars[1], ".")
    for other, from_row, _, brought, _ in trace.contributions:
        if from_row == out_of and other != into and equals((before or 0.0) + brought):
            by = partial_symbol(program, out_of, other)
            return sentence("That comes with ", by, " instead.")
    return ()


def _tangent_remark(explanation: Explanation, question: Question, equals: Equals) -> Parts:
    program, trace = explanation.program, explanation.trace
    edges, slopes = trace.edges[question.slot], trace.partials[question.slot]
    if len(edges) > 1:
        pairs = zip(edges, slopes, strict=True)
        if any(equals(slope * (trace.tangents[arg] or 0.0)) for arg, slope in pairs):
            return sentence("That is one of the terms: they are added.")
    elif edges and equals(slopes[0]):
        dot = named(program, edges[0], "dot")
        return sentence("That is the partial alone: it is multiplied by ", dot, ".")
    return ()


def remark_on_rule(explanation: Explanation, question: Question, given: str) -> Parts:
    """What a wrong formula is instead; () if it is not recognized."""
    try:
        return _rule_remark(explanation, question, given)
    except AdexplainError:
        return ()


def _rule_remark(explanation: Explanation, question: Question, given: str) -> Parts:
    program = explanation.program

    def equals(text: str) -> bool:
        return matches_formula(explanation, question, given, text)

    places = arguments(explanation, question)
    if question.sweep == ADJOINT:
        return _partial_remark(explanation, question, equals)
    partials = [partial_text(program, question.row, place, whole=True) for _, place in places]
    dots = [f"{program.names[arg]}'" for arg, _ in places]
    terms = [f"({partial})*{dot}" for partial, dot in zip(partials, dots, strict=True)]
    if equals(f"-({' + '.join(terms)})"):
        return _SIGN
    if len(terms) > 1 and any(equals(term) for term in terms):
        return sentence("That is one of the terms: they are added.")
    if len(terms) > 1 and equals(f"{terms[0]} - {terms[1]}"):
        return sentence("A sign between the terms is wrong.")
    if len(terms) > 1 and equals("*".join(dots)):
        return sentence("The derivatives are not multiplied: in each term one factor moves.")
    if any(equals(partial) for partial in partials):
        return sentence("That is a partial alone: it is multiplied by a tangent.")
    return ()


def _partial_remark(
    explanation: Explanation, question: Question, equals: Callable[[str], bool]
) -> Parts:
    program, row = explanation.program, question.row
    ((_, place),) = arguments(explanation, question)

    def is_partial(position: int, sign: str = "") -> bool:
        return equals(f"{sign}({partial_text(program, row, position, whole=True)})")

    if is_partial(place, "-"):
        return _SIGN
    for other, arg in enumerate(program.args[row]):
        if other != place and arg != question.slot and is_partial(other):
            return sentence("That is the partial by ", named(program, arg), ".")
    if equals(row_equation(explanation, question).partition(" = ")[2]):
        return sentence("That is the row itself: it is to be differentiated.")
    return ()
