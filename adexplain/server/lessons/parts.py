"""Renders the parts of a lesson that are more than text; :mod:`.trace` renders its traces."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from markupsafe import Markup

from adexplain.explanation.explain import Explanation
from adexplain.lessons import Lesson, judging
from adexplain.lessons.fences import Chart, Check, CodeBlock, Exercise, Question
from adexplain.lessons.judging import marked
from adexplain.lessons.numbers import Figure
from adexplain.lessons.prose import Prose
from adexplain.practice.exercises import make
from adexplain.server.html.mathml import typeset
from adexplain.server.http.address import AT_PREFIX, State
from adexplain.server.http.templating import fragment
from adexplain.server.lessons import charts
from adexplain.server.lessons.html import RenderContext, block_html, inline_html, number_html


def chart(chart: Chart, context: RenderContext) -> Markup:
    """A chart with its caption."""
    return fragment(
        "lessons/_chart.html",
        chart=chart,
        drawing=charts.drawing_of(chart),
        caption=inline_html(chart.caption, context),
    )


def question(lesson: Lesson, question: Question, number: int, context: RenderContext) -> Markup:
    """A question, with its answer folded away."""
    return fragment(
        "lessons/_question.html",
        question=question,
        number=number,
        slug=lesson.slug,
        question_text=block_html(question.ask, context),
        choices=[inline_html(choice, context) for choice in question.choices],
        answer=right_answer(question, lesson.traces),
        hint=block_html(question.hint, context),
        why=block_html(question.why, context),
        saved=context.saved,
    )


def right_answer(question: Question, traces: Mapping[str, Explanation]) -> Markup | str:
    """The right answer as it is printed."""
    answer = judging.right_answer(question, traces)
    return number_html(answer) if isinstance(answer, Figure) else answer


def exercise(lesson: Lesson, exercise: Exercise, context: RenderContext) -> Markup:
    """An exercise of the practice pages, with its answers folded away."""
    made = make(exercise.level, exercise.seed)
    solved = made.explanation()
    state = State(made.text, made.at, made.mode)
    return fragment(
        "lessons/_exercise.html",
        exercise=made,
        key=f"e{lesson.exercises.index(exercise) + 1}",
        slug=lesson.slug,
        question=block_html(Prose.of(made.question_latex, exercise.line), context),
        formula=[typeset(line) for line in solved.formula],
        blanks=[
            (typeset(blank.latex), blank.label, typeset(blank.answer_latex))
            for blank in made.blanks
        ],
        explorer_address=state.address(),
        saved=context.saved,
    )


def check(lesson: Lesson, check: Check, context: RenderContext) -> Markup:
    """A derivation with a mistake, and the result of marking it folded away."""
    return fragment(
        "lessons/_check.html",
        check=check,
        rows=[(n, row) for n, row in enumerate(check.work.split("\n"), 1) if row.strip()],
        wrong=marked(check).wrong,
        key=f"c{lesson.checks.index(check) + 1}",
        slug=lesson.slug,
        address=_marking(check),
        question_text=block_html(check.ask, context),
        saved=context.saved,
    )


def _marking(check: Check) -> str:
    """The address of the page on which the derivation is marked."""
    pairs = [("f", check.f), *((AT_PREFIX + name, value) for name, value in check.at.items())]
    return f"/practice/check?{urlencode([*pairs, ('work', check.work)])}"


def code_block(block: CodeBlock) -> Markup:
    """Code, and its output."""
    return fragment("lessons/_code.html", code=block)
