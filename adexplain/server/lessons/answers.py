"""Judges answers to the questions of a lesson. A wrong answer never reveals the right one."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from adexplain import lessons
from adexplain.errors import InputError
from adexplain.lessons import Lesson
from adexplain.lessons.fences import Check, Exercise, Question
from adexplain.lessons.judging import filled_in, found_row, judge
from adexplain.practice.equality import Match
from adexplain.practice.exercises import make
from adexplain.practice.marking.judging.result import WRONG
from adexplain.server.html.mathml import typeset
from adexplain.server.http.templating import fragment
from adexplain.server.lessons.html import RenderContext, block_html
from adexplain.server.lessons.parts import right_answer


def answer(slug: str, key: str, given: Sequence[str], tried_before: bool) -> Markup | None:
    """The judgement of an answer, as HTML; None where the lesson has no such part.

    Args:
        slug: the lesson.
        key: ``2`` for its second question, ``c1`` for its first derivation to check, ``e1`` for
            its first exercise.
        given: what was typed, or the number of the choice.
        tried_before: whether there was a wrong answer before.
    """
    lesson = lessons.load(slug)
    part = _part(lesson, key)
    if part is None:
        return None
    try:
        if isinstance(part, Question):
            return _question(lesson, part, given, tried_before)
        if isinstance(part, Check):
            return _check(part, given, tried_before)
        return _exercise(part, given, tried_before)
    except InputError as error:
        return problem(str(error))


def problem(message: str) -> Markup:
    """The judgement of an answer that cannot be read, with the reason."""
    return _judged_html("unread", problem=message)


def _part(lesson: Lesson, key: str) -> Question | Check | Exercise | None:
    kinds: dict[str, Sequence[Question | Check | Exercise]]
    kinds = {"c": lesson.checks, "e": lesson.exercises}
    parts = kinds.get(key[:1], lesson.questions)
    number = key[1:] if key[:1] in kinds else key
    if not (number.isascii() and number.isdigit()) or not 1 <= int(number[:6]) <= len(parts):
        return None
    return parts[int(number) - 1]


def _question(
    lesson: Lesson, question: Question, given: Sequence[str], tried_before: bool
) -> Markup:
    context = RenderContext(lesson.traces, lessons.terms())
    match = judge(question, lesson.traces, "".join(given[:1]))
    if match is Match.WRONG:
        return _judged_html(
            "wrong", hint=block_html(question.hint, context), tried_before=tried_before
        )
    full = right_answer(question, lesson.traces) if match is Match.ROUNDED else ""
    return _judged_html(match.value, why=block_html(question.why, context), full=full)


def _check(check: Check, given: Sequence[str], tried_before: bool) -> Markup:
    row = found_row(check, "".join(given[:1]))
    if row is not None and row.mark == WRONG:
        return _judged_html("exact", says=f"{row.says or ''} {row.instead or ''}")
    hint = "Go through the rows from the first one. Trust nothing above a row but its numbers."
    if row is not None and row.mark == "follows":
        hint = (
            "This row is right as it stands: it only passes on an earlier mistake. Look above it."
        )
    elif row is not None:
        hint = "This row is right."
    return _judged_html("wrong", says=hint, tried_before=tried_before)


def _exercise(exercise: Exercise, given: Sequence[str], tried_before: bool) -> Markup:
    made = make(exercise.level, exercise.seed)
    matches = filled_in(exercise, given)
    names = [typeset(blank.latex) for blank in made.blanks]
    if all(match in (Match.EXACT, Match.ROUNDED) for match in matches):
        return _judged_html("exact")
    missing = [n for n, match in zip(names, matches, strict=True) if match is None]
    wrong = [n for n, match in zip(names, matches, strict=True) if match is Match.WRONG]
    return _judged_html(
        "wrong", wrong=wrong, missing=missing, tried_before=tried_before and bool(wrong)
    )


def _judged_html(match: str, **extra: object) -> Markup:
    defaults = {"problem": "", "hint": "", "why": "", "says": "", "full": "", "tried_before": False}
    return fragment(
        "lessons/_judged.html", **{**defaults, "wrong": [], "missing": [], **extra}, match=match
    )
