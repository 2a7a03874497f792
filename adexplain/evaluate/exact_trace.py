"""A trace in exact numbers, √3/2 instead of 0.86603, where SymPy has a short form for them.

It evaluates the same rows and the same partials of the table as the trace in floats, so it has the
same contributions. SymPy is used for arithmetic only, not to differentiate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from adexplain.evaluate.points import Number, Point, constant_program
from adexplain.evaluate.run import run, run_partials
from adexplain.evaluate.sympy_forms import constant, exact_number, functions
from adexplain.primitives.primitive import CONDITIONS, SELECTING
from adexplain.program import Constant, Program
from adexplain.transforms.partials import edges

MAX_LENGTH = 48
"""Characters beyond which an exact number is too long to be useful, and is left out."""

Forms = dict[str, str]
"""Exact numbers as text under their names, and as LaTeX under ``<name>_latex``."""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A kind of exact numbers.

    Attributes:
        functions: primitive → function on these numbers, with the conditions that partials use.
        constant: a constant of a program as such a number.
        rational: a fraction as such a number.
        form: a number as text and as LaTeX; None where it has no short form.
    """

    functions: Mapping[str, Callable[..., Any]]
    constant: Callable[[Constant], Any]
    rational: Callable[[Fraction], Any]
    form: Callable[[Any], tuple[str, str] | None]


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
    arithmetic: Arithmetic | None = None,
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
    arithmetic: Arithmetic,
) -> ExactNumbers:
    """All numbers of a trace in an exact arithmetic; arguments as for :func:`exact_trace`."""
    point = [exact_value(value, arithmetic) for value in typed]
    values = _values(program, point, known, arithmetic)
    partials = {
        slot: _partials(program, slot, values, arithmetic)
        for slot in program.rows
        if known[slot] is not None
    }
    tangents = _tangents(program, partials, seeds[0], arithmetic)
    adjoints, contributions = _adjoints(program, partials, seeds[1], arithmetic)
    return ExactNumbers(values, partials, tangents, adjoints, contributions)


def exact_value(value: Number, arithmetic: Arithmetic) -> Any:
    """A given number, or a constant expression such as pi/3, in an exact arithmetic."""
    if isinstance(value, str):
        try:
            return arithmetic.rational(Fraction(value))
        except ValueError:
            program = constant_program(value, "an input")
            return run(program, (), arithmetic.functions, arithmetic.constant)[program.outputs[0]]
    # A float such as 0.1 means the decimal that was written, one tenth, not its binary value.
    return arithmetic.rational(
        Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
    )


def _values(
    program: Program, point: list[Any], known: Sequence[float | None], arithmetic: Arithmetic
) -> dict[int, Any]:
    values = dict(zip(program.inputs, point, strict=True))
    values |= {slot: arithmetic.constant(c) for slot, c in program.constants.items()}
    for slot in program.rows:
        op, args, rounded = program.ops[slot], program.args[slot], known[slot]
        if rounded is None:
            continue
        if op in SELECTING:
            values[slot] = values[args[1] if known[args[0]] else args[2]]
        elif op in CONDITIONS:
            values[slot] = arithmetic.constant(Constant.of(rounded))
        else:
            values[slot] = arithmetic.functions[op](*[values[arg] for arg in args])
    return values


@cache
def _sympy() -> Arithmetic:
    """SymPy's numbers and functions, with the comparisons that partials use at special points."""
    import sympy

    def truth(condition: Any) -> Any:
        return sympy.Integer(1 if condition else 0)

    conditions: dict[str, Callable[..., Any]] = {
        "lt": lambda a, b: truth(a < b),
        "gt": lambda a, b: truth(a > b),
        "eq": lambda a, b: truth(sympy.Eq(a, b)),
        "share": lambda y, a, *rest: truth(a == y) / max(1, rest.count(y)),
        "ties": lambda y, *rest: max(1, rest.count(y)),
    }
    return Arithmetic(functions() | conditions, constant, exact_number, _form)


class ExactEdge(NamedTuple):
    """One active argument of a row: its slot, its position among the arguments, its partial."""

    arg: int
    position: int
    slope: Any


def _partials(
    program: Program, slot: int, values: dict[int, Any], arithmetic: Arithmetic
) -> list[ExactEdge]:
    """The edges of a row."""
    op, args = program.ops[slot], program.args[slot]
    if op in SELECTING:
        position = next(k for k in (1, 2) if values.get(args[k]) is values[slot])
        chosen = args[position]
        slope = arithmetic.constant(Constant.of(1.0))
        return [ExactEdge(chosen, position, slope)] if program.active[chosen] else []
    places = list(edges(program, slot))
    numbers = [values[arg] for arg in args]
    slopes = run_partials(
        op,
        [position for _, position in places],
        numbers,
        values[slot],
        arithmetic.functions,
        arithmetic.constant,
    )
    return [ExactEdge(*place, slope) for place, slope in zip(places, slopes, strict=True)]


def _tangents(
    program: Program,
    partials: dict[int, list[ExactEdge]],
    seed: Sequence[float],
    arithmetic: Arithmetic,
) -> dict[int, Any]:
    tangents = {
        s: exact_value(float(d), arithmetic) for s, d in zip(program.inputs, seed, strict=True)
    }
    for slot, ends in partials.items():
        tangents[slot] = sum(slope * tangents.get(arg, 0) for arg, _, slope in ends)
    return tangents


def _adjoints(
    program: Program,
    partials: dict[int, list[ExactEdge]],
    seed: Sequence[float],
    arithmetic: Arithmetic,
) -> tuple[dict[int, Any], list[tuple[Any, Any, Any]]]:
    """The adjoints, and of each contribution its partial, its amount and the sum after it."""
    adjoints: dict[int, Any] = {}
    contributions = []
    for slot, weight in zip(program.outputs, seed, strict=True):
        adjoints[slot] = adjoints.get(slot, 0) + exact_value(float(weight), arithmetic)
    for slot in reversed(partials):
        if slot in adjoints:
            for arg, _, slope in partials[slot]:
                amount = adjoints[slot] * slope
                adjoints[arg] = adjoints.get(arg, 0) + amount
                contributions.append((slope, amount, adjoints[arg]))
    return adjoints, contributions


def _forms(arithmetic: Arithmetic, numbers: Mapping[str, Any]) -> Forms:
    """The numbers that have a short form, as text and as LaTeX."""
    found: Forms = {}
    for name, value in numbers.items():
        form = arithmetic.form(value)
        if form is not None:
            found[name], found[f"{name}_latex"] = form
    return found


def _form(value: Any) -> tuple[str, str] | None:
    import sympy

    if value is None:
        return None
    value = value + sympy.Integer(0)  # turns the int 0 from ``sum`` into a SymPy number
    if not value.is_number or value.has(sympy.nan, sympy.zoo, sympy.oo):
        return None
    if value.count_ops() > 1:
        value = min(value, sympy.simplify(value), key=lambda form: form.count_ops())
    text = str(value)
    if len(text) > MAX_LENGTH or value.has(sympy.Float):
        return None
    return text, sympy.latex(value)
