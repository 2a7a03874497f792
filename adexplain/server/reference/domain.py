"""Where a primitive is defined, where it is not smooth, and what is answered there."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from adexplain.primitives.table import Edge, Primitive
from adexplain.server.html.mathml import typeset
from adexplain.server.reference.index import arguments, condition
from adexplain.transforms.partials import read_rule

MEANING = {
    "kink": "the slope changes abruptly",
    "jump": "the value jumps",
    "vertical": "the slope is infinite",
    "boundary": "the domain ends: only one side has a slope",
    "undefined": "there is no derivative",
}
"""What each status of the table says of the place; docs/numbers.md explains all statuses."""
USUAL = "what the formula of the slope gives"
TIED = "more than one argument equals the result"
"""The condition of the table's operations of any number of arguments, in words."""


@dataclass(frozen=True)
class Doubt:
    """A place where a primitive is not smooth."""

    kind: str
    where: Markup
    typed: str
    means: str
    concerns: Markup
    answer: str


def domain(primitive: Primitive) -> Markup | None:
    """What a value needs, typeset; None where every real number has one."""
    return _condition(primitive, primitive.domain) if primitive.domain else None


def doubts(primitive: Primitive) -> list[Doubt]:
    """The places of the table's clauses."""
    return [_doubt(primitive, edge) for edge in primitive.edges]


def _doubt(primitive: Primitive, edge: Edge) -> Doubt:
    where = escape(TIED) if primitive.variadic else _condition(primitive, edge.condition)
    concerns = typeset(edge.argument) if edge.argument else Markup()
    answer = edge.convention or USUAL
    return Doubt(edge.status, where, edge.condition, MEANING[edge.status], concerns, answer)


def _condition(primitive: Primitive, text: str) -> Markup:
    return condition(read_rule(primitive, text, len(arguments(primitive))))
