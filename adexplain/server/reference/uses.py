"""Finds where each operation is used: in the lessons, and in the explorer's examples."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from adexplain import lessons
from adexplain.errors import InputError
from adexplain.language import parse
from adexplain.lessons import Lesson, LessonError
from adexplain.lessons.fences import Chart, Trace
from adexplain.server.http.examples import GROUPS

Link = tuple[str, str]
"""A title and an address."""


def in_lessons() -> dict[str, list[Link]]:
    """Operation → the lessons with a trace or a chart that uses it. It reads all lessons."""
    found: dict[str, dict[Link, None]] = {}
    for entry in lessons.entries():
        try:
            lesson = lessons.load(entry.slug)
        except LessonError:  # shown on the lesson's own page
            continue
        link = (entry.front.title, f"/lessons/{entry.slug}")
        for op in _operations(lesson):
            found.setdefault(op, {})[link] = None
    return {op: list(links) for op, links in found.items()}


def _operations(lesson: Lesson) -> Iterator[str]:
    for part in lesson.parts:
        if isinstance(part, Trace | Chart) and part.f:
            try:
                program = parse(part.f)
            except InputError:
                continue
            yield from (op for op in program.ops if op)


@cache
def in_examples() -> dict[str, list[Link]]:
    """Operation → the explorer's examples that use it."""
    found: dict[str, dict[Link, None]] = {}
    for examples in GROUPS.values():
        for example in examples:
            link = (example.title, example.state().address())
            for op in parse(example.text).ops:
                if op:
                    found.setdefault(op, {})[link] = None
    return {op: list(links) for op, links in found.items()}
