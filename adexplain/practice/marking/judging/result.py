"""What a person is told about his work, as plain data."""

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
"""Mark → what a person reads."""


@dataclass(slots=True)
class Marked(Record):
    """One row of the work.

    Attributes:
        line: its line in the work, from 1.
        start, end: the characters of the work it is.
        text: what was written.
        sweep: "primal", "tangent", "adjoint", "partial" or "answer".
        target: what the row is about, such as v̇6.
        row: the row of the function it belongs to, by its name in the trace, or None.
        mark: "right", "rounded", "follows" or "wrong".
        kind: of a wrong row the kind of mistake, such as "wrong-sign"; else None.
        also: of a row with two independent mistakes the kind of the second; else None.
        says: of a wrong row what is wrong with it, in a sentence.
        instead: what to write instead.
        given, true: the number that was written and the right one, where there are such.
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
    """A line that was not marked."""

    line: int
    text: str


@dataclass(slots=True)
class Checked(Record):
    """A work, marked.

    Attributes:
        schema: identifier of the JSON schema.
        text: the function.
        at: the point.
        seed: the direction of the tangents, by input; empty where the work has none.
        rows: in the order of the work.
        notes: lines that say nothing to be marked.
        counts: how many rows have each mark.
        unexplained: how many wrong rows were marked, but not explained: what may be spent on one
            work was.
        verdict: one sentence on all of it.
    """

    schema: str
    text: str
    at: dict[str, float]
    seed: dict[str, float] = field(default_factory=dict)
    rows: list[Marked] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    unexplained: int = 0
    verdict: str = ""

    @property
    def wrong(self) -> list[Marked]:
        """The rows that are wrong."""
        return [row for row in self.rows if row.mark == WRONG]

    def to_dict(self) -> dict[str, Any]:
        """Plain data with the names of the published schema."""
        data: dict[str, Any] = plain(self)
        return data

    @staticmethod
    def schema_of() -> dict[str, Any]:
        """The published JSON schema."""
        text = (folder("schema") / "checked.json").read_text("utf-8")
        found: dict[str, Any] = json.loads(text)
        return found
