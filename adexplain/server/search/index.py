"""Collects everything that the search can find: operations, lessons, terms, pages, examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from adexplain import lessons
from adexplain.language.grammar import CONSTANT_NAMES
from adexplain.lessons import Lesson, LessonError, library
from adexplain.lessons.prose import Prose
from adexplain.primitives.primitive import PRIMITIVES
from adexplain.server.html import document
from adexplain.server.http.examples import GROUPS
from adexplain.server.http.keys import SHORTCUTS
from adexplain.server.http.navigation import PAGES
from adexplain.server.practice.routes import LEVEL_LIST
from adexplain.server.reference import index as operations

KINDS = (
    "operation", "lesson", "term", "practice", "page", "language", "numbers", "pages", "example",
)  # fmt: skip
"""The kinds of items, in the order in which results with the same score are shown."""


_OPERATION_QUERIES = "derivative, slope, gradient, partial, rule, domain, plot"
"""What people search for together with the name of an operation; every page of one has it."""


@dataclass(frozen=True)
class Item:
    """One thing that can be found.

    Attributes:
        kind: one of :data:`KINDS`.
        title: the title of the result.
        address: its page.
        names: its names, in all spellings.
        headings: the titles of its parts.
        text: its text.
    """

    kind: str
    title: str
    address: str
    names: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    text: str = ""


def items() -> tuple[Item, ...]:
    """All items. This takes some tenths of a second, because it reads the lessons."""
    return (
        *_operations(),
        *_lessons(),
        *_terms(),
        *(Item(*page) for page in PAGES),
        *_exercises(),
        Item("page", "Keys", "/reference/keys", (), tuple(g.place for g in SHORTCUTS), _keys()),
        *_documents(),
        *_examples(),
    )


def folded(text: str) -> str:
    """A text in the form in which it is compared: casefolded, one blank between words."""
    return " ".join(normalize("NFKC", text).casefold().split())


def _operations() -> Iterator[Item]:
    for primitive in PRIMITIVES.values():
        typed = operations.call_text(primitive)
        statuses = " ".join(point.status for point in primitive.nonsmooth_points)
        yield Item(
            "operation",
            typed,
            operations.address(primitive.name),
            (primitive.name, *operations.spellings(primitive), typed),
            (operations.group_of(primitive.name).title, _OPERATION_QUERIES),
            f"{primitive.why} {statuses}".strip(),
        )


def _lessons() -> Iterator[Item]:
    for entry in lessons.entries():
        address = f"/lessons/{entry.slug}"
        head = entry.front
        try:
            lesson = lessons.load(entry.slug)
        except LessonError:  # shown on the lesson's own page
            yield Item("lesson", head.title, address)
            continue
        name = f"lesson {entry.number}"
        text = " ".join([*map(_unmarked, head.goals), *map(_words, lesson.texts(notes=False))])
        yield Item(
            "lesson", head.title, address, (entry.slug, name, head.title), _headings(lesson), text
        )


def _headings(lesson: Lesson) -> tuple[str, ...]:
    found = []
    for prose in lesson.texts(notes=False):
        for before, token in zip(prose.tokens, prose.tokens[1:], strict=False):
            if before.type == "heading_open":
                found.append(_unmarked(token.content))
    return tuple(found)


def _words(prose: Prose) -> str:
    return " ".join(_unmarked(t.content) for t in prose.tokens if t.type == "inline")


def _unmarked(text: str) -> str:
    """Markdown as plain words: links by their text; no signs, numbers and citations."""
    text = re.sub(r"\[\[[^\]]*\]\]|\[\^[^\]]*\]", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"[*`$\\{}]", "", text).split())


def _terms() -> Iterator[Item]:
    for term in library.terms().values():
        yield Item("term", term.name, f"/lessons/glossary#{term.anchor}", (term.name,), (),
                   term.plain)  # fmt: skip


def _exercises() -> Iterator[Item]:
    for level, title, about in LEVEL_LIST:
        address = f"/practice/exercises?level={level}"
        yield Item("practice", f"Exercises: {title}", address, (level, title), (), about)


def _documents() -> Iterator[Item]:
    for name in document.PAGES:
        page = document.document_page(name)
        for section in page.sections:
            title = f"{page.title}: {section.heading}"
            address = f"/reference/{name}#{section.key}"
            constants = tuple(CONSTANT_NAMES) if "constants" in section.text else ()
            yield Item(name, title, address, (section.heading, *constants), (), section.text)


def _examples() -> Iterator[Item]:
    for group, examples in GROUPS.items():
        for example in examples:
            text = f"{example.why}: {example.text}".replace("\n", "; ")
            address = example.state().address()
            yield Item("example", example.title, address, (example.title,), (group,), text)


def _keys() -> str:
    return "; ".join(
        f"{' '.join(key.keys)} {key.action}" for group in SHORTCUTS for key in group.shortcuts
    )
