"""``/embed``: the trace alone, with its timeline, to stand in a page of somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

import adexplain
from adexplain.errors import InputError

from . import pages, runner, work
from .address import State, read
from .examples import OPENING
from .security import FRAMED

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Embedded(State):
    """A state whose own addresses stay within the frame."""

    def address(self, path: str = "/", **changes: Any) -> str:
        """The address of this state; that of the page is the embedded page's."""
        return super().address(FRAMED if path == "/" else path, **changes)


@router.get(FRAMED)
async def embed(request: Request) -> Response:
    """The page without its input and its navigation; other sites may frame it."""
    asked = read(request.query_params.multi_items()) or OPENING.state()
    state = Embedded(**vars(asked))
    try:
        page = await runner.trace(work.page, state)
    except InputError as error:
        return pages.render("error.html", 422, status=422, message=error.message)
    except runner.BusyError:
        return pages.render("error.html", 503, status=503, message=pages.BUSY)
    except runner.OverdueError:
        return pages.render("error.html", 503, status=503, message=pages.OVERDUE)
    opened = State(**vars(page.state)).address(compare=False, view="page")
    return pages.render("alone.html", **alone(page), kind="embed", open=opened)


def alone(page: work.Page) -> dict[str, Any]:
    """What the template of the trace alone shows, in a frame as in a file."""
    return {
        "page": page,
        "state": page.state,
        "numbers": False,
        "cards": [],
        "cards_left_out": 0,
        "version": adexplain.__version__,
    }
