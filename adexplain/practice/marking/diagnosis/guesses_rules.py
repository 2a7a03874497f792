"""Guesses at a product or quotient rule that is another rule altogether."""

from __future__ import annotations

import math
from collections.abc import Iterator

from adexplain.practice.marking.alignment.rows import Row
from adexplain.practice.marking.alignment.vectors import Vector
from adexplain.practice.marking.diagnosis.kinds import LIKELY, PARTIAL, Guess
from adexplain.practice.marking.reading.notation import BAR


def rules(row: Row) -> Iterator[Guess]:
    """What is taken for the product rule, or for the quotient rule, of a tangent."""
    terms = row.terms
    if row.target.kind == BAR or not terms or terms[0].node.op not in ("mul", "div"):
        return
    if len(terms) == 2:
        yield _of_flows(row)
    if terms[0].node.op == "div":
        yield from _denominators(row)


def _of_flows(row: Row) -> Guess:
    """The derivative of a product taken for the product of the derivatives."""
    first, second = row.terms
    pairs = list(zip(first.flows, second.flows, strict=True))
    if first.node.op == "mul":
        values = [a * b for a, b in pairs]
        sentence = (
            f"The derivative of a product is not the product of the derivatives: {row.told()}."
        )
    else:
        values = [a / b if b else math.nan for a, b in pairs]
        sentence = (
            f"The derivative of the quotient {first.node.name} is not the quotient of the "
            f"derivatives."
        )
    return Guess(PARTIAL, values, sentence)


def _denominators(row: Row) -> Iterator[Guess]:
    """A quotient rule over the denominator itself, or over nothing."""
    node, graph = row.terms[0].node, row.view.graph
    if len(node.edges) != 2:
        return  # a number above or below
    below = node.edges[1].arg
    divisor: Vector = [w.values.get(graph.find(below), math.nan) for w in row.terms[0].worlds]
    for power, what in ((1, f"divided by {below}, not by its square"), (2, "not divided at all")):
        values = [v * d**power for v, d in zip(row.values, divisor, strict=True)]
        sentence = f"The quotient rule divides by the square of {below}; here it is {what}."
        yield Guess(PARTIAL, values, sentence, None, LIKELY)
