"""Where a primitive is defined, where it is not smooth, and what its derivative is there."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from adexplain.primitives.primitive import NonsmoothPoint, Primitive
from adexplain.server.html.mathml import typeset
from adexplain.server.reference.index import arguments, condition
from adexplain.transforms.partials import read_rule

MEANINGS = {
    "kink": "the slope changes abruptly",
    "jump": "the value jumps",
    "vertical": "the slope is infinite",
    "boundary": "the domain ends: only one side has a slope",
    "undefined": "there is no derivative",
}
"""The meaning of each status in the table; docs/numbers.md explains all statuses."""
RULE_CONVENTION = "what the formula of the slope gives"
TIE_CONDITION = "more than one argument equals the result"
"""In words, the condition under which min and max are not smooth."""


@dataclass(frozen=True)
class NonsmoothPlace:
    """A place where a primitive is not smooth.

    Attributes:
        status: the kind of place, such as "kink".
        where: its condition, typeset; ``condition_text`` is the same as in the table.
        meaning: the meaning of the status.
        argument: the argument it is about, typeset; empty if it is about all.
        answer: the slope that is answered there.
    """

    status: str
    where: Markup
    condition_text: str
    meaning: str
    argument: Markup
    answer: str


def domain(primitive: Primitive) -> Markup | None:
    """The condition for a value, typeset; None where every real number has one."""
    return _condition(primitive, primitive.domain) if primitive.domain else None


def nonsmooth_places(primitive: Primitive) -> list[NonsmoothPlace]:
    """The places where a primitive is not smooth, from the table."""
    return [_nonsmooth_place(primitive, point) for point in primitive.nonsmooth_points]


def _nonsmooth_place(primitive: Primitive, point: NonsmoothPoint) -> NonsmoothPlace:
    where = escape(TIE_CONDITION) if primitive.chooses else _condition(primitive, point.condition)
    argument = typeset(point.argument) if point.argument else Markup()
    answer = point.convention or RULE_CONVENTION
    return NonsmoothPlace(
        point.status, where, point.condition, MEANINGS[point.status], argument, answer
    )


def _condition(primitive: Primitive, text: str) -> Markup:
    return condition(read_rule(primitive, text, len(arguments(primitive))))
