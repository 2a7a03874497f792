"""Floating-point arithmetic that never raises: kernels, and IEEE 754 results where they fail."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence

from adexplain.primitives import kernels
from adexplain.primitives.primitive import PRIMITIVES

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


def apply_primitive(op: str, arguments: Sequence[float]) -> float:
    """The value of a primitive; where its kernel raises, the infinity or nan of IEEE 754."""
    try:
        return KERNELS[op](*arguments)
    except (ArithmeticError, ValueError):
        at_failure = kernels.AT_FAILURE.get(op)
        return float("nan") if at_failure is None else at_failure(*arguments)


def _never_raising(op: str) -> Callable[..., float]:
    return lambda *arguments: apply_primitive(op, arguments)


IEEE: dict[str, Callable[..., float]] = {name: _never_raising(name) for name in PRIMITIVES}
"""Primitive → its kernel, which never raises: see ``apply_primitive``."""
