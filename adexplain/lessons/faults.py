"""What is wrong in a lesson, and where: a file and a line, as a compiler would say it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from adexplain.errors import AdexplainError


class LessonError(AdexplainError):
    """Something in a lesson's files cannot be read or does not hold.

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
        """Exceptions cross to and from workers: rebuild this one with all it carries."""
        return (type(self), (self.path, self.line, self.message, self.hint))
