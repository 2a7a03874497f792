"""Running the readable source: a transcript as Python's interactive interpreter prints it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from adexplain.codegen.readable import FUNCTIONS, source
from adexplain.program import Program


def transcript(
    program: Program, mode: str, point: Sequence[float], seeds: Sequence[float] = ()
) -> str:
    """A call of the generated function and its result, as an interpreter prints them.

    Args:
        program: what is differentiated.
        mode: "primal", "forward" or "reverse", as for ``source``.
        point: a value for each input.
        seeds: a tangent for each input, or a weight for each output; the defaults if left out.

    Where the function raises, outside its domain, the exception takes the place of the result.
    """
    namespace: dict[str, Any] = {}
    # Safe to run: the source is printed with mangled identifiers and calls from the rule table.
    exec(compile(source(program, mode), "<generated>", "exec"), namespace)
    function: Callable[..., Any] = namespace[FUNCTIONS[mode]]
    arguments = [float(number) for number in (*point, *seeds)]
    call = f"{FUNCTIONS[mode]}({', '.join(map(repr, arguments))})"
    try:
        answer = repr(function(*arguments))
    except (ArithmeticError, ValueError) as error:
        answer = f"{type(error).__name__}: {error}"
    return f">>> {call}\n{answer}\n"
