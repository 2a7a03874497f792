"""Independent ways to the derivative, and the verdict that weighs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adexplain.comparison.comparison import Comparison, single_output
from adexplain.comparison.symbolic import Request, Symbolic, failure, request
from adexplain.errors import InputError
from adexplain.evaluate.points import At, point_of
from adexplain.frontends.as_program import as_program
from adexplain.program import Program

__all__ = ["Comparison", "compare", "finish", "symbolic_request"]


def compare(
    f: str | Program,
    at: At = (),
    output: str | None = None,
    claims: Mapping[str, Mapping[str, float]] | None = None,
) -> Comparison:
    """The gradient of ``f`` by every method, and who is right where they differ.

    Args:
        f: text or a Program.
        at: a value for each input, by name or in order.
        output: which output; the first by default.
        claims: gradients from elsewhere to be judged as well: {"mine": {"x": 3.0}}.
    """
    program = as_program(f)
    point = point_of(program, at)
    position = output_position(program, output)
    asked = symbolic_request(program, point, position)
    symbolic = asked if isinstance(asked, Symbolic) else _answer(asked)
    return finish(program, point, position, symbolic, claims)


def output_position(program: Program, output: str | None) -> int:
    """Position of an output by name.

    Raises:
        InputError: there is no such output.
    """
    if output is None:
        return 0
    if output not in program.output_names:
        names = ", ".join(program.output_names)
        raise InputError(f"There is no output {output!r}.", None, f"The outputs are: {names}.")
    return program.output_names.index(output)


def symbolic_request(
    program: Program, point: Sequence[float], output: int = 0
) -> Request | Symbolic:
    """What to hand to the worker pool (a function and its arguments), or an answer at once.

    A server awaits the pool itself: ``finish(…, symbolic)`` takes the worker's answer, or
    ``failure(error)`` where there is none.
    """
    return request(single_output(program, output), point, 0)


def finish(
    program: Program,
    point: Sequence[float],
    output: int,
    symbolic: Symbolic | BaseException,
    claims: Mapping[str, Mapping[str, float]] | None = None,
) -> Comparison:
    """The comparison, once the symbolic answer (or the error that came instead) is there."""
    if isinstance(symbolic, BaseException):
        symbolic = failure(symbolic)
    several = len(program.outputs) > 1
    return Comparison(single_output(program, output), point, symbolic, claims, several)


def _answer(asked: Request) -> Symbolic:
    from adexplain.workers import pool  # only a comparison needs processes

    work, arguments = asked
    try:
        return pool.call(work, *arguments)
    except Exception as error:
        # Whatever keeps the worker from answering, the comparison goes on without it.
        return failure(error)
