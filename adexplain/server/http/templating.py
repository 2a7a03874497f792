"""Pages from their templates, which lie in ``web/templates``."""

from __future__ import annotations

import re
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from adexplain.paths import folder
from adexplain.server.html.marks import mark
from adexplain.server.http.examples import OPENING
from adexplain.server.http.keys import KEYS
from adexplain.server.http.navigation import SECTIONS, WAYS
from adexplain.server.http.requests import Refusal

_environment = Environment(
    loader=FileSystemLoader(folder("web") / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

_SIGN = re.compile(r"(?<![\w.)])-(?=\d|∞)")
_INFINITE = re.compile(r"(?<![\w.])inf(?!\w)")
_NO_NUMBER = re.compile(r"(?<![\w.])nan(?!\w)")


def quoted(sentence: str) -> Markup:
    """A sentence with what stands between `backticks` set as code, and numbers as elsewhere."""

    def numbers(part: str) -> str:
        return _SIGN.sub("−", _NO_NUMBER.sub("NaN", _INFINITE.sub("∞", part)))

    parts = sentence.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(numbers(part))
        for place, part in enumerate(parts)
    )


_environment.filters["quoted"] = quoted
_environment.globals["mark"] = mark
_environment.globals["sections"] = SECTIONS
_environment.globals["ways"] = WAYS
_environment.globals["opening_text"] = OPENING.text
_environment.globals["key_groups"] = KEYS


def provide(**functions: Any) -> None:
    """Hand functions of the rooms below to all templates, under these names."""
    _environment.globals.update(functions)


def render(template: str, status: int = 200, /, **context: Any) -> HTMLResponse:
    """A page from its template."""
    headers = {"Cache-Control": "no-store"} if status >= 500 else {"Cache-Control": "no-cache"}
    html = _environment.get_template(template).render(**context)
    return HTMLResponse(html, status_code=status, headers=headers)


def fragment(template: str, /, **context: Any) -> Markup:
    """A part of a page from its template, to stand in another."""
    return Markup(_environment.get_template(template).render(**context))


def refused(refusal: Refusal) -> HTMLResponse:
    """A page that says only why there is no other."""
    status = refusal.status
    return render("shared/error.html", status, status=status, message=refusal.message)
