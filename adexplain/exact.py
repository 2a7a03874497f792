"""A trace in exact numbers, √3/2 instead of 0.86603, where SymPy can write them shortly.

The rules are the product's own partials, evaluated on exact numbers row by row: nothing is
differentiated here, so the exact trace has the same rows and contributions as the one in floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from adexplain.compare.exact_forms import constant, exact_number, functions
from adexplain.evaluate import run
from adexplain.points import At, Number, constant_program
from adexplain.program import Constant, Program
from adexplain.transforms.partials import partial

LONGEST = 48
"""Characters beyond which an exact number is no help to anybody."""

_CONDITIONS = {"lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not"}


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
) -> dict[int, dict[str, str]]:
    """Slot → its exact value, tangent and adjoint, as text and as LaTeX.

    Args:
        program: what is traced.
        typed: a number or a constant expression for each input.
        known: the values in floating point, which say which branches are taken.
        seeds: the tangent seed and the adjoint seed.

    What has no short exact form is left out. Made for a worker process: SymPy may take its time.
    """
    values = _values(program, [_exact_number(value) for value in typed], known)
    partials = {
        slot: _partials(program, slot, values) for slot in program.rows if known[slot] is not None
    }
    tangents = _tangents(program, partials, seeds[0])
    adjoints = _adjoints(program, partials, seeds[1])
    found: dict[int, dict[str, str]] = {}
    for slot in (*program.inputs, *program.rows):
        entry: dict[str, str] = {}
        for name, numbers in (("value", values), ("tangent", tangents), ("adjoint", adjoints)):
            entry |= _written(name, numbers.get(slot))
        found[slot] = entry
    return found


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


def _partials(program: Program, slot: int, values: dict[int, Any]) -> list[tuple[int, Any]]:
    """The edges of a row: argument slot and exact partial."""
    op, args = program.ops[slot], program.args[slot]
    if op == "where":
        chosen = next(arg for arg in args[1:] if arg in values and values[arg] is values[slot])
        return [(chosen, constant(Constant.of(1.0)))] if program.masks[chosen] else []
    edges = []
    for position, arg in enumerate(args):
        template = partial(op, len(args), position) if program.masks[arg] else None
        if template is not None:
            point = [*(values[a] for a in args), values[slot]]
            edges.append((arg, run(template, point, _numeric(), constant)[template.outputs[0]]))
    return edges


def _tangents(
    program: Program, partials: dict[int, list[tuple[int, Any]]], seed: Sequence[float]
) -> dict[int, Any]:
    tangents = {s: _exact_number(float(d)) for s, d in zip(program.inputs, seed, strict=True)}
    for slot, edges in partials.items():
        tangents[slot] = sum(slope * tangents.get(arg, 0) for arg, slope in edges)
    return tangents


def _adjoints(
    program: Program, partials: dict[int, list[tuple[int, Any]]], seed: Sequence[float]
) -> dict[int, Any]:
    adjoints: dict[int, Any] = {}
    for slot, weight in zip(program.outputs, seed, strict=True):
        adjoints[slot] = adjoints.get(slot, 0) + _exact_number(float(weight))
    for slot in reversed(partials):
        if slot in adjoints:
            for arg, slope in partials[slot]:
                adjoints[arg] = adjoints.get(arg, 0) + adjoints[slot] * slope
    return adjoints


def _written(name: str, value: Any) -> dict[str, str]:
    """A number as text and LaTeX, if it is short and has a meaning."""
    import sympy

    if value is None:
        return {}
    value = value + sympy.Integer(0)  # a plain 0 of ``sum`` becomes a number of SymPy's
    if not value.is_number or value.has(sympy.nan, sympy.zoo, sympy.oo):
        return {}
    if value.count_ops() > 1:
        value = min(value, sympy.simplify(value), key=lambda form: form.count_ops())
    text = str(value)
    if len(text) > LONGEST or value.has(sympy.Float):
        return {}
    return {name: text, f"{name}_latex": sympy.latex(value)}
