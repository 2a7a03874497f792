"""Assembles the application: routes, middleware, error responses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from adexplain.errors import InputError
from adexplain.paths import folder
from adexplain.server.api import routes as api_routes
from adexplain.server.explorer import (
    graph_routes,
    predict_routes,
    row_routes,
    run_routes,
    step_routes,
)
from adexplain.server.explorer import routes as explorer_routes
from adexplain.server.exporting import embed, files
from adexplain.server.exporting import routes as exporting_routes
from adexplain.server.http import font_routes, runner
from adexplain.server.http.limits import BodyLimit
from adexplain.server.http.requests import BUSY, OVERDUE, RETRY_AFTER
from adexplain.server.http.security import SecurityHeaders
from adexplain.server.http.static import Static
from adexplain.server.http.templating import add_template_globals, render
from adexplain.server.lessons import routes as lesson_routes
from adexplain.server.practice import check_routes
from adexplain.server.practice import routes as practice_routes
from adexplain.server.practice.exercise import exercise_view
from adexplain.server.reference import routes as reference_routes
from adexplain.server.search import routes as search_routes
from adexplain.version import __version__
from adexplain.workers import pool

DESCRIPTION = "Evaluation traces of automatic differentiation, checked three ways."

ROUTES = (
    explorer_routes,
    step_routes,
    run_routes,
    row_routes,
    graph_routes,
    exporting_routes,
    embed,
    lesson_routes,
    reference_routes,
    search_routes,
    predict_routes,
    practice_routes,
    check_routes,
    api_routes,
    font_routes,
)
"""All modules with routes."""


@asynccontextmanager
async def _lifespan(_app: FastAPI) -> AsyncIterator[None]:
    pool.warm_up()
    yield
    pool.shut_down()


def create_app() -> FastAPI:
    """The application, ready for any ASGI server."""
    app = FastAPI(
        title="adexplain",
        description=DESCRIPTION,
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=_lifespan,
    )
    app.add_middleware(GZipMiddleware, minimum_size=2_000, compresslevel=5)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    for routes in ROUTES:
        app.include_router(routes.router)
    add_template_globals(downloads=files.downloads, exercise_view=exercise_view)
    app.mount("/static", Static(directory=folder("web") / "static"), name="static")
    app.add_exception_handler(InputError, _input_error)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(runner.BusyError, _busy)
    app.add_exception_handler(runner.OverdueError, _overdue)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _fault)
    return app


def _refusal(status: int, message: str, hint: str = "", **headers: str) -> JSONResponse:
    error = {"message": message, "start": None, "end": None, "hint": hint}
    return JSONResponse({"error": error}, status_code=status, headers=headers)


async def _input_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, InputError)
    return JSONResponse({"error": error.to_dict()}, status_code=422)


async def _malformed(_request: Request, error: Exception) -> Response:
    """The first error that pydantic found, in the form of all refusals."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"][1:])
    message = f"{first['msg']}: {where}" if where else str(first["msg"])
    return _refusal(422, message, "See /api/docs for what a request looks like.")


async def _busy(_request: Request, _error: Exception) -> Response:
    return _refusal(503, BUSY, **RETRY_AFTER)


async def _overdue(_request: Request, _error: Exception) -> Response:
    return _refusal(503, OVERDUE)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if request.url.path.startswith("/api/"):
        if error.status_code == 405:  # each route of a path knows only its own method
            methods = request.app.openapi()["paths"].get(request.url.path, {})
            headers["Allow"] = ", ".join(sorted(methods)).upper() or "GET"
        # A body that is not text is treated like other invalid input.
        status = 422 if error.status_code == 400 else error.status_code
        return _refusal(status, error.detail, **headers)
    response = render("shared/error.html", error.status_code, status=error.status_code)
    response.headers.update(headers)
    return response


async def _fault(request: Request, _error: Exception) -> Response:
    """An unexpected exception: the server logs it, and the response has no details."""
    if request.url.path.startswith("/api/"):
        return _refusal(500, "Something went wrong in adexplain itself.")
    return render("shared/error.html", 500, status=500)
