"""Floating-point arithmetic that never raises: the kernels, and IEEE 754 where one fails."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence

from adexplain.primitives import kernels
from adexplain.primitives.table import PRIMITIVES

_OPERATORS: dict[str, Callable[..., float]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "pow": kernels.power,
    "neg": operator.neg,
    "lt": lambda a, b: float(a < b),
    "le": lambda a, b: float(a <= b),
    "gt": lambda a, b: float(a > b),
    "ge": lambda a, b: float(a >= b),
    "eq": lambda a, b: float(a == b),
    "ne": lambda a, b: float(a != b),
    "and": lambda a, b: float(bool(a) and bool(b)),
    "or": lambda a, b: float(bool(a) or bool(b)),
    "not": lambda a: float(not a),
}

KERNELS: dict[str, Callable[..., float]] = {
    name: _OPERATORS[name] if primitive.symbol else getattr(kernels, name)
    for name, primitive in PRIMITIVES.items()
}
"""Primitive → its kernel, which raises ArithmeticError or ValueError outside its domain."""


def safely(op: str, arguments: Sequence[float]) -> float:
    """A primitive at some arguments; infinities and nan as IEEE 754 has them; it never raises."""
    try:
        return KERNELS[op](*arguments)
    except (ArithmeticError, ValueError):
        at_failure = kernels.AT_FAILURE.get(op)
        return float("nan") if at_failure is None else at_failure(*arguments)


def _total(op: str) -> Callable[..., float]:
    return lambda *arguments: safely(op, arguments)


IEEE: dict[str, Callable[..., float]] = {name: _total(name) for name in PRIMITIVES}
"""Primitive → a function that never raises."""
