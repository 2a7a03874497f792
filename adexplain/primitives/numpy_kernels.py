"""The table's primitives on NumPy arrays, element by element, with IEEE 754 results.

The formulas are those of ``kernels.py``, so that both backends give the same digits. Where NumPy
has no function, the scalar kernel is called for each element. Import this module only where NumPy
is installed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np

from adexplain.primitives.ieee import IEEE
from adexplain.primitives.primitive import PRIMITIVES

Array = Any
"""An array of floats, or a float."""


def acot(a: Array) -> Array:
    return np.where(a == 0, np.pi / 2, np.arctan(1.0 / a))


def acoth(a: Array) -> Array:
    return np.copysign(0.5 * np.log1p(2.0 / (np.abs(a) - 1.0)), a)


def _leg(a: Array) -> Array:
    return np.sqrt(np.abs(a) - 1.0) * np.sqrt(np.abs(a) + 1.0)


def asec(a: Array) -> Array:
    return np.arctan2(_leg(a), np.copysign(1.0, a))


def acsc(a: Array) -> Array:
    return np.arctan2(np.copysign(1.0, a), _leg(a))


def asech(a: Array) -> Array:
    leg = np.sqrt((1.0 - a) * (1.0 + a))
    return np.where(a > 0.5, np.arctanh(leg), np.log1p(leg) - np.log(a))


def acsch(a: Array) -> Array:
    tiny = (np.abs(a) < 1e-300) & (a != 0.0)
    return np.where(tiny, np.copysign(np.log(2.0) - np.log(np.abs(a)), a), np.arcsinh(1.0 / a))


def csch(a: Array) -> Array:
    size = np.abs(a)
    return np.copysign(2.0 * np.exp(-size) / -np.expm1(-2.0 * size), a)


def sech(a: Array) -> Array:
    e = np.exp(-np.abs(a))
    return 2.0 * e / (1.0 + e * e)


def sigmoid(a: Array) -> Array:
    e = np.exp(-np.abs(a))
    return np.where(a >= 0.0, 1.0, e) / (1.0 + e)


def softplus(a: Array) -> Array:
    return np.where(a < 0.0, 0.0, a) + np.log1p(np.exp(-np.abs(a)))


def logaddexp(a: Array, b: Array) -> Array:
    larger = np.where(b > a, b, a)
    return np.where(a == b, a + np.log(2.0), larger + np.log1p(np.exp(-np.abs(a - b))))


def share(y: Array, a: Array, *arguments: Array) -> Array:
    count = sum((np.equal(other, y) for other in arguments), start=np.zeros(()))
    return np.where(a == y, np.reciprocal(count), np.where(y == y, 0.0, np.nan))


def sign(a: Array) -> Array:
    return np.where(a > 0.0, 1.0, np.where(a < 0.0, -1.0, a * 0.0))


def times(a: Array, b: Array) -> Array:
    """A product along an edge of the graph, where 0·∞ is 0."""
    return np.where((a == 0.0) | (b == 0.0), 0.0, a * b)


def _elementwise(op: str) -> Callable[..., Array]:
    scalar = IEEE[op]

    def kernel(*arguments: Array) -> Array:
        elements = np.broadcast_arrays(*arguments)
        flat = [np.asarray(e, dtype=float).ravel().tolist() for e in elements]
        found = [scalar(*numbers) for numbers in zip(*flat, strict=True)]
        return np.array(found, dtype=float).reshape(elements[0].shape)

    return kernel


UFUNCS: dict[str, Callable[..., Array]] = {
    "add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide, "pow": np.power,
    "neg": np.negative, "identity": np.positive, "exp": np.exp, "exp2": np.exp2,
    "expm1": np.expm1, "log": np.log, "log1p": np.log1p, "log2": np.log2, "log10": np.log10,
    "sqrt": np.sqrt, "cbrt": np.cbrt, "square": np.square, "reciprocal": np.reciprocal,
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "atan2": np.arctan2, "asin": np.arcsin,
    "acos": np.arccos, "atan": np.arctan, "sinh": np.sinh, "cosh": np.cosh, "tanh": np.tanh,
    "asinh": np.arcsinh, "acosh": np.arccosh, "atanh": np.arctanh, "hypot": np.hypot,
    "mod": np.mod, "abs": np.absolute, "floor": np.floor, "ceil": np.ceil, "round": np.rint,
    "lt": np.less, "le": np.less_equal, "gt": np.greater, "ge": np.greater_equal,
    "eq": np.equal, "ne": np.not_equal, "and": np.logical_and, "or": np.logical_or,
    "not": np.logical_not,
}  # fmt: skip
"""Primitive → a function that can write its result into a given array (``out=``)."""

_FORMULAS: dict[str, Callable[..., Array]] = {
    "log_base": lambda a, b: np.log(a) / np.log(b),
    "sec": lambda a: 1.0 / np.cos(a),
    "csc": lambda a: 1.0 / np.sin(a),
    "cot": lambda a: 1.0 / np.tan(a),
    "coth": lambda a: 1.0 / np.tanh(a),
    "deg2rad": lambda a: a * (np.pi / 180.0),
    "rad2deg": lambda a: a * (180.0 / np.pi),
    "relu": lambda a: np.where(a <= 0.0, 0.0, a),
    "silu": lambda a: a * sigmoid(a),
    "where": lambda a, b, c: np.where(a != 0, b, c),
    "acot": acot, "acoth": acoth, "asec": asec, "acsc": acsc, "asech": asech, "csch": csch,
    "sech": sech, "sigmoid": sigmoid, "softplus": softplus, "logaddexp": logaddexp,
    "max": lambda *a: reduce(np.maximum, a), "min": lambda *a: reduce(np.minimum, a),
    "acsch": acsch, "share": share, "sign": sign,
}  # fmt: skip


def formula(op: str) -> Callable[..., Array]:
    """The array function of a primitive that is not in ``UFUNCS``; it returns a new array."""
    return _FORMULAS.get(op) or _elementwise(op)


FORMULAS: dict[str, Callable[..., Array]] = {
    name: formula(name) for name in PRIMITIVES if name not in UFUNCS
}
