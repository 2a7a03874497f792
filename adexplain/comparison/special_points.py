"""Recognizes special points: no finite value, values that are wrongly 0, jumps of conditions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from adexplain import budgets
from adexplain.evaluate.sweeps import Trace
from adexplain.primitives.primitive import LOGICAL, SELECTING
from adexplain.program import Program
from adexplain.statuses.one_sided import Neighborhood
from adexplain.statuses.rows import row_statuses
from adexplain.statuses.sentences import row_with_numbers
from adexplain.statuses.status import PartialStatus


def why_no_value(trace: Trace, statuses: Iterable[PartialStatus]) -> str:
    """The sentence that says why a function has no finite value here."""
    first_statuses = [s for s in row_statuses(trace).values() if s.begins]
    severe = [s for s in first_statuses if s.kind in ("undefined", "overflow")] or first_statuses
    message = severe[0].message if severe else "The value is not a finite number."
    gaps = [s.message for s in statuses if s.kind == "removable"]
    return " ".join([message, *gaps[:1]])


def only_overflows(trace: Trace) -> bool:
    """Whether only a float's range keeps the function from having a value here."""
    first_statuses = [status.kind for status in row_statuses(trace).values() if status.begins]
    return "overflow" in first_statuses and "undefined" not in first_statuses


def wrongly_zero_value(trace: Trace) -> str:
    """The sentence about the first row that is wrongly 0; "" where the true output has no value."""
    program = trace.program
    beside = Neighborhood(program, [trace.values[slot] for slot in program.inputs])
    if beside.value(program.outputs[0]) is None:
        return ""
    for slot in program.rows:
        true = beside.value(slot)
        if trace.values[slot] == 0.0 and true is not None and true != 0:
            shown = row_with_numbers(trace, slot)
            if program.ops[slot] in ("add", "sub"):
                return f"{shown} cancels to 0, which it is not."
            return f"{shown} is too small for a float and becomes 0."
    return ""


def hidden_jumps(
    program: Program, point: Sequence[float], known: Mapping[str, PartialStatus]
) -> dict[str, PartialStatus]:
    """Per input, jumps where a number that serves as a condition is exactly 0.

    A row's own status does not show them, so the function is evaluated on both sides.
    """
    work = len(program.rows) * len(program.inputs)
    if (LOGICAL | SELECTING).isdisjoint(program.ops) or work > budgets.STATUS_WORK:
        return {}
    beside = Neighborhood(program, point)
    message = "A number is taken as true or false here, and the function jumps."
    return {
        name: PartialStatus("jump", message)
        for position, name in enumerate(program.input_names)
        if name in known and known[name].kind == "ok" and beside.sides(0, position).kind == "jump"
    }


def without_overflow(program: Program) -> str:
    """How to write √(a² + b²) or ln(eᵃ + eᵇ) so that nothing overflows; "" for other functions."""
    outer = program.outputs[0]
    inner = program.args[outer][0] if program.args[outer] else outer
    if program.ops[inner] != "add":
        return ""
    terms = program.args[inner]
    better = ""
    if program.ops[outer] == "sqrt" and all(_is_square(program, slot) for slot in terms):
        better = "hypot"
    elif program.ops[outer] == "log":
        exponentials = [program.ops[slot] for slot in terms].count("exp")
        if exponentials == 2:
            better = "logaddexp"
        elif exponentials and any(_is_number(program, slot, 1.0) for slot in terms):
            better = "softplus"
    return f"{better}(…) computes this without overflow." if better else ""


def _is_square(program: Program, slot: int) -> bool:
    op, args = program.ops[slot], program.args[slot]
    if op == "mul":
        return args[0] == args[1]
    return op == "pow" and _is_number(program, args[1], 2.0)


def _is_number(program: Program, slot: int, value: float) -> bool:
    return slot in program.constants and program.constants[slot].value == value
