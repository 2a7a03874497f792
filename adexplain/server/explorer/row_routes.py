"""More lines of a long trace, which the page fetches where a person opens a gap or steps."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from adexplain.server.explorer import content
from adexplain.server.http import runner
from adexplain.server.http.address import read
from adexplain.server.http.requests import METHODS, Refusal, answer, asked
from adexplain.server.http.templating import render

router = APIRouter(include_in_schema=False)


@router.api_route("/rows", methods=METHODS)
async def rows(request: Request) -> Response:
    """The lines ``rows=51-150`` of a trace; without them, those around the step in the address."""

    def refused(refusal: Refusal) -> Response:
        return render("explorer/rows.html", refusal.status, t=None, problem=refusal.message)

    state = read(await asked(request))
    if state is None or (state.rows is None and state.step is None):
        return refused(Refusal(422, "The lines of a trace are asked for as f=…&rows=51-150."))
    return await answer(
        runner.trace(content.rows_of, state),
        lambda lines: render("explorer/rows.html", t=lines, state=state, problem=""),
        refused,
    )
