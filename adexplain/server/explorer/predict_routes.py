"""The judgement of a prediction alone, which the page's script fetches.

Without scripts the form goes to the page itself, which answers with the judgement in its place.
"""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request, Response

from adexplain.practice.coverage import asks
from adexplain.server.explorer import content
from adexplain.server.explorer.panels.predict import Guess, Judged, guess_of, judged_of
from adexplain.server.http import runner
from adexplain.server.http.address import State, read
from adexplain.server.http.requests import METHODS, Refusal, answer, asked
from adexplain.server.http.templating import render

router = APIRouter(include_in_schema=False)

WANTED = "A prediction is asked about as f=…&predict=values&step=1&given=2."


@router.api_route("/practice/predict", methods=METHODS)
async def predict(request: Request) -> Response:
    """What is said of the answer ``given`` at a ``step``, of ``give`` (up) or of a ``hint``."""

    def shown(judged: Judged | None) -> Response:
        if judged is None:
            return refused(Refusal(422, f"Nothing is covered there. {WANTED}"))
        return render("explorer/judged.html", judged=judged, problem="")

    def refused(refusal: Refusal) -> Response:
        return render("explorer/judged.html", refusal.status, judged=None, problem=refusal.message)

    pairs = await asked(request)
    state, guess = read(pairs), guess_of(pairs)
    if state is None or guess is None or not state.predict:
        return refused(Refusal(422, WANTED))
    return await answer(runner.trace(partial(judged_at, guess=guess), state), shown, refused)


def judged_at(state: State, guess: Guess) -> Judged | None:
    """What is said of a guess; None where the trace has no such question."""
    program, at, seed = content.read(state)
    explanation = content.explained(program, at, state, seed)
    known = 1 <= guess.step <= explanation.stepping.total
    if not known or not asks(explanation, state.predict, guess.step):
        return None
    return judged_of(explanation, state.predict, guess)
