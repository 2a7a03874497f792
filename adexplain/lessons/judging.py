"""Whether an answer to a lesson's question is right. Nothing is kept and nothing is scored."""

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
from adexplain.practice.marking import Checked, Marked
from adexplain.practice.marking import check as mark
from adexplain.program import Program

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
    right = parse(question.formula)
    return Match.EXACT if same_formula(_typed(given, right), right, near(question)) else Match.WRONG


def _typed(given: str, right: Program) -> Program:
    program = parse(given)
    strangers = [name for name in program.input_names if name not in right.input_names]
    if strangers:
        known = ", ".join(right.input_names)
        raise InputError(f"There is no {strangers[0]} here.", None, f"The formula is in {known}.")
    return program


def near(question: Question) -> dict[str, float]:
    """The point at which formulas are compared first."""
    names = parse(question.formula).input_names
    return {name: number(question.near.get(name, NEAR), name) for name in names}


def marked(check: Check) -> Checked:
    """Somebody's derivation as the marking of practice sees it.

    Raises:
        InputError: its author's function, point or rows cannot be read.
    """
    return _marked(check.f, tuple(check.at.items()), check.work)


@lru_cache(maxsize=64)
def _marked(f: str, at: tuple[tuple[str, str], ...], work: str) -> Checked:
    return mark(f, dict(at), work)


def found_row(check: Check, given: str) -> Marked | None:
    """The row of a derivation that somebody picked by its number, from 1.

    Raises:
        InputError: nobody picked one.
    """
    if not given.strip():
        raise InputError("Pick a row first.")
    return next((row for row in marked(check).rows if str(row.line) == given.strip()), None)


def filled_in(exercise: Exercise, given: Sequence[str]) -> list[Match | None]:
    """What was filled in for each number of an exercise; None where there is nothing yet.

    Raises:
        InputError: something cannot be read.
    """
    blanks = make(exercise.level, exercise.seed).blanks
    answers = [*given, *([""] * len(blanks))]
    found: list[Match | None] = []
    for blank, text in zip(blanks, answers, strict=False):
        if len(text) > LONGEST:
            raise InputError(f"An answer has at most {LONGEST} characters.")
        found.append(same_number(text, blank.value) if text.strip() else None)
    return found
