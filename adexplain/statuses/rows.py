"""The status of each row of a trace, from the domains and nonsmooth points of the rule table."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from adexplain import budgets
from adexplain.evaluate.compiled_rows import NAMESPACE, python_expression
from adexplain.evaluate.sweeps import Trace
from adexplain.primitives.ieee import KERNELS
from adexplain.primitives.primitive import PRIMITIVES, SELECTING
from adexplain.program import CONSTANT, INPUT, Program
from adexplain.statuses.one_sided import Neighborhood
from adexplain.statuses.sentences import (
    cancellation_sentence,
    domain_sentence,
    nonsmooth_sentence,
    row_with_numbers,
)
from adexplain.statuses.status import OK, RowStatus
from adexplain.transforms.partials import Template, read_template

_ROW_OK = RowStatus()


@cache
def _condition(op: str, text: str) -> tuple[Template, Callable[..., bool]]:
    """A condition of the table, and it as a function of the inputs of its program."""
    template = read_template(PRIMITIVES[op], text)
    names = template.program.input_names
    expression = python_expression(template.program, names)
    holds: Callable[..., bool] = eval(f"lambda {', '.join(names)}: {expression}", dict(NAMESPACE))
    return template, holds


def _holds(op: str, text: str, arguments: Sequence[float], value: float) -> bool:
    template, holds = _condition(op, text)
    try:
        return bool(holds(*template.point(arguments, 0, value, KERNELS, {})))
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
    if op in SELECTING or None in arguments:
        chosen = next(
            (arg for arg in args[1:] if arg in found and trace.values[arg] is not None), None
        )
        return _inherited(program, found, [chosen] if chosen is not None else [])
    if not all(map(math.isfinite, arguments)):
        return _inherited(program, found, [arg for arg in args if arg in found])
    primitive = PRIMITIVES[op]
    if primitive.domain and not _holds(op, primitive.domain, arguments, value):
        return RowStatus("undefined", domain_sentence(trace, slot), True)
    for point in primitive.nonsmooth_points:
        position = "abc".find(point.argument) if point.argument else -1
        concerns = program.active[slot if position < 0 else args[position]]
        if concerns and _holds(op, point.condition, arguments, value):
            message = nonsmooth_sentence(trace, slot, point.status)
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
        return RowStatus("cancellation", cancellation_sentence(trace, slot), True)
    return _ROW_OK


def _inherited(program: Program, found: dict[int, RowStatus], args: Sequence[int]) -> RowStatus:
    for arg in args:
        if found[arg].kind in ("undefined", "overflow"):
            return RowStatus(found[arg].kind, f"This follows from {program.names[arg]}.")
    return _ROW_OK


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
