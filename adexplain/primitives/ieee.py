"""Floating-point arithmetic that never raises: kernels, and IEEE 754 results where they fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from adexplain.primitives import kernels  # noqa: F401 - declares the kernels
from adexplain.primitives.attributes import split
from adexplain.primitives.kernel import AT_FAILURE, python_function
from adexplain.primitives.kernel import KERNELS as DECLARED
from adexplain.primitives.operators import operator_of
from adexplain.primitives.primitive import PRIMITIVES, Primitive


def _kernel(primitive: Primitive) -> Callable[..., float]:
    function = None if primitive.name in DECLARED else operator_of(primitive)
    if function is None:
        function = python_function(primitive.name)
        return partial(function, **dict(primitive.attributes)) if primitive.attributes else function
    if primitive.is_condition:
        return lambda *arguments: float(function(*arguments))
    return function


class _Functions(dict[str, Callable[..., float]]):
    """Functions by primitive; for a key with attributes the primitive's, which is told them."""

    def __missing__(self, op: str) -> Callable[..., float]:
        name, attributes = split(op)
        if not attributes:
            raise KeyError(op)
        return partial(self[name], **dict(attributes))


KERNELS: dict[str, Callable[..., float]] = _Functions(
    (name, _kernel(primitive)) for name, primitive in PRIMITIVES.items()
)
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
        at_failure = AT_FAILURE.get(split(op)[0])
        return float("nan") if at_failure is None else at_failure(*arguments)


class _NeverRaising(dict[str, Callable[..., float]]):
    """Functions that never raise, by primitive; a key with attributes is not listed."""

    def __missing__(self, op: str) -> Callable[..., float]:
        return partial(_applied, op)


def _applied(op: str, *arguments: float) -> float:
    return apply_primitive(op, arguments)


IEEE: dict[str, Callable[..., float]] = _NeverRaising(
    (name, partial(_applied, name)) for name in PRIMITIVES
)
"""Primitive → its kernel, which never raises: see ``apply_primitive``."""


def has_pole(op: str) -> bool:
    """Whether a primitive is infinite at some point outside its domain, as 1/a is at 0."""
    return bool(PRIMITIVES[op].domain) and split(op)[0] in AT_FAILURE
