"""The head of a lesson: what it is about and what it asks for, as TOML between ``+++``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from adexplain.lessons.faults import LessonError
from adexplain.lessons.tables import table

KEYS = ("title", "goals", "minutes", "needs", "sources")


@dataclass(frozen=True)
class Front:
    """The head of a lesson.

    Attributes:
        title: its name.
        goals: what a reader can do afterwards, each beginning with a verb.
        minutes: how long it takes to read and do.
        needs: the lessons to read before, by their slugs.
        sources: keys of ``lessons/sources.toml``.
        lines: the line of each key, for errors found later.
    """

    title: str
    goals: list[str]
    minutes: int
    needs: list[str]
    sources: list[str]
    lines: dict[str, int]


def split(path: Path, text: str) -> tuple[str, str, int]:
    """The head and the body of a lesson, and how many lines stand before the body.

    Raises:
        LessonError: the head does not begin, or does not end.
    """
    lines = text.split("\n")
    if lines[0].strip() != "+++":
        raise LessonError(path, 1, "A lesson begins with its head.", "Write +++ on the first line.")
    for number, line in enumerate(lines[1:], start=1):
        if line.strip() == "+++":
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 1
    raise LessonError(path, 1, "The head does not end.", "Write +++ on a line after it.")


def front(path: Path, text: str) -> Front:
    """Read the head of a lesson.

    Raises:
        LessonError: it is no TOML, something is missing, or it says what no head says.
    """
    head = table(path, 2, text, "head of a lesson")
    head.only(KEYS)
    goals = head.texts("goals")
    if not 2 <= len(goals) <= 4:
        raise head.fault("goals", f"A lesson has two to four goals, not {len(goals)}.")
    minutes = head.take("minutes", int)
    if not 1 <= minutes <= 60:
        raise head.fault("minutes", f"A lesson takes 1 to 60 minutes, not {minutes}.")
    return Front(
        head.take("title", str),
        goals,
        minutes,
        head.texts("needs", []),
        head.texts("sources"),
        {key: head.line_of(key) for key in KEYS},
    )
