"""Files to take away: what the page offers, and how each is made.

Like everything that a request asks for, a file is made by plain functions of plain data, so that a
worker process can do it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import normalize

from adexplain.codegen import source
from adexplain.export.formats import Format, Style
from adexplain.server.explorer import content
from adexplain.server.exporting.formats import FORMATS
from adexplain.server.http.address import State
from adexplain.server.http.examples import GROUPS

PARTS = {
    "steps": "The steps in words",
    "comparison": "The comparison",
    "findings": "What the gradient doctor finds",
}
"""What else than the trace a format may write: the name of its writer, and what the page says."""
CODES = {"adjoint-code": ("Adjoint", "reverse"), "tangent-code": ("Tangent", "forward")}
LONGEST_NAME = 40
LONGEST_LINK = 600


@dataclass(frozen=True)
class Offer:
    """One line of the Export tab.

    Attributes:
        key: its name in the address, ``/export/<key>``.
        title: how people call it.
        about: what it is good for.
        copies: whether it is of use on a clipboard, too.
        moves: whether it shows the step at which the page stands.
    """

    key: str
    title: str
    about: str
    copies: bool
    moves: bool

    def link(self, state: State) -> str:
        """Where it is downloaded from; "" where the function makes links too long for a page that
        has dozens of them.
        """
        if not state.fits or len(state.address()) > LONGEST_LINK:
            return ""
        step = state.step if self.moves else None
        return state.address(f"/export/{self.key}", step=step, compare=False, view="page")

    def action(self, state: State) -> str:
        """Where the page's own form is sent to instead."""
        step = state.step if self.moves else None
        return f"/export/{self.key}" + ("" if step is None else f"?step={step}")


@dataclass(frozen=True)
class File:
    """A file as it is sent."""

    name: str
    media: str
    text: str


def offers(state: State) -> dict[str, list[Offer]]:
    """Everything that can be taken away from a page, in groups."""
    traces = [
        Offer(name, form.title, form.about, form.pastes, form.moves)
        for name, form in FORMATS.items()
    ]
    codes = [
        Offer(key, f"{title} code", "Python to read and to run", True, False)
        for key, (title, mode) in CODES.items()
        if state.mode in ("both", mode)
    ]
    groups = {"The trace": traces, "The derivative as a program": codes}
    for part, title in PARTS.items():
        able = {name: form for name, form in FORMATS.items() if getattr(form, part)}
        groups[title] = [
            Offer(f"{part}-{name}", form.title, "", form.pastes, False)
            for name, form in able.items()
        ]
    return groups


def compares(key: str) -> bool:
    """Whether a file is that of a comparison, which takes its time."""
    return key.startswith("comparison-")


def exists(key: str) -> bool:
    """Whether there is such a file for some state."""
    part, form = _parted(key)
    return key in CODES or bool(form and getattr(form, part))


def _parted(key: str) -> tuple[str, Format | None]:
    """Which writer of which format a key asks for."""
    part, _, name = key.partition("-")
    return (part, FORMATS.get(name)) if part in PARTS else ("explanation", FORMATS.get(key))


def made(state: State, key: str, paste: bool) -> File:
    """A file of a state; ``paste`` asks for a piece that goes into another document.

    Raises:
        InputError: the state makes no sense.
    """
    program, at, seed = content.read(state)
    if key in CODES:
        title, mode = CODES[key]
        return File(_name(state, title.lower(), "py"), "text/x-python", source(program, mode))
    part, form = _parted(key)
    assert form is not None
    if part == "comparison":
        text = getattr(form, part)(content.compared(program, at, seed), Style())
        return File(_name(state, part, form.suffix), form.media, _whole(form, text, paste))
    explanation = content.explained(program, at, state, seed)
    step = None
    if part == "explanation" and form.moves and state.step is not None:
        step = min(state.step, explanation.stepping.total)
    text = getattr(form, part)(explanation, Style(step=step))
    if part == "explanation":
        part = "" if step is None else f"step-{step}"
    return File(_name(state, part, form.suffix), form.media, _whole(form, text, paste))


def _whole(form: Format, text: str, paste: bool) -> str:
    return form.document(text) if form.document and not paste else text


_TITLES: Mapping[str, str] = {
    example.text: example.title for examples in GROUPS.values() for example in examples
}


def _name(state: State, part: str, suffix: str) -> str:
    """A file's name that every system takes: of an example its title, else the text's letters."""
    title = _TITLES.get(state.text) or f"trace {state.text[: 4 * LONGEST_NAME]}"
    plain = normalize("NFKD", re.sub("[–—]", "-", title)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:LONGEST_NAME].strip("-")
    return f"{'-'.join(filter(None, (words, part)))}.{suffix}"
