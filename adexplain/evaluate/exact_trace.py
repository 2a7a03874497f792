"""A trace in exact numbers, √3/2 instead of 0.86603, where SymPy has a short form for them.

It evaluates the same rows and the same partials of the table as the trace in floats, so it has the
same contributions. SymPy is used for arithmetic only, not to differentiate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from adexplain.evaluate.arithmetic import Arithmetic, NoFormError
from adexplain.evaluate.branches import edge_positions
from adexplain.evaluate.flow import push_forward, scatter_back, times
from adexplain.evaluate.points import Number, Point, constant_program
from adexplain.evaluate.run import run, run_partial
from adexplain.evaluate.sympy_forms import exact_numbers as exact_numbers_of_sympy
from adexplain.program import Program
from adexplain.transforms.partials import SharedCall

MAX_LENGTH = 48
"""Characters beyond which an exact number is too long to be useful, and is left out."""

Forms = dict[str, str]
"""Exact numbers as text under their names, and as LaTeX under ``<name>_latex``."""


@dataclass(frozen=True, slots=True)
class ExactArithmetic:
    """A kind of exact numbers.

    Attributes:
        numbers: how they are computed.
        form: a number as text and as LaTeX; None where it has no short form.
        unknown: what stands for a number that the arithmetic does not know.
    """

    numbers: Arithmetic
    form: Callable[[Any], tuple[str, str] | None]
    unknown: Any = None


@dataclass(frozen=True, slots=True)
class ExactTrace:
    """The numbers of a trace that have a short exact form; the others are left out.

    Attributes:
        slots: slot → its ``value``, ``tangent`` and ``adjoint``.
        partials: (slot, position of the argument) → its ``partial``.
        contributions: of each contribution, in the order of the reverse sweep, its ``partial``,
            its ``amount`` and the ``total`` after it.
    """

    slots: dict[int, Forms]
    partials: dict[tuple[int, int], Forms]
    contributions: list[Forms]


def typed_values(program: Program, at: Point) -> list[Number]:
    """The values as they were given, in the order of the inputs: text stays text."""
    if isinstance(at, Mapping):
        return [at[name] for name in program.input_names]
    return list(at) if not isinstance(at, (str, int, float)) else [at]


def exact_trace(
    program: Program,
    typed: Sequence[Number],
    known: Sequence[float | None],
    seeds: tuple[Sequence[float], Sequence[float]],
    arithmetic: ExactArithmetic | None = None,
) -> ExactTrace:
    """The exact numbers of a trace, as text and as LaTeX.

    Args:
        program: what is traced.
        typed: a number or a constant expression for each input.
        known: the values in floating point, which say which branches are taken.
        seeds: the tangent seed and the adjoint seed.
        arithmetic: the exact numbers to calculate with; by default SymPy's, which can be slow:
            call it in a worker process.
    """
    arithmetic = arithmetic or _sympy()
    numbers = exact_numbers(program, typed, known, seeds, arithmetic)

    def forms(**values: Any) -> Forms:
        return _forms(arithmetic, values)

    return ExactTrace(
        {
            slot: forms(
                value=numbers.values.get(slot),
                tangent=numbers.tangents.get(slot),
                adjoint=numbers.adjoints.get(slot),
            )
            for slot in (*program.inputs, *program.rows)
        },
        {
            (slot, edge.position): forms(partial=edge.slope)
            for slot, ends in numbers.partials.items()
            for edge in ends
        },
        [
            forms(partial=p, amount=amount, total=total)
            for p, amount, total in numbers.contributions
        ],
    )


class ExactNumbers(NamedTuple):
    """The numbers of a trace in an exact arithmetic.

    Attributes:
        values, tangents, adjoints: by slot.
        partials: the edges of each row, by slot.
        contributions: the partial of each contribution, its amount and the sum after it, in the
            order of the reverse sweep.
    """

    values: dict[int, Any]
    partials: dict[int, list[ExactEdge]]
    tangents: dict[int, Any]
    adjoints: dict[int, Any]
    contributions: list[tuple[Any, Any, Any]]


def exact_numbers(
    program: Program,
    typed: Sequence[Number],
    known: Sequence[float | None],
    seeds: tuple[Sequence[float], Sequence[float]],
    arithmetic: ExactArithmetic,
) -> ExactNumbers:
    """All numbers of a trace in an exact arithmetic; arguments as for :func:`exact_trace`."""
    point = [exact_value(value, arithmetic) for value in typed]
    values = run(program, point, arithmetic.numbers, known)
    partials = {
        slot: _edges(program, slot, values, known, arithmetic)
        for slot in program.rows
        if known[slot] is not None
    }
    tangents = _tangents(program, partials, seeds[0], arithmetic)
    adjoints, contributions = _adjoints(program, partials, seeds[1], arithmetic)
    found = {slot: value for slot, value in enumerate(values) if value is not None}
    return ExactNumbers(found, partials, tangents, adjoints, contributions)


def exact_value(value: Number, arithmetic: ExactArithmetic) -> Any:
    """A given number, or a constant expression such as pi/3, in an exact arithmetic."""
    if isinstance(value, str):
        try:
            return arithmetic.numbers.number(Fraction(value))
        except ValueError:
            program = constant_program(value, "an input")
            return run(program, (), arithmetic.numbers)[program.outputs[0]]
    # A float such as 0.1 means the decimal that was written, one tenth, not its binary value.
    return arithmetic.numbers.number(
        Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
    )


@cache
def _sympy() -> ExactArithmetic:
    """SymPy's numbers, which know no value where SymPy has none."""
    import sympy

    return ExactArithmetic(exact_numbers_of_sympy(), _form, sympy.nan)


class ExactEdge(NamedTuple):
    """One active argument of a row: its slot, its position among the arguments, its partial."""

    arg: int
    position: int
    slope: Any


def _edges(
    program: Program,
    slot: int,
    values: Sequence[Any],
    known: Sequence[float | None],
    arithmetic: ExactArithmetic,
) -> list[ExactEdge]:
    """The edges of a row."""
    op, args = program.nodes[slot]
    numbers = [values[arg] for arg in args]
    shared: dict[SharedCall, Any] = {}
    found = []
    for position in edge_positions(program, slot, known):
        try:
            slope = run_partial(op, position, numbers, values[slot], arithmetic.numbers, shared)
        except NoFormError:  # whether a condition of the partial holds is not known
            slope = arithmetic.unknown
        found.append(ExactEdge(args[position], position, slope))
    return found


def _tangents(
    program: Program,
    partials: dict[int, list[ExactEdge]],
    seed: Sequence[float],
    arithmetic: ExactArithmetic,
) -> dict[int, Any]:
    zero = arithmetic.numbers.number(Fraction(0))
    tangents = dict.fromkeys((*program.constants, *partials), zero)
    for slot, weight in zip(program.inputs, seed, strict=True):
        tangents[slot] = exact_value(float(weight), arithmetic)
    push_forward(_flow(partials, list(partials)), tangents, _times(zero))
    return {slot: tangents[slot] for slot in (*program.inputs, *partials)}


def _adjoints(
    program: Program,
    partials: dict[int, list[ExactEdge]],
    seed: Sequence[float],
    arithmetic: ExactArithmetic,
) -> tuple[dict[int, Any], list[tuple[Any, Any, Any]]]:
    """The adjoints, and of each contribution its partial, its amount and the sum after it."""
    adjoints: dict[int, Any] = dict.fromkeys(range(len(program.nodes)))
    weights = [exact_value(float(weight), arithmetic) for weight in seed]
    contributions = scatter_back(
        _flow(partials, reversed(partials)),
        adjoints,
        zip(program.outputs, weights, strict=True),
        _times(arithmetic.numbers.number(Fraction(0))),
    )
    arrived = {slot: bar for slot, bar in adjoints.items() if bar is not None}
    return arrived, [item[2:] for item in contributions]


def _times(zero: Any) -> Callable[[Any, Any], Any]:
    return lambda flow, slope: times(flow, slope, zero)


def _flow(partials: dict[int, list[ExactEdge]], rows: Iterable[int]) -> Iterator[Any]:
    for slot in rows:
        edges = partials[slot]
        yield slot, [edge.arg for edge in edges], [edge.slope for edge in edges]


def _forms(arithmetic: ExactArithmetic, numbers: Mapping[str, Any]) -> Forms:
    """The numbers that have a short form, as text and as LaTeX."""
    found: Forms = {}
    for name, value in numbers.items():
        form = arithmetic.form(value)
        if form is not None:
            found[name], found[f"{name}_latex"] = form
    return found


def _form(value: Any) -> tuple[str, str] | None:
    try:
        return None if value is None else _short_form(value)
    except TimeoutError:
        raise
    except Exception:  # SymPy may raise anything, and Python refuses to print a very long number
        return None


def _short_form(value: Any) -> tuple[str, str] | None:
    import sympy

    if not value.is_number or value.is_real is False or value.has(sympy.nan, sympy.zoo, sympy.oo):
        return None
    if value.count_ops() > 1:
        value = min(value, sympy.simplify(value), key=lambda form: form.count_ops())
    text = str(value)
    if len(text) > MAX_LENGTH or value.has(sympy.Float):
        return None
    return text, sympy.latex(value)
