"""TOML inside a lesson (front matter and fences), with the line of each key for errors."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from adexplain.lessons.faults import LessonError

T = TypeVar("T")

_TOML_PLACE = re.compile(r" \(at line (\d+), column \d+\)| \(at end of document\)")


@dataclass(frozen=True)
class Table:
    """The values of a piece of TOML, and its place in a file.

    Attributes:
        path: the file.
        line: the line on which the TOML begins, from 1.
        text: the TOML.
        values: its values.
        what: what it is, for messages.
    """

    path: Path
    line: int
    text: str
    values: dict[str, Any]
    what: str

    def line_of(self, key: str) -> int:
        """The line of a key, or the first line if the key does not occur."""
        for number, line in enumerate(self.text.split("\n")):
            if re.match(rf"\s*{re.escape(key)}\s*=", line):
                return self.line + number
        return self.line

    def fault(self, key: str, message: str, hint: str = "") -> LessonError:
        """An error about a key."""
        return LessonError(self.path, self.line_of(key), message, hint)

    def get(self, key: str, kind: type[T], default: T | None = None) -> T:
        """The value of a key.

        Args:
            key: its name.
            kind: the type that the value must have.
            default: the value if the key is missing; None if the key is required.

        Raises:
            LessonError: it is missing, or has another type.
        """
        value = self.values.get(key, default)
        if value is None:
            raise self.fault(key, f"The {self.what} needs `{key}`.")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            type_names = {str: "text in quotes", int: "a whole number", bool: "true or false"}
            raise self.fault(
                key, f"`{key}` must be {type_names.get(kind, f'a {kind.__name__}')}, not {value!r}."
            )
        return value

    def texts(self, key: str, default: list[str] | None = None) -> list[str]:
        """The value of a key, which must be a list of texts."""
        values = self.get(key, list, default)
        if not all(isinstance(value, str) for value in values):
            raise self.fault(key, f"`{key}` must be a list of texts in quotes.")
        return values

    def one_of(self, key: str, known: Collection[str], default: str | None = None) -> str:
        """The value of a key, which must be one of the known words."""
        value = self.get(key, str, default)
        if value not in known:
            raise self.fault(key, f"There is no {key} {value!r}.", f"Write {_joined(known)}.")
        return value

    def allow_only(self, known: Collection[str]) -> None:
        """Raise LessonError for an unknown key, which is usually a typo."""
        for key in self.values:
            if key not in known:
                raise self.fault(
                    key, f"A {self.what} has no `{key}`.", f"It may have {_joined(known)}."
                )


def table(path: Path, line: int, text: str, what: str) -> Table:
    """Read a piece of TOML that begins at a line of a file.

    Raises:
        LessonError: it is not valid TOML, at the line of the syntax error.
    """
    try:
        return Table(path, line, text, tomllib.loads(text), what)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        inner = int(place[1]) if place and place[1] else text.count("\n") + 1
        message = f"The {what} is no TOML: {_TOML_PLACE.sub('', str(error))}."
        raise LessonError(path, line + inner - 1, message) from None


def _joined(words: Collection[str]) -> str:
    return ", ".join(words)
