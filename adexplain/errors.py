"""The errors shown to users: each says what is wrong, where, and what to write instead."""

from __future__ import annotations

Span = tuple[int, int]


class AdexplainError(Exception):
    """Base of every error this package raises on purpose."""


class InputError(AdexplainError):
    """Some input cannot be read or used.

    Attributes:
        message: one sentence, without the position.
        span: (start, end) in the user's text, in characters, or None where the error has no place.
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
        """The line of ``text`` with the error, and carets below the error ("" without a span)."""
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
    """The input is well formed but larger than the limits in ``budgets``."""


class CallError(InputError, TypeError):
    """The arguments of a call do not fit: a value too many, a name that is unknown, or one twice.

    Python raises TypeError where this happens with a function of its own.
    """


class MissingPackageError(AdexplainError, ImportError):
    """An optional package is needed; the message says how to install it."""
