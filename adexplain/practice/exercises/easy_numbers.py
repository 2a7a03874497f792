"""Which exact numbers are easy enough to calculate with by hand."""

from __future__ import annotations

from fractions import Fraction

from adexplain.practice.exercises.exact_numbers import ONE, Exact, Monomial

MAX_INTEGER, MAX_NUMERATOR, MAX_DENOMINATOR = 400, 99, 36
"""The largest integer, and the largest numerator and denominator of a fraction."""
MAX_NUMERATOR_OF_TERM, MAX_DENOMINATOR_OF_TERM = 48, 12
"""Largest numerator and denominator of the coefficient of √3, π, e or a logarithm."""
MAX_NUMERATOR_IN_SUM, MAX_DENOMINATOR_IN_SUM = 24, 8
"""The same in a sum of two terms, and for a product of two of these, as in √3π."""
EASY_ROOTS = (1, 2, 3, 5, 6, 7)


def is_easy(number: Exact) -> bool:
    """Whether a number is easy to calculate with: 12, 3/4, √3/2, 2e, ln 2, 1 + π/4; never 0."""
    if not 1 <= len(number.terms) <= 2:
        return False
    in_sum = len(number.terms) > 1
    if in_sum and ONE not in number.terms:
        return False
    return all(
        _is_easy_term(monomial, coefficient, in_sum)
        for monomial, coefficient in number.terms.items()
    )


def _is_easy_term(monomial: Monomial, coefficient: Fraction, in_sum: bool) -> bool:
    numerator, denominator = abs(coefficient.numerator), coefficient.denominator
    factors = _count_factors(monomial)
    if not _has_small_powers(monomial) or factors > (1 if in_sum else 2):
        return False
    if in_sum or factors > 1:
        return numerator <= MAX_NUMERATOR_IN_SUM and denominator <= MAX_DENOMINATOR_IN_SUM
    if monomial != ONE:
        return numerator <= MAX_NUMERATOR_OF_TERM and denominator <= MAX_DENOMINATOR_OF_TERM
    return (
        numerator <= MAX_INTEGER
        if denominator == 1
        else numerator <= MAX_NUMERATOR and denominator <= MAX_DENOMINATOR
    )


def _count_factors(monomial: Monomial) -> int:
    """How many of √, π, e and ln occur."""
    return (monomial.root > 1) + (monomial.pi != 0) + (monomial.e != 0) + (monomial.log > 1)


def _has_small_powers(monomial: Monomial) -> bool:
    """Whether the root and the powers are small."""
    return monomial.root in EASY_ROOTS and 0 <= monomial.pi <= 2 and -2 <= monomial.e <= 4
