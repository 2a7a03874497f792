"""``/search``: one field for everything, complete without JavaScript."""

from __future__ import annotations

from fastapi import APIRouter, Response

from adexplain.lessons import library

from . import runner, search_index
from .limits import TRACE_SECONDS
from .search_view import LONGEST, Prepared, prepared, search
from .templating import render

router = APIRouter(include_in_schema=False)

_kept: dict[int, tuple[Prepared, ...]] = {}
"""Everything that can be found, for the lessons as they are now."""


@router.get("/search")
async def search_page(q: str = "") -> Response:
    """What a question finds, or what to try."""
    asked = q.strip()[:LONGEST]
    found = search(await _everything(), asked)
    return render("search.html", searched=asked, found=found)


async def _everything() -> tuple[Prepared, ...]:
    version = library.version()
    if version not in _kept:
        everything = prepared(await runner.apart(TRACE_SECONDS, search_index.items))
        _kept.clear()
        _kept[version] = everything
    return _kept[version]
