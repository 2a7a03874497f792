"""The JSON API: what the page shows, as data."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from adexplain.explanation.explain import Explanation
from adexplain.explanation.published import FILES
from adexplain.server.api.docs import api_page
from adexplain.server.explorer import content
from adexplain.server.http import runner
from adexplain.server.http.address import State, read_state
from adexplain.server.http.limits import TRACE_SECONDS
from adexplain.server.http.templating import render
from adexplain.server.practice.check import check_json

router = APIRouter(prefix="/api")

Number = float | str
Mode = Literal["forward", "reverse", "both"]

_F = "The function: an expression, assignments or several outputs, as typed on the page."
_SEED = "The direction of the tangent sweep."
_SCHEMA = "The version of the answer's schema; 2 has arrays, and lines and rounds of programs."
_FIRST, _LAST = min(FILES), max(FILES)
_BAR = "The weights of the outputs in the adjoint sweep."


class Ask(BaseModel):
    """A function, where to look at it, and how."""

    model_config = ConfigDict(
        extra="forbid",
        strict=True,
        json_schema_extra={
            "examples": [{"f": "ln(x1) + x1*x2 - sin(x2)", "at": {"x1": 2, "x2": 5}}]
        },
    )

    f: str = Field(description=_F)
    at: dict[str, Number] = Field(
        default_factory=dict,
        description="Each variable's value: a number, or a text such as pi/3. Usually 1.",
    )
    mode: Mode = Field("both", description="Which derivatives to trace.")
    seed: dict[str, Number] | str = Field(
        "", description=_SEED + " Numbers by input, or an input's name. Usually the first input."
    )
    bar: dict[str, Number] | str = Field(
        "", description=_BAR + " Numbers by output, or an output's name. Usually the first output."
    )

    def state(self, exact: bool = False) -> State:
        """The state that the same question has as an address."""
        at = {name: str(value) for name, value in self.at.items()}
        return State(self.f, at, self.mode, _seed_text(self.seed), _seed_text(self.bar), exact)


class AskExplain(Ask):
    """What to explain."""

    exact: bool = Field(False, description="Also exact values such as sqrt(3)/2, where SymPy can.")
    schema_version: int = Field(1, alias="schema", description=_SCHEMA, ge=_FIRST, le=_LAST)


class AskCompare(Ask):
    """What to compare."""

    output: str | None = Field(None, description="Which output; usually the first with a weight.")


class AskCheck(Ask):
    """What to check."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"f": "x*y + sin(x)", "at": {"x": 1, "y": 2}, "work": "v1' = x'*y - x*y'"},
            ]
        },
    )

    work: str = Field(
        description="The derivation, as typed or pasted: statements such as v6' = v5'*v4 + v4'*v5, "
        "a table (spreadsheet, Markdown, LaTeX, CSV), or a derivative alone."
    )


class ErrorDetail(BaseModel):
    """What is wrong, where, and what to write instead."""

    message: str
    start: int | None = Field(description="First character of the input's text to blame.")
    end: int | None = Field(description="The character after the last one to blame.")
    hint: str


class ErrorBody(BaseModel):
    """The body of every refusal."""

    error: ErrorDetail


def _seed_text(seed: dict[str, Number] | str) -> str:
    if isinstance(seed, str):
        return seed.strip()
    return ", ".join(f"{name}={value}" for name, value in seed.items())


_REFUSALS: dict[int | str, dict[str, Any]] = {
    413: {"model": ErrorBody, "description": "The request is too large."},
    422: {"model": ErrorBody, "description": "The function or a value cannot be used."},
    503: {"model": ErrorBody, "description": "Too much work is waiting, or this took too long."},
}


def _responses(description: str) -> dict[int | str, dict[str, Any]]:
    content = {"application/json": {"schema": {"type": "object"}}}
    return {200: {"description": description, "content": content}, **_REFUSALS}


_EXPLAINED = _responses("The explanation, as /api/schema.json describes it.")
_DIAGNOSED = _responses(
    "A finding for each number of the answer that is NaN, infinite, zero or missing: its symptom, "
    "kind and cause, the sweep, row and step where it began, why, the mend, and whether it is "
    "quiet: as it should be."
)
_COMPARED = _responses("Each method's gradient, its error and matching digits, and the verdict.")

_CHECKED = _responses(
    "Each row of the derivation with its mark (right, rounded, follows, wrong); of a wrong one the "
    "kind of mistake, what is wrong with it and what to write instead, and the step of the trace; "
    "and one sentence on all of it. A place in a refusal is one in `work`, unless it is in `f`."
)

FQuery = Annotated[str, Query(description=_F)]
AtQuery = Annotated[str, Query(description="Values, as in x1=2,x2=pi/3; at.x1=2 works as well.")]
ModeQuery = Annotated[Mode, Query(description="Which derivatives to trace.")]
SeedQuery = Annotated[str, Query(description=_SEED + " As in x1, or 1,0, or x1=1,x2=0.5.")]
SchemaQuery = Annotated[int, Query(ge=_FIRST, le=_LAST, description=_SCHEMA)]
BarQuery = Annotated[str, Query(description=_BAR + " As in y1, or 1,0, or y1=1,y2=0.5.")]


@router.get("/explain", summary="Explain", responses=_EXPLAINED, response_class=JSONResponse)
async def explain_get(
    request: Request,
    f: FQuery,
    at: AtQuery = "",
    mode: ModeQuery = "both",
    seed: SeedQuery = "",
    bar: BarQuery = "",
    exact: bool = False,
    schema: SchemaQuery = 1,
) -> Response:
    """The whole trace of a function; every address of the page works here as well."""
    state = read_state(request.query_params.multi_items())
    assert state is not None
    work = partial(content.explain_json, schema=schema)
    return _json_response(await runner.trace(work, state))


@router.post("/explain", summary="Explain", responses=_EXPLAINED, response_class=JSONResponse)
async def explain_post(ask: AskExplain) -> Response:
    """The whole trace of a function: rows, contributions, answer, statuses, cost."""
    work = partial(content.explain_json, schema=ask.schema_version)
    return _json_response(await runner.trace(work, ask.state(ask.exact)))


@router.get("/compare", summary="Compare", responses=_COMPARED, response_class=JSONResponse)
async def compare_get(
    request: Request,
    f: FQuery,
    at: AtQuery = "",
    mode: ModeQuery = "both",
    seed: SeedQuery = "",
    bar: BarQuery = "",
    output: Annotated[str | None, Query(description="Which output.")] = None,
) -> Response:
    """The gradient by every method, and the verdict."""
    state = read_state(request.query_params.multi_items())
    assert state is not None
    return _json_response(await runner.compare(content.compare_json, state, output))


@router.post("/compare", summary="Compare", responses=_COMPARED, response_class=JSONResponse)
async def compare_post(ask: AskCompare) -> Response:
    """The gradient by every method, and the verdict."""
    return _json_response(await runner.compare(content.compare_json, ask.state(), ask.output))


@router.get("/doctor", summary="Diagnose", responses=_DIAGNOSED, response_class=JSONResponse)
async def doctor_get(
    request: Request, f: FQuery, at: AtQuery = "", mode: ModeQuery = "both"
) -> Response:
    """Where each NaN, infinite, zero or missing derivative began, why, and the usual mend."""
    state = read_state(request.query_params.multi_items())
    assert state is not None
    return _json_response(await runner.trace(content.doctor_json, state))


@router.post("/doctor", summary="Diagnose", responses=_DIAGNOSED, response_class=JSONResponse)
async def doctor_post(ask: Ask) -> Response:
    """Where each NaN, infinite, zero or missing derivative began, why, and the usual mend."""
    return _json_response(await runner.trace(content.doctor_json, ask.state()))


@router.post("/check-work", summary="Check work", responses=_CHECKED, response_class=JSONResponse)
async def check_work(ask: AskCheck) -> Response:
    """A derivation made by hand, marked row by row, with a diagnosis of what is wrong."""
    return _json_response(await runner.in_worker(TRACE_SECONDS, check_json, ask.state(), ask.work))


@router.get("/docs", include_in_schema=False)
async def docs(request: Request) -> Response:
    """The API's description for people, rendered from its OpenAPI schema."""
    return render("api/docs.html", api=api_page(request.app.openapi()))


@router.get("/schema.json", summary="Schema", response_class=JSONResponse)
async def schema(version: SchemaQuery = 1) -> Response:
    """The JSON schema of an explanation."""
    return JSONResponse(Explanation.schema(version))


def _json_response(body: bytes) -> Response:
    return Response(body, media_type="application/json")
