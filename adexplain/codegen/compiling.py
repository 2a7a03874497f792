"""``compile``: a fast callable for a function and its derivative."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from adexplain.codegen.arrays import compile_numpy
from adexplain.codegen.calling import introduce, signature, title
from adexplain.codegen.fast import compile_python
from adexplain.codegen.readable import FUNCTIONS, MODES
from adexplain.errors import InputError
from adexplain.evaluate.points import require_positional
from adexplain.frontends.as_program import as_program
from adexplain.program import Program
from adexplain.transforms import tangent

BACKENDS: dict[str, Callable[[Program, str], Callable[..., Any]]] = {
    "python": compile_python,
    "numpy": compile_numpy,
}


_RESULTS = {
    "primal": "The value",
    "forward": "Value and directional derivative",
    "reverse": "Value and gradient",
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

    The arguments are the inputs in their order, or by name: ``compile("x*y")(y=3, x=2)``. The
    results are the same tuples either way; to tell the calls apart would slow both. Where a text
    leaves it open which value is whose (``Program.positional``), they must have names, and a
    gradient is a dict. The callable raises for no float: outside the domain, and beyond the range
    of floats, it returns nan and infinities as ``sweeps.compute_trace`` does.

    Raises:
        InputError: the text cannot be read, or there is no such backend or mode.
        MissingPackageError: the backend is "numpy", but NumPy is not installed.
    """
    if mode not in MODES:
        raise InputError(f"There is no mode `{mode}`.", None, f"The modes are {', '.join(MODES)}.")
    if backend not in BACKENDS:
        known = " and ".join(BACKENDS)
        raise InputError(f"There is no backend `{backend}`.", None, f"The backends are {known}.")
    program = as_program(f)
    function = BACKENDS[backend](program, mode)
    says = f"{_RESULTS[mode]} of {title(program)}"
    if program.positional:
        introduce(function, FUNCTIONS[mode], f"{says}.", None)
        return function
    names = tangent(program).input_names if mode == "forward" else program.input_names
    introduce(function, FUNCTIONS[mode], "", None)  # its errors have its name
    by_name = _called_by_name(program, function, mode)
    introduce(by_name, FUNCTIONS[mode], f"{says}, of values by name.", signature(names, False))
    return by_name


def _called_by_name(
    program: Program, function: Callable[..., Any], mode: str
) -> Callable[..., Any]:
    """The function for values by name alone; nor does it give gradients without names."""

    def by_name(*positions: Any, **named: Any) -> Any:
        if positions:
            require_positional(program)
        answer = function(**named)
        if mode != "reverse":
            return answer
        values, slopes = answer
        if len(program.outputs) == 1:
            return values, dict(zip(program.input_names, slopes, strict=True))
        return values, tuple(dict(zip(program.input_names, row, strict=True)) for row in slopes)

    return by_name
