"""Whether an answer to a lesson's question is right. Nothing is kept and nothing is scored."""

from __future__ import annotations

from collections.abc import Mapping

import adexplain
from adexplain.errors import InputError
from adexplain.explain import Explanation
from adexplain.points import number
from adexplain.practice.equality import Match, same_formula, same_number
from adexplain.program import Program

from .fences import Question
from .markdown import numbers_in
from .numbers import Figure, figure

LONGEST = 200
"""Characters of an answer."""
NEAR = 0.7
"""Where formulas are compared whose author gives no point."""


def wanted(question: Question, traces: Mapping[str, Explanation]) -> Figure:
    """The number that a question asks for.

    Raises:
        UnknownNumber: its author's reference means none.
        InputError: what its author wrote is no number.
    """
    references = list(numbers_in(question.answer))
    if references:
        return figure(references[0], traces)
    return Figure(number(question.answer, "the answer"), None, True)


def told(question: Question, traces: Mapping[str, Explanation]) -> Figure | str:
    """The right answer: a number, or the text of a formula or of a choice's number."""
    if question.kind == "number":
        return wanted(question, traces)
    return question.formula if question.kind == "formula" else str(question.right)


def judge(question: Question, traces: Mapping[str, Explanation], given: str) -> Match:
    """Compare an answer with the right one.

    Raises:
        InputError: what was typed cannot be read.
    """
    given = given.strip()
    if not given:
        raise InputError("There is no answer yet.")
    if len(given) > LONGEST:
        raise InputError(f"An answer has at most {LONGEST} characters.")
    if question.kind == "choice":
        return Match.EXACT if given == str(question.right) else Match.WRONG
    if question.kind == "number":
        return same_number(given, wanted(question, traces).value)
    right = adexplain.parse(question.formula)
    return Match.EXACT if same_formula(_typed(given, right), right, near(question)) else Match.WRONG


def _typed(given: str, right: Program) -> Program:
    program = adexplain.parse(given)
    strangers = [name for name in program.input_names if name not in right.input_names]
    if strangers:
        known = ", ".join(right.input_names)
        raise InputError(f"There is no {strangers[0]} here.", None, f"The formula is in {known}.")
    return program


def near(question: Question) -> dict[str, float]:
    """The point at which formulas are compared first."""
    names = adexplain.parse(question.formula).input_names
    return {name: number(question.near.get(name, NEAR), name) for name in names}
