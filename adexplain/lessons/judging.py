"""Judge answers to the questions of a lesson. Answers are neither stored nor scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from adexplain.errors import InputError
from adexplain.evaluate.points import number
from adexplain.explanation.explain import Explanation
from adexplain.language import parse
from adexplain.lessons.fences import Check, Exercise, Question
from adexplain.lessons.markdown import numbers_in
from adexplain.lessons.numbers import Figure, figure
from adexplain.practice.equality import Match, same_formula, same_number
from adexplain.practice.exercises import make
from adexplain.practice.marking import CheckedWork, MarkedRow, check
from adexplain.program import Program

MAX_LENGTH = 200
"""Most characters in an answer."""
DEFAULT_VALUE = 0.7
"""The value of a name at which formulas are compared if the author gives none."""


def right_number(question: Question, traces: Mapping[str, Explanation]) -> Figure:
    """The number that answers a question.

    Raises:
        UnknownNumber: the author's reference is to no number.
        InputError: the author's answer is not a number.
    """
    references = list(numbers_in(question.answer))
    if references:
        return figure(references[0], traces)
    return Figure(number(question.answer, "the answer"), None, True)


def right_answer(question: Question, traces: Mapping[str, Explanation]) -> Figure | str:
    """The right answer: a number, the text of a formula, or the number of a choice as text."""
    if question.kind == "number":
        return right_number(question, traces)
    return question.formula if question.kind == "formula" else str(question.right)


def judge(question: Question, traces: Mapping[str, Explanation], given: str) -> Match:
    """Compare an answer with the right one.

    Raises:
        InputError: the answer cannot be read.
    """
    given = given.strip()
    if not given:
        raise InputError("There is no answer yet.")
    if len(given) > MAX_LENGTH:
        raise InputError(f"An answer has at most {MAX_LENGTH} characters.")
    if question.kind == "choice":
        return Match.EXACT if given == str(question.right) else Match.WRONG
    if question.kind == "number":
        return same_number(given, right_number(question, traces).value)
    right = parse(question.formula)
    return (
        Match.EXACT if same_formula(_parsed(given, right), right, near(question)) else Match.WRONG
    )


def _parsed(given: str, right: Program) -> Program:
    program = parse(given)
    unknown_names = [name for name in program.input_names if name not in right.input_names]
    if unknown_names:
        known = ", ".join(right.input_names)
        raise InputError(
            f"There is no {unknown_names[0]} here.", None, f"The formula is in {known}."
        )
    return program


def near(question: Question) -> dict[str, float]:
    """The point at which the formulas of a question are compared first."""
    names = parse(question.formula).input_names
    return {name: number(question.near.get(name, DEFAULT_VALUE), name) for name in names}


def marked(check: Check) -> CheckedWork:
    """The derivation of a check, marked.

    Raises:
        InputError: the author's function, point or derivation cannot be read.
    """
    return _marked(check.f, tuple(check.at.items()), check.work)


@lru_cache(maxsize=64)
def _marked(f: str, at: tuple[tuple[str, str], ...], work: str) -> CheckedWork:
    return check(f, dict(at), work)


def found_row(check: Check, given: str) -> MarkedRow | None:
    """The marked row on the line that a reader picked, from 1; None if there is none.

    Raises:
        InputError: no line was picked.
    """
    if not given.strip():
        raise InputError("Pick a row first.")
    return next((row for row in marked(check).rows if str(row.line) == given.strip()), None)


def filled_in(exercise: Exercise, given: Sequence[str]) -> list[Match | None]:
    """Judge the numbers filled in for an exercise; None for each blank that is still empty.

    Raises:
        InputError: an answer cannot be read.
    """
    blanks = make(exercise.level, exercise.seed).blanks
    answers = [*given, *([""] * len(blanks))]
    found: list[Match | None] = []
    for blank, text in zip(blanks, answers, strict=False):
        if len(text) > MAX_LENGTH:
            raise InputError(f"An answer has at most {MAX_LENGTH} characters.")
        found.append(same_number(text, blank.value) if text.strip() else None)
    return found
