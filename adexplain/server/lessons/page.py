"""The content of a lesson's page, with every part as HTML, and of the glossary."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from adexplain import lessons
from adexplain.lessons import Entry, Lesson, Slide
from adexplain.lessons.fences import Chart, Check, CodeBlock, Exercise, Question, Trace
from adexplain.lessons.glossary import Term
from adexplain.lessons.lesson import Part, key_of
from adexplain.lessons.prose import Prose
from adexplain.lessons.sources import Source
from adexplain.server.lessons import parts as part_html
from adexplain.server.lessons import trace as trace_html
from adexplain.server.lessons.html import RenderContext, block_html, inline_html
from adexplain.version import __version__

VERSION = __version__


@dataclass(frozen=True)
class CitedWork:
    """A work in the list of sources.

    Attributes:
        number: the number of its citation; 0 where only the lesson's head names it.
        source: the work.
        where: the cited place in it, or "".
    """

    number: int
    source: Source
    where: str


@dataclass(frozen=True)
class SlideView:
    """One slide of a lesson.

    Attributes:
        parts: the HTML of each part.
        notes: the lecturer's notes; empty where there are none.
        title: its first heading, or that of the slide before.
        has_trace: whether it has a visible trace, which needs much room.
    """

    parts: list[Markup]
    notes: Markup
    title: str
    has_trace: bool


@dataclass(frozen=True)
class LessonPage:
    """Everything that a lesson's page shows.

    Attributes:
        entry: the lesson in the list of lessons.
        goals: its goals.
        needs: the lessons to read before.
        slides: its slides.
        works: the works it cites.
        terms: (term, definition) of the words that it links to the glossary.
        questions: how many questions it has.
        tasks: how many exercises and derivations to check it has.
        previous, next: its neighbors in the list of lessons.
    """

    entry: Entry
    goals: list[Markup]
    needs: list[Entry]
    slides: list[SlideView]
    works: list[CitedWork]
    terms: list[tuple[Term, Markup]]
    questions: int
    tasks: int
    previous: Entry | None
    next: Entry | None

    @property
    def has_trace(self) -> bool:
        """Whether it has a visible trace."""
        return any(slide.has_trace for slide in self.slides)


def lesson_page(slug: str, saved: bool = False) -> LessonPage:
    """The content of a lesson's page, or of its file (``saved``).

    Raises:
        KeyError: there is no lesson of that name.
        LessonError: its text has an error.
    """
    lesson = lessons.load(slug)
    entries = lessons.entries()
    place = next(k for k, entry in enumerate(entries) if entry.slug == slug)
    context = RenderContext(lesson.traces, lessons.terms(), saved=saved)
    slides = _slides(lesson, context)
    return LessonPage(
        entries[place],
        [inline_html(Prose.of(goal, 1), context) for goal in lesson.front.goals],
        [entry for entry in entries if entry.slug in lesson.front.needs],
        slides,
        _works(lesson, context),
        [(term, block_html(term.text, context)) for term in list(context.used.values())],
        len(lesson.questions),
        len(lesson.exercises) + len(lesson.checks),
        entries[place - 1] if place else None,
        entries[place + 1] if place + 1 < len(entries) else None,
    )


def _slides(lesson: Lesson, context: RenderContext) -> list[SlideView]:
    slides: list[SlideView] = []
    numbers = {id(question): k for k, question in enumerate(lesson.questions, start=1)}
    shown = (part for slide in lesson.slides for part in slide.parts if _has_trace(part))
    numbers |= {id(trace): k for k, trace in enumerate(shown, start=1)}
    for slide in lesson.slides:
        show = partial(_part, lesson, context, numbers)
        parts = [html for part in slide.parts if (html := show(part))]
        slides.append(
            SlideView(
                parts,
                block_html(slide.notes, context) if slide.notes else Markup(),
                _title(slide) or (slides[-1].title if slides else lesson.front.title),
                any(map(_has_trace, slide.parts)),
            )
        )
    return slides


def _has_trace(part: Part) -> bool:
    return isinstance(part, Trace) and not part.hidden


def _title(slide: Slide) -> str:
    for part in slide.parts:
        if isinstance(part, Prose) and part.tokens[0].type == "heading_open":
            return "".join(child.content for child in part.tokens[1].children or ())
    return ""


def _part(lesson: Lesson, context: RenderContext, numbers: dict[int, int], part: Part) -> Markup:
    match part:
        case Prose():
            return block_html(part, context)
        case Trace():
            if part.hidden:
                return Markup()
            explanation = lesson.traces[key_of(part)]
            return trace_html.trace(part, explanation, numbers[id(part)], context)
        case Chart():
            return part_html.chart(part, context)
        case Question():
            return part_html.question(lesson, part, numbers[id(part)], context)
        case Exercise():
            return part_html.exercise(lesson, part, context)
        case Check():
            return part_html.check(lesson, part, context)
        case CodeBlock():
            return part_html.code_block(part)


def _works(lesson: Lesson, context: RenderContext) -> list[CitedWork]:
    """The cited works by their numbers, then those that only the lesson's head names."""
    known = lessons.works()
    cited = [CitedWork(n, known[key], where) for (key, where), n in context.cited.items()]
    used = {key for key, _ in context.cited}
    return cited + [CitedWork(0, known[key], "") for key in lesson.front.sources if key not in used]


@dataclass(frozen=True)
class Glossary:
    """The content of the glossary: (term, definition) pairs."""

    terms: list[tuple[Term, Markup]]


def glossary_page() -> Glossary:
    """The glossary in alphabetical order."""
    terms = lessons.terms()
    context = RenderContext({}, terms)
    ordered = sorted(terms.values(), key=lambda term: term.name.lower())
    return Glossary([(term, block_html(term.text, context)) for term in ordered])
