"""``/practice/check``: a typed or pasted derivation, marked row by row."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from adexplain.server.http import runner
from adexplain.server.http.address import State, read_state
from adexplain.server.http.limits import TRACE_SECONDS
from adexplain.server.http.problem import Problem, problem_of
from adexplain.server.http.requests import METHODS, Refusal, query_fields, respond
from adexplain.server.http.templating import render
from adexplain.server.practice.check import CheckView, check_view
from adexplain.server.practice.check_address import PATH, address, fits
from adexplain.server.practice.check_examples import EXAMPLES

router = APIRouter(include_in_schema=False)


@router.api_route(PATH, methods=METHODS)
async def check_work(request: Request) -> Response:
    """The form, with the marked work; a posted form is redirected to its address if that fits."""
    pairs = await query_fields(request)
    state = read_state(pairs)
    work = dict(reversed(pairs)).get("work", "").replace("\r\n", "\n")
    if state is None or not work.strip():
        return _check_page(state, work)
    if request.method == "POST" and fits(state, work):
        return RedirectResponse(address(state, work), 303)
    return await respond(
        runner.in_worker(TRACE_SECONDS, check_view, state, work),
        lambda view: _check_page(state, work, view),
        lambda refusal: _refuse(state, work, refusal),
    )


def _check_page(
    state: State | None,
    work: str,
    view: CheckView | None = None,
    problem: Problem | None = None,
    status: int = 200,
) -> Response:
    shown = state or State("", {})
    point = ", ".join(f"{name} = {value}" for name, value in shown.at.items() if value.strip())
    return render(
        "practice/check.html",
        status,
        state=shown,
        point=point,
        work=work,
        view=view,
        problem=problem,
        examples=EXAMPLES,
        fits=fits(shown, work),
    )


def _refuse(state: State, work: str, refusal: Refusal) -> Response:
    error = refusal.error
    problem = problem_of(error, state.text) if error else Problem(refusal.message, field="work")
    return _check_page(state, work, None, problem, refusal.status)
