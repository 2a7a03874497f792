"""Entry points of the comparison: ``compare``, and its parts for a server that awaits workers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adexplain.comparison.comparison import Comparison, single_output
from adexplain.comparison.symbolic import Request, Symbolic, failure, request
from adexplain.errors import InputError
from adexplain.evaluate.points import Point, point_of
from adexplain.frontends.as_program import as_program
from adexplain.program import Program

__all__ = ["Comparison", "compare", "finish", "symbolic_request"]


def compare(
    f: str | Program,
    at: Point = (),
    output: str | None = None,
    claims: Mapping[str, Mapping[str, float]] | None = None,
) -> Comparison:
    """The gradient of ``f`` by every method, and which methods are right where they differ.

    Args:
        f: text or a Program.
        at: a value for each input, by name, or in order where that is clear
            (``Program.positional``).
        output: name of an output; the first by default.
        claims: gradients from elsewhere to be judged as well: {"mine": {"x": 3.0}}.

    Raises:
        InputError: the text or the point cannot be read, or there is no such output.
    """
    program = as_program(f)
    point = point_of(program, at)
    position = output_position(program, output)
    found = symbolic_request(program, point, position)
    symbolic = found if isinstance(found, Symbolic) else _run_in_worker(found)
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
    """The call for the worker pool (a function and its arguments), or an answer without one.

    A server awaits the pool itself and passes the worker's answer, or the exception that came
    instead, to ``finish``.
    """
    return request(single_output(program, output), point, 0)


def finish(
    program: Program,
    point: Sequence[float],
    output: int,
    symbolic: Symbolic | BaseException,
    claims: Mapping[str, Mapping[str, float]] | None = None,
) -> Comparison:
    """The comparison, given the symbolic answer or the exception that came instead."""
    if isinstance(symbolic, BaseException):
        symbolic = failure(symbolic)
    several = len(program.outputs) > 1
    return Comparison(single_output(program, output), point, symbolic, claims, several)


def _run_in_worker(job: Request) -> Symbolic:
    from adexplain.workers import pool  # only a comparison needs processes

    work, arguments = job
    try:
        return pool.call(work, *arguments)
    except Exception as error:
        # The other methods do not need the worker, so no failure of it stops the comparison.
        return failure(error)
