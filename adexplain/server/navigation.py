"""The sections of the site, in the order of the head of every page, and its other pages."""

from __future__ import annotations

from typing import NamedTuple

from .examples import OPENING


class Section(NamedTuple):
    """One section: what pages of it call themselves (``here``), its name, and where it opens."""

    key: str
    title: str
    path: str


SECTIONS = (
    Section("explore", "Explore", "/"),
    Section("lessons", "Lessons", "/lessons"),
    Section("practice", "Practice", "/practice"),
    Section("reference", "Reference", "/reference"),
    Section("api", "API", "/api/docs"),
)
"""Only sections whose routes exist stand here."""


class Page(NamedTuple):
    """A page that a search may find by what it is for."""

    kind: str
    title: str
    path: str
    names: tuple[str, ...]
    headings: tuple[str, ...]
    text: str


PAGES = (
    Page("page", "Lessons", "/lessons", ("lessons",), (), "The course, lesson by lesson, with "
         "lecture pages and notes for teachers."),
    Page("page", "Glossary", "/lessons/glossary", ("glossary",), (), "One definition a term."),
    Page("page", "Practice", "/practice", ("practice",), (), "Exercises by level, check my work, "
         "predict in the explorer, worksheets, a class."),
    Page("practice", "Exercises", "/practice/exercises", ("exercises", "exercise"), (),
         "Functions with numbers to do by hand, by level: one operation, a chain, products, "
         "sharing, two outputs, kinks. Hints, then the solved trace."),
    Page("practice", "Worksheets", "/practice/worksheet", ("worksheet", "worksheets"), (),
         "Any function or a set of exercises as a blank and a solved sheet, to print or as LaTeX."),
    Page("practice", "Sheets for a class", "/practice/class", ("class", "homework"), (),
         "Thirty different sheets from one number, with one answer key."),
    Page("page", "Reference", "/reference", ("reference",), (), "Every elementary operation with "
         "its rule, its domain and its kinks."),
    Page("page", "API", "/api/docs", ("api",), (), "What the explorer shows, as JSON: OpenAPI and "
         "the schema of an explanation."),
)  # fmt: skip

WAYS = (
    (
        "To teach:",
        (("lessons", "/lessons"), ("lecture mode", "/lessons/04-steps?view=lecture")),
    ),
    (
        "To learn:",
        (
            ("lesson by lesson", "/lessons"),
            ("predict a trace", OPENING.state().address(predict="values")),
        ),
    ),
)
"""What the opening page says to a lecturer and to a student: where each finds what he needs."""
