"""The kinds of mistake, and a guess at one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from adexplain.practice.marking.alignment.vectors import Vector

SIGN = "wrong-sign"
MISSING_TERM = "missing-term"
SWAPPED = "swapped-factor"
PARTIAL = "wrong-partial"
VALUE = "wrong-value"
CHAIN = "chain-factor-forgotten"
ASSIGNED = "assigned-not-accumulated"
CONTRIBUTION = "contribution-missing"
ORDER = "wrong-order"
OTHER = "other"

KINDS: dict[str, str] = {
    SIGN: "wrong sign",
    MISSING_TERM: "missing term",
    SWAPPED: "swapped factor",
    PARTIAL: "wrong partial",
    VALUE: "evaluated at the wrong value",
    CHAIN: "chain factor forgotten",
    ASSIGNED: "assigned instead of accumulated",
    CONTRIBUTION: "contribution missing",
    ORDER: "wrong order of the sweep",
    OTHER: "a mistake of no usual kind",
}
"""Kind of mistake → what a person reads."""


PLAIN, LIKELY, FAR = range(3)
"""How near a mistake lies: made every day, a usual mix-up of two formulas, or just possible."""


@dataclass(eq=False)
class Guess:
    """A mistake that may have been made, what it would give, and how a person is told.

    Attributes:
        kind: the kind of mistake.
        values: what it would give, at the points.
        says: how a person is told, or what makes that sentence: most guesses are never told.
        term: the one term of the row that it changes, if it is one.
        rank: PLAIN, LIKELY or FAR.
        second: the kind of another slip that was made with it.
        looked: whether a mistake was looked for at all.
    """

    kind: str
    values: Vector
    says: str | Callable[[], str]
    term: int | None = None
    rank: int = PLAIN
    second: str | None = None
    looked: bool = True

    @cached_property
    def sentence(self) -> str:
        """How a person is told."""
        return self.says if isinstance(self.says, str) else self.says()
