"""An input error as a page shows it: beside its field, with the faulty characters marked."""

from __future__ import annotations

from dataclasses import dataclass

from adexplain.errors import InputError

BEFORE, MARKED, AFTER = 60, 60, 40
"""How many characters of a long line are shown before, inside and after the marked span."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a field, where, and what to write instead."""

    message: str
    hint: str = ""
    field: str = ""
    start: int | None = None
    end: int | None = None
    before: str = ""
    marked: str = ""
    after: str = ""


def problem_of(error: InputError, text: str) -> Problem:
    """The problem to show for an error in the function ``text``, or in another field."""
    field, text = getattr(error, "field", "f"), getattr(error, "text", text)
    if error.span is None or not text:
        return Problem(error.message, error.hint, field)
    start, end = error.span
    return Problem(error.message, error.hint, field, start, end, *_excerpt(text, start, end))


def _excerpt(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The faulty line in three parts: before, inside and after the span; a long one is cut."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    last = len(text) if last < 0 else last
    stop = min(max(end, start + 1), last, start + MARKED)
    left, right = max(first, start - BEFORE), min(last, stop + AFTER)
    before = ("…" if left > first else "") + text[left:start]
    after = text[stop:right] + ("…" if right < last else "")
    # An error after the last character is marked as a space.
    return before, text[start:stop] or " ", after
