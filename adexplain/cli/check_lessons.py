"""``adexplain check-lessons``: prints what is wrong in the lessons, with file and line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from adexplain.errors import InputError
from adexplain.export.style import Style

if TYPE_CHECKING:
    from adexplain.lessons.checking import LinkExists
    from adexplain.lessons.faults import LessonError

NAME = "check-lessons"
EXAMPLE = """\
examples:
  adexplain check-lessons
  adexplain check-lessons 05-forward

Without a LESSON all are checked: traces, links, numbers, sources, words, formulas, answers, code.
The exit code is 0 if nothing is wrong, 1 if something is."""

EXIT_WRONG = 1

AddParser = Callable[[Any, str, str, str], argparse.ArgumentParser]


def add_options(commands: Any, add_parser: AddParser) -> None:
    """Add the command to the parser of the command line."""
    add_parser(commands, NAME, "[LESSON ...] ", "check the texts of lessons")


def run(options: argparse.Namespace) -> tuple[Callable[[Style], str], int]:
    """What the command writes, and its exit code.

    Raises:
        InputError: there is no such lesson.
    """
    from adexplain.lessons.checking import glossary_faults
    from adexplain.lessons.lesson import slugs

    known = slugs()
    chosen = options.words or known
    for slug in chosen:
        if slug not in known:
            names = ", ".join(known)
            raise InputError(f"There is no lesson {slug!r}.", None, f"There are {names}.")
    link_exists = link_checker()
    found = [
        *glossary_faults(link_exists),
        *(fault for slug in chosen for fault in _faults(slug, link_exists)),
    ]
    lesson_count = f"{len(chosen)} lesson{'s' if len(chosen) != 1 else ''}"
    lines = [*map(str, found), f"{lesson_count}, {len(found) or 'nothing'} to mend."]
    return lambda style: "\n".join(lines) + "\n", EXIT_WRONG if found else 0


def _faults(slug: str, link_exists: LinkExists) -> list[LessonError]:
    """Faults of one lesson; its code is run where nothing else is wrong."""
    from adexplain.lessons.checking import faults
    from adexplain.lessons.library import load
    from adexplain.lessons.running import run_code

    found = list(faults(slug, link_exists))
    if not found:
        fault = run_code(load(slug))
        found = [fault] if fault else []
    return found


def link_checker() -> LinkExists:
    """A function that says whether a route of the server answers an address."""
    from starlette.routing import Match

    from adexplain.server import create_app

    routes = create_app().routes

    def link_exists(address: str) -> bool:
        path = address.partition("?")[0].partition("#")[0]
        scope = {"type": "http", "method": "GET", "path": path, "headers": []}
        return any(route.matches(scope)[0] is Match.FULL for route in routes)

    return link_exists
