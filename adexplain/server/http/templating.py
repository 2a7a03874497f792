"""Renders pages from the templates in ``web/templates``."""

from __future__ import annotations

import re
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from adexplain.paths import folder
from adexplain.server.html.step_attributes import step_attributes
from adexplain.server.http.examples import OPENING
from adexplain.server.http.keys import SHORTCUTS
from adexplain.server.http.navigation import SECTIONS, STARTING_POINTS
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


def rich_text(sentence: str) -> Markup:
    """A sentence as HTML: text between `backticks` as code, numbers with a real minus and ∞."""

    def numbers(part: str) -> str:
        return _SIGN.sub("−", _NO_NUMBER.sub("NaN", _INFINITE.sub("∞", part)))

    parts = sentence.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(numbers(part))
        for place, part in enumerate(parts)
    )


_environment.filters["rich_text"] = rich_text
_environment.globals["step_attributes"] = step_attributes
_environment.globals["sections"] = SECTIONS
_environment.globals["starting_points"] = STARTING_POINTS
_environment.globals["opening_text"] = OPENING.text
_environment.globals["shortcut_groups"] = SHORTCUTS


def add_template_globals(**functions: Any) -> None:
    """Make functions available to all templates under these names.

    The application adds those of packages that may not be imported here.
    """
    _environment.globals.update(functions)


def render(template: str, status: int = 200, /, **context: Any) -> HTMLResponse:
    """A page as a response."""
    headers = {"Cache-Control": "no-store"} if status >= 500 else {"Cache-Control": "no-cache"}
    html = _environment.get_template(template).render(**context)
    return HTMLResponse(html, status_code=status, headers=headers)


def fragment(template: str, /, **context: Any) -> Markup:
    """A part of a page as HTML, to be inserted into another template."""
    return Markup(_environment.get_template(template).render(**context))


def refusal_page(refusal: Refusal) -> HTMLResponse:
    """The error page of a refused request."""
    status = refusal.status
    return render("shared/error.html", status, status=status, message=refusal.message)
