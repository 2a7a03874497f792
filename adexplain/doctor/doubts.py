"""Numbers of the answer that look healthy and are not, or that have no one right value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from adexplain.doctor.search import Anatomy
from adexplain.explanation.explain import Explanation
from adexplain.statuses.statuses import PartialStatus, RowStatus, numbered

WRONG = frozenset(("cancellation", "overflow", "program"))
"""Statuses of a partial that is finite and not the derivative."""
CAUSES = {"cancellation": "lost digits"}
"""What a status is called in the table of mends, where it is called otherwise."""
_TINY = 1e-300
_NOTHING = 1e-90
"""Share of the terms below which a difference in 120 digits is 0 in truth."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A value that is finite and wrong: where it was lost, how, and what it is in truth."""

    row: int
    cause: str
    true: str


class Doubts:
    """Where doubtful numbers of one answer come from."""

    def __init__(self, explanation: Explanation, anatomy: Anatomy) -> None:
        self.program = explanation.program
        self.trace = explanation.trace
        self.statuses = explanation.row_statuses
        self.anatomy = anatomy

    def lost_value(self, slot: int) -> Lost | None:
        """How a finite value of an output was lost; None where it is right."""
        value, needed = self.trace.values[slot], sorted(self.anatomy.needed(slot))
        cancelled = next(self._begun(slot, None, "cancellation"), None)
        beyond = any(self.anatomy.is_astray(s) for s in needed)
        if value is None or not (value == 0.0 or beyond or cancelled is not None):
            return None
        true = self.anatomy.true_value(slot)
        if true is None or not abs(true - value) > 1e-6 * abs(true):
            return None
        if beyond:
            return Lost(*self.anatomy.origin(slot), _digits(true))
        if cancelled is not None:
            terms = [self.trace.values[arg] for arg in self.program.args[cancelled]]
            if abs(true) < _NOTHING * max(abs(term) for term in terms if term is not None):
                true = 0
            return None if true == value else Lost(cancelled, "lost digits", _digits(true))
        gone = next((s for s in needed if self.anatomy.is_gone(s)), slot)
        if not abs(self.anatomy.true_value(gone)) < _TINY:
            return None  # a difference of given numbers, one of which is itself rounded
        return Lost(gone, "underflow", _digits(true))

    def row(self, k: int, j: int, status: PartialStatus) -> int:
        """The row where the doubt about a partial begins."""
        output, start = self.program.outputs[k], self.program.inputs[j]
        rows = (*self._begun(output, start, status.kind), *self._begun(output, start, ""))
        rows = (*rows, *self._begun(output, None, ""))
        found = next(iter(rows), output)
        if self.statuses.get(found, RowStatus()).kind != "jump":
            return found
        # A comparison that is decided at equality matters by the `where` it decides.
        for row in self.program.rows:
            if self.program.ops[row] == "where" and row in self.anatomy.needed(output):
                condition = self.program.args[row][0]
                if found in self.anatomy.needed(condition):
                    return row
        return found

    def why(self, row: int, status: PartialStatus) -> str:
        """What begins at the row, and what it makes of the partial."""
        begun = self.statuses.get(row, RowStatus())
        same = begun.kind == status.kind == "kink"
        told = ("" if same else begun.message, status.message)
        texts = [text for text in dict.fromkeys(told) if text]
        if begun.kind in ("kink", "jump") and status.convention:
            shown = numbered(self.trace, row)
            texts.append(f"By convention the slope of {shown} is taken as {status.convention}.")
        return " ".join(texts)

    def _begun(self, output: int, start: int | None, kind: str) -> Iterator[int]:
        """Rows of a status on the way to an output, and from an input if one is given."""
        needed = self.anatomy.needed(output)
        reached = needed if start is None else self.anatomy.reached(start, static=True)
        for row, status in self.statuses.items():
            if status.begins and row in needed and row in reached and kind in ("", status.kind):
                yield row


def _digits(true: Any) -> str:
    """A number of many digits in a sentence; it may be smaller than any float."""
    import mpmath

    return str(mpmath.nstr(mpmath.mpf(true), 5)).removesuffix(".0").replace(".0e", "e")
