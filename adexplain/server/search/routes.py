"""``/search``: one field for everything, complete without JavaScript."""

from __future__ import annotations

from fastapi import APIRouter, Response

from adexplain.lessons import library
from adexplain.server.http import runner
from adexplain.server.http.limits import TRACE_SECONDS
from adexplain.server.http.templating import render
from adexplain.server.search import index
from adexplain.server.search.results import LONGEST, Prepared, prepared, search

router = APIRouter(include_in_schema=False)

_kept: dict[int, tuple[Prepared, ...]] = {}
"""Everything that can be found, for the lessons as they are now."""


@router.get("/search")
async def search_page(q: str = "") -> Response:
    """What a question finds, or what to try."""
    asked = q.strip()[:LONGEST]
    found = search(await _everything(), asked)
    return render("search/results.html", searched=asked, found=found)


async def _everything() -> tuple[Prepared, ...]:
    version = library.version()
    if version not in _kept:
        everything = prepared(await runner.apart(TRACE_SECONDS, index.items))
        _kept.clear()
        _kept[version] = everything
    return _kept[version]
