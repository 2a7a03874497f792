"""Guesses at a wrong partial: another formula, or the right formula at another value."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache, partial

from adexplain.evaluate.run import FLOATS, run
from adexplain.language import parse
from adexplain.practice.marking.alignment.rows import Row, Term, product, typographic
from adexplain.practice.marking.alignment.vectors import Vector
from adexplain.practice.marking.diagnosis.mistake_kinds import FAR, LIKELY, PARTIAL, VALUE, Guess
from adexplain.practice.marking.reading.notation import BAR, Atom
from adexplain.program import CONSTANT, Program

_DEGREES = math.pi / 180
_ANGLES = {"sin", "cos", "tan", "sec", "csc", "cot"}
NAMES_TRIED = 60
"""Most names that are tried in place of the right one."""


def other_values(row: Row, number: int, term: Term) -> Iterator[Guess]:
    """The right partial at a wrong value, or the tangent or adjoint of another row."""
    graph, view = row.view.graph, row.view
    names = [*graph.inputs, *graph.nodes][:NAMES_TRIED]
    program = term.node.program
    for arg in program.input_names:
        right_values = [
            evaluation.values.get(graph.find(arg), math.nan) for evaluation in view.evaluations
        ]
        if term.node.op in _ANGLES:
            slopes = _slopes_at(term, {arg: [v * _DEGREES for v in right_values]})
            sentence = f"The angle {arg} was taken in degrees; derivatives need radians."
            yield Guess(VALUE, _with_slopes(row, number, slopes), sentence, number, LIKELY)
        for other in names:
            if other == graph.find(arg):
                continue
            wrong_values = [evaluation.values[other] for evaluation in view.evaluations]
            slopes = _slopes_at(term, {arg: wrong_values})
            if slopes != term.slopes:
                values = _with_slopes(row, number, slopes)
                yield Guess(
                    VALUE, values, partial(_other_value_sentence, term, arg, other), number, FAR
                )
    kind = row.target.kind
    for other in names:
        if other == graph.find(term.flow.name):
            continue
        source = view.bars if kind == BAR else view.dots
        flows = [numbers.get(other, math.nan) for numbers in source]
        if flows == term.flows or not any(flows):
            continue
        values = [product(f, s) for f, s in zip(flows, term.slopes, strict=True)]
        message = partial(_other_flow_sentence, term, Atom(kind, other))
        yield Guess(VALUE, row.with_term(number, values), message, number, FAR)


def _other_flow_sentence(term: Term, other: Atom) -> str:
    return (
        f"{other.text} stands where {term.flow.text} belongs: the partial {term.symbol} goes "
        f"with {term.flow.text}."
    )


def _other_value_sentence(term: Term, arg: str, other: str) -> str:
    formula = term.partial()
    if formula == arg:
        return f"{other} stands where {arg} belongs: {term.symbol} is {arg}."
    what = f" = {formula}" if formula else ""
    return f"The partial {term.symbol}{what} is evaluated at {other}; it belongs at {arg}."


def _slopes_at(term: Term, instead: dict[str, Vector]) -> Vector:
    """The partial of a term with other values for some arguments."""
    found = []
    for k, evaluation in enumerate(term.evaluations):
        values = {**evaluation.values, **{name: column[k] for name, column in instead.items()}}
        found.append(term.node.value_and_partials(values)[1][term.place])
    return found


def _with_slopes(row: Row, number: int, slopes: Vector) -> Vector:
    flows = row.terms[number].flows
    return row.with_term(number, [product(f, s) for f, s in zip(flows, slopes, strict=True)])


_POOL = (
    "y", "1", "a", "sin(a)", "cos(a)", "tan(a)", "exp(a)", "ln(a)", "1/a", "1/a^2", "2*a", "a^2",
    "sqrt(a)", "1/sqrt(a)", "1/(2*sqrt(a))", "2*sqrt(a)", "1/y", "y^2", "1 - y", "1 + y", "1 - y^2",
    "1 + y^2", "y*(1 - y)", "1/cos(a)", "1/cos(a)^2", "sinh(a)", "cosh(a)", "tanh(a)",
    "1/(1 + a^2)",    "1/sqrt(1 - a^2)", "a*exp(a)", "exp(a - 1)", "a*ln(a) - a", "a^2/2", "0",
)  # fmt: skip
_POWERS = (
    "a^b", "a^(b - 1)", "b*a^b", "b*a", "(b - 1)*a^(b - 1)", "(b - 1)*a^b", "b*a^(b + 1)",
    "(b - 1)*a", "b*a^(b - 2)", "a^b*ln(a)", "b*a^(b - 1)", "a^(b - 1)*ln(a)", "ln(a)",
    "a^b*ln(b)", "b*ln(a)",
)  # fmt: skip
_TWO = ("a", "b", "y", "1", "1/a", "1/b", "a/b", "1/b^2", "a*b", "b/a", "b^2", "a/b^2", "y/b", "0")

_USUAL: dict[str, tuple[str, ...]] = {
    "sin": ("sin(a)", "cos(a)"), "cos": ("sin(a)", "cos(a)"),
    "tan": ("tan(a)", "1/cos(a)", "1/cos(a)^2", "1 + y^2", "1/(1 + a^2)"),
    "exp": ("a*exp(a)", "exp(a - 1)"), "ln": ("ln(a)", "a", "1/a", "1/y", "1/a^2"),
    "log": ("ln(a)", "a", "1/a", "1/y", "1/a^2"),
    "sqrt": ("sqrt(a)", "1/sqrt(a)", "1/(2*sqrt(a))", "2*sqrt(a)"),
    "tanh": ("1 - y", "1 + y^2", "1 - y^2", "y^2"),
    "sigmoid": ("1 - y", "1 - y^2", "y*(1 - y)", "y^2"),
}  # fmt: skip
"""Primitive → formulas commonly mistaken for its partial; other primitives use their pool."""


def other_partials(row: Row, number: int, term: Term) -> Iterator[Guess]:
    """A formula that may be mistaken for the partial of the primitive."""
    node = term.node
    if not node.single:
        return
    program, slot = node.program, node.program.outputs[0]
    args = program.args[slot]
    pool: tuple[str, ...] = _POOL
    if len(args) == 2:
        pool = _POWERS if node.op == "pow" else _TWO
    elif len(args) > 2:
        return
    columns = []
    for arg in args:
        if program.ops[arg] is CONSTANT:
            columns.append([program.constants[arg].value] * len(row.seed))
        else:
            name = row.view.graph.find(program.names[arg])
            columns.append([evaluation.values[name] for evaluation in row.view.evaluations])
    results = [evaluation.values[node.name] for evaluation in row.view.evaluations]
    written = [program.names[arg] for arg in args]
    for text in pool:
        template = _template(text)
        slopes = _filled(template, [*columns, *([columns[0]] * (2 - len(columns))), results])
        for sign in (1.0, -1.0):
            if [sign * s for s in slopes] == term.slopes or (text == "0" and sign < 0):
                continue
            values = _with_slopes(row, number, [sign * s for s in slopes])
            message = partial(_other_partial_sentence, term, sign, text, written)
            rank = LIKELY if text in _USUAL.get(node.op, pool if len(args) == 2 else ()) else FAR
            yield Guess(PARTIAL, values, message, number, rank)


def _other_partial_sentence(term: Term, sign: float, text: str, names: list[str]) -> str:
    shown = _written(text, names, term.node.name)
    return wrong_partial(term, f"−{shown}" if sign < 0 else shown)


def wrong_partial(term: Term, used: str = "") -> str:
    """The sentence on a wrong partial; ``used`` is the formula that was used, if known."""
    formula = term.partial()
    right = f"{term.symbol} is {formula}" if formula else f"{term.symbol} is another"
    return f"The partial is wrong: {right}" + (f", not {used}." if used else ".")


@cache
def _template(text: str) -> Program:
    return parse(f"f(a, b, y) = {text}")


def _filled(template: Program, columns: list[Vector]) -> Vector:
    slot = template.outputs[0]
    found = []
    for point in zip(*columns, strict=True):
        value = run(template, point, FLOATS)[slot]
        found.append(math.nan if value is None else float(value))
    return found


def _written(text: str, names: list[str], result: str) -> str:
    actual_names = dict(zip("ab", names, strict=False)) | {"y": result}
    shown = re.sub(r"\b[aby]\b", lambda match: actual_names.get(match[0], match[0]), text)
    return typographic(shown).replace("*", "·")
