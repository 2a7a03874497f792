"""The pages: HTML made on the server, complete without JavaScript."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from adexplain.errors import InputError
from adexplain.paths import folder

from . import export_view, font, runner, work
from .address import State, read
from .api_view import api_page
from .examples import GROUPS, OPENING
from .marks import mark
from .problem import Problem, problem_of

router = APIRouter(include_in_schema=False)

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
_environment.globals["offers"] = export_view.offers

BUSY = "The server is working on as many functions as it can. Try again in a few seconds."
OVERDUE = "This took longer than one request may. A smaller function will do."


def render(template: str, status: int = 200, /, **context: Any) -> HTMLResponse:
    """A page from its template."""
    headers = {"Cache-Control": "no-store"} if status >= 500 else {"Cache-Control": "no-cache"}
    html = _environment.get_template(template).render(**context)
    return HTMLResponse(html, status_code=status, headers=headers)


@router.get("/")
async def explore(request: Request) -> Response:
    """The explorer; without a function in the address it opens on an example."""
    return await _explore(_state(request.query_params.multi_items()), request)


@router.post("/")
async def explore_long(request: Request) -> Response:
    """The same for a function too long for an address, sent as a form."""
    body = (await request.body()).decode("utf-8", "replace")
    return await _explore(_state(parse_qsl(body, keep_blank_values=True)), request)


def _only_numbers(request: Request) -> bool:
    """Whether the page that asks shows this function already: only its numbers are wanted."""
    return request.headers.get("x-adexplain-part") == "numbers"


def _state(pairs: list[tuple[str, str]]) -> State:
    """The state asked for; without a function the opening one, in the view asked for."""
    view = "projector" if ("view", "projector") in pairs else "page"
    return read(pairs) or replace(OPENING.state(), view=view)


def _shape(state: State, request: Request) -> str:
    """The drawing of the graph the page has room for, as its script says; else the usual one."""
    tall = request.headers.get("x-adexplain-shape") == "tall" or state.view == "projector"
    return "tall" if tall else "wide"


async def _explore(state: State, request: Request) -> Response:
    state = replace(state, shape=_shape(state, request))
    here = {"numbers": _only_numbers(request), "origin": str(request.base_url).rstrip("/")}

    def shown(status: int, page: work.Page | None, problem: Problem | None) -> Response:
        context = {"state": page.state if page else state, "page": page, "problem": problem}
        response = render("explore.html", status, groups=GROUPS, **here, **context)
        response.headers["Vary"] = "X-Adexplain-Part, X-Adexplain-Shape"
        return response

    try:
        return shown(200, await runner.trace(work.page, state), None)
    except InputError as error:
        return shown(422, None, problem_of(error, state.text))
    except runner.BusyError:
        return shown(503, None, Problem(BUSY))
    except runner.OverdueError:
        return shown(503, None, Problem(OVERDUE))


@router.get("/verdict")
async def verdict(request: Request) -> Response:
    """The comparison alone, which the explorer fetches when it has shown the trace."""
    return await _verdict(_state(request.query_params.multi_items()), request)


@router.post("/verdict")
async def verdict_long(request: Request) -> Response:
    """The same for a function too long for an address."""
    body = (await request.body()).decode("utf-8", "replace")
    return await _verdict(_state(parse_qsl(body, keep_blank_values=True)), request)


async def _verdict(state: State, request: Request) -> Response:
    def refused(status: int, message: str) -> Response:
        return render("verdict.html", status, verdict=None, problem=message)

    try:
        verdict = await runner.compare_for(request.is_disconnected, work.verdict_of, state)
    except InputError as error:
        return refused(422, error.message)
    except runner.BusyError:
        return refused(503, BUSY)
    except runner.OverdueError:
        return refused(503, "The comparison took longer than it may.")
    except runner.LeftError:
        return Response(status_code=204)
    return render("verdict.html", verdict=verdict, problem="")


@router.get("/api/docs")
async def api_docs(request: Request) -> Response:
    """The API's description, rendered from its OpenAPI schema."""
    return render("api.html", api=api_page(request.app.openapi()))


@router.get("/font/{name}")
async def mathematics_font(name: str) -> Response:
    """The font of the formulas: the usual characters, or the whole."""
    if name not in ("part.ttf", "whole.ttf"):
        raise HTTPException(404)
    content = await run_in_threadpool(font.part if name == "part.ttf" else font.whole)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(content, media_type="font/ttf", headers=headers)
