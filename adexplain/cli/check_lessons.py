"""``python -m adexplain.lessons check [slug …]``: what is wrong in the lessons, file and line."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from adexplain.lessons.checking import Leads, faults, glossary_faults
from adexplain.lessons.faults import LessonError
from adexplain.lessons.lesson import slugs
from adexplain.lessons.library import load
from adexplain.lessons.running import run

USAGE = "usage: python -m adexplain.lessons check [lesson …]"


def main(arguments: Sequence[str]) -> int:
    """Check the lessons named, or all; 1 where something is wrong in them."""
    if not arguments or arguments[0] != "check":
        print(USAGE)
        return 2
    wanted = list(arguments[1:]) or slugs()
    leads = _leads()
    found: list[LessonError] = list(glossary_faults(leads))
    for slug in wanted:
        if slug not in slugs():
            print(f"There is no lesson {slug!r}; there are {', '.join(slugs())}.")
            return 2
        here = list(faults(slug, leads))
        if not here:
            fault = run(load(slug))
            here = [fault] if fault else []
        found += here
    for fault in found:
        print(fault)
    counted = f"{len(wanted)} lesson{'s' if len(wanted) != 1 else ''}"
    print(f"{counted}, {len(found) or 'nothing'} to mend.")
    return 1 if found else 0


def _leads() -> Leads:
    """Whether a route of the server answers an address."""
    from starlette.routing import Match

    from adexplain.server.app import create_app

    routes = create_app().routes

    def leads(address: str) -> bool:
        path = address.partition("?")[0].partition("#")[0]
        scope = {"type": "http", "method": "GET", "path": path, "headers": []}
        return any(route.matches(scope)[0] is Match.FULL for route in routes)

    return leads


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
