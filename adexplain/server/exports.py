"""The routes of files to take away: ``/export/<format>?`` and the page's own query."""

from __future__ import annotations

from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from adexplain.errors import InputError

from . import export_view, pages, runner
from .address import read
from .limits import COMPARE_SECONDS, TRACE_SECONDS

router = APIRouter(include_in_schema=False)


@router.get("/export/{key}")
async def export(request: Request, key: str) -> Response:
    """A file of the function in the address."""
    return await _file(key, request.query_params.multi_items())


@router.post("/export/{key}")
async def export_long(request: Request, key: str) -> Response:
    """The same for a function too long for an address, sent as a form."""
    body = (await request.body()).decode("utf-8", "replace")
    form = parse_qsl(body, keep_blank_values=True)
    return await _file(key, [*form, *request.query_params.multi_items()])


async def _file(key: str, pairs: list[tuple[str, str]]) -> Response:
    """The file, to be saved; with ``copy=1`` a piece of text, to be pasted."""
    state = read(pairs)
    if state is None or not export_view.exists(key):
        raise HTTPException(404)
    paste = ("copy", "1") in pairs
    seconds = COMPARE_SECONDS if export_view.compares(key) else TRACE_SECONDS
    try:
        file = await runner.apart(seconds, export_view.made, state, key, paste)
    except InputError as error:
        return pages.render("error.html", 422, status=422, message=error.message)
    except runner.BusyError:
        return pages.render("error.html", 503, status=503, message=pages.BUSY)
    except runner.OverdueError:
        return pages.render("error.html", 503, status=503, message=pages.OVERDUE)
    content = file.text.encode("utf-8", "replace")
    # What is pasted is never shown as a page of ours, whatever is in it.
    media = "text/plain" if paste else file.media
    headers = {"Cache-Control": "no-cache"}
    if not paste:
        headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return Response(content, media_type=f"{media}; charset=utf-8", headers=headers)
