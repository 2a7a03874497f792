"""Check my work: the marked derivation as the page shows it, and as the API sends it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from adexplain.errors import InputError
from adexplain.practice.marking import KINDS, MARKS, CheckedWork, MarkedRow, check
from adexplain.practice.marking.judging.result import FOLLOWS, RIGHT, ROUNDED, WRONG
from adexplain.server.explorer import content
from adexplain.server.http.address import State

SIGNS = {RIGHT: "✓", ROUNDED: "≈", FOLLOWS: "↳", WRONG: "✗"}
WORDS = {RIGHT: "right", ROUNDED: "right, rounded", FOLLOWS: "follows", WRONG: "wrong"}
"""The word beside the sign in the table; the legend has the full sentence."""


@dataclass(frozen=True)
class MarkedLine:
    """One marked row as the template prints it.

    Attributes:
        row: the row with its mark.
        number: its line in the work; "" where the row before is on the same line.
        text: what was written.
        sign, word: its mark.
        kind: the kind of mistake, in words, or "".
        step: the address of the step that it is about, or "".
    """

    row: MarkedRow
    number: str
    text: str
    sign: str
    word: str
    kind: str
    step: str


@dataclass(frozen=True)
class CheckView:
    """A marked derivation as the template prints it.

    Attributes:
        state, work: what was checked.
        verdict: the result in a sentence.
        all_right: whether no row is wrong.
        lines: the marked rows.
        notes: (line, text) of what is not a row.
        seed: the seed of the tangents, in words.
        legend: (sign, meaning) of the marks that occur.
    """

    state: State
    work: str
    verdict: str
    all_right: bool
    lines: list[MarkedLine]
    notes: list[tuple[int, str]]
    seed: str
    legend: list[tuple[str, str]]


def check_state(state: State, text: str) -> CheckedWork:
    """The derivation ``text`` about a state, marked.

    Raises:
        InputError: the function, a value or the derivation is not valid; an error in another
            field than the function is a ``FieldError``.
    """
    program, at, seed = content.resolve(state)
    try:
        return check(program, at, text, seed)
    except InputError as error:
        if getattr(error, "field", "") == "work":
            raise content.FieldError("work", text, error) from None
        raise


def check_view(state: State, text: str) -> CheckView:
    """The content of the page for the derivation ``text`` about a state."""
    checked = check_state(state, text)
    seed = ", ".join(f"{value:g}" for value in checked.seed.values())
    # The links to steps have the seed of the derivation, since tangents depend on it.
    shown = replace(state, seed=seed if len(checked.seed) > 1 else state.seed)
    shown = replace(shown, mode="both", view="page", compare=False)
    used = dict.fromkeys(row.mark for row in checked.rows)
    pairs = zip(checked.rows, _previous_lines(checked), strict=True)
    return CheckView(
        state,
        text,
        checked.verdict,
        not checked.wrong,
        [_line(row, previous_line, shown) for row, previous_line in pairs],
        [(note.line, note.text) for note in checked.notes],
        ", ".join(f"{name}: {value:g}" for name, value in checked.seed.items()),
        [(SIGNS[mark], MARKS[mark]) for mark in MARKS if mark in used],
    )


def _previous_lines(checked: CheckedWork) -> list[int]:
    """The line of the row before each row."""
    return [0, *(row.line for row in checked.rows[:-1])]


def _line(row: MarkedRow, previous_line: int, state: State) -> MarkedLine:
    text = row.text
    if not any(sign in text for sign in ("=", "≈")):  # a cell of a table has no name in it
        text = f"{row.target} = {text}"
    return MarkedLine(
        row,
        str(row.line) if row.line != previous_line else "",
        text.replace("\t", " "),
        SIGNS[row.mark],
        WORDS[row.mark],
        KINDS[row.kind] if row.kind else "",
        state.address(step=row.step) if row.step is not None and state.fits else "",
    )


def check_json(state: State, text: str) -> bytes:
    """The marked derivation as the API sends it."""
    data = check_state(state, text).to_dict()
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
