"""Serves the font of the formulas."""

from __future__ import annotations

from fastapi import APIRouter, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from adexplain.server.http import font

router = APIRouter(include_in_schema=False)


@router.get("/font/{name}")
async def mathematics_font(name: str) -> Response:
    """The font: its usual characters (part.ttf), or all of them (whole.ttf)."""
    if name not in ("part.ttf", "whole.ttf"):
        raise HTTPException(404)
    content = await run_in_threadpool(font.part if name == "part.ttf" else font.whole)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(content, media_type="font/ttf", headers=headers)
