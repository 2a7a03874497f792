"""Serves style sheets and scripts minified, with the caching headers they need."""

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

MINIFIERS: dict[str, tuple[str, Callable[[str], str]]] = {
    ".css": ("text/css", cssmin),
    ".js": ("text/javascript", jsmin),
}
"""Suffix → media type and minifier."""


class Static(StaticFiles):
    """Static files that a browser revalidates each time, so that an update is seen at once."""

    def file_response(
        self, full_path: Any, stat_result: Any, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, minified where there is a minifier; or 304 where the browser has it."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        kind = MINIFIERS.get(Path(full_path).suffix)
        if kind is not None and response.status_code == 200 and scope["method"] == "GET":
            headers = {"ETag": response.headers["etag"]}
            content = minified(str(full_path), stat_result.st_mtime_ns)
            response = Response(content, media_type=kind[0], headers=headers)
        response.headers["Cache-Control"] = "no-cache"
        return response


@lru_cache(maxsize=256)
def minified(path: str, _changed: int) -> str:
    """A file's text without comments and extra blanks.

    ``_changed``, the time of its last change, is part of the cache's key.
    """
    file = Path(path)
    return MINIFIERS[file.suffix][1](file.read_text("utf-8"))
