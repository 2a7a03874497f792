"""The generated code, run at the point that is shown."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from adexplain.codegen.running import transcript
from adexplain.server.explorer import content
from adexplain.server.http import runner
from adexplain.server.http.address import State, read
from adexplain.server.http.requests import METHODS, answer, asked
from adexplain.server.http.templating import render

router = APIRouter(include_in_schema=False)

MODES = {"adjoint": "reverse", "tangent": "forward"}
"""The listings of the page, and the modes they are the code of."""


@router.api_route("/run/{key}", methods=METHODS)
async def run(key: str, request: Request) -> Response:
    """What the function of that listing answers."""
    state = read(await asked(request))
    if key not in MODES or state is None:
        raise HTTPException(404)
    return await answer(
        runner.trace(partial(answered, mode=MODES[key]), state),
        lambda text: render("explorer/run.html", text=text),
        lambda refusal: render("explorer/run.html", refusal.status, text=refusal.message),
    )


def answered(state: State, mode: str) -> str:
    """The call and its answer for a state, with the seeds it shows."""
    program, at, seed = content.read(state)
    explanation = content.explained(program, at, state, seed)
    seeds = explanation.tangent_seed if mode == "forward" else explanation.adjoint_seed
    return transcript(program, mode, [at[name] for name in program.input_names], seeds)
