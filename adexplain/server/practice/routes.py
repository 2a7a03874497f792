"""``/practice``: its index, the exercises, the worksheets and the sheets for a class."""

from __future__ import annotations

import secrets
from functools import partial
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from adexplain.practice.exercises import LARGEST_SEED, LEVELS, level_of, make, seed_of
from adexplain.server.http import runner
from adexplain.server.http.address import State, read_state
from adexplain.server.http.examples import OPENING
from adexplain.server.http.limits import TRACE_SECONDS
from adexplain.server.http.requests import METHODS, Refusal, query_fields, respond
from adexplain.server.http.templating import refusal_page, render
from adexplain.server.practice.exercise import PATH, ExerciseView, exercise_view
from adexplain.server.practice.worksheet_request import (
    WorksheetRequest,
    render_latex,
    render_page,
    worksheet_page,
)

router = APIRouter(include_in_schema=False)

LEVEL_SUMMARIES = {
    "one": "a product, a quotient, a power, sin, ln, …",
    "chain": "one operation on the result of another",
    "product": "factors that depend on the same input, or on two",
    "sharing": "contributions add up",
    "outputs": "a Jacobian, row by row or column by column",
    "kinks": "|x|, max, min and relu, at the kink and beside it",
}
LEVEL_LIST = [(level, title, LEVEL_SUMMARIES[level]) for level, title in LEVELS.items()]
LARGEST_DRAWN_SEED = 9_999
"""The largest seed that is drawn at random, short enough to be read out to others."""


@router.get("/practice")
async def practice() -> Response:
    """The ways to practice."""
    predict = OPENING.state().address(predict="values")
    return render("practice/index.html", levels=LEVEL_LIST, predict=predict)


@router.get(PATH)
async def exercises(request: Request) -> Response:
    """One exercise, with the verdict on the typed answers.

    With ``answers=hidden`` it shows no hints and no solution.
    """

    def show(view: ExerciseView) -> Response:
        following = view.seed % LARGEST_SEED + 1
        state = State("")
        context = {"levels": LEVEL_LIST, "following": following, "state": state}
        return render("practice/exercise.html", exercise=view, **context)

    def refuse(refusal: Refusal) -> Response:
        return render("practice/refused.html", refusal.status, refusal=refusal)

    fields = dict(await query_fields(request))
    if not fields.get("seed", "").strip():
        fields["seed"] = str(secrets.randbelow(LARGEST_DRAWN_SEED) + 1)
        fields.setdefault("level", "one")
        return RedirectResponse(f"{PATH}?{urlencode(fields)}", 303)
    return await respond(
        runner.in_worker(TRACE_SECONDS, exercise_from_fields, fields), show, refuse
    )


def exercise_from_fields(fields: dict[str, str]) -> ExerciseView:
    """The exercise in the fields of an address, with the verdict on the answers in them."""
    tries = fields.get("tries", "")
    return exercise_view(
        make(level_of(fields.get("level", "")), seed_of(fields["seed"])),
        fields,
        hidden=fields.get("answers") == "hidden",
        solve=fields.get("solution") == "1",
        tries=int(tries) if tries.isascii() and tries.isdigit() and len(tries) < 4 else 0,
    )


@router.api_route("/practice/worksheet", methods=METHODS)
async def worksheet(request: Request) -> Response:
    """The sheet of a function or of a level, blank and solved, to print."""
    return await _sheet_page(await _sheet_request(request, whole_class=False))


@router.api_route("/practice/class", methods=METHODS)
async def sheets(request: Request) -> Response:
    """Sheets for a class with their key, to print."""
    return await _sheet_page(await _sheet_request(request, whole_class=True))


@router.api_route("/practice/worksheet.tex", methods=METHODS)
async def worksheet_latex(request: Request) -> Response:
    """The sheet as LaTeX."""
    return await _sheet_latex_file(await _sheet_request(request, whole_class=False), "worksheet")


@router.api_route("/practice/class.tex", methods=METHODS)
async def sheets_latex(request: Request) -> Response:
    """The sheets of a class as LaTeX."""
    return await _sheet_latex_file(await _sheet_request(request, whole_class=True), "class")


async def _sheet_request(request: Request, whole_class: bool) -> WorksheetRequest:
    pairs = await query_fields(request)
    state = None if whole_class else read_state(pairs)
    return WorksheetRequest.from_fields(dict(pairs), state, whole_class)


async def _sheet_page(sheet_request: WorksheetRequest) -> Response:
    def refuse(refusal: Refusal) -> Response:
        text = render_page(sheet_request, refusal.status, sheets=[], key=[], problem=refusal)
        return HTMLResponse(text, refusal.status)

    work = runner.in_worker(TRACE_SECONDS, worksheet_page, sheet_request)
    return await respond(work, _html_response, refuse)


async def _sheet_latex_file(sheet_request: WorksheetRequest, name: str) -> Response:
    if not sheet_request.wants_sheets:
        raise HTTPException(404)
    work = runner.in_worker(TRACE_SECONDS, render_latex, sheet_request)
    return await respond(work, partial(_latex_response, name=name), refusal_page)


def _html_response(text: str) -> Response:
    return HTMLResponse(text, headers={"Cache-Control": "no-cache"})


def _latex_response(text: str, name: str) -> Response:
    headers = {
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{name}.tex"',
    }
    content = text.encode("utf-8", "replace")
    return Response(content, media_type="application/x-tex; charset=utf-8", headers=headers)
