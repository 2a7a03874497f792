"""Read the works that lessons cite: ``lessons/sources.toml``, with one table for each work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from adexplain.lessons.faults import LessonError
from adexplain.lessons.tables import Table, table


@dataclass(frozen=True)
class Source:
    """A cited work: its key, its reference as text, and a link or ""."""

    key: str
    text: str
    link: str


def sources(path: Path) -> dict[str, Source]:
    """Read all works, by key.

    Raises:
        LessonError: the file is not valid TOML, or an entry is not valid.
    """
    document = table(path, 1, path.read_text("utf-8"), "list of sources")
    return {key: _source(path, document, key) for key in document.values}


def _source(path: Path, document: Table, key: str) -> Source:
    lines = document.text.split("\n")
    line = next((k for k, text in enumerate(lines, 1) if text.strip() == f"[{key}]"), 1)
    values = document.values[key]
    if not isinstance(values, dict):
        raise LessonError(path, line, f"`{key}` must be a table: [{key}].")
    entry = Table(path, line, "\n".join(lines[line - 1 :]), values, "source")
    entry.allow_only(("text", "link"))
    link = entry.get("link", str, "")
    if link and not link.startswith("https://"):
        raise entry.fault("link", f"A link begins with https://, not {link!r}.")
    return Source(key, entry.get("text", str), link)
