"""What is doubtful or special in a step, in words: kinks, domains, zeros, infinities."""

from __future__ import annotations

import math
from collections.abc import Collection

from adexplain.explanation.explain import Explanation
from adexplain.primitives.table import PRIMITIVES
from adexplain.statuses.statuses import RowStatus

_AS_EXPECTED = RowStatus()
_OF_SLOPES = ("kink", "jump", "vertical", "boundary", "undefined", "overflow")
"""Statuses of a row that say something about its partials."""


def joined(*notes: str) -> str:
    """Several notes as one text, none of them twice."""
    return " ".join(dict.fromkeys(note for note in notes if note))


def kind_of(value: float) -> str:
    """``not a number`` or ``infinite``; "" for an ordinary number."""
    if math.isnan(value):
        return "not a number"
    return "" if math.isfinite(value) else "infinite"


def of_value(explanation: Explanation, slot: int) -> str:
    """What is to be said about a row's value."""
    status = explanation.row_statuses.get(slot, _AS_EXPECTED)
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


def of_slope(explanation: Explanation, slot: int, positions: Collection[int], finite: bool) -> str:
    """What is to be said about the partials of a row.

    Args:
        explanation: the trace.
        slot: the row.
        positions: the arguments whose partials count in this step.
        finite: whether these partials are finite.
    """
    status = explanation.row_statuses.get(slot, _AS_EXPECTED)
    if status.kind not in _OF_SLOPES or not status.begins:
        return ""
    if finite and (status.kind == "overflow" or _concerns_others(explanation, slot, positions)):
        return ""
    return _with_convention(status)


def _concerns_others(explanation: Explanation, slot: int, positions: Collection[int]) -> bool:
    """Whether the table lays the doubt on other arguments, as on the exponent of (-3)**2."""
    kind = explanation.row_statuses[slot].kind
    edges = PRIMITIVES[explanation.program.ops[slot]].edges
    letters = [edge.argument for edge in edges if edge.status == kind]
    return bool(letters) and all(a and "abc".index(a) not in positions for a in letters)


def _with_convention(status: RowStatus) -> str:
    if not status.convention:
        return status.message
    return f"{status.message} By convention the slope there is {status.convention}."


def of_product(flow: float, slope: float, amount: float, flow_name: str, slope_name: str) -> str:
    """Why a tangent or adjoint times a partial is zero, infinite or no number.

    Args:
        flow: the tangent or adjoint.
        slope: the partial.
        amount: their product, in which nothing times infinity counts as nothing.
        flow_name: what the tangent or adjoint is called.
        slope_name: what the partial is called.
    """
    if amount == 0.0:
        return _nothing(flow, slope, flow_name, slope_name)
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


def _nothing(flow: float, slope: float, flow_name: str, slope_name: str) -> str:
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


def of_sum(before: float | None, amount: float, total: float, name: str) -> str:
    """Why a running sum is infinite or no number although what is added is not."""
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
