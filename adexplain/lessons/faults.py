"""The error about a lesson: a file, a line and a message, in the style of a compiler."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from adexplain.errors import AdexplainError


class LessonError(AdexplainError):
    """Something in the files of the lessons cannot be read, or is wrong.

    Attributes:
        path: the file.
        line: the line in it, from 1.
        message: one sentence.
        hint: what to write instead ("" where there is nothing to suggest).
    """

    def __init__(self, path: Path, line: int, message: str, hint: str = "") -> None:
        super().__init__(f"{path.parent.name}/{path.name}:{line}: {message} {hint}".rstrip())
        self.path = path
        self.line = line
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        """Exceptions are pickled between workers: rebuild this one with all its attributes."""
        return (type(self), (self.path, self.line, self.message, self.hint))
