"""The kinds of mistake, and a guess at one."""

from __future__ import annotations

from dataclasses import dataclass

from adexplain.practice.marking.alignment import Vector

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
    OTHER: "another mistake",
}
"""Kind of mistake → what a person reads."""


@dataclass(eq=False)
class Guess:
    """A mistake that may have been made, what it would give, and how a person is told."""

    kind: str
    values: Vector
    sentence: str
