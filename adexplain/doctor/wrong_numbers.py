"""Finds numbers of the answer that are finite but wrong, or that are a convention."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from adexplain.doctor.trace_analysis import TraceAnalysis
from adexplain.explanation.explain import Explanation
from adexplain.primitives.primitive import SELECTING
from adexplain.statuses.sentences import row_with_numbers
from adexplain.statuses.status import PartialStatus, RowStatus

WRONG = frozenset(("cancellation", "overflow", "program"))
"""Statuses of a partial that is finite but not the derivative."""
CAUSES = {"cancellation": "lost digits"}
"""Status → its name in the table of fixes, where that is another."""
_UNDERFLOW = 1e-300
_NEGLIGIBLE = 1e-90
"""Share of its terms below which a difference, computed in 120 digits, counts as truly 0."""


@dataclass(frozen=True, slots=True)
class LostValue:
    """A value that is finite but wrong: the row where it was lost, how, and the true value."""

    row: int
    cause: str
    true: str


class Doubts:
    """Finds where wrong or doubtful numbers of one trace come from."""

    def __init__(self, explanation: Explanation, analysis: TraceAnalysis) -> None:
        self.program = explanation.program
        self.trace = explanation.trace
        self.statuses = explanation.row_statuses
        self.analysis = analysis

    def lost_value(self, slot: int) -> LostValue | None:
        """How the finite value of an output was lost; None where it is right."""
        value, needed = self.trace.values[slot], sorted(self.analysis.needed(slot))
        cancelled = next(self._rows_with_status(slot, None, "cancellation"), None)
        has_non_finite = any(self.analysis.is_non_finite(s) for s in needed)
        if value is None or not (value == 0.0 or has_non_finite or cancelled is not None):
            return None
        true = self.analysis.true_value(slot)
        if true is None or not abs(true - value) > 1e-6 * abs(true):
            return None
        if has_non_finite:
            return LostValue(*self.analysis.origin(slot), _digits(true))
        if cancelled is not None:
            terms = [self.trace.values[arg] for arg in self.program.args[cancelled]]
            if abs(true) < _NEGLIGIBLE * max(abs(term) for term in terms if term is not None):
                true = 0
            return None if true == value else LostValue(cancelled, "lost digits", _digits(true))
        false_zero = next((s for s in needed if self.analysis.is_falsely_zero(s)), slot)
        if not abs(self.analysis.true_value(false_zero)) < _UNDERFLOW:
            return None  # a difference of inputs that were rounded already
        return LostValue(false_zero, "underflow", _digits(true))

    def row(self, k: int, j: int, status: PartialStatus) -> int:
        """The row where the doubt about a partial begins."""
        output, start = self.program.outputs[k], self.program.inputs[j]
        rows = (
            *self._rows_with_status(output, start, status.kind),
            *self._rows_with_status(output, start, ""),
        )
        rows = (*rows, *self._rows_with_status(output, None, ""))
        found = next(iter(rows), output)
        if self.statuses.get(found, RowStatus()).kind != "jump":
            return found
        # At a comparison of equal numbers, the jump is that of the `where` it decides.
        for row in self.program.rows:
            if self.program.ops[row] in SELECTING and row in self.analysis.needed(output):
                condition = self.program.args[row][0]
                if found in self.analysis.needed(condition):
                    return row
        return found

    def why(self, row: int, status: PartialStatus) -> str:
        """The message of the row's status, that of the partial, and the convention taken."""
        row_status = self.statuses.get(row, RowStatus())
        same = row_status.kind == status.kind == "kink"
        messages = ("" if same else row_status.message, status.message)
        texts = [text for text in dict.fromkeys(messages) if text]
        if row_status.kind in ("kink", "jump") and status.convention:
            shown = row_with_numbers(self.trace, row)
            texts.append(f"By convention the slope of {shown} is taken as {status.convention}.")
        return " ".join(texts)

    def _rows_with_status(self, output: int, start: int | None, kind: str) -> Iterator[int]:
        """Rows where a status begins, on paths to an output (from an input, if one is given).

        An empty kind stands for every status.
        """
        needed = self.analysis.needed(output)
        reached = needed if start is None else self.analysis.reached(start, static=True)
        for row, status in self.statuses.items():
            if status.begins and row in needed and row in reached and kind in ("", status.kind):
                yield row


def _digits(true: Any) -> str:
    """A high-precision number for a sentence; it may be smaller than any float."""
    import mpmath

    return str(mpmath.nstr(mpmath.mpf(true), 5)).removesuffix(".0").replace(".0e", "e")
