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
from adexplain.export import Format, Style
from adexplain.formats import FORMATS

from . import work
from .address import State
from .examples import GROUPS

COMPARISON = "comparison-"
CODES = {"adjoint-code": ("Adjoint", "reverse"), "tangent-code": ("Tangent", "forward")}
LONGEST_NAME = 40


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

    def address(self, state: State) -> str:
        """Where it is downloaded from; without the function where an address cannot hold it."""
        step = state.step if self.moves else None
        path = f"/export/{self.key}"
        if state.fits:
            return state.address(path, step=step, compare=False, view="page")
        return path if step is None else f"{path}?step={step}"


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
    comparisons = [
        Offer(COMPARISON + name, form.title, "", form.pastes, False)
        for name, form in FORMATS.items()
        if form.comparison
    ]
    return {
        "The trace": traces,
        "The derivative as a program": codes,
        "The comparison": comparisons,
    }


def compares(key: str) -> bool:
    """Whether a file is that of a comparison, which takes its time."""
    return key.startswith(COMPARISON)


def exists(key: str) -> bool:
    """Whether there is such a file for some state."""
    form = FORMATS.get(key.removeprefix(COMPARISON))
    return key in CODES or bool(form and (form.comparison or not compares(key)))


def made(state: State, key: str, paste: bool) -> File:
    """A file of a state; ``paste`` asks for a piece that goes into another document.

    Raises:
        InputError: the state makes no sense.
    """
    program, at, seed = work.read(state)
    if key in CODES:
        title, mode = CODES[key]
        return File(_name(state, title.lower(), "py"), "text/x-python", source(program, mode))
    form = FORMATS[key.removeprefix(COMPARISON)]
    if compares(key):
        assert form.comparison
        text = form.comparison(work.compared(program, at, seed), Style())
        return File(_name(state, "comparison", form.suffix), form.media, _whole(form, text, paste))
    explanation = work.explained(program, at, state, seed)
    step = None
    if form.moves and state.step is not None:
        step = min(state.step, explanation.stepping.total)
    text = form.explanation(explanation, Style(step=step))
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
