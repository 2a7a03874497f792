"""``/search``: the results of a search, complete without JavaScript."""

from __future__ import annotations

from fastapi import APIRouter, Response

from adexplain.lessons import library
from adexplain.server.http import runner
from adexplain.server.http.limits import TRACE_SECONDS
from adexplain.server.http.templating import render
from adexplain.server.search import index
from adexplain.server.search.results import LONGEST, IndexedItem, build_index, search

router = APIRouter(include_in_schema=False)

_indexes: dict[int, tuple[IndexedItem, ...]] = {}
"""Version of the lessons → everything that can be found; only the current one is kept."""


@router.get("/search")
async def search_page(q: str = "") -> Response:
    """The results for a query, or suggestions what to search for."""
    query = q.strip()[:LONGEST]
    results = search(await _index(), query)
    return render("search/results.html", search_query=query, results=results)


async def _index() -> tuple[IndexedItem, ...]:
    version = library.version()
    if version not in _indexes:
        new_index = build_index(await runner.in_worker(TRACE_SECONDS, index.items))
        _indexes.clear()
        _indexes[version] = new_index
    return _indexes[version]
