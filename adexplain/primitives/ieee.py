"""Floating-point arithmetic that never raises: kernels, and IEEE 754 results where they fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from adexplain.primitives import kernels
from adexplain.primitives.operators import operator_of
from adexplain.primitives.primitive import PRIMITIVES, Primitive


def _kernel(primitive: Primitive) -> Callable[..., float]:
    function = operator_of(primitive)
    if primitive.is_condition and function is not None:
        return lambda *arguments: float(function(*arguments))
    if primitive.symbol == "**":
        return kernels.power  # never complex, as a negative number ** 0.5 would be
    return function or getattr(kernels, primitive.name)


KERNELS: dict[str, Callable[..., float]] = {
    name: _kernel(primitive) for name, primitive in PRIMITIVES.items()
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
