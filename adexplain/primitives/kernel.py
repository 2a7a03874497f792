"""Declaring a kernel: the value of a primitive in floats, and what it gives where it fails."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

KERNELS: dict[str, Callable[..., float]] = {}
"""Name of a primitive → its declared kernel. Functions of ``math`` that only ever give nan where
they fail need no declaration."""

AT_FAILURE: dict[str, Callable[..., float]] = {}
"""Name of a primitive → the IEEE 754 result where its kernel raises, as a function of the
arguments; nan for a primitive that is not here."""


def kernel(
    name: str = "", *, fails: Callable[..., float] | float = math.nan
) -> Callable[[Function], Function]:
    """Declare a function as the kernel of the primitive with its name.

    Args:
        name: the primitive's name, if it is not the function's own.
        fails: the value where the function raises ArithmeticError or ValueError, or a function of
            the arguments that gives it.
    """

    def declare(function: Function) -> Function:
        row = name or function.__name__
        KERNELS[row] = function
        if callable(fails):
            AT_FAILURE[row] = fails
        elif fails == fails:  # not nan, which is what every other primitive gives
            AT_FAILURE[row] = lambda *_: fails
        return function

    return declare


def python_function(name: str) -> Callable[..., float]:
    """The kernel that was declared under a name, or else the function of ``math``."""
    found: Callable[..., float] | None = KERNELS.get(name) or getattr(math, name, None)
    if found is None:
        raise LookupError(
            f"the rule table has a row {name}, but kernels.py has no function of that name"
        )
    return found
