"""Guesses at a wrong product or quotient rule."""

from __future__ import annotations

import math
from collections.abc import Iterator

from adexplain.practice.marking.alignment.rows import Row
from adexplain.practice.marking.alignment.vectors import Vector
from adexplain.practice.marking.diagnosis.mistake_kinds import LIKELY, PARTIAL, Guess
from adexplain.practice.marking.reading.notation import BAR


def rule_guesses(row: Row) -> Iterator[Guess]:
    """Formulas that may be mistaken for the product or quotient rule of a tangent."""
    terms = row.terms
    if row.target.kind == BAR or not terms or terms[0].node.op not in ("mul", "div"):
        return
    if len(terms) == 2:
        yield _of_flows(row)
    if terms[0].node.op == "div":
        yield from _denominators(row)


def _of_flows(row: Row) -> Guess:
    """The product of the derivatives for the derivative of a product; the same for quotients."""
    first, second = row.terms
    pairs = list(zip(first.flows, second.flows, strict=True))
    if first.node.op == "mul":
        values = [a * b for a, b in pairs]
        sentence = (
            f"The derivative of a product is not the product of the derivatives: {row.equation}."
        )
    else:
        values = [a / b if b else math.nan for a, b in pairs]
        sentence = (
            f"The derivative of the quotient {first.node.name} is not the quotient of the "
            f"derivatives."
        )
    return Guess(PARTIAL, values, sentence)


def _denominators(row: Row) -> Iterator[Guess]:
    """A quotient rule that divides by the denominator only once, or not at all."""
    node, graph = row.terms[0].node, row.view.graph
    if len(node.edges) != 2:
        return  # numerator or denominator is a constant
    below = node.edges[1].arg
    divisor: Vector = [w.values.get(graph.find(below), math.nan) for w in row.terms[0].evaluations]
    for power, what in ((1, f"divided by {below}, not by its square"), (2, "not divided at all")):
        values = [v * d**power for v, d in zip(row.values, divisor, strict=True)]
        sentence = f"The quotient rule divides by the square of {below}; here it is {what}."
        yield Guess(PARTIAL, values, sentence, None, LIKELY)
