"""Look up the numbers that a lesson prints in its traces, so that no author types them.

A reference is ``gw.v4.value``, ``gw.gradient.x1``, ``gw.contributions.v4.2.amount``,
``gw.cost.adjoint``, or a constant expression after an equals sign, ``= 60*2^3``. ``:11`` at the end
sets the number of significant digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from adexplain.errors import InputError
from adexplain.evaluate import points
from adexplain.explanation.explain import Explanation
from adexplain.explanation.records import InputRow, Row

_DIGITS = re.compile(r"^(.*?)\s*:\s*(\d{1,2})$", re.DOTALL)
_KINDS = ("value", "tangent", "adjoint")
_AMOUNTS = ("amount", "total", "partial_value")


class UnknownNumber(Exception):
    """There is no such number; the message says why, and which numbers there are."""


@dataclass(frozen=True)
class Figure:
    """A number to print.

    Attributes:
        value: the number.
        digits: the number of significant digits; None for the default.
        given: whether it is an input, a constant or a count, which is not to be rounded.
    """

    value: float
    digits: int | None
    given: bool

    @property
    def whole(self) -> bool:
        """Whether it is to be printed as an integer, without a decimal point."""
        return self.given and float(self.value).is_integer() and abs(self.value) < 1e15


def figure(reference: str, traces: Mapping[str, Explanation]) -> Figure:
    """The number that a reference means.

    Raises:
        UnknownNumber: there is no such number.
    """
    split = _DIGITS.match(reference)
    path, digits = (split[1], int(split[2])) if split else (reference, None)
    if digits is not None and not 1 <= digits <= 17:
        raise UnknownNumber(f"A number has 1 to 17 digits, not {digits}.")
    if path.startswith("="):
        return Figure(_constant(path[1:].strip()), digits, True)
    name, *rest = path.strip().split(".")
    if name not in traces:
        known = ", ".join(traces) or "none"
        raise UnknownNumber(f"No trace is called {name!r}: the traces here are {known}.")
    value, given = _trace_number(traces[name], rest)
    return Figure(value, digits, given)


def _constant(text: str) -> float:
    try:
        return points.number(text, f"`{text}`")
    except InputError as error:
        raise UnknownNumber(str(error)) from None


def _trace_number(trace: Explanation, path: list[str]) -> tuple[float, bool]:
    first = path[0] if path else ""
    reader = _READERS.get(first)
    if reader is not None:
        return reader(trace, path[1:])
    if len(path) != 2 or path[1] not in _KINDS:
        raise UnknownNumber(f"After a name stands {' or '.join(f'.{kind}' for kind in _KINDS)}.")
    return _row_number(trace, first, path[1])


def _row_number(trace: Explanation, name: str, kind: str) -> tuple[float, bool]:
    row_name = next((out.row for out in trace.outputs if out.name == name), name)
    items: list[InputRow | Row] = [*trace.inputs, *trace.rows]
    for item in items:
        if item.name == row_name:
            value = getattr(item, kind)
            if value is None:
                raise UnknownNumber(f"{name} has no {kind} in this trace (mode {trace.mode!r}).")
            return float(value), kind == "value" and name in trace.program.input_names
    names = ", ".join(item.name for item in items)
    raise UnknownNumber(f"There is no {name!r} in this trace, only {names}.")


def _gradient(trace: Explanation, path: list[str]) -> tuple[float, bool]:
    return _look_up(trace.gradient or {}, path, "gradient"), False


def _jacobian(trace: Explanation, path: list[str]) -> tuple[float, bool]:
    lines = {
        output: dict(zip(trace.program.input_names, line, strict=True))
        for output, line in zip(trace.program.output_names, trace.jacobian, strict=True)
    }
    if len(path) != 2 or path[0] not in lines:
        raise UnknownNumber(f"Write jacobian.output.input; the outputs are {', '.join(lines)}.")
    return _look_up(lines[path[0]], path[1:], "Jacobian"), False


def _contribution(trace: Explanation, path: list[str]) -> tuple[float, bool]:
    if len(path) != 3 or not path[1].isdigit() or path[2] not in _AMOUNTS:
        raise UnknownNumber("Write contributions.v4.2.amount (or .total, .partial_value).")
    found = [item for item in trace.contributions if item.into == path[0]]
    number = int(path[1])
    if not 1 <= number <= len(found):
        raise UnknownNumber(f"{path[0]!r} receives {len(found)} contributions, counted from 1.")
    return float(getattr(found[number - 1], path[2])), False


def _cost(trace: Explanation, path: list[str]) -> tuple[float, bool]:
    return float(_look_up(trace.cost._asdict(), path, "cost")), True


def _count(trace: Explanation, path: list[str]) -> tuple[float, bool]:
    counts = {
        "rows": len(trace.rows),
        "inputs": len(trace.inputs),
        "outputs": len(trace.outputs),
        "contributions": len(trace.contributions),
        "steps": trace.stepping.total,
    }
    return float(_look_up(counts, path, "count")), True


def _look_up(known: Mapping[str, float], path: list[str], what: str) -> float:
    if len(path) != 1 or path[0] not in known:
        raise UnknownNumber(f"The {what} has {', '.join(known) or 'no numbers here'}.")
    return known[path[0]]


_READERS: dict[str, Callable[[Explanation, list[str]], tuple[float, bool]]] = {
    "gradient": _gradient,
    "jacobian": _jacobian,
    "contributions": _contribution,
    "cost": _cost,
    "count": _count,
}
