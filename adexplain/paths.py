"""Where the files are that are not Python."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
INSTALLED = {"lessons": "lesson_texts"}
"""Folders that have another name inside the package, where their own is taken by a module."""


def folder(name: str) -> Path:
    """The folder ``name``: inside the package when installed, beside it in a checkout."""
    for candidate in (PACKAGE / INSTALLED.get(name, name), PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"adexplain is incomplete: it has no folder {name!r}")
