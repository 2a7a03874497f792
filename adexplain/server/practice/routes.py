"""The practice pages: what there is, exercises, worksheets, a class."""

from __future__ import annotations

import secrets
from functools import partial
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from adexplain.practice.exercises import LARGEST_SEED, LEVELS, level_of, make, seed_of
from adexplain.server.http import runner
from adexplain.server.http.address import State, read
from adexplain.server.http.examples import OPENING
from adexplain.server.http.limits import TRACE_SECONDS
from adexplain.server.http.requests import METHODS, Refusal, answer, asked
from adexplain.server.http.templating import refused, render
from adexplain.server.practice.exercise import PATH, ExerciseView, exercise_view
from adexplain.server.practice.worksheet_request import Asked, html, latex_of, page_of

router = APIRouter(include_in_schema=False)

ABOUT = {
    "one": "a product, a quotient, a power, sin, ln, …",
    "chain": "one operation on the result of another",
    "product": "factors that depend on the same input, or on two",
    "sharing": "contributions add up",
    "outputs": "a Jacobian, row by row or column by column",
    "kinks": "|x|, max, min and relu, at the kink and beside it",
}
LEVEL_LIST = [(level, title, ABOUT[level]) for level, title in LEVELS.items()]
DRAWN = 9_999
"""The largest number that is drawn for a person who names none: short enough to be told."""


@router.get("/practice")
async def practice() -> Response:
    """What practice there is."""
    predict = OPENING.state().address(predict="values")
    return render("practice/index.html", levels=LEVEL_LIST, predict=predict)


@router.get(PATH)
async def exercises(request: Request) -> Response:
    """One exercise; what was typed is judged here, and with ``answers=hidden`` only judged."""

    def shown(view: ExerciseView) -> Response:
        following = view.seed % LARGEST_SEED + 1
        state = State("")
        context = {"levels": LEVEL_LIST, "following": following, "state": state}
        return render("practice/exercise.html", shown=view, **context)

    def no(refusal: Refusal) -> Response:
        return render("practice/refused.html", refusal.status, refusal=refusal)

    given = dict(await asked(request))
    if not given.get("seed", "").strip():
        given["seed"] = str(secrets.randbelow(DRAWN) + 1)
        given.setdefault("level", "one")
        return RedirectResponse(f"{PATH}?{urlencode(given)}", 303)
    return await answer(runner.apart(TRACE_SECONDS, view_of, given), shown, no)


def view_of(given: dict[str, str]) -> ExerciseView:
    """The exercise an address asks for, with what is said of the answers in it."""
    tries = given.get("tries", "")
    return exercise_view(
        make(level_of(given.get("level", "")), seed_of(given["seed"])),
        given,
        hidden=given.get("answers") == "hidden",
        solve=given.get("solution") == "1",
        tries=int(tries) if tries.isascii() and tries.isdigit() and len(tries) < 4 else 0,
    )


@router.api_route("/practice/worksheet", methods=METHODS)
async def worksheet(request: Request) -> Response:
    """The sheet of a function or of a level, blank and solved, to print."""
    return await _printed(await _wanted(request, whole_class=False))


@router.api_route("/practice/class", methods=METHODS)
async def sheets(request: Request) -> Response:
    """Sheets for a class with their key, to print."""
    return await _printed(await _wanted(request, whole_class=True))


@router.api_route("/practice/worksheet.tex", methods=METHODS)
async def worksheet_latex(request: Request) -> Response:
    """The sheet as LaTeX."""
    return await _written(await _wanted(request, whole_class=False), "worksheet")


@router.api_route("/practice/class.tex", methods=METHODS)
async def sheets_latex(request: Request) -> Response:
    """The sheets of a class as LaTeX."""
    return await _written(await _wanted(request, whole_class=True), "class")


async def _wanted(request: Request, whole_class: bool) -> Asked:
    pairs = await asked(request)
    return Asked.of(dict(pairs), None if whole_class else read(pairs), whole_class)


async def _printed(wanted: Asked) -> Response:
    def no(refusal: Refusal) -> Response:
        text = html(wanted, refusal.status, made=[], key=[], problem=refusal)
        return HTMLResponse(text, refusal.status)

    return await answer(runner.apart(TRACE_SECONDS, page_of, wanted), _page, no)


async def _written(wanted: Asked, name: str) -> Response:
    if not wanted.wants_sheets:
        raise HTTPException(404)
    made = runner.apart(TRACE_SECONDS, latex_of, wanted)
    return await answer(made, partial(_file, name=name), refused)


def _page(text: str) -> Response:
    return HTMLResponse(text, headers={"Cache-Control": "no-cache"})


def _file(text: str, name: str) -> Response:
    headers = {
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{name}.tex"',
    }
    content = text.encode("utf-8", "replace")
    return Response(content, media_type="application/x-tex; charset=utf-8", headers=headers)
