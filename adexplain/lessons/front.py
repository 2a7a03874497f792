"""The front matter of a lesson: title, goals, time and prerequisites, as TOML between ``+++``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from adexplain.lessons.faults import LessonError
from adexplain.lessons.tables import table

KEYS = ("title", "goals", "minutes", "needs", "sources")


@dataclass(frozen=True)
class Front:
    """The front matter of a lesson.

    Attributes:
        title: its name.
        goals: what readers can do afterwards, each beginning with a verb.
        minutes: the time it takes, with its exercises.
        needs: the slugs of the lessons to read before.
        sources: keys of ``lessons/sources.toml``.
        lines: the line of each key, for errors that are found later.
    """

    title: str
    goals: list[str]
    minutes: int
    needs: list[str]
    sources: list[str]
    lines: dict[str, int]


def split(path: Path, text: str) -> tuple[str, str, int]:
    """Split a lesson into front matter, body, and the number of lines before the body.

    Raises:
        LessonError: the front matter does not begin on the first line, or does not end.
    """
    lines = text.split("\n")
    if lines[0].strip() != "+++":
        raise LessonError(path, 1, "A lesson begins with its head.", "Write +++ on the first line.")
    for number, line in enumerate(lines[1:], start=1):
        if line.strip() == "+++":
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 1
    raise LessonError(path, 1, "The head does not end.", "Write +++ on a line after it.")


def front(path: Path, text: str) -> Front:
    """Read the front matter of a lesson.

    Raises:
        LessonError: it is not valid TOML, or a key is missing, unknown or out of range.
    """
    head = table(path, 2, text, "head of a lesson")
    head.allow_only(KEYS)
    goals = head.texts("goals")
    if not 2 <= len(goals) <= 4:
        raise head.fault("goals", f"A lesson has two to four goals, not {len(goals)}.")
    minutes = head.get("minutes", int)
    if not 1 <= minutes <= 60:
        raise head.fault("minutes", f"A lesson takes 1 to 60 minutes, not {minutes}.")
    return Front(
        head.get("title", str),
        goals,
        minutes,
        head.texts("needs", []),
        head.texts("sources"),
        {key: head.line_of(key) for key in KEYS},
    )
