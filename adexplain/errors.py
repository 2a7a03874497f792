"""The errors a user can meet. Each says what is wrong, where, and what to write instead."""

from __future__ import annotations

Span = tuple[int, int]


class AdexplainError(Exception):
    """Base of every error this package raises on purpose."""


class InputError(AdexplainError):
    """Something typed cannot be read or used.

    Attributes:
        message: one sentence, without the position.
        span: (start, end) in the user's text, in characters, or None where no place is to blame.
        hint: what to write instead ("" where there is nothing to suggest).
    """

    def __init__(self, message: str, span: Span | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()

    def to_dict(self) -> dict[str, str | int | None]:
        """The error as the JSON API and ``--format json`` print it."""
        start, end = self.span or (None, None)
        return {"message": self.message, "start": start, "end": end, "hint": self.hint}

    def pointer(self, text: str) -> str:
        """The line of ``text`` that is to blame with a caret below it ("" without a span)."""
        if self.span is None:
            return ""
        start, end = self.span
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", start)
        line = text[line_start : len(text) if line_end < 0 else line_end]
        column = start - line_start
        # A long line is cut to a window, so that the caret stays in sight.
        cut = max(0, column - 60)
        shown = line[cut : cut + 100]
        width = max(1, min(end, line_start + len(line)) - start)
        return f"{shown}\n{' ' * (column - cut)}{'^' * min(width, 100)}"


class BudgetError(InputError):
    """The input is well formed but larger than the product is willing to work on."""


class MissingPackageError(AdexplainError, ImportError):
    """A package that is optional is needed for what was asked; the message says how to get it."""
