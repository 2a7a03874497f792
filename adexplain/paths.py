"""Folders of the files that are not Python: pages, lessons, the JSON schema."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
INSTALLED = {"lessons": "lesson_texts"}
"""Folders with another name in the installed package, where a module has their own name."""


def folder(name: str) -> Path:
    """The folder ``name``: inside the package when installed, beside it in a checkout.

    Raises:
        FileNotFoundError: there is no such folder in either place.
    """
    for candidate in (PACKAGE / INSTALLED.get(name, name), PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"adexplain is incomplete: it has no folder {name!r}")
