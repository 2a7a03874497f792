"""A lesson as its page shows it: every part as HTML, made once and kept until a file changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from adexplain import lessons
from adexplain.lessons import Entry, Lesson, Slide
from adexplain.lessons.fences import Chart, Check, Exercise, Listing, Question, Trace
from adexplain.lessons.glossary import Term
from adexplain.lessons.lesson import Part, key_of
from adexplain.lessons.prose import Prose
from adexplain.lessons.sources import Source
from adexplain.server.lessons import parts as part_html
from adexplain.server.lessons import trace as trace_html
from adexplain.server.lessons.html import Setting, block, line
from adexplain.version import __version__

VERSION = __version__


@dataclass(frozen=True)
class Cited:
    """A work in the list below a lesson: its number, 0 where only the head names it."""

    number: int
    source: Source
    where: str


@dataclass(frozen=True)
class Shown:
    """One page of a lesson: its parts, the lecturer's notes, and what there is on it.

    Attributes:
        parts: the HTML of each part.
        notes: what the lecturer says; empty where nothing is noted.
        title: its first heading, or the one before.
        lively: whether it has a trace, which wants room.
    """

    parts: list[Markup]
    notes: Markup
    title: str
    lively: bool


@dataclass(frozen=True)
class LessonPage:
    """Everything that a lesson's page shows."""

    entry: Entry
    goals: list[Markup]
    needs: list[Entry]
    slides: list[Shown]
    works: list[Cited]
    words: list[tuple[Term, Markup]]
    questions: int
    tasks: int
    before: Entry | None
    after: Entry | None

    @property
    def lively(self) -> bool:
        """Whether it has a trace."""
        return any(slide.lively for slide in self.slides)


def lesson_page(slug: str, saved: bool = False) -> LessonPage:
    """A lesson for its page, or for a file.

    Raises:
        KeyError: there is none of that name.
        LessonError: something in it is wrong.
    """
    lesson = lessons.load(slug)
    every = lessons.entries()
    place = next(k for k, entry in enumerate(every) if entry.slug == slug)
    setting = Setting(lesson.traces, lessons.terms(), saved=saved)
    slides = _slides(lesson, setting)
    return LessonPage(
        every[place],
        [line(Prose.of(goal, 1), setting) for goal in lesson.front.goals],
        [entry for entry in every if entry.slug in lesson.front.needs],
        slides,
        _works(lesson, setting),
        [(term, block(term.text, setting)) for term in list(setting.used.values())],
        len(lesson.questions),
        len(lesson.exercises) + len(lesson.checks),
        every[place - 1] if place else None,
        every[place + 1] if place + 1 < len(every) else None,
    )


def _slides(lesson: Lesson, setting: Setting) -> list[Shown]:
    found: list[Shown] = []
    numbers = {id(question): k for k, question in enumerate(lesson.questions, start=1)}
    shown = (part for slide in lesson.slides for part in slide.parts if _lively(part))
    numbers |= {id(trace): k for k, trace in enumerate(shown, start=1)}
    for slide in lesson.slides:
        show = partial(_part, lesson, setting, numbers)
        parts = [html for part in slide.parts if (html := show(part))]
        found.append(
            Shown(
                parts,
                block(slide.notes, setting) if slide.notes else Markup(),
                _title(slide) or (found[-1].title if found else lesson.front.title),
                any(map(_lively, slide.parts)),
            )
        )
    return found


def _lively(part: Part) -> bool:
    return isinstance(part, Trace) and not part.hidden


def _title(slide: Slide) -> str:
    for part in slide.parts:
        if isinstance(part, Prose) and part.tokens[0].type == "heading_open":
            return "".join(child.content for child in part.tokens[1].children or ())
    return ""


def _part(lesson: Lesson, setting: Setting, numbers: dict[int, int], part: Part) -> Markup:
    match part:
        case Prose():
            return block(part, setting)
        case Trace():
            if part.hidden:
                return Markup()
            explanation = lesson.traces[key_of(part)]
            return trace_html.trace(part, explanation, numbers[id(part)], setting)
        case Chart():
            return part_html.chart(part, setting)
        case Question():
            return part_html.question(lesson, part, numbers[id(part)], setting)
        case Exercise():
            return part_html.exercise(lesson, part, setting)
        case Check():
            return part_html.check(lesson, part, setting)
        case Listing():
            return part_html.listing(part)


def _works(lesson: Lesson, setting: Setting) -> list[Cited]:
    """The works cited, by their numbers, and then those that only the head names."""
    known = lessons.works()
    cited = [Cited(n, known[key], where) for (key, where), n in setting.cited.items()]
    used = {key for key, _ in setting.cited}
    return cited + [Cited(0, known[key], "") for key in lesson.front.sources if key not in used]


@dataclass(frozen=True)
class Glossary:
    """The glossary's page: each term with its definition, and the lessons that use it."""

    terms: list[tuple[Term, Markup]]


def glossary_page() -> Glossary:
    """The glossary in the order of the alphabet."""
    terms = lessons.terms()
    setting = Setting({}, terms)
    ordered = sorted(terms.values(), key=lambda term: term.name.lower())
    return Glossary([(term, block(term.text, setting)) for term in ordered])
