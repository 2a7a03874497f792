"""The result of marking a work, as plain data."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from adexplain.paths import folder
from adexplain.plain_data import Record, plain

SCHEMA = "https://adexplain.org/schema/checked-1.json"
"""Identifier of the published JSON schema, ``schema/checked.json`` in the package."""

RIGHT, ROUNDED, FOLLOWS, WRONG = "right", "rounded", "follows", "wrong"

MARKS = {
    RIGHT: "right",
    ROUNDED: "right up to rounding",
    FOLLOWS: "right, but follows from an earlier mistake",
    WRONG: "wrong",
}
"""Mark → its name for readers."""


@dataclass(slots=True)
class MarkedRow(Record):
    """One row of the work.

    Attributes:
        line: its line in the work, from 1.
        start, end: its span in the work.
        text: the row as written.
        sweep: "primal", "tangent", "adjoint", "partial" or "answer".
        target: the quantity it is about, such as v̇6.
        row: the name in the trace of the row of the function it belongs to, or None.
        mark: "right", "rounded", "follows" or "wrong".
        kind: for a wrong row, the kind of mistake, such as "wrong-sign".
        also: for a row with two independent mistakes, the kind of the second.
        says: for a wrong row, a sentence on what is wrong with it.
        instead: for a wrong row, what to write instead.
        given, true: the number that was written, and the right one.
        follows_from: the line of the earlier mistake.
        step: the step of the trace that computes this, or None.
    """

    line: int
    start: int
    end: int
    text: str
    sweep: str
    target: str
    row: str | None = None
    mark: str = RIGHT
    kind: str | None = None
    also: str | None = None
    says: str | None = None
    instead: str | None = None
    given: float | None = None
    true: float | None = None
    follows_from: int | None = None
    step: int | None = None


@dataclass(slots=True)
class Note(Record):
    """A line of the work that was not marked."""

    line: int
    text: str


@dataclass(slots=True)
class CheckedWork(Record):
    """A marked work.

    Attributes:
        schema: identifier of the JSON schema.
        text: the function.
        at: the point.
        seed: the direction of the tangents, by input; empty if the work has no tangents.
        rows: the marked rows, in the order of the work.
        notes: lines that were not marked.
        counts: mark → the number of rows with it.
        unexplained: the number of wrong rows that are not explained because the limit on the
            effort was reached.
        verdict: a summary in a few sentences.
    """

    schema: str
    text: str
    at: dict[str, float]
    seed: dict[str, float] = field(default_factory=dict)
    rows: list[MarkedRow] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    unexplained: int = 0
    verdict: str = ""

    @property
    def wrong(self) -> list[MarkedRow]:
        """The wrong rows."""
        return [row for row in self.rows if row.mark == WRONG]

    def to_dict(self) -> dict[str, Any]:
        """The result as plain data, with the keys of the published schema."""
        data: dict[str, Any] = plain(self)
        return data

    @staticmethod
    def schema_of() -> dict[str, Any]:
        """The published JSON schema."""
        text = (folder("schema") / "checked.json").read_text("utf-8")
        found: dict[str, Any] = json.loads(text)
        return found
