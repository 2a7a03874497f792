"""All the lessons, their glossary and their sources, read once and again when a file changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from adexplain.lessons import lesson as lessons
from adexplain.lessons.front import Front, front, split
from adexplain.lessons.glossary import Term, glossary
from adexplain.lessons.lesson import Lesson, slugs
from adexplain.lessons.sources import Source, sources
from adexplain.paths import folder

T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """A lesson in a list: what its head says."""

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
    """A number that changes whenever a file of the lessons does."""
    return hash(tuple((str(path), _changed(path)) for path in sorted(_files())))


def _files() -> list[Path]:
    top = folder("lessons")
    return [*top.glob("*.md"), *top.glob("*.toml"), *top.glob("*/lesson.md")]


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns


def entries() -> list[Entry]:
    """The heads of all lessons, in order."""
    return [entry for slug in slugs() if (entry := _entry(folder("lessons") / slug / "lesson.md"))]


def _entry(path: Path) -> Entry:
    return _entry_read(path, _changed(path))


@lru_cache(maxsize=64)
def _entry_read(path: Path, _time: int) -> Entry:
    head, _, _ = split(path, path.read_text("utf-8").replace("\r\n", "\n"))
    return Entry(path.parent.name, front(path, head))


def load(slug: str) -> Lesson:
    """A lesson; raises KeyError where there is none, LessonError where it cannot be read."""
    path = folder("lessons") / slug / "lesson.md"
    if slug not in slugs():
        raise KeyError(slug)
    return _lesson(path, _changed(path))


@lru_cache(maxsize=32)
def _lesson(path: Path, _time: int) -> Lesson:
    return lessons.read(path)


def terms() -> dict[str, Term]:
    """The glossary's terms; none where there is no glossary yet."""
    return _kept(folder("lessons") / "glossary.md", glossary)


def works() -> dict[str, Source]:
    """The works that lessons cite, by their keys."""
    return _kept(folder("lessons") / "sources.toml", sources)


def _kept(path: Path, read: Callable[[Path], dict[str, T]]) -> dict[str, T]:
    if not path.is_file():
        return {}
    found: dict[str, T] = _read_file(path, _changed(path), read)
    return found


@lru_cache(maxsize=8)
def _read_file(path: Path, _time: int, read: Callable[[Path], dict[str, T]]) -> dict[str, T]:
    return read(path)
