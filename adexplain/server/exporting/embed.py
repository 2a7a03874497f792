"""``/embed``: the trace with its timeline, without the rest of the page, for another site."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response

from adexplain.server.explorer import content
from adexplain.server.explorer.panels.predict import guess_of
from adexplain.server.http import runner
from adexplain.server.http.address import State, read_state
from adexplain.server.http.examples import OPENING
from adexplain.server.http.requests import METHODS, query_fields, respond
from adexplain.server.http.security import EMBED_PATH
from adexplain.server.http.templating import refusal_page, render
from adexplain.version import __version__

router = APIRouter(include_in_schema=False)

PARTS = ("table", "graph", "code", "step", "answer")
"""The parts that an embedded trace can show; it always has the timeline and the step in words."""
DEFAULT_PARTS = ("table", "graph", "step", "answer")


@dataclass(frozen=True)
class EmbeddedState(State):
    """A state whose links to its own page stay within the frame."""

    show: str = ""
    """The parts to show, such as ``table,graph``; "" for :data:`DEFAULT_PARTS`."""

    def address(self, path: str = "/", **changes: Any) -> str:
        """The address of this state, with the path of the embedded page instead of ``/``."""
        return super().address(EMBED_PATH if path == "/" else path, **changes)

    def pairs(self) -> list[tuple[str, str]]:
        """The fields of an address, with the parts to show."""
        return super().pairs() + ([("show", self.show)] if self.show else [])

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts to show, of :data:`PARTS`."""
        return tuple(self.show.split(",")) if self.show else DEFAULT_PARTS


@router.api_route(EMBED_PATH, methods=METHODS)
async def embed(request: Request) -> Response:
    """The page without its input and navigation; other sites may show it in a frame."""

    pairs = await query_fields(request)
    state = EmbeddedState(
        **vars(read_state(pairs) or OPENING.state()), show=_requested_parts(pairs)
    )

    def show(page: content.Page) -> Response:
        explorer_address = _explorer_state(page.state).address(compare=False, view="page")
        return render(
            "exporting/alone.html",
            **standalone_context(page, state.parts),
            kind="embed",
            explorer_address=explorer_address,
        )

    work = partial(content.page, guess=guess_of(pairs))
    return await respond(runner.trace(work, state), show, refusal_page)


def _requested_parts(pairs: list[tuple[str, str]]) -> str:
    """The parts that the field ``show`` requests, without unknown ones."""
    requested = dict(pairs).get("show", "").split(",")
    return ",".join(part for part in PARTS if part in requested)


def _explorer_state(state: State) -> State:
    """The state of the explorer's own page."""
    return State(**{field.name: getattr(state, field.name) for field in fields(State)})


def standalone_context(page: content.Page, parts: tuple[str, ...] = PARTS) -> dict[str, Any]:
    """The context of the template ``_alone.html``, for a frame and for a file."""
    return {
        "parts": parts,
        "page": page,
        "state": page.state,
        "numbers_only": False,
        "cards": [],
        "cards_left_out": 0,
        "version": __version__,
    }
