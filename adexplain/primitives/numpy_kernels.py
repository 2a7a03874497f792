"""The table's primitives on NumPy arrays, element by element, with IEEE 754 results.

A function here has the name of its primitive, and the formula of ``kernels.py``, so that both
backends give the same digits. Import this module only where NumPy is installed.
"""

from __future__ import annotations

import builtins
from functools import reduce
from typing import Any

import numpy as np

Array = Any
"""An array of floats, or a float."""


def log_base(a: Array, b: Array) -> Array:
    return np.log(a) / np.log(b)


def sec(a: Array) -> Array:
    return 1.0 / np.cos(a)


def csc(a: Array) -> Array:
    return 1.0 / np.sin(a)


def cot(a: Array) -> Array:
    return 1.0 / np.tan(a)


def coth(a: Array) -> Array:
    return 1.0 / np.tanh(a)


def deg2rad(a: Array) -> Array:
    return a * (np.pi / 180.0)


def rad2deg(a: Array) -> Array:
    return a * (180.0 / np.pi)


def relu(a: Array) -> Array:
    return np.where(a <= 0.0, 0.0, a)


def silu(a: Array) -> Array:
    return a * sigmoid(a)


def where(a: Array, b: Array, c: Array) -> Array:
    return np.where(a != 0, b, c)


def max(*arguments: Array) -> Array:
    return reduce(np.maximum, arguments)


def min(*arguments: Array) -> Array:
    return reduce(np.minimum, arguments)


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


def hypot(*arguments: Array) -> Array:
    return reduce(np.hypot, arguments) if len(arguments) > 1 else np.abs(arguments[0])


def share(y: Array, a: Array, *arguments: Array) -> Array:
    return np.where(a == y, np.reciprocal(ties(y, *arguments)), np.where(y == y, 0.0, np.nan))


def ties(y: Array, *arguments: Array) -> Array:
    return builtins.sum((np.equal(other, y) for other in arguments), start=np.zeros(()))


def sign(a: Array) -> Array:
    return np.where(a > 0.0, 1.0, np.where(a < 0.0, -1.0, a * 0.0))


def times(a: Array, b: Array) -> Array:
    """A product along an edge of the graph, where 0·∞ is 0."""
    return np.where((a == 0.0) | (b == 0.0), 0.0, a * b)
