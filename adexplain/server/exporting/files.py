"""Downloads: which files the page offers, and how each is made.

They are made by functions of plain data, so that a worker process can do it.
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

WRITERS = {
    "steps": "The steps in words",
    "comparison": "The comparison",
    "findings": "What the gradient doctor finds",
}
"""What a format may write besides the trace: attribute of ``Format`` → heading on the page."""
CODE_FILES = {"adjoint-code": ("Adjoint", "reverse"), "tangent-code": ("Tangent", "forward")}
LONGEST_NAME = 40
LONGEST_LINK = 600


@dataclass(frozen=True)
class Download:
    """One entry of the Export tab.

    Attributes:
        key: its name in the address, ``/export/<key>``.
        title: its name for readers.
        about: what it is good for.
        for_clipboard: whether its text is of use on a clipboard.
        shows_step: whether it shows the step of the page.
    """

    key: str
    title: str
    about: str
    for_clipboard: bool
    shows_step: bool

    def link(self, state: State) -> str:
        """The address of the file; "" where it would be too long.

        A page has dozens of these links, so the limit is lower than that of an address.
        """
        if not state.fits or len(state.address()) > LONGEST_LINK:
            return ""
        step = state.step if self.shows_step else None
        return state.address(f"/export/{self.key}", step=step, compare=False, view="page")

    def action(self, state: State) -> str:
        """The address to which the page's form is sent where the link is too long."""
        step = state.step if self.shows_step else None
        return f"/export/{self.key}" + ("" if step is None else f"?step={step}")


@dataclass(frozen=True)
class File:
    """A file as it is sent."""

    name: str
    media: str
    text: str


def downloads(state: State) -> dict[str, list[Download]]:
    """All downloads of a page: heading → entries."""
    traces = [
        Download(name, form.title, form.about, form.for_clipboard, form.shows_step)
        for name, form in FORMATS.items()
    ]
    codes = [
        Download(key, f"{title} code", "Python to read and to run", True, False)
        for key, (title, mode) in CODE_FILES.items()
        if state.mode in ("both", mode)
    ]
    groups = {"The trace": traces, "The derivative as a program": codes}
    for part, title in WRITERS.items():
        formats = {name: form for name, form in FORMATS.items() if getattr(form, part)}
        groups[title] = [
            Download(f"{part}-{name}", form.title, "", form.for_clipboard, False)
            for name, form in formats.items()
        ]
    return groups


def is_comparison(key: str) -> bool:
    """Whether a file is a comparison, which has its own time limit."""
    return key.startswith("comparison-")


def exists(key: str) -> bool:
    """Whether ``key`` names a file."""
    part, form = _split_key(key)
    return key in CODE_FILES or bool(form and getattr(form, part))


def _split_key(key: str) -> tuple[str, Format | None]:
    """The writer and the format that a key names; None where there is no such format."""
    part, _, name = key.partition("-")
    return (part, FORMATS.get(name)) if part in WRITERS else ("explanation", FORMATS.get(key))


def make_file(state: State, key: str, for_pasting: bool) -> File:
    """A file of a state.

    Args:
        state: the function, its point and its seeds.
        key: the name of the file, one that :func:`exists`.
        for_pasting: make a piece for another document instead of a complete one.

    Raises:
        InputError: the function, a value or a seed is not valid.
    """
    program, at, seed = content.resolve(state)
    if key in CODE_FILES:
        title, mode = CODE_FILES[key]
        return File(file_name(state, title.lower(), "py"), "text/x-python", source(program, mode))
    part, form = _split_key(key)
    assert form is not None
    if part == "comparison":
        text = getattr(form, part)(content.comparison_of(program, at, seed), Style())
        return File(
            file_name(state, part, form.suffix), form.media, _complete(form, text, for_pasting)
        )
    explanation = content.explanation_of(program, at, state, seed)
    step = None
    if part == "explanation" and form.shows_step and state.step is not None:
        step = min(state.step, explanation.stepping.total)
    text = getattr(form, part)(explanation, Style(step=step))
    if part == "explanation":
        part = "" if step is None else f"step-{step}"
    return File(file_name(state, part, form.suffix), form.media, _complete(form, text, for_pasting))


def _complete(form: Format, text: str, for_pasting: bool) -> str:
    return form.document(text) if form.document and not for_pasting else text


_TITLES: Mapping[str, str] = {
    example.text: example.title for examples in GROUPS.values() for example in examples
}


def file_name(state: State, part: str, suffix: str) -> str:
    """A file name of ASCII letters, digits and hyphens, from an example's title or the text."""
    title = _TITLES.get(state.text) or f"trace {state.text[: 4 * LONGEST_NAME]}"
    plain = normalize("NFKD", re.sub("[–—]", "-", title)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:LONGEST_NAME].strip("-")
    return f"{'-'.join(filter(None, (words, part)))}.{suffix}"
