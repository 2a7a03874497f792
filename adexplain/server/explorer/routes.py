"""The pages: HTML made on the server, complete without JavaScript."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from fastapi import APIRouter, Request, Response

from adexplain.server.explorer import content
from adexplain.server.explorer.panels.predict import guess_of
from adexplain.server.http import runner
from adexplain.server.http.address import State, read
from adexplain.server.http.examples import GROUPS, OPENING
from adexplain.server.http.problem import Problem, problem_of
from adexplain.server.http.requests import METHODS, TOLD, Refusal, answer, asked
from adexplain.server.http.templating import render

router = APIRouter(include_in_schema=False)

PART, SHAPE, REFUSED = "X-Adexplain-Part", "X-Adexplain-Shape", "X-Adexplain-Refused"
"""Headers between the page's script and its server; js/address.js and js/live.js have them too."""


@router.api_route("/", methods=METHODS)
async def explore(request: Request) -> Response:
    """The explorer; without a function in the address it opens on an example."""
    state = await _state(request)
    state = replace(state, shape=_shape(state, request))
    here = {"numbers": _only_numbers(request), "origin": str(request.base_url).rstrip("/")}

    def shown(
        page: content.Page | None, status: int = 200, problem: Problem | None = None
    ) -> Response:
        context = {"state": page.state if page else state, "page": page, "problem": problem}
        response = render("explorer/page.html", status, groups=GROUPS, **here, **context)
        response.headers["Vary"] = f"{PART}, {SHAPE}, {TOLD}"
        return response

    def refused(refusal: Refusal) -> Response:
        error = refusal.error
        problem = problem_of(error, state.text) if error else Problem(refusal.message)
        if error and _by_script(request):
            # While somebody types, a text that is not finished is no failure for a browser to log.
            response = shown(None, 200, problem)
            response.headers[REFUSED] = str(refusal.status)
            return response
        return shown(None, refusal.status, problem)

    looked = partial(content.page, guess=guess_of(await asked(request)))
    return await answer(runner.trace(looked, state), shown, refused)


def _only_numbers(request: Request) -> bool:
    """Whether the page that asks shows this function already: only its numbers are wanted."""
    return request.headers.get(PART) == "numbers"


async def _state(request: Request) -> State:
    """The state asked for; without a function the opening one, in the view asked for."""
    pairs = await asked(request)
    view = "projector" if ("view", "projector") in pairs else "page"
    return read(pairs) or replace(OPENING.state(), view=view)


def _by_script(request: Request) -> bool:
    """Whether the page's script asks, which lays the answer over the page that is shown."""
    return SHAPE in request.headers


def _shape(state: State, request: Request) -> str:
    """The drawing of the graph the page has room for, as its script says; else the usual one."""
    tall = request.headers.get(SHAPE) == "tall" or state.view == "projector"
    return "tall" if tall else "wide"


@router.api_route("/verdict", methods=METHODS)
async def verdict(request: Request) -> Response:
    """The comparison alone, which the explorer fetches when it has shown the trace."""
    state = await _state(request)
    try:
        return await answer(
            runner.compare_for(request.is_disconnected, content.verdict_of, state),
            lambda verdict: render("explorer/verdict.html", verdict=verdict, problem=""),
            lambda no: render("explorer/verdict.html", no.status, verdict=None, problem=no.message),
            overdue="The comparison took longer than it may.",
        )
    except runner.LeftError:
        return Response(status_code=204)
