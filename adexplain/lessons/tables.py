"""TOML inside a lesson: front matter and fences, each value with the line it stands on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from adexplain.lessons.faults import LessonError

T = TypeVar("T")

_PLACE = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")


@dataclass(frozen=True)
class Table:
    """The values of one piece of TOML, and where it stands.

    Attributes:
        path: the file.
        line: the line of the piece's first line, from 1.
        text: the piece.
        values: what it says.
        what: what the piece is, for messages.
    """

    path: Path
    line: int
    text: str
    values: dict[str, Any]
    what: str

    def line_of(self, key: str) -> int:
        """The line of a key; the first one where the key does not occur."""
        for number, line in enumerate(self.text.split("\n")):
            if re.match(rf"\s*{re.escape(key)}\s*=", line):
                return self.line + number
        return self.line

    def fault(self, key: str, message: str, hint: str = "") -> LessonError:
        """An error about a key."""
        return LessonError(self.path, self.line_of(key), message, hint)

    def take(self, key: str, kind: type[T], usual: T | None = None) -> T:
        """The value of a key.

        Args:
            key: its name.
            kind: the type it must have.
            usual: what holds where the key is missing; None where it is needed.

        Raises:
            LessonError: it is missing, or of another type.
        """
        value = self.values.get(key, usual)
        if value is None:
            raise self.fault(key, f"The {self.what} needs `{key}`.")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            wanted = {str: "text in quotes", int: "a whole number", bool: "true or false"}
            raise self.fault(
                key, f"`{key}` must be {wanted.get(kind, f'a {kind.__name__}')}, not {value!r}."
            )
        return value

    def texts(self, key: str, usual: list[str] | None = None) -> list[str]:
        """The value of a key that is a list of texts."""
        values = self.take(key, list, usual)
        if not all(isinstance(value, str) for value in values):
            raise self.fault(key, f"`{key}` must be a list of texts in quotes.")
        return values

    def one_of(self, key: str, known: Collection[str], usual: str | None = None) -> str:
        """The value of a key that is one of some words."""
        value = self.take(key, str, usual)
        if value not in known:
            raise self.fault(key, f"There is no {key} {value!r}.", f"Write {_listed(known)}.")
        return value

    def only(self, known: Collection[str]) -> None:
        """Refuse keys that mean nothing: most are slips of the pen."""
        for key in self.values:
            if key not in known:
                raise self.fault(
                    key, f"A {self.what} has no `{key}`.", f"It may have {_listed(known)}."
                )


def table(path: Path, line: int, text: str, what: str) -> Table:
    """Read a piece of TOML that begins at a line of a file.

    Raises:
        LessonError: it is no TOML, at the line that is to blame.
    """
    try:
        return Table(path, line, text, tomllib.loads(text), what)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        inner = int(place[1]) if place and place[1] else text.count("\n") + 1
        message = f"The {what} is no TOML: {_PLACE.sub('', str(error))}."
        raise LessonError(path, line + inner - 1, message) from None


def _listed(words: Collection[str]) -> str:
    return ", ".join(words)
