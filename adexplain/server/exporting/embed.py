"""``/embed``: the trace alone, with its timeline, to stand in a page of somebody else."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response

from adexplain.server.explorer import content
from adexplain.server.explorer.panels.predict import guess_of
from adexplain.server.http import runner
from adexplain.server.http.address import State, read
from adexplain.server.http.examples import OPENING
from adexplain.server.http.requests import METHODS, answer, asked
from adexplain.server.http.security import FRAMED
from adexplain.server.http.templating import refused, render
from adexplain.version import __version__

router = APIRouter(include_in_schema=False)

PARTS = ("table", "graph", "code", "step", "answer")
"""What a frame can show; the timeline and the step in words are always there."""
USUAL = ("table", "graph", "step", "answer")


@dataclass(frozen=True)
class Embedded(State):
    """A state whose own addresses stay within the frame."""

    show: str = ""
    """What the frame shows besides the steps, such as ``table,graph``; all of it where empty."""

    def address(self, path: str = "/", **changes: Any) -> str:
        """The address of this state; that of the page is the embedded page's."""
        return super().address(FRAMED if path == "/" else path, **changes)

    def pairs(self) -> list[tuple[str, str]]:
        """The parts of an address, with what the frame shows."""
        return super().pairs() + ([("show", self.show)] if self.show else [])

    @property
    def parts(self) -> tuple[str, ...]:
        """What the frame shows: words of :data:`PARTS`."""
        return tuple(self.show.split(",")) if self.show else USUAL


@router.api_route(FRAMED, methods=METHODS)
async def embed(request: Request) -> Response:
    """The page without its input and its navigation; other sites may frame it."""

    pairs = await asked(request)
    state = Embedded(**vars(read(pairs) or OPENING.state()), show=_shown(pairs))

    def shown(page: content.Page) -> Response:
        opened = _plain(page.state).address(compare=False, view="page")
        return render("exporting/alone.html", **alone(page, state.parts), kind="embed", open=opened)

    looked = partial(content.page, guess=guess_of(pairs))
    return await answer(runner.trace(looked, state), shown, refused)


def _shown(pairs: list[tuple[str, str]]) -> str:
    """The parts asked for, as far as there are such."""
    wanted = dict(pairs).get("show", "").split(",")
    return ",".join(part for part in PARTS if part in wanted)


def _plain(state: State) -> State:
    """The state of the explorer's own page."""
    return State(**{field.name: getattr(state, field.name) for field in fields(State)})


def alone(page: content.Page, parts: tuple[str, ...] = PARTS) -> dict[str, Any]:
    """What the template of the trace alone shows, in a frame as in a file."""
    return {
        "parts": parts,
        "page": page,
        "state": page.state,
        "numbers": False,
        "cards": [],
        "cards_left_out": 0,
        "version": __version__,
    }
