"""Where a number in a trace may be wrong or has no meaning: a status for each row and partial.

The status of a row comes from the table: its domains and its nonsmooth points. The partials of the
function are examined only where a row is doubtful, by its values in high precision very near to the
point on each side. That is right also for √(x²) and x·|x|, where rules for single rows are not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from adexplain import budgets
from adexplain.evaluate.compiled_rows import NAMESPACE
from adexplain.evaluate.sweeps import Trace
from adexplain.language.printing import PythonWriter
from adexplain.primitives.table import PRIMITIVES
from adexplain.program import CONSTANT, INPUT, Program
from adexplain.statuses.one_sided import Neighborhood, Sides
from adexplain.transforms.partials import read_rule

OK = "ok"
KINDS = (
    "ok", "kink", "jump", "vertical", "boundary", "removable", "undefined", "overflow",
    "cancellation", "program",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowStatus:
    """The status of one row.

    Attributes:
        kind: one of KINDS.
        message: a sentence ("" for ok).
        begins: whether it begins at this row; False where it follows from an earlier row.
        convention: the derivative that is used at a kink or the like, "" if none is chosen.
    """

    kind: str = OK
    message: str = ""
    begins: bool = False
    convention: str = ""


@dataclass(frozen=True, slots=True)
class PartialStatus:
    """The status of one partial derivative of the function, with the one-sided derivatives."""

    kind: str = OK
    message: str = ""
    left: float | None = None
    right: float | None = None
    convention: str = ""


_ROW_OK = RowStatus()


@cache
def _condition(op: str, text: str, count: int) -> Callable[..., bool]:
    """A condition of the table as a function of the arguments and the result."""
    program = read_rule(PRIMITIVES[op], text, count)
    names = dict(zip(program.inputs, program.input_names, strict=True))
    writer = PythonWriter(program, lambda slot: names[slot], program.rows)
    source = f"lambda {', '.join(program.input_names)}: {writer.operand(program.outputs[0]).text}"
    result: Callable[..., bool] = eval(source, dict(NAMESPACE))
    return result


def _holds(op: str, text: str, arguments: Sequence[float], value: float) -> bool:
    try:
        return bool(_condition(op, text, len(arguments))(*arguments, value))
    except (ArithmeticError, ValueError):
        return False


def row_statuses(trace: Trace) -> dict[int, RowStatus]:
    """Slot → status of every row that is not ok, in execution order."""
    program = trace.program
    found: dict[int, RowStatus] = {}
    for slot in program.rows:
        if trace.values[slot] is None:
            continue
        status = _row_status(trace, slot, found)
        if status.kind != OK:
            found[slot] = status
    return found


def _row_status(trace: Trace, slot: int, found: dict[int, RowStatus]) -> RowStatus:
    program = trace.program
    op, args = program.ops[slot], program.args[slot]
    arguments: list[Any] = [trace.values[arg] for arg in args]
    value: Any = trace.values[slot]
    if op == "where" or None in arguments:
        chosen = next(
            (arg for arg in args[1:] if arg in found and trace.values[arg] is not None), None
        )
        return _inherited(program, found, [chosen] if chosen is not None else [])
    if not all(map(math.isfinite, arguments)):
        return _inherited(program, found, [arg for arg in args if arg in found])
    primitive = PRIMITIVES[op]
    if primitive.domain and not _holds(op, primitive.domain, arguments, value):
        return RowStatus("undefined", _domain_message(trace, slot), True)
    for point in primitive.nonsmooth_points:
        position = "abc".find(point.argument) if point.argument else -1
        concerns = program.masks[slot] if position < 0 else program.masks[slot] >> position & 1
        if concerns and _holds(op, point.condition, arguments, value):
            message = _nonsmooth_message(trace, slot, point.status)
            return RowStatus(point.status, message, True, point.convention)
    if not math.isfinite(value):
        return RowStatus(
            "overflow", f"{row_with_numbers(trace, slot)} is beyond the range of a float.", True
        )
    if not all(map(math.isfinite, trace.partials[slot])):
        return RowStatus(
            "overflow", f"The slope of {row_with_numbers(trace, slot)} is beyond a float.", True
        )
    if _cancels(trace, slot, arguments):
        return RowStatus("cancellation", _cancellation_message(trace, slot), True)
    return _ROW_OK


def _inherited(program: Program, found: dict[int, RowStatus], args: Sequence[int]) -> RowStatus:
    for arg in args:
        if found[arg].kind in ("undefined", "overflow"):
            return RowStatus(found[arg].kind, f"This follows from {program.names[arg]}.")
    return _ROW_OK


def row_with_numbers(trace: Trace, slot: int) -> str:
    """A row with numbers in place of names, such as log(-1)."""
    program = trace.program
    primitive = PRIMITIVES[program.ops[slot]]
    numbers = [short(trace.values[arg]) for arg in program.args[slot]]
    if not primitive.symbol:
        return f"{primitive.spellings[0]}({', '.join(numbers)})"
    if len(numbers) == 1:
        return f"{primitive.symbol}{numbers[0]}"
    shown = [f"({text})" if text.startswith("-") else text for text in numbers]
    return f"{shown[0]} {primitive.symbol} {shown[1]}"


def short(value: float | None) -> str:
    """A number in a sentence."""
    return "?" if value is None else f"{value + 0.0:.5g}"  # + 0.0: no sign on zero


def _domain_message(trace: Trace, slot: int) -> str:
    program = trace.program
    primitive = PRIMITIVES[program.ops[slot]]
    if program.ops[slot] == "div":
        return f"{row_with_numbers(trace, slot)} divides by zero."
    if program.ops[slot] == "pow":
        base, exponent = (trace.values[arg] for arg in program.args[slot])
        if base == 0.0 and exponent is not None and exponent < 0.0:
            return f"{row_with_numbers(trace, slot)} divides by zero."
        cube = program.names[program.args[slot][1]] == "1/3"
        hint = " For the real cube root write cbrt(…)." if cube else ""
        return f"{row_with_numbers(trace, slot)} is not a real number.{hint}"
    if not program.masks[slot]:  # constants have no names for the condition
        return f"{row_with_numbers(trace, slot)} is outside the domain."
    names = dict(zip("abc", (program.names[arg] for arg in program.args[slot]), strict=False))
    needs = re.sub(r"\b[abc]\b", lambda match: names[match[0]], primitive.domain)
    needs = re.sub(r"abs\(([^()]*)\)", r"|\1|", needs)
    for typed, printed in (("!=", "≠"), (">=", "≥"), ("<=", "≤"), ("==", "=")):
        needs = needs.replace(typed, printed)
    return f"{row_with_numbers(trace, slot)} is outside the domain, which needs {needs}."


_NONSMOOTH_SENTENCES = {
    "kink": "{} is at a kink: the slope changes abruptly here.",
    "jump": "{} is at a jump of the value.",
    "vertical": "{} has a vertical slope here.",
    "boundary": "{} is at the boundary of its domain: only one side has a slope.",
    "undefined": "{} has no real values beside this point in one of its arguments.",
}


def _nonsmooth_message(trace: Trace, slot: int, kind: str) -> str:
    if PRIMITIVES[trace.program.ops[slot]].symbol in ("<", "<=", ">", ">=", "==", "!="):
        decided = f"{row_with_numbers(trace, slot)} is decided at equality"
        return f"{decided}: a hair away it may turn out otherwise."
    return _NONSMOOTH_SENTENCES[kind].format(row_with_numbers(trace, slot))


def _cancels(trace: Trace, slot: int, arguments: Sequence[Any]) -> bool:
    """Whether a sum of rounded arguments has lost most of its digits."""
    program = trace.program
    if program.ops[slot] not in ("add", "sub"):
        return False
    largest = max(map(abs, arguments))
    value: Any = trace.values[slot]
    if largest == 0 or abs(value) > 1e-6 * largest:
        return False
    if all(program.ops[arg] in (INPUT, CONSTANT) for arg in program.args[slot]):
        return False  # a difference of given numbers is nearly exact
    if len(program.rows) > budgets.STATUS_WORK:
        return False
    true = Neighborhood(program, [trace.values[s] for s in program.inputs]).value(slot)
    return true is not None and abs(true - value) > 1e-6 * abs(true)


def _cancellation_message(trace: Trace, slot: int) -> str:
    shown = row_with_numbers(trace, slot)
    return f"{shown} cancels: the digits left are rounding errors of the terms."


def partial_statuses(
    trace: Trace, jacobian: Sequence[Sequence[float]], rows: dict[int, RowStatus]
) -> list[list[PartialStatus]]:
    """The status of each entry of the Jacobian, outputs by inputs."""
    program = trace.program
    if not rows and all(math.isfinite(entry) for row in jacobian for entry in row):
        return [[_PARTIAL_OK] * len(program.inputs) for _ in program.outputs]
    work = len(program.rows) * len(program.inputs) * len(program.outputs)
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
    message = _SENTENCES[kind].format(_sides(left, right))
    if kind == "boundary" and entry not in (left, right):
        message += f" AD's {short(entry)} is neither: it multiplied 0 by an infinite slope."
    return PartialStatus(kind, message, left, right, convention)


def _side(slope: float | None) -> str:
    return "undefined" if slope is None else short(slope).replace("inf", "∞")


def _sides(left: float | None, right: float | None) -> str:
    if left == right:
        return f"{_side(left)} on both sides"
    return f"{_side(left)} on the left and {_side(right)} on the right"


_SENTENCES = {
    "kink": "A kink: the derivative is {}.",
    "jump": "The function jumps here (slope {}).",
    "vertical": "The tangent is vertical here (slope {}).",
    "boundary": "The edge of the domain: the derivative is {}.",
    "removable": "Not defined here, but the slope tends to {}.",
    "undefined": "The function has no value here; beside the point its slope is {}.",
}
