"""The generated code, run at the point that is shown."""

from __future__ import annotations

from functools import partial
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from adexplain.codegen.running import transcript
from adexplain.errors import InputError

from . import runner, work
from .address import State, read
from .pages import BUSY, OVERDUE, render

router = APIRouter(include_in_schema=False)

MODES = {"adjoint": "reverse", "tangent": "forward"}
"""The listings of the page, and the modes they are the code of."""


@router.get("/run/{key}")
async def run(key: str, request: Request) -> Response:
    """What the function of that listing answers."""
    return await _run(key, request.query_params.multi_items())


@router.post("/run/{key}")
async def run_long(key: str, request: Request) -> Response:
    """The same for a function too long for an address."""
    body = (await request.body()).decode("utf-8", "replace")
    return await _run(key, parse_qsl(body, keep_blank_values=True))


async def _run(key: str, pairs: list[tuple[str, str]]) -> Response:
    state = read(pairs)
    if key not in MODES or state is None:
        raise HTTPException(404)

    def told(status: int, text: str) -> Response:
        return render("run.html", status, text=text)

    try:
        return told(200, await runner.trace(partial(answered, mode=MODES[key]), state))
    except InputError as error:
        return told(422, error.message)
    except runner.BusyError:
        return told(503, BUSY)
    except runner.OverdueError:
        return told(503, OVERDUE)


def answered(state: State, mode: str) -> str:
    """The call and its answer for a state, with the seeds it shows."""
    program, at, seed = work.read(state)
    explanation = work.explained(program, at, state, seed)
    seeds = explanation.tangent_seed if mode == "forward" else explanation.adjoint_seed
    return transcript(program, mode, [at[name] for name in program.input_names], seeds)
