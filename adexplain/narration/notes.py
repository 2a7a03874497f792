"""Notes on what is doubtful or special in a step: kinks, edges of a domain, zeros, infinities."""

from __future__ import annotations

import math
from collections.abc import Collection

from adexplain.explanation.explain import Explanation
from adexplain.primitives.primitive import PRIMITIVES
from adexplain.statuses.status import RowStatus

_NO_STATUS = RowStatus()
_SLOPE_STATUSES = ("kink", "jump", "vertical", "boundary", "undefined", "overflow")
"""Kinds of row status that concern the partials of the row."""


def joined(*notes: str) -> str:
    """Several notes as one text, without empty ones and repetitions."""
    return " ".join(dict.fromkeys(note for note in notes if note))


def non_finite_word(value: float) -> str:
    """``not a number`` or ``infinite``; "" for an ordinary number."""
    if math.isnan(value):
        return "not a number"
    return "" if math.isfinite(value) else "infinite"


def value_note(explanation: Explanation, slot: int) -> str:
    """The note on a row's value: its status, or which arguments made it not finite."""
    status = explanation.row_statuses.get(slot, _NO_STATUS)
    if status.message:
        return _with_convention(status)
    trace = explanation.trace
    value = trace.values[slot]
    if value is None or math.isfinite(value):
        return ""
    program = trace.program
    causes = [arg for arg in program.args[slot] if not _finite(trace.values[arg])]
    names = " and ".join(dict.fromkeys(program.names[arg] for arg in causes))
    return f"This follows from {names}." if names else ""


def _finite(value: float | None) -> bool:
    return value is None or math.isfinite(value)


def slope_note(
    explanation: Explanation, slot: int, positions: Collection[int], finite: bool
) -> str:
    """The note on the partials of a row; "" where they are ordinary.

    Args:
        explanation: the trace.
        slot: the row.
        positions: the arguments whose partials count in this step.
        finite: whether these partials are finite.
    """
    status = explanation.row_statuses.get(slot, _NO_STATUS)
    if status.kind not in _SLOPE_STATUSES or not status.begins:
        return ""
    if finite and (
        status.kind == "overflow" or _is_about_other_arguments(explanation, slot, positions)
    ):
        return ""
    return _with_convention(status)


def _is_about_other_arguments(
    explanation: Explanation, slot: int, positions: Collection[int]
) -> bool:
    """Whether, by the table, the status concerns other arguments, as the exponent of (-3)**2."""
    kind = explanation.row_statuses[slot].kind
    points = PRIMITIVES[explanation.program.ops[slot]].nonsmooth_points
    letters = [point.argument for point in points if point.status == kind]
    return bool(letters) and all(a and "abc".index(a) not in positions for a in letters)


def _with_convention(status: RowStatus) -> str:
    if not status.convention:
        return status.message
    return f"{status.message} By convention the slope there is {status.convention}."


def product_note(flow: float, slope: float, amount: float, flow_name: str, slope_name: str) -> str:
    """Why a tangent or adjoint times a partial is zero, infinite or not a number.

    Args:
        flow: the tangent or adjoint.
        slope: the partial.
        amount: their product, in which 0·∞ counts as 0.
        flow_name: name of the tangent or adjoint.
        slope_name: name of the partial.
    """
    if amount == 0.0:
        return _zero_product_note(flow, slope, flow_name, slope_name)
    if math.isnan(amount):
        if math.isnan(slope):
            return f"The partial {slope_name} is not a number here."
        if math.isnan(flow):
            return f"{flow_name} is not a number, so the product is none either."
        return "0 times infinity is not a number."
    if math.isinf(amount):
        if math.isinf(slope):
            return f"The partial {slope_name} is infinite here."
        if math.isinf(flow):
            return f"{flow_name} is infinite, so the product is infinite too."
        return "The product is beyond the range of a float."
    return ""


def _zero_product_note(flow: float, slope: float, flow_name: str, slope_name: str) -> str:
    if not (math.isfinite(flow) and math.isfinite(slope)):
        return (
            "0 times a number that is not finite counts as 0 in a sweep: nothing flows. That is "
            "this tool's convention; IEEE arithmetic, and with it JAX and PyTorch, gives NaN here."
        )
    if slope == 0.0:
        return f"The partial {slope_name} is 0 here, so nothing flows."
    if flow == 0.0:
        return f"{flow_name} is 0, so nothing flows."
    return "The product is too small for a float and becomes 0."


def sum_note(before: float | None, amount: float, total: float, name: str) -> str:
    """Why a running sum is infinite or not a number although the term that is added is not."""
    if before is None or (math.isnan(amount) and math.isnan(total)):
        return ""
    if math.isnan(total):
        if math.isnan(before):
            return f"{name} was not a number before, and stays so."
        return "Infinity minus infinity is not a number."
    if math.isinf(total) and math.isfinite(amount):
        if math.isinf(before):
            return f"{name} was infinite before, and stays so."
        return "The sum is beyond the range of a float."
    return ""
