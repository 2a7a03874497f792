"""``/reference``: the table of primitives as pages, the language, the numbers and the keys."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from adexplain.lessons import library
from adexplain.primitives.table import PRIMITIVES, spelled
from adexplain.server.html import document
from adexplain.server.http import runner
from adexplain.server.http.limits import TRACE_SECONDS
from adexplain.server.http.templating import render
from adexplain.server.reference import (
    index as operations,
)
from adexplain.server.reference import (
    page as primitive_page,
)
from adexplain.server.reference import (
    uses as used_in,
)

router = APIRouter(include_in_schema=False)

ASKED = 200
"""Characters of a search that are looked at."""
PAGES = (
    ("What you may type", "/reference/language"),
    ("About the numbers", "/reference/numbers"),
    ("Keys", "/reference/keys"),
    ("Every page", "/reference/pages"),
    ("API", "/api/docs"),
)
"""The pages of the reference beside the table, in the order in which they lead to one another."""

_entries: dict[str, primitive_page.Entry] = {}
"""What has been made: as many as the table has rows."""
_lessons: dict[int, dict[str, list[used_in.Link]]] = {}
"""Operation → lessons, for the lessons as they are now."""


@router.get("/reference")
async def reference(q: str = "") -> Response:
    """The index of all primitives, or of those that a search leaves."""
    asked = q.strip()[:ASKED]
    shown = operations.filtered(asked)
    context = {"found": sum(len(group.rows) for group in shown), "whole": len(PRIMITIVES)}
    return render("reference/index.html", shown=shown, asked=asked, **context)


@router.get("/reference/api")
async def api() -> Response:
    """The API describes itself elsewhere."""
    return RedirectResponse("/api/docs")


@router.get("/reference/keys")
async def keys() -> Response:
    """All keys of all pages."""
    return render("reference/keys.html", onward=_between("/reference/keys"))


@router.get("/reference/{name}")
async def one(name: str) -> Response:
    """A page of the documentation, or a primitive's; another spelling leads to its own."""
    if name in document.PAGES:
        onward = _between(f"/reference/{name}")
        return render("reference/document.html", written=document.written(name), onward=onward)
    if name in PRIMITIVES:
        return await _primitive(name)
    if name in spelled():
        return RedirectResponse(operations.address(spelled()[name][0].name))
    raise HTTPException(404)


async def _primitive(name: str) -> Response:
    if name not in _entries:  # a second of work where the kernels are slow
        _entries[name] = await runner.apart(TRACE_SECONDS, primitive_page.entry, name)
    names = list(PRIMITIVES)
    place = names.index(name)
    neighbours = {
        "before": _link(names[place - 1]) if place else ("All operations", "/reference"),
        "after": _link(names[place + 1]) if place + 1 < len(names) else PAGES[0],
    }
    return render(
        "reference/primitive.html",
        entry=_entries[name],
        group=operations.group_of(name),
        examples=used_in.in_examples().get(name, []),
        lessons=(await _used_in_lessons()).get(name, []),
        onward=neighbours,
    )


async def _used_in_lessons() -> dict[str, list[used_in.Link]]:
    version = library.version()
    if version not in _lessons:
        uses = await runner.apart(TRACE_SECONDS, used_in.in_lessons)
        _lessons.clear()
        _lessons[version] = uses
    return _lessons[version]


def _link(name: str) -> tuple[str, str]:
    return operations.typed(PRIMITIVES[name]), operations.address(name)


def _between(address: str) -> dict[str, Any]:
    """The pages before and after one of :data:`PAGES`."""
    place = [path for _, path in PAGES].index(address)
    before = PAGES[place - 1] if place else ("All operations", "/reference")
    return {"before": before, "after": PAGES[place + 1] if place + 1 < len(PAGES) else None}
