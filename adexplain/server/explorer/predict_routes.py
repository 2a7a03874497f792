"""``/practice/predict``: the judgement of a prediction, which the page's script fetches.

Without scripts the form is sent to the page itself, which then contains the judgement.
"""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request, Response

from adexplain.practice.coverage import covers
from adexplain.server.explorer import content
from adexplain.server.explorer.panels.predict import Guess, JudgedGuess, guess_of, judge_guess
from adexplain.server.http import runner
from adexplain.server.http.address import State, read_state
from adexplain.server.http.requests import METHODS, Refusal, query_fields, respond
from adexplain.server.http.templating import render

router = APIRouter(include_in_schema=False)

EXPECTED = "A prediction is asked about as f=…&predict=values&step=1&given=2."


@router.api_route("/practice/predict", methods=METHODS)
async def predict(request: Request) -> Response:
    """The judgement of the answer ``given`` at a ``step``; or the step (``give``), or a hint."""

    def show(judged: JudgedGuess | None) -> Response:
        if judged is None:
            return refuse(Refusal(422, f"Nothing is covered there. {EXPECTED}"))
        return render("explorer/judged.html", judged=judged, problem="")

    def refuse(refusal: Refusal) -> Response:
        return render("explorer/judged.html", refusal.status, judged=None, problem=refusal.message)

    pairs = await query_fields(request)
    state, guess = read_state(pairs), guess_of(pairs)
    if state is None or guess is None or not state.predict:
        return refuse(Refusal(422, EXPECTED))
    return await respond(runner.trace(partial(judge_state, guess=guess), state), show, refuse)


def judge_state(state: State, guess: Guess) -> JudgedGuess | None:
    """The judgement of a guess; None where its step is not covered."""
    program, at, seed = content.resolve(state)
    explanation = content.explanation_of(program, at, state, seed)
    known = 1 <= guess.step <= explanation.stepping.total
    if not known or not covers(explanation, state.predict, guess.step):
        return None
    return judge_guess(explanation, state.predict, guess)
