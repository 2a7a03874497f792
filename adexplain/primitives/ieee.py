"""Floating-point arithmetic that never raises: kernels, and IEEE 754 results where they fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from adexplain.primitives import kernels  # noqa: F401 - declares the kernels
from adexplain.primitives.kernel import AT_FAILURE, python_function
from adexplain.primitives.kernel import KERNELS as DECLARED
from adexplain.primitives.operators import operator_of
from adexplain.primitives.primitive import PRIMITIVES, Primitive


def _kernel(primitive: Primitive) -> Callable[..., float]:
    function = None if primitive.name in DECLARED else operator_of(primitive)
    if function is None:
        return python_function(primitive.name)
    if primitive.is_condition:
        return lambda *arguments: float(function(*arguments))
    return function


KERNELS: dict[str, Callable[..., float]] = {
    name: _kernel(primitive) for name, primitive in PRIMITIVES.items()
}
"""Primitive → its kernel, which raises ArithmeticError or ValueError outside its domain."""

CALLED: dict[str, Callable[..., float]] = {
    name: KERNELS[name] for name, primitive in PRIMITIVES.items() if not primitive.symbol
} | {"power": KERNELS["pow"]}
"""Name in generated code → the function that is called by it: all that is not an operator."""


def apply_primitive(op: str, arguments: Sequence[float]) -> float:
    """The value of a primitive; where its kernel raises, the infinity or nan of IEEE 754."""
    try:
        return KERNELS[op](*arguments)
    except (ArithmeticError, ValueError):
        at_failure = AT_FAILURE.get(op)
        return float("nan") if at_failure is None else at_failure(*arguments)


def _never_raising(op: str) -> Callable[..., float]:
    return lambda *arguments: apply_primitive(op, arguments)


IEEE: dict[str, Callable[..., float]] = {name: _never_raising(name) for name in PRIMITIVES}
"""Primitive → its kernel, which never raises: see ``apply_primitive``."""


def has_pole(op: str) -> bool:
    """Whether a primitive is infinite at some point outside its domain, as 1/a is at 0."""
    return bool(PRIMITIVES[op].domain) and op in AT_FAILURE
