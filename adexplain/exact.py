"""A trace in exact numbers, √3/2 instead of 0.86603, where SymPy can write them shortly.

The rules are the product's own partials, evaluated on exact numbers row by row: nothing is
differentiated here, so the exact trace has the same rows and contributions as the one in floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from adexplain.compare.exact_forms import constant, exact_number, functions
from adexplain.evaluate import run
from adexplain.points import At, Number, constant_program
from adexplain.program import Constant, Program
from adexplain.transforms.partials import partial

LONGEST = 48
"""Characters beyond which an exact number is no help to anybody."""

Forms = dict[str, str]
"""A number under its name, as text, and as LaTeX under ``<name>_latex``."""

_CONDITIONS = {"lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not"}


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
) -> ExactTrace:
    """The exact numbers of a trace, as text and as LaTeX.

    Args:
        program: what is traced.
        typed: a number or a constant expression for each input.
        known: the values in floating point, which say which branches are taken.
        seeds: the tangent seed and the adjoint seed.

    Made for a worker process: SymPy may take its time.
    """
    values = _values(program, [_exact_number(value) for value in typed], known)
    partials = {
        slot: _partials(program, slot, values) for slot in program.rows if known[slot] is not None
    }
    tangents = _tangents(program, partials, seeds[0])
    adjoints, arrivals = _adjoints(program, partials, seeds[1])
    return ExactTrace(
        {
            slot: _written(
                value=values.get(slot), tangent=tangents.get(slot), adjoint=adjoints.get(slot)
            )
            for slot in (*program.inputs, *program.rows)
        },
        {
            (slot, edge.position): _written(partial=edge.slope)
            for slot, edges in partials.items()
            for edge in edges
        },
        [_written(partial=p, amount=amount, total=total) for p, amount, total in arrivals],
    )


def _exact_number(value: Number) -> Any:
    if isinstance(value, str):
        try:
            return exact_number(Fraction(value))
        except ValueError:
            program = constant_program(value, "an input")
            return run(program, (), functions(), constant)[program.outputs[0]]
    # 0.1 means one tenth to the person who wrote it, not the float beside it.
    return exact_number(Fraction(repr(value)) if isinstance(value, float) else Fraction(value))


def _values(program: Program, point: list[Any], known: Sequence[float | None]) -> dict[int, Any]:
    values = dict(zip(program.inputs, point, strict=True))
    values |= {slot: constant(c) for slot, c in program.constants.items()}
    for slot in program.rows:
        op, args, about = program.ops[slot], program.args[slot], known[slot]
        if about is None:
            continue
        if op == "where":
            values[slot] = values[args[1] if known[args[0]] else args[2]]
        elif op in _CONDITIONS:
            values[slot] = constant(Constant.of(about))
        else:
            values[slot] = functions()[op](*[values[arg] for arg in args])
    return values


@cache
def _numeric() -> dict[str, Any]:
    """SymPy's functions, and the comparisons that partials use to guard exceptional points."""
    import sympy

    def truth(condition: Any) -> Any:
        return sympy.Integer(1 if condition else 0)

    return functions() | {
        "lt": lambda a, b: truth(a < b),
        "gt": lambda a, b: truth(a > b),
        "eq": lambda a, b: truth(sympy.Eq(a, b)),
        "share": lambda y, a, *rest: truth(a == y) / max(1, rest.count(y)),
    }


class _Edge(NamedTuple):
    """One use of an argument: its slot, its place among the arguments, the exact partial."""

    arg: int
    position: int
    slope: Any


def _partials(program: Program, slot: int, values: dict[int, Any]) -> list[_Edge]:
    """The edges of a row."""
    op, args = program.ops[slot], program.args[slot]
    if op == "where":
        position = next(k for k in (1, 2) if values.get(args[k]) is values[slot])
        chosen = args[position]
        one = constant(Constant.of(1.0))
        return [_Edge(chosen, position, one)] if program.masks[chosen] else []
    edges = []
    for position, arg in enumerate(args):
        template = partial(op, len(args), position) if program.masks[arg] else None
        if template is not None:
            point = [*(values[a] for a in args), values[slot]]
            slope = run(template, point, _numeric(), constant)[template.outputs[0]]
            edges.append(_Edge(arg, position, slope))
    return edges


def _tangents(
    program: Program, partials: dict[int, list[_Edge]], seed: Sequence[float]
) -> dict[int, Any]:
    tangents = {s: _exact_number(float(d)) for s, d in zip(program.inputs, seed, strict=True)}
    for slot, edges in partials.items():
        tangents[slot] = sum(slope * tangents.get(arg, 0) for arg, _, slope in edges)
    return tangents


def _adjoints(
    program: Program, partials: dict[int, list[_Edge]], seed: Sequence[float]
) -> tuple[dict[int, Any], list[tuple[Any, Any, Any]]]:
    """The adjoints, and of each contribution its partial, its amount and the sum after it."""
    adjoints: dict[int, Any] = {}
    arrivals = []
    for slot, weight in zip(program.outputs, seed, strict=True):
        adjoints[slot] = adjoints.get(slot, 0) + _exact_number(float(weight))
    for slot in reversed(partials):
        if slot in adjoints:
            for arg, _, slope in partials[slot]:
                amount = adjoints[slot] * slope
                adjoints[arg] = adjoints.get(arg, 0) + amount
                arrivals.append((slope, amount, adjoints[arg]))
    return adjoints, arrivals


def _written(**numbers: Any) -> Forms:
    """Numbers as text and LaTeX, those that are short and have a meaning."""
    found: Forms = {}
    for name, value in numbers.items():
        form = _form(value)
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
