"""Load lessons, their glossary and their sources, cached until a file changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from adexplain.lessons.front import Front, front, split
from adexplain.lessons.glossary import Term, glossary
from adexplain.lessons.lesson import Lesson, read_lesson, slugs
from adexplain.lessons.sources import Source, sources
from adexplain.paths import folder

T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """A lesson in a list: its slug and its front matter."""

    slug: str
    front: Front

    @property
    def number(self) -> int:
        """Its place among the lessons."""
        return int(self.slug[:2])


def home() -> Path:
    """The folder of the lessons."""
    return folder("lessons")


def version() -> int:
    """A number that changes whenever a file of the lessons changes."""
    return hash(tuple((str(path), _modified(path)) for path in sorted(_files())))


def _files() -> list[Path]:
    top = folder("lessons")
    return [*top.glob("*.md"), *top.glob("*.toml"), *top.glob("*/lesson.md")]


def _modified(path: Path) -> int:
    return path.stat().st_mtime_ns


def entries() -> list[Entry]:
    """All lessons with their front matter, in order."""
    return [entry for slug in slugs() if (entry := _entry(folder("lessons") / slug / "lesson.md"))]


def _entry(path: Path) -> Entry:
    return _entry_read(path, _modified(path))


@lru_cache(maxsize=64)
def _entry_read(path: Path, _time: int) -> Entry:
    head, _, _ = split(path, path.read_text("utf-8").replace("\r\n", "\n"))
    return Entry(path.parent.name, front(path, head))


def load(slug: str) -> Lesson:
    """Load a lesson.

    Raises:
        KeyError: there is no such lesson.
        LessonError: it cannot be read.
    """
    path = folder("lessons") / slug / "lesson.md"
    if slug not in slugs():
        raise KeyError(slug)
    return _lesson(path, _modified(path))


@lru_cache(maxsize=32)
def _lesson(path: Path, _time: int) -> Lesson:
    return read_lesson(path)


def terms() -> dict[str, Term]:
    """The terms of the glossary, by name in lower case; {} if there is no glossary."""
    return _cached(folder("lessons") / "glossary.md", glossary)


def works() -> dict[str, Source]:
    """The works that lessons cite, by key; {} if there is no list of sources."""
    return _cached(folder("lessons") / "sources.toml", sources)


def _cached(path: Path, read: Callable[[Path], dict[str, T]]) -> dict[str, T]:
    if not path.is_file():
        return {}
    found: dict[str, T] = _read_file(path, _modified(path), read)
    return found


@lru_cache(maxsize=8)
def _read_file(path: Path, _time: int, read: Callable[[Path], dict[str, T]]) -> dict[str, T]:
    return read(path)
