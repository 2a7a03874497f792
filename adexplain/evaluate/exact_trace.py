"""A trace in exact numbers, √3/2 instead of 0.86603, where SymPy can write them shortly.

The rules are the product's own partials, evaluated on exact numbers row by row: nothing is
differentiated here, so the exact trace has the same rows and contributions as the one in floats.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from adexplain.evaluate.points import At, Number, constant_program
from adexplain.evaluate.run import run
from adexplain.evaluate.sympy_forms import constant, exact_number, functions
from adexplain.program import Constant, Program
from adexplain.transforms.partials import partial

LONGEST = 48
"""Characters beyond which an exact number is no help to anybody."""

Forms = dict[str, str]
"""A number under its name, as text, and as LaTeX under ``<name>_latex``."""

_CONDITIONS = {"lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not"}


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


def typed_values(program: Program, at: At) -> list[Number]:
    """The values as they were given, in the order of the inputs: text stays text."""
    if isinstance(at, dict):
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
        arithmetic: the exact numbers to calculate with; SymPy's by default, which may take its
            time: that is made for a worker process.
    """
    using = arithmetic or _sympy()
    found = exact_numbers(program, typed, known, seeds, using)

    def written(**numbers: Any) -> Forms:
        return _written(using, numbers)

    return ExactTrace(
        {
            slot: written(
                value=found.values.get(slot),
                tangent=found.tangents.get(slot),
                adjoint=found.adjoints.get(slot),
            )
            for slot in (*program.inputs, *program.rows)
        },
        {
            (slot, edge.position): written(partial=edge.slope)
            for slot, edges in found.partials.items()
            for edge in edges
        },
        [written(partial=p, amount=amount, total=total) for p, amount, total in found.arrivals],
    )


class ExactNumbers(NamedTuple):
    """The numbers of a trace in an exact arithmetic, by slot; of each contribution, in the order
    of the reverse sweep, its partial, its amount and the sum after it.
    """

    values: dict[int, Any]
    partials: dict[int, list[Edge]]
    tangents: dict[int, Any]
    adjoints: dict[int, Any]
    arrivals: list[tuple[Any, Any, Any]]


def exact_numbers(
    program: Program,
    typed: Sequence[Number],
    known: Sequence[float | None],
    seeds: tuple[Sequence[float], Sequence[float]],
    using: Arithmetic,
) -> ExactNumbers:
    """All numbers of a trace in an exact arithmetic; arguments as for :func:`exact_trace`."""
    values = _values(program, [exactly(value, using) for value in typed], known, using)
    partials = {
        slot: _partials(program, slot, values, using)
        for slot in program.rows
        if known[slot] is not None
    }
    tangents = _tangents(program, partials, seeds[0], using)
    adjoints, arrivals = _adjoints(program, partials, seeds[1], using)
    return ExactNumbers(values, partials, tangents, adjoints, arrivals)


def exactly(value: Number, using: Arithmetic) -> Any:
    """A number as it was given, or a constant expression, in an exact arithmetic."""
    if isinstance(value, str):
        try:
            return using.rational(Fraction(value))
        except ValueError:
            program = constant_program(value, "an input")
            return run(program, (), using.functions, using.constant)[program.outputs[0]]
    # 0.1 means one tenth to the person who wrote it, not the float beside it.
    return using.rational(Fraction(repr(value)) if isinstance(value, float) else Fraction(value))


def _values(
    program: Program, point: list[Any], known: Sequence[float | None], using: Arithmetic
) -> dict[int, Any]:
    values = dict(zip(program.inputs, point, strict=True))
    values |= {slot: using.constant(c) for slot, c in program.constants.items()}
    for slot in program.rows:
        op, args, about = program.ops[slot], program.args[slot], known[slot]
        if about is None:
            continue
        if op == "where":
            values[slot] = values[args[1] if known[args[0]] else args[2]]
        elif op in _CONDITIONS:
            values[slot] = using.constant(Constant.of(about))
        else:
            values[slot] = using.functions[op](*[values[arg] for arg in args])
    return values


@cache
def _sympy() -> Arithmetic:
    """SymPy's numbers and functions, and the comparisons that guard exceptional points."""
    import sympy

    def truth(condition: Any) -> Any:
        return sympy.Integer(1 if condition else 0)

    conditions: dict[str, Callable[..., Any]] = {
        "lt": lambda a, b: truth(a < b),
        "gt": lambda a, b: truth(a > b),
        "eq": lambda a, b: truth(sympy.Eq(a, b)),
        "share": lambda y, a, *rest: truth(a == y) / max(1, rest.count(y)),
    }
    return Arithmetic(functions() | conditions, constant, exact_number, _form)


class Edge(NamedTuple):
    """One use of an argument: its slot, its place among the arguments, the exact partial."""

    arg: int
    position: int
    slope: Any


def _partials(program: Program, slot: int, values: dict[int, Any], using: Arithmetic) -> list[Edge]:
    """The edges of a row."""
    op, args = program.ops[slot], program.args[slot]
    if op == "where":
        position = next(k for k in (1, 2) if values.get(args[k]) is values[slot])
        chosen = args[position]
        one = using.constant(Constant.of(1.0))
        return [Edge(chosen, position, one)] if program.masks[chosen] else []
    edges = []
    for position, arg in enumerate(args):
        template = partial(op, len(args), position) if program.masks[arg] else None
        if template is not None:
            point = [*(values[a] for a in args), values[slot]]
            slope = run(template, point, using.functions, using.constant)[template.outputs[0]]
            edges.append(Edge(arg, position, slope))
    return edges


def _tangents(
    program: Program, partials: dict[int, list[Edge]], seed: Sequence[float], using: Arithmetic
) -> dict[int, Any]:
    tangents = {s: exactly(float(d), using) for s, d in zip(program.inputs, seed, strict=True)}
    for slot, edges in partials.items():
        tangents[slot] = sum(slope * tangents.get(arg, 0) for arg, _, slope in edges)
    return tangents


def _adjoints(
    program: Program, partials: dict[int, list[Edge]], seed: Sequence[float], using: Arithmetic
) -> tuple[dict[int, Any], list[tuple[Any, Any, Any]]]:
    """The adjoints, and of each contribution its partial, its amount and the sum after it."""
    adjoints: dict[int, Any] = {}
    arrivals = []
    for slot, weight in zip(program.outputs, seed, strict=True):
        adjoints[slot] = adjoints.get(slot, 0) + exactly(float(weight), using)
    for slot in reversed(partials):
        if slot in adjoints:
            for arg, _, slope in partials[slot]:
                amount = adjoints[slot] * slope
                adjoints[arg] = adjoints.get(arg, 0) + amount
                arrivals.append((slope, amount, adjoints[arg]))
    return adjoints, arrivals


def _written(using: Arithmetic, numbers: Mapping[str, Any]) -> Forms:
    """Numbers as text and LaTeX, those that are short and have a meaning."""
    found: Forms = {}
    for name, value in numbers.items():
        form = using.form(value)
        if form is not None:
            found[name], found[f"{name}_latex"] = form
    return found


def _form(value: Any) -> tuple[str, str] | None:
    import sympy

    if value is None:
        return None
    value = value + sympy.Integer(0)  # a plain 0 of ``sum`` becomes a number of SymPy's
    if not value.is_number or value.has(sympy.nan, sympy.zoo, sympy.oo):
        return None
    if value.count_ops() > 1:
        value = min(value, sympy.simplify(value), key=lambda form: form.count_ops())
    text = str(value)
    if len(text) > LONGEST or value.has(sympy.Float):
        return None
    return text, sympy.latex(value)
