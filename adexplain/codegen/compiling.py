"""``compile``: a fast callable for a function and its derivative."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from adexplain.codegen.arrays import compile_numpy
from adexplain.codegen.fast import compile_python
from adexplain.codegen.readable import MODES
from adexplain.errors import InputError
from adexplain.frontends.as_program import as_program
from adexplain.program import Program

BACKENDS: dict[str, Callable[[Program, str], Callable[..., Any]]] = {
    "python": compile_python,
    "numpy": compile_numpy,
}


def compile(f: str | Program, backend: str = "python", mode: str = "reverse") -> Callable[..., Any]:
    """A fast callable for a function and its derivative.

    Args:
        f: text as a user may type it, or a ``Program``.
        backend: "python" for floats in and floats out; "numpy" for arrays in and arrays out, one
            point for each element; scalars are broadcast. Functions that NumPy lacks (``erf`` and
            others, listed in docs/reference.md) are computed one element at a time.
        mode: "reverse" for value and gradient, ``(x1, …, xn) -> (value, (g1, …, gn))``; "forward"
            for value and directional derivative, ``(x1, …, xn, d1, …, dn) -> (value, tangent)``;
            "primal" for the value alone. Several outputs come as tuples: the values, and in reverse
            mode one gradient for each.

    The arguments are the inputs in their order. The callable raises for no float: outside the
    domain, and beyond the range of floats, it returns nan and infinities as
    ``sweeps.compute_trace`` does.

    Raises:
        InputError: the text cannot be read, or there is no such backend or mode.
        MissingPackageError: the backend is "numpy", but NumPy is not installed.
    """
    if mode not in MODES:
        raise InputError(f"There is no mode `{mode}`.", None, f"The modes are {', '.join(MODES)}.")
    if backend not in BACKENDS:
        known = " and ".join(BACKENDS)
        raise InputError(f"There is no backend `{backend}`.", None, f"The backends are {known}.")
    return BACKENDS[backend](as_program(f), mode)
