"""The routes of files to take away: ``/export/<format>?`` and the page's own query."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from adexplain.server.exporting import files
from adexplain.server.http import runner
from adexplain.server.http.address import read
from adexplain.server.http.limits import COMPARE_SECONDS, TRACE_SECONDS
from adexplain.server.http.requests import METHODS, answer, asked
from adexplain.server.http.templating import refused

router = APIRouter(include_in_schema=False)


@router.api_route("/export/{key}", methods=METHODS)
async def export(request: Request, key: str) -> Response:
    """The file, to be saved; with ``copy=1`` a piece of text, to be pasted."""
    pairs = await asked(request)
    state = read(pairs)
    if state is None or not files.exists(key):
        raise HTTPException(404)
    paste = ("copy", "1") in pairs
    seconds = COMPARE_SECONDS if files.compares(key) else TRACE_SECONDS
    made = runner.apart(seconds, files.made, state, key, paste)
    return await answer(made, partial(_sent, paste=paste), refused)


def _sent(file: files.File, paste: bool) -> Response:
    content = file.text.encode("utf-8", "replace")
    # What is pasted is never shown as a page of ours, whatever is in it.
    media = "text/plain" if paste else file.media
    headers = {"Cache-Control": "no-cache"}
    if not paste:
        headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return Response(content, media_type=f"{media}; charset=utf-8", headers=headers)
