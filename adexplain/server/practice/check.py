"""A marked derivation, as the page shows it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from adexplain.errors import InputError
from adexplain.practice.marking import KINDS, MARKS, Checked, Marked, check
from adexplain.practice.marking.judging.result import FOLLOWS, RIGHT, ROUNDED, WRONG
from adexplain.server.explorer import content
from adexplain.server.http.address import State

SIGNS = {RIGHT: "✓", ROUNDED: "≈", FOLLOWS: "↳", WRONG: "✗"}
WORDS = {RIGHT: "right", ROUNDED: "right, rounded", FOLLOWS: "follows", WRONG: "wrong"}
"""What stands in the table beside the sign; the whole of it is in the legend."""


@dataclass(frozen=True)
class Line:
    """One marked row."""

    row: Marked
    number: str
    text: str
    sign: str
    word: str
    kind: str
    step: str


@dataclass(frozen=True)
class CheckView:
    """A whole marked derivation."""

    state: State
    work: str
    verdict: str
    fine: bool
    lines: list[Line]
    notes: list[tuple[int, str]]
    seed: str
    legend: list[tuple[str, str]]


def checked(state: State, text: str) -> Checked:
    """A derivation marked; raises InputError, whose ``field`` says which field is to blame."""
    program, at, seed = content.read(state)
    try:
        return check(program, at, text, seed)
    except InputError as error:
        if getattr(error, "field", "") == "work":
            raise content.FieldError("work", text, error) from None
        raise


def view_of(state: State, text: str) -> CheckView:
    """The page's content."""
    found = checked(state, text)
    seed = ", ".join(f"{value:g}" for value in found.seed.values())
    # What a step computes belongs to a direction: the link has the derivation's own.
    shown = replace(state, seed=seed if len(found.seed) > 1 else state.seed)
    shown = replace(shown, mode="both", view="page", compare=False)
    used = dict.fromkeys(row.mark for row in found.rows)
    return CheckView(
        state,
        text,
        found.verdict,
        not found.wrong,
        [_line(row, before, shown) for row, before in zip(found.rows, _before(found), strict=True)],
        [(note.line, note.text) for note in found.notes],
        ", ".join(f"{name}: {value:g}" for name, value in found.seed.items()),
        [(SIGNS[mark], MARKS[mark]) for mark in MARKS if mark in used],
    )


def _before(found: Checked) -> list[int]:
    """The line of the row before each row."""
    return [0, *(row.line for row in found.rows[:-1])]


def _line(row: Marked, before: int, state: State) -> Line:
    text = row.text
    if not any(sign in text for sign in ("=", "≈")):  # a cell of a table says not what it is of
        text = f"{row.target} = {text}"
    return Line(
        row,
        str(row.line) if row.line != before else "",
        text.replace("\t", " "),
        SIGNS[row.mark],
        WORDS[row.mark],
        KINDS[row.kind] if row.kind else "",
        state.address(step=row.step) if row.step is not None and state.fits else "",
    )


def check_json(state: State, text: str) -> bytes:
    """A marked derivation, as the API sends it."""
    data = checked(state, text).to_dict()
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
