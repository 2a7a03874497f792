"""The parts of a lesson that are more than text, each from its template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from markupsafe import Markup

from adexplain.explain import Explanation
from adexplain.lessons import Lesson
from adexplain.lessons.fences import Chart, Check, Exercise, Listing, Question, Trace
from adexplain.lessons.judging import marked, told
from adexplain.lessons.numbers import Figure
from adexplain.lessons.prose import Prose
from adexplain.practice.exercises import make

from . import lesson_charts, work
from .address import AT, State
from .lesson_html import Setting, block, line, shown_number
from .mathml import typeset
from .security import FRAMED
from .steps_view import card
from .templating import fragment

CARDS = 60
"""Steps that a file tells in words."""
USUAL = ("table", "graph", "step")
"""What a trace in a lesson shows unless its author says otherwise."""


def state_of(trace: Trace) -> State:
    """The address's state of a trace: what its frame opens."""
    # A prediction opens at what is asked first.
    step = None if trace.predict and not trace.step else trace.step
    return State(
        trace.f,
        trace.at,
        trace.mode,
        trace.seed,
        trace.bar,
        trace.exact,
        step=step,
        predict=trace.predict,
    )


def trace(trace: Trace, explanation: Explanation, setting: Setting) -> Markup:
    """A trace: its whole table for readers and printers, and the address of its live frame."""
    state = state_of(trace)
    whole = replace(state, step=None, predict="", shape="wide")
    page = work.page_of(explanation, whole)
    address = state.address(FRAMED)
    if trace.show != USUAL:
        address += f"&show={','.join(trace.show)}"
    last = min(explanation.stepping.total, CARDS) if setting.saved else 0
    return fragment(
        "_lesson_trace.html",
        trace=trace,
        page=page,
        state=whole,
        numbers=False,
        own=f"trace-{trace.line}-",
        frame="" if setting.saved else address,
        open="" if setting.saved else state.address(),
        drawn=trace.show != USUAL and "graph" in trace.show,
        caption=line(trace.caption, setting),
        cards=[card(explanation, number) for number in range(1, last + 1)],
    )


def chart(chart: Chart, setting: Setting) -> Markup:
    """A chart."""
    return fragment(
        "_lesson_chart.html",
        chart=chart,
        drawn=lesson_charts.shown(chart),
        caption=line(chart.caption, setting),
    )


def question(lesson: Lesson, question: Question, number: int, setting: Setting) -> Markup:
    """A question, with its answer folded away."""
    return fragment(
        "_lesson_question.html",
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
        "_lesson_exercise.html",
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
        "_lesson_check.html",
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
    return fragment("_lesson_code.html", listing=listing)
