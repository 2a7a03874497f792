"""``/export/<key>``: downloads, with the same query as the page's address."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from adexplain.server.exporting import files
from adexplain.server.http import runner
from adexplain.server.http.address import read_state
from adexplain.server.http.limits import COMPARE_SECONDS, TRACE_SECONDS
from adexplain.server.http.requests import METHODS, query_fields, respond
from adexplain.server.http.templating import refusal_page

router = APIRouter(include_in_schema=False)


@router.api_route("/export/{key}", methods=METHODS)
async def export(request: Request, key: str) -> Response:
    """The file as an attachment; with ``copy=1`` as text for another document."""
    pairs = await query_fields(request)
    state = read_state(pairs)
    if state is None or not files.exists(key):
        raise HTTPException(404)
    for_pasting = ("copy", "1") in pairs
    seconds = COMPARE_SECONDS if files.is_comparison(key) else TRACE_SECONDS
    work = runner.in_worker(seconds, files.make_file, state, key, for_pasting)
    return await respond(work, partial(_file_response, for_pasting=for_pasting), refusal_page)


def _file_response(file: files.File, for_pasting: bool) -> Response:
    content = file.text.encode("utf-8", "replace")
    # As plain text, so that a browser does not show SVG or HTML for pasting as a page.
    media = "text/plain" if for_pasting else file.media
    headers = {"Cache-Control": "no-cache"}
    if not for_pasting:
        headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return Response(content, media_type=f"{media}; charset=utf-8", headers=headers)
