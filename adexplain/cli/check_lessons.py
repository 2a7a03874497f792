"""``adexplain check-lessons``: what is wrong in the lessons, with file and line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from adexplain.errors import InputError
from adexplain.export.style import Style

if TYPE_CHECKING:
    from adexplain.lessons.checking import Leads
    from adexplain.lessons.faults import LessonError

NAME = "check-lessons"
EXAMPLE = """\
examples:
  adexplain check-lessons
  adexplain check-lessons 11-mine

Without a LESSON all are checked: traces, links, numbers, sources, words, formulas, answers, code.
The exit code is 0 if nothing is wrong, 1 if something is."""

EXIT_WRONG = 1

Add = Callable[[Any, str, str, str], argparse.ArgumentParser]


def add_options(commands: Any, add: Add) -> None:
    """Add the command to the parser of the command line."""
    add(commands, NAME, "[LESSON ...] ", "check the texts of lessons")


def run(options: argparse.Namespace) -> tuple[Callable[[Style], str], int]:
    """What the command writes, and its exit code.

    Raises:
        InputError: there is no such lesson.
    """
    from adexplain.lessons.checking import glossary_faults
    from adexplain.lessons.lesson import slugs

    known = slugs()
    wanted = options.words or known
    for slug in wanted:
        if slug not in known:
            there = ", ".join(known)
            raise InputError(f"There is no lesson {slug!r}.", None, f"There are {there}.")
    leads = leads_somewhere()
    found = [*glossary_faults(leads), *(fault for slug in wanted for fault in _faults(slug, leads))]
    counted = f"{len(wanted)} lesson{'s' if len(wanted) != 1 else ''}"
    lines = [*map(str, found), f"{counted}, {len(found) or 'nothing'} to mend."]
    return lambda style: "\n".join(lines) + "\n", EXIT_WRONG if found else 0


def _faults(slug: str, leads: Leads) -> list[LessonError]:
    """Faults of one lesson; its code is run where nothing else is wrong."""
    from adexplain.lessons.checking import faults
    from adexplain.lessons.library import load
    from adexplain.lessons.running import run as run_code

    found = list(faults(slug, leads))
    if not found:
        fault = run_code(load(slug))
        found = [fault] if fault else []
    return found


def leads_somewhere() -> Leads:
    """Whether a route of the server answers an address."""
    from starlette.routing import Match

    from adexplain.server import create_app

    routes = create_app().routes

    def leads(address: str) -> bool:
        path = address.partition("?")[0].partition("#")[0]
        scope = {"type": "http", "method": "GET", "path": path, "headers": []}
        return any(route.matches(scope)[0] is Match.FULL for route in routes)

    return leads
