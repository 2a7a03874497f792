"""``/reference``: the pages of the primitives, and those of the documentation."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from adexplain.lessons import library
from adexplain.primitives.primitive import PRIMITIVES, by_spelling
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

LONGEST_QUERY = 200
"""The most characters of a query that are read."""
PAGES = (
    ("What you may type", "/reference/language"),
    ("About the numbers", "/reference/numbers"),
    ("Keys", "/reference/keys"),
    ("Every page", "/reference/pages"),
    ("API", "/api/docs"),
)
"""The pages of the reference besides the primitives, in the order of their previous/next links."""

_entries: dict[str, primitive_page.Entry] = {}
"""Primitive → the content of its page, once it has been made."""
_lessons: dict[int, dict[str, list[used_in.Link]]] = {}
"""Version of the lessons → operation → links to lessons; only the current version is kept."""


@router.get("/reference")
async def reference(q: str = "") -> Response:
    """The index of all primitives, or of those that match a query."""
    query = q.strip()[:LONGEST_QUERY]
    groups = operations.filtered(query)
    context = {"found": sum(len(group.rows) for group in groups), "total": len(PRIMITIVES)}
    return render("reference/index.html", groups=groups, query=query, **context)


@router.get("/reference/api")
async def api() -> Response:
    """A redirect to the documentation of the API."""
    return RedirectResponse("/api/docs")


@router.get("/reference/keys")
async def keys() -> Response:
    """The keyboard shortcuts of all pages."""
    return render("reference/keys.html", neighbors=_neighbors("/reference/keys"))


@router.get("/reference/{name}")
async def page(name: str) -> Response:
    """A document, or the page of a primitive; other spellings are redirected to it."""
    if name in document.PAGES:
        neighbors = _neighbors(f"/reference/{name}")
        return render(
            "reference/document.html", document=document.document_page(name), neighbors=neighbors
        )
    if name in PRIMITIVES:
        return await _primitive(name)
    if name in by_spelling():
        return RedirectResponse(operations.address(by_spelling()[name][0].name))
    raise HTTPException(404)


async def _primitive(name: str) -> Response:
    if name not in _entries:  # takes up to a second
        _entries[name] = await runner.in_worker(TRACE_SECONDS, primitive_page.entry, name)
    names = list(PRIMITIVES)
    place = names.index(name)
    neighbors = {
        "previous": _link(names[place - 1]) if place else ("All operations", "/reference"),
        "next": _link(names[place + 1]) if place + 1 < len(names) else PAGES[0],
    }
    return render(
        "reference/primitive.html",
        entry=_entries[name],
        group=operations.group_of(name),
        examples=used_in.in_examples().get(name, []),
        lessons=(await _used_in_lessons()).get(name, []),
        neighbors=neighbors,
    )


async def _used_in_lessons() -> dict[str, list[used_in.Link]]:
    version = library.version()
    if version not in _lessons:
        uses = await runner.in_worker(TRACE_SECONDS, used_in.in_lessons)
        _lessons.clear()
        _lessons[version] = uses
    return _lessons[version]


def _link(name: str) -> tuple[str, str]:
    return operations.call_text(PRIMITIVES[name]), operations.address(name)


def _neighbors(address: str) -> dict[str, Any]:
    """The pages before and after one of :data:`PAGES`."""
    place = [path for _, path in PAGES].index(address)
    previous = PAGES[place - 1] if place else ("All operations", "/reference")
    return {"previous": previous, "next": PAGES[place + 1] if place + 1 < len(PAGES) else None}
