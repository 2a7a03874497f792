"""``/rows``: more lines of a long trace, fetched when a person opens a gap or steps to it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from adexplain.server.explorer import content
from adexplain.server.http import runner
from adexplain.server.http.address import read_state
from adexplain.server.http.requests import METHODS, Refusal, query_fields, respond
from adexplain.server.http.templating import render

router = APIRouter(include_in_schema=False)


@router.api_route("/rows", methods=METHODS)
async def rows(request: Request) -> Response:
    """The lines ``rows=51-150`` of a trace; without them, those around the step in the address."""

    def refuse(refusal: Refusal) -> Response:
        return render("explorer/rows.html", refusal.status, t=None, problem=refusal.message)

    state = read_state(await query_fields(request))
    if state is None or (state.rows is None and state.step is None):
        return refuse(Refusal(422, "The lines of a trace are asked for as f=…&rows=51-150."))
    return await respond(
        runner.trace(content.rows_of, state),
        lambda lines: render("explorer/rows.html", t=lines, state=state, problem=""),
        refuse,
    )
