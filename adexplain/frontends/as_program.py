"""A function given as text or as a ``Program`` → ``Program``."""

from __future__ import annotations

from adexplain.language import parse
from adexplain.program import Program


def as_program(f: str | Program) -> Program:
    """The program of a function given as text or as a ``Program``.

    Raises:
        InputError: the text cannot be read.
        TypeError: ``f`` is something else.
    """
    if isinstance(f, Program):
        return f
    if isinstance(f, str):
        return parse(f)
    if callable(f):
        raise TypeError(
            "This version differentiates text and Programs; Python callables are for a later one. "
            'Write the formula as text, such as "x*y + sin(x)".'
        )
    raise TypeError(f"A function is text or a Program, not {type(f).__name__}.")
