"""Which numbers a person can calculate with, and whether a whole trace has no others."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from adexplain.practice.exercises.exact_numbers import ONE, Exact, Sign

WHOLE, ABOVE, BELOW = 400, 99, 36
"""The largest whole number, and the largest numerator and denominator of a fraction."""
BESIDE_ABOVE, BESIDE_BELOW = 48, 12
"""The same beside √3, π, e or a logarithm."""
IN_SUM_ABOVE, IN_SUM_BELOW = 24, 8
"""The same in a sum of two such terms, and beside two of them, as in √3π."""
ROOTS = (1, 2, 3, 5, 6, 7)


def human(number: Exact) -> bool:
    """Whether a person can do this number: 12, 3/4, √3/2, 2e, ln 2, 1 + π/4; never 0."""
    if not 1 <= len(number.terms) <= 2:
        return False
    several = len(number.terms) > 1
    if several and ONE not in number.terms:
        return False
    return all(_term(sign, share, several) for sign, share in number.terms.items())


def all_human(numbers: Iterable[Exact]) -> bool:
    """The same of many numbers."""
    return all(map(human, numbers))


def _term(sign: Sign, share: Fraction, several: bool) -> bool:
    above, below = abs(share.numerator), share.denominator
    parts = _parts(sign)
    if not _known(sign) or parts > (1 if several else 2):
        return False
    if several or parts > 1:
        return above <= IN_SUM_ABOVE and below <= IN_SUM_BELOW
    if sign != ONE:
        return above <= BESIDE_ABOVE and below <= BESIDE_BELOW
    return above <= WHOLE if below == 1 else above <= ABOVE and below <= BELOW


def _parts(sign: Sign) -> int:
    """How many of √, π, e and ln there are."""
    return (sign.root > 1) + (sign.pi != 0) + (sign.e != 0) + (sign.log > 1)


def _known(sign: Sign) -> bool:
    """Whether root and powers are small."""
    return sign.root in ROOTS and 0 <= sign.pi <= 2 and -2 <= sign.e <= 4
