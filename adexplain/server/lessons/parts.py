"""The parts of a lesson that are more than text, but for its traces, each from its template."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from markupsafe import Markup

from adexplain.explanation.explain import Explanation
from adexplain.lessons import Lesson
from adexplain.lessons.fences import Chart, Check, Exercise, Listing, Question
from adexplain.lessons.judging import marked, told
from adexplain.lessons.numbers import Figure
from adexplain.lessons.prose import Prose
from adexplain.practice.exercises import make
from adexplain.server.html.mathml import typeset
from adexplain.server.http.address import AT, State
from adexplain.server.http.templating import fragment
from adexplain.server.lessons import charts
from adexplain.server.lessons.html import Setting, block, line, shown_number


def chart(chart: Chart, setting: Setting) -> Markup:
    """A chart."""
    return fragment(
        "lessons/_chart.html",
        chart=chart,
        drawn=charts.shown(chart),
        caption=line(chart.caption, setting),
    )


def question(lesson: Lesson, question: Question, number: int, setting: Setting) -> Markup:
    """A question, with its answer folded away."""
    return fragment(
        "lessons/_question.html",
        question=question,
        number=number,
        slug=lesson.slug,
        ask=block(question.ask, setting),
        choices=[line(choice, setting) for choice in question.choices],
        answer=right_answer(question, lesson.traces),
        hint=block(question.hint, setting),
        why=block(question.why, setting),
        saved=setting.saved,
    )


def right_answer(question: Question, traces: Mapping[str, Explanation]) -> Markup | str:
    """The answer as it is printed."""
    found = told(question, traces)
    return shown_number(found) if isinstance(found, Figure) else found


def exercise(lesson: Lesson, exercise: Exercise, setting: Setting) -> Markup:
    """An exercise of the practice pages, to be done here."""
    made = make(exercise.level, exercise.seed)
    solved = made.explanation()
    state = State(made.text, made.at, made.mode)
    return fragment(
        "lessons/_exercise.html",
        exercise=made,
        key=f"e{lesson.exercises.index(exercise) + 1}",
        slug=lesson.slug,
        asked=block(Prose.of(made.question_latex, exercise.line), setting),
        formula=[typeset(line) for line in solved.formula],
        blanks=[(typeset(blank.latex), blank.label, typeset(blank.form)) for blank in made.blanks],
        open=state.address(),
        saved=setting.saved,
    )


def check(lesson: Lesson, check: Check, setting: Setting) -> Markup:
    """A derivation with a mistake in it, and what the marking says of it, folded away."""
    return fragment(
        "lessons/_check.html",
        check=check,
        rows=[(n, row) for n, row in enumerate(check.work.split("\n"), 1) if row.strip()],
        wrong=marked(check).wrong,
        key=f"c{lesson.checks.index(check) + 1}",
        slug=lesson.slug,
        address=_marking(check),
        ask=block(check.ask, setting),
        saved=setting.saved,
    )


def _marking(check: Check) -> str:
    """The address at which a derivation is marked."""
    pairs = [("f", check.f), *((AT + name, value) for name, value in check.at.items())]
    return f"/practice/check?{urlencode([*pairs, ('work', check.work)])}"


def listing(listing: Listing) -> Markup:
    """Code, and what it prints."""
    return fragment("lessons/_code.html", listing=listing)
