"""The works that lessons cite: ``lessons/sources.toml``, one table for each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from adexplain.lessons.faults import LessonError
from adexplain.lessons.tables import Table, table


@dataclass(frozen=True)
class Source:
    """A work: how it is printed, and where it is to be found ("" where nowhere on the web)."""

    key: str
    text: str
    link: str


def sources(path: Path) -> dict[str, Source]:
    """All works by their keys.

    Raises:
        LessonError: the file is no TOML, or a work lacks its text.
    """
    whole = table(path, 1, path.read_text("utf-8"), "list of sources")
    return {key: _source(path, whole, key) for key in whole.values}


def _source(path: Path, whole: Table, key: str) -> Source:
    lines = whole.text.split("\n")
    line = next((k for k, text in enumerate(lines, 1) if text.strip() == f"[{key}]"), 1)
    values = whole.values[key]
    if not isinstance(values, dict):
        raise LessonError(path, line, f"`{key}` must be a table: [{key}].")
    one = Table(path, line, "\n".join(lines[line - 1 :]), values, "source")
    one.only(("text", "link"))
    link = one.take("link", str, "")
    if link and not link.startswith("https://"):
        raise one.fault("link", f"A link begins with https://, not {link!r}.")
    return Source(key, one.take("text", str), link)
