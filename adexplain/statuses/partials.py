"""The status of each partial of the function, from its values very near to the point on each side.

They are computed in high precision, and only where a row is doubtful. That is right also for √(x²)
and x·|x|, where rules for single rows are not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from adexplain import budgets
from adexplain.evaluate.sweeps import Trace
from adexplain.statuses.one_sided import Neighborhood, Sides
from adexplain.statuses.sentences import partial_sentence, short
from adexplain.statuses.status import OK, PartialStatus, RowStatus


def partial_statuses(
    trace: Trace, jacobian: Sequence[Sequence[float]], rows: dict[int, RowStatus]
) -> list[list[PartialStatus]]:
    """The status of each entry of the Jacobian, outputs by inputs."""
    program = trace.program
    if not rows and all(math.isfinite(entry) for row in jacobian for entry in row):
        return [[_PARTIAL_OK] * len(program.inputs) for _ in program.outputs]
    # A row of many arguments takes as long as that many rows of two.
    rows_of_two = sum(max(1, len(program.args[slot]) - 1) for slot in program.rows)
    work = rows_of_two * len(program.inputs) * len(program.outputs)
    if work > budgets.STATUS_WORK:
        return [[_without_sides(rows, entry) for entry in row] for row in jacobian]
    neighborhood = Neighborhood(program, [trace.values[slot] for slot in program.inputs])
    return [
        [_judge(rows, entry, neighborhood.sides(k, j)) for j, entry in enumerate(row)]
        for k, row in enumerate(jacobian)
    ]


_PARTIAL_OK = PartialStatus()


def _without_sides(rows: dict[int, RowStatus], entry: float) -> PartialStatus:
    """The status by the first doubtful row, where the sides would take too long to compute."""
    first = next((s for s in rows.values() if s.begins), None)
    if first is not None:
        return PartialStatus(first.kind, first.message, convention=first.convention)
    return _PARTIAL_OK if math.isfinite(entry) else PartialStatus("overflow", _BEYOND)


_BEYOND = "The slope is beyond the range of a float."


def _judge(rows: dict[int, RowStatus], entry: float, sides: Sides) -> PartialStatus:
    """Compare the entry, which AD computed, with the one-sided derivatives."""
    left, right = sides.left.slope, sides.right.slope
    # Where two kinks meet, the entry follows from both conventions, and is neither of them.
    kinks = [status for status in rows.values() if status.begins]
    convention = kinks[0].convention if len(kinks) == 1 else ""
    kind = sides.kind
    if kind == "smooth":
        assert left is not None
        assert right is not None
        if math.isfinite(entry) and abs(entry - right) <= 1e-6 * max(abs(right), 1e-12):
            return PartialStatus(OK, "", left, right)
        if not math.isfinite(right):
            first = next((s.message for s in rows.values() if s.begins), _BEYOND)
            return PartialStatus("overflow", first)
        if any(status.kind == "overflow" for status in rows.values()):
            message = (
                f"A value on the way is beyond a float: the true derivative is {short(right)}."
            )
            return PartialStatus("overflow", message, left, right)
        cancelled = any(status.kind == "cancellation" for status in rows.values())
        if cancelled and math.isfinite(entry):
            message = (
                f"Rounding errors have eaten the digits: the true derivative is {short(right)}."
            )
            return PartialStatus("cancellation", message, left, right)
        message = (
            f"The function is smooth here with derivative {short(right)}; AD's {short(entry)} "
            "comes from the way it is written."
        )
        return PartialStatus("program", message, left, right)
    overflow = next((s for s in rows.values() if s.kind == "overflow" and s.begins), None)
    if kind == "undefined" and overflow is not None:
        return PartialStatus("overflow", overflow.message, left, right)
    if kind == "undefined" and left is None and right is None:
        return PartialStatus(kind, "There is no derivative here, on neither side.")
    message = partial_sentence(kind, left, right)
    if kind == "boundary" and entry not in (left, right):
        message += f" AD's {short(entry)} is neither: it multiplied 0 by an infinite slope."
    return PartialStatus(kind, message, left, right, convention)
