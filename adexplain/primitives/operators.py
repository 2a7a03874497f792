"""The operators of the table as Python functions, which work on any type of number."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from adexplain.primitives.primitive import Primitive

_FUNCTIONS: dict[tuple[str, int], Callable[..., Any]] = {
    ("+", 2): operator.add,
    ("-", 2): operator.sub,
    ("*", 2): operator.mul,
    ("/", 2): operator.truediv,
    ("**", 2): operator.pow,
    ("-", 1): operator.neg,
    ("<", 2): operator.lt,
    ("<=", 2): operator.le,
    (">", 2): operator.gt,
    (">=", 2): operator.ge,
    ("==", 2): operator.eq,
    ("!=", 2): operator.ne,
    ("and", 2): lambda a, b: bool(a) and bool(b),
    ("or", 2): lambda a, b: bool(a) or bool(b),
    ("not", 1): operator.not_,
}
"""Sign and number of operands → the function; that of a condition gives a bool."""


def operator_of(primitive: Primitive) -> Callable[..., Any] | None:
    """The function of a primitive that is written as an operator; None for the others."""
    return _FUNCTIONS.get((primitive.symbol, primitive.arity))
