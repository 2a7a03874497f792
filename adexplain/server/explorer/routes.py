"""``/`` and ``/verdict``: the explorer's page, complete without JavaScript, and its verdict."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from fastapi import APIRouter, Request, Response

from adexplain.server.explorer import content
from adexplain.server.explorer.panels.predict import guess_of
from adexplain.server.http import runner
from adexplain.server.http.address import State, read_state
from adexplain.server.http.examples import GROUPS, OPENING
from adexplain.server.http.problem import Problem, problem_of
from adexplain.server.http.requests import METHODS, REVEALED_HEADER, Refusal, query_fields, respond
from adexplain.server.http.templating import render

router = APIRouter(include_in_schema=False)

PART, SHAPE, REFUSED = "X-Adexplain-Part", "X-Adexplain-Shape", "X-Adexplain-Refused"
"""Headers between the page's script and the server; js/shared/address.js and
js/explorer/live.js have them, too.
"""


@router.api_route("/", methods=METHODS)
async def explore(request: Request) -> Response:
    """The explorer; it opens on an example where the address has no function."""
    state = await _state(request)
    state = replace(state, shape=_shape(state, request))
    shared = {"numbers_only": _numbers_only(request), "origin": str(request.base_url).rstrip("/")}

    def show(
        page: content.Page | None, status: int = 200, problem: Problem | None = None
    ) -> Response:
        context = {"state": page.state if page else state, "page": page, "problem": problem}
        response = render("explorer/page.html", status, groups=GROUPS, **shared, **context)
        response.headers["Vary"] = f"{PART}, {SHAPE}, {REVEALED_HEADER}"
        return response

    def refuse(refusal: Refusal) -> Response:
        error = refusal.error
        problem = problem_of(error, state.text) if error else Problem(refusal.message)
        if error and _by_script(request):
            # An unfinished text is normal while a person types: an error status would be logged.
            response = show(None, 200, problem)
            response.headers[REFUSED] = str(refusal.status)
            return response
        return show(None, refusal.status, problem)

    work = partial(content.page, guess=guess_of(await query_fields(request)))
    return await respond(runner.trace(work, state), show, refuse)


def _numbers_only(request: Request) -> bool:
    """Whether the page shows this function already and needs its new numbers only."""
    return request.headers.get(PART) == "numbers"


async def _state(request: Request) -> State:
    """The state of the request; without a function the opening example in the same view."""
    pairs = await query_fields(request)
    view = "projector" if ("view", "projector") in pairs else "page"
    return read_state(pairs) or replace(OPENING.state(), view=view)


def _by_script(request: Request) -> bool:
    """Whether the page's script sent the request, to update the page it is on."""
    return SHAPE in request.headers


def _shape(state: State, request: Request) -> str:
    """The shape of the graph: the one the page's script asks for, else that of the view."""
    tall = request.headers.get(SHAPE) == "tall" or state.view == "projector"
    return "tall" if tall else "wide"


@router.api_route("/verdict", methods=METHODS)
async def verdict(request: Request) -> Response:
    """The comparison as a fragment, which the page fetches after the trace."""
    state = await _state(request)
    try:
        return await respond(
            runner.compare_while_connected(request.is_disconnected, content.verdict_of, state),
            lambda verdict: render("explorer/verdict.html", verdict=verdict, problem=""),
            lambda refusal: render(
                "explorer/verdict.html", refusal.status, verdict=None, problem=refusal.message
            ),
            overdue="The comparison took longer than it may.",
        )
    except runner.DisconnectedError:
        return Response(status_code=204)
