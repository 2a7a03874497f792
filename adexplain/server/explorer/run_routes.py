"""``/run``: runs the generated code at the point of the page."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from adexplain.codegen.running import transcript
from adexplain.server.explorer import content
from adexplain.server.http import runner
from adexplain.server.http.address import State, read_state
from adexplain.server.http.requests import METHODS, query_fields, respond
from adexplain.server.http.templating import render

router = APIRouter(include_in_schema=False)

MODES = {"adjoint": "reverse", "tangent": "forward"}
"""Key of a code panel → the mode of its function."""


@router.api_route("/run/{key}", methods=METHODS)
async def run(key: str, request: Request) -> Response:
    """The call of a code panel's function, and its result."""
    state = read_state(await query_fields(request))
    if key not in MODES or state is None:
        raise HTTPException(404)
    return await respond(
        runner.trace(partial(run_transcript, mode=MODES[key]), state),
        lambda text: render("explorer/run.html", text=text),
        lambda refusal: render("explorer/run.html", refusal.status, text=refusal.message),
    )


def run_transcript(state: State, mode: str) -> str:
    """The call of the generated function and its result, with the seeds of the state."""
    program, at, seed = content.resolve(state)
    explanation = content.explanation_of(program, at, state, seed)
    seeds = explanation.tangent_seed if mode == "forward" else explanation.adjoint_seed
    return transcript(program, mode, [at[name] for name in program.input_names], seeds)
