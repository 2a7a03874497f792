"""The style sheets and scripts: written for people, sent without what only people read."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from rcssmin import cssmin
from rjsmin import jsmin
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

SHRUNK: dict[str, tuple[str, Callable[[str], str]]] = {
    ".css": ("text/css", cssmin),
    ".js": ("text/javascript", jsmin),
}
"""Suffix → media type, and what takes comments and spare blanks away."""


class Static(StaticFiles):
    """Files that a browser may keep but must ask about: after an update it has the new ones."""

    def file_response(
        self, full_path: Any, stat_result: Any, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, or that the browser has it already."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        kind = SHRUNK.get(Path(full_path).suffix)
        if kind is not None and response.status_code == 200 and scope["method"] == "GET":
            headers = {"ETag": response.headers["etag"]}
            content = shrunk(str(full_path), stat_result.st_mtime_ns)
            response = Response(content, media_type=kind[0], headers=headers)
        response.headers["Cache-Control"] = "no-cache"
        return response


@lru_cache(maxsize=256)
def shrunk(path: str, _changed: int) -> str:
    """A file's text without comments and spare blanks; kept until the file changes."""
    file = Path(path)
    return SHRUNK[file.suffix][1](file.read_text("utf-8"))
