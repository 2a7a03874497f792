"""``/steps``: the cards of some steps, which the page fetches while a person steps."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request, Response

from adexplain.server.explorer import content
from adexplain.server.http import runner
from adexplain.server.http.address import read_state
from adexplain.server.http.requests import METHODS, Refusal, query_fields, respond
from adexplain.server.http.templating import render

router = APIRouter(include_in_schema=False)


@router.api_route("/steps", methods=METHODS)
async def steps(request: Request) -> Response:
    """The cards of the steps ``from`` to ``to``, as many as one response may have."""

    def refuse(refusal: Refusal) -> Response:
        return render("explorer/steps.html", refusal.status, cards=[], problem=refusal.message)

    pairs = await query_fields(request)
    state = read_state(pairs)
    given = dict(pairs)
    first, last = given.get("from", ""), given.get("to", "")
    if state is None or not (_is_step(first) and _is_step(last)):
        return refuse(Refusal(422, "The steps of a function are asked for as f=…&from=1&to=24."))
    cards = runner.trace(partial(content.cards_of, first=int(first), last=int(last)), state)
    return await respond(
        cards, lambda cards: render("explorer/steps.html", cards=cards, problem=""), refuse
    )


def _is_step(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
