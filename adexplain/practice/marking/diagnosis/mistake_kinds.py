"""The kinds of mistakes, and a guess at a mistake."""

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
"""Kind of mistake → its name for readers."""


PLAIN, LIKELY, FAR = range(3)
"""Ranks of mistakes: very common, a common mix-up of two formulas, or merely possible."""


@dataclass(eq=False)
class Guess:
    """A mistake that may have been made, and what it would give.

    Attributes:
        kind: the kind of mistake.
        values: the values of the row with this mistake, at the points.
        message: the sentence about it, or a function that makes it, as most guesses are discarded.
        term: the number of the term it changes, if it changes a single one.
        rank: PLAIN, LIKELY or FAR.
        second_kind: the kind of a second slip made with it.
        searched: whether the search for a mistake was completed.
    """

    kind: str
    values: Vector
    message: str | Callable[[], str]
    term: int | None = None
    rank: int = PLAIN
    second_kind: str | None = None
    searched: bool = True

    @cached_property
    def sentence(self) -> str:
        """The sentence about the mistake."""
        return self.message if isinstance(self.message, str) else self.message()
