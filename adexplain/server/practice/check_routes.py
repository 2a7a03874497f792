"""Check my work: a derivation typed or pasted, marked row by row."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from adexplain.server.http import runner
from adexplain.server.http.address import State, read
from adexplain.server.http.limits import TRACE_SECONDS
from adexplain.server.http.problem import Problem, problem_of
from adexplain.server.http.requests import METHODS, Refusal, answer, asked
from adexplain.server.http.templating import render
from adexplain.server.practice.check import CheckView, view_of
from adexplain.server.practice.check_address import PATH, address, fits
from adexplain.server.practice.check_examples import EXAMPLES

router = APIRouter(include_in_schema=False)


@router.api_route(PATH, methods=METHODS)
async def check_work(request: Request) -> Response:
    """The form, and what is found. A form that fits an address is answered at that address."""
    pairs = await asked(request)
    state = read(pairs)
    text = dict(reversed(pairs)).get("work", "").replace("\r\n", "\n")
    if state is None or not text.strip():
        return _page(state, text)
    if request.method == "POST" and fits(state, text):
        return RedirectResponse(address(state, text), 303)
    return await answer(
        runner.apart(TRACE_SECONDS, view_of, state, text),
        lambda found: _page(state, text, found),
        lambda refusal: _refused(state, text, refusal),
    )


def _page(
    state: State | None,
    text: str,
    found: CheckView | None = None,
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
        work=text,
        found=found,
        problem=problem,
        examples=EXAMPLES,
        fits=fits(shown, text),
    )


def _refused(state: State, text: str, refusal: Refusal) -> Response:
    error = refusal.error
    problem = problem_of(error, state.text) if error else Problem(refusal.message, field="work")
    return _page(state, text, None, problem, refusal.status)
