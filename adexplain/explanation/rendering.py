"""How an ``Explanation`` or a ``Comparison`` shows itself where it is printed or in a notebook.

The writers belong to ``export``, which comes later in the order of the rooms and registers them
here (``adexplain.export.showing``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

TEXT, MARKDOWN = "text", "markdown"

_writers: dict[tuple[type, str], Callable[[Any], str]] = {}


def register(shown: type, form: str, write: Callable[[Any], str]) -> None:
    """Let things of a type be written in a form by ``write``."""
    _writers[shown, form] = write


def rendered(thing: object, form: str) -> str:
    """A thing written in a form."""
    return _writers[type(thing), form](thing)
