"""The sections of the site, as the header of every page lists them, and its other pages."""

from __future__ import annotations

from typing import NamedTuple

from adexplain.server.http.examples import OPENING


class Section(NamedTuple):
    """One section of the site.

    Attributes:
        key: the value of ``here`` in the templates of its pages.
        title: its name in the header.
        path: its first page.
    """

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
"""In the order of the header; each has its routes."""


class Page(NamedTuple):
    """A page that the search finds; its fields are those of ``search.index.Item``."""

    kind: str
    title: str
    path: str
    names: tuple[str, ...]
    headings: tuple[str, ...]
    text: str


PAGES = (
    Page("page", "Lessons", "/lessons", ("lessons", "course"), (),
         "The course, lesson by lesson; each also as lecture pages with notes for whoever teaches, "
         "and as one file."),
    Page("page", "Glossary", "/lessons/glossary", ("glossary",), (), "One definition a term."),
    Page("practice", "Practice", "/practice", ("practice", "exercises"), (),
         "Exercises by level, predictions, checking your work, worksheets, sheets for a class."),
    Page("practice", "Predict a trace", OPENING.state().address(predict="values"),
         ("predict", "predict then reveal"), (),
         "Numbers are covered until you predict them; a hint comes first, then the step in words."),
    Page("practice", "Check my work", "/practice/check", ("check my work", "check", "marking"), (),
         "Type or paste your own derivation, as a table or line by line: each row is marked, and a "
         "mistake is named."),
    Page("practice", "Worksheets", "/practice/worksheet", ("worksheet", "handout", "homework"), (),
         "Any function, or a set of exercises, blank and solved: to print, or as LaTeX."),
    Page("practice", "A class", "/practice/class", ("class", "answer key"), (),
         "For a lecturer: thirty different sheets from one number, with one answer key."),
    Page("page", "Reference", "/reference", ("reference",), (),
         "Every elementary operation with its rule, its domain and its kinks."),
    Page("page", "API", "/api/docs", ("api",), (),
         "What the explorer shows, as JSON: OpenAPI and the schema of an explanation."),
)  # fmt: skip

STARTING_POINTS = (
    (
        "To teach:",
        (
            ("lessons", "/lessons"),
            ("lecture mode", "/lessons/04-steps?view=lecture"),
            ("worksheets", "/practice/worksheet"),
        ),
    ),
    (
        "To learn:",
        (
            ("lessons", "/lessons"),
            ("predict a trace", OPENING.state().address(predict="values")),
            ("practise", "/practice"),
            ("check my work", "/practice/check"),
        ),
    ),
)
"""For whom → (title, path) of links: the opening page shows lecturers and students where to start.
"""
