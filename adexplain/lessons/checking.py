"""Check a lesson: its links, terms, sources, formulas, questions, charts and numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from math_core import LatexError, LatexToMathML

from adexplain.errors import InputError
from adexplain.evaluate.points import number
from adexplain.language import parse
from adexplain.lessons import library
from adexplain.lessons.claims import stray_numbers
from adexplain.lessons.faults import LessonError
from adexplain.lessons.fences import Chart, Check, Question
from adexplain.lessons.glossary import term
from adexplain.lessons.judging import judge, marked, right_answer
from adexplain.lessons.lesson import Lesson, slugs
from adexplain.lessons.markdown import linked_term, numbers_in, with_numbers
from adexplain.lessons.numbers import Figure, UnknownNumber, figure
from adexplain.lessons.prose import MATHS, Prose
from adexplain.practice.equality import Match

LinkExists = Callable[[str], bool]
"""Whether an address of the site leads to a page."""


def faults(slug: str, link_exists: LinkExists) -> Iterator[LessonError]:
    """The errors in a lesson.

    Args:
        slug: the lesson.
        link_exists: whether an address of the site leads to a page.
    """
    try:
        lesson = library.load(slug)
        traces = lesson.traces
    except LessonError as error:
        yield error
        return
    yield from _head(lesson)
    for text in lesson.texts():
        yield from _text(lesson, text, link_exists)
    for question in lesson.questions:
        yield from _question(lesson, question)
    for part in lesson.parts:
        if isinstance(part, Chart):
            yield from _chart(lesson, part)
        elif isinstance(part, Check):
            yield from _check(lesson, part)
    if traces is not None:
        yield from stray_numbers(lesson)


def glossary_faults(link_exists: LinkExists) -> Iterator[LessonError]:
    """The errors in the glossary."""
    path = library.home() / "glossary.md"
    try:
        terms = library.terms()
    except LessonError as error:
        yield error
        return
    for found in terms.values():
        for token, line in found.text.pieces():
            if token.type in MATHS:
                yield from _formula(path, token.content, line)
            elif token.type == "link_open":
                href = str(token.attrGet("href"))
                if href.startswith("/") and not link_exists(href):
                    yield LessonError(path, line, f"The link {href!r} leads nowhere.")


def _head(lesson: Lesson) -> Iterator[LessonError]:
    front = lesson.front
    for slug in front.needs:
        if slug not in slugs():
            yield lesson.fault(front.lines["needs"], f"There is no lesson {slug!r}.")
    for key in front.sources:
        if key not in library.works():
            hint = "Add it to lessons/sources.toml."
            yield lesson.fault(front.lines["sources"], f"There is no source {key!r}.", hint)


def _text(lesson: Lesson, text: Prose, link_exists: LinkExists) -> Iterator[LessonError]:
    for reference, line in text.numbers():
        try:
            figure(reference, lesson.traces)
        except UnknownNumber as error:
            yield lesson.fault(line, str(error))
    tokens = list(text.pieces())
    for place, (token, line) in enumerate(tokens):
        if token.type == "cite" and token.meta["key"] not in library.works():
            hint = "Add it to lessons/sources.toml."
            yield lesson.fault(line, f"There is no source {token.meta['key']!r}.", hint)
        elif token.type in MATHS:
            written = ["1"] * len(list(numbers_in(token.content)))
            yield from _formula(lesson.path, with_numbers(token.content, written), line)
        elif token.type == "link_open":
            after = [later for later, _ in tokens[place:]]
            yield from _link(
                lesson, str(token.attrGet("href") or ""), linked_term(after, 0), line, link_exists
            )
        elif token.type == "image":
            yield lesson.fault(line, "A lesson has no images.", "Use a trace or a chart.")


def _link(
    lesson: Lesson, href: str, text: str, line: int, link_exists: LinkExists
) -> Iterator[LessonError]:
    if href.partition("#")[0] == "glossary":
        if term(text, library.terms()) is None:
            yield lesson.fault(line, f"The glossary does not define {text!r}.")
    elif href.startswith("/"):
        if not link_exists(href):
            yield lesson.fault(line, f"The link {href!r} leads nowhere.")
    elif not href.startswith("https://"):
        hint = "Write /lessons/04-steps, https://… or glossary."
        yield lesson.fault(line, f"The link {href!r} is no address.", hint)


@lru_cache(maxsize=1)
def _converter() -> LatexToMathML:
    return LatexToMathML(fancy_error=False)


def _formula(path: Path, latex: str, line: int) -> Iterator[LessonError]:
    try:
        _converter().convert_with_local_state(latex, displaystyle=False)
    except LatexError as error:
        yield LessonError(path, line, f"The formula `{latex.strip()}` cannot be set: {error}.")


def _question(lesson: Lesson, question: Question) -> Iterator[LessonError]:
    """Check that the right answer can be read, and is judged right."""
    try:
        answer = right_answer(question, lesson.traces)
        typed = repr(answer.value) if isinstance(answer, Figure) else answer
        if judge(question, lesson.traces, typed) is not Match.EXACT:
            yield lesson.fault(question.line, "The answer is not judged right.")
    except (InputError, UnknownNumber) as error:
        yield lesson.fault(question.line, f"The answer of the question: {error}")


def _chart(lesson: Lesson, chart: Chart) -> Iterator[LessonError]:
    if not chart.f:
        return
    try:
        program = parse(chart.f)
        if chart.kind in ("u-curve", "taylor"):
            for name in program.input_names:
                number(chart.at.get(name, ""), name)
    except InputError as error:
        yield lesson.fault(chart.line, f"The chart: {error}")


def _check(lesson: Lesson, check: Check) -> Iterator[LessonError]:
    """Check that the derivation can be marked, and has a mistake."""
    try:
        if not marked(check).wrong:
            yield lesson.fault(check.line, "There is no mistake in this derivation.")
    except InputError as error:
        yield lesson.fault(check.line, f"The derivation: {error}")
