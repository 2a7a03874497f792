"""The table's primitives as functions of NumPy arrays, found by their rows.

They are NumPy's own, or those of ``numpy_kernels.py``. For a primitive marked ``loop`` in the table
there is none: its scalar kernel is called for each element. Import this module only where NumPy is
installed.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import lru_cache, partial

import numpy as np

from adexplain.primitives import numpy_kernels
from adexplain.primitives.attributes import split
from adexplain.primitives.ieee import IEEE
from adexplain.primitives.numpy_kernels import Array
from adexplain.primitives.primitive import PRIMITIVES, Primitive

_OPERATORS: dict[tuple[str, int], np.ufunc] = {
    ("+", 2): np.add,
    ("-", 2): np.subtract,
    ("*", 2): np.multiply,
    ("/", 2): np.divide,
    ("**", 2): np.power,
    ("-", 1): np.negative,
    ("<", 2): np.less,
    ("<=", 2): np.less_equal,
    (">", 2): np.greater,
    (">=", 2): np.greater_equal,
    ("==", 2): np.equal,
    ("!=", 2): np.not_equal,
    ("and", 2): np.logical_and,
    ("or", 2): np.logical_or,
    ("not", 1): np.logical_not,
}
_RENAMED = {"identity": np.positive, "round": np.rint}
"""Primitives whose function NumPy calls by a name that users do not type."""


def _own(primitive: Primitive) -> Callable[..., Array] | None:
    """The function of that name in ``numpy_kernels.py``."""
    name = split(primitive.name)[0]
    function: Callable[..., Array] | None = getattr(numpy_kernels, name, None)
    return function if inspect.isfunction(function) else None


def ufunc(primitive: Primitive) -> np.ufunc | None:
    """NumPy's own function of a primitive, which can write its result into an array (``out=``).

    It is found by the primitive's operator, or by one of its spellings, such as arcsin.
    """
    if _own(primitive) is not None or primitive.attributes:
        return None
    found = _OPERATORS.get((primitive.symbol, primitive.arity)) or _RENAMED.get(primitive.name)
    if found is not None or primitive.symbol:
        return found
    for name in (primitive.name, *primitive.spellings):
        candidate = getattr(np, name, None)
        if isinstance(candidate, np.ufunc) and candidate.nin == primitive.arity:
            return candidate
    return None


def _elementwise(op: str) -> Callable[..., Array]:
    scalar = IEEE[op]

    def kernel(*arguments: Array) -> Array:
        elements = np.broadcast_arrays(*arguments)
        flat = [np.asarray(e, dtype=float).ravel().tolist() for e in elements]
        found = [scalar(*numbers) for numbers in zip(*flat, strict=True)]
        return np.array(found, dtype=float).reshape(elements[0].shape)

    return kernel


@lru_cache(maxsize=1024)
def array_function(op: str) -> tuple[Callable[..., Array], bool]:
    """The array function of a primitive, and whether it can write its result into ``out=``.

    Raises:
        LookupError: there is none, but the table does not say ``loop``.
    """
    primitive = PRIMITIVES[op]
    if primitive.loops:
        return _elementwise(op), False
    found = ufunc(primitive)
    if found is not None:
        return found, True
    own = _own(primitive)
    if own is None:
        raise LookupError(
            f"{primitive.name} has no array function: write one in numpy_kernels.py, or say `loop` "
            "in its row of the table"
        )
    return partial(own, **dict(primitive.attributes)), False
