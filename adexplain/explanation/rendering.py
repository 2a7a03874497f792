"""A registry of writers, by which an ``Explanation`` or a ``Comparison`` is printed.

The writers are in ``export``, which imports this package; so this package cannot import them.
``adexplain.export.registration`` registers them here instead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

TEXT, MARKDOWN = "text", "markdown"

_writers: dict[tuple[type, str], Callable[[Any], str]] = {}


def register(kind: type, form: str, write: Callable[[Any], str]) -> None:
    """Register the writer of a type for a form, TEXT or MARKDOWN."""
    _writers[kind, form] = write


def render(subject: object, form: str) -> str:
    """An object as text, by the writer registered for its type and the form."""
    return _writers[type(subject), form](subject)
