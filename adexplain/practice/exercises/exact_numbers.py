"""Exact numbers: sums of fractions times √k, powers of π and e, and a logarithm.

Exercises are drawn and discarded by the dozen, and SymPy would be a hundred times slower. So they
have their own arithmetic, which refuses results that it cannot write exactly.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import NamedTuple


class NotExactError(ArithmeticError):
    """A result that this arithmetic cannot represent."""


class Monomial(NamedTuple):
    """The irrational factor of a term: √root · π^pi · e^e · ln(log), where log 1 means none."""

    root: int = 1
    pi: int = 0
    e: int = 0
    log: int = 1


ONE = Monomial()


class Exact:
    """An exact number: a mapping from monomials to their coefficients, none of which is 0."""

    __slots__ = ("terms",)

    def __init__(self, terms: Mapping[Monomial, Fraction]) -> None:
        self.terms = {
            monomial: coefficient for monomial, coefficient in terms.items() if coefficient
        }

    @classmethod
    def of(cls, number: int | Fraction) -> Exact:
        """A rational number."""
        return cls({ONE: Fraction(number)})

    @property
    def rational(self) -> Fraction | None:
        """The number as a fraction, or None if it is irrational."""
        if not self.terms:
            return Fraction(0)
        return self.terms[ONE] if len(self.terms) == 1 and ONE in self.terms else None

    @property
    def single_term(self) -> tuple[Monomial, Fraction]:
        """The monomial and the coefficient of a number with one term.

        Raises:
            NotExactError: the number is 0 or a sum.
        """
        if len(self.terms) != 1:
            raise NotExactError("a sum, or 0")
        return next(iter(self.terms.items()))

    def __add__(self, other: Exact | int) -> Exact:
        if not isinstance(other, Exact) and not other:
            return self
        terms = dict(self.terms)
        for monomial, coefficient in _as_exact(other).terms.items():
            terms[monomial] = terms.get(monomial, Fraction(0)) + coefficient
        return Exact(terms)

    __radd__ = __add__

    def __neg__(self) -> Exact:
        return Exact({monomial: -coefficient for monomial, coefficient in self.terms.items()})

    def __sub__(self, other: Exact | int) -> Exact:
        return self + -_as_exact(other)

    def __mul__(self, other: Exact | int) -> Exact:
        factors = _as_exact(other).terms
        if len(factors) == 1 and ONE in factors:  # the common case, and by far the fastest
            factor = factors[ONE]
            return Exact(
                {monomial: coefficient * factor for monomial, coefficient in self.terms.items()}
            )
        result = Exact({})
        for monomial, coefficient in self.terms.items():
            for other_monomial, factor in factors.items():
                result += _product(monomial, other_monomial, coefficient * factor)
        return result

    __rmul__ = __mul__

    def __truediv__(self, other: Exact) -> Exact:
        monomial, coefficient = other.single_term
        if monomial == ONE:
            return Exact({term: part / coefficient for term, part in self.terms.items()})
        with_log = (
            [term for term in self.terms if term.log == monomial.log] if monomial.log > 1 else []
        )
        if monomial.log > 1 and len(with_log) != len(self.terms):
            raise NotExactError("divided by a logarithm")
        # 1/√k is √k/k.
        inverse = Monomial(monomial.root, -monomial.pi, -monomial.e)
        above = (
            Exact({term._replace(log=1): part for term, part in self.terms.items()})
            if with_log
            else self
        )
        return above * Exact({inverse: 1 / (coefficient * monomial.root)})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Exact) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(frozenset(self.terms.items()))

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __float__(self) -> float:
        return math.fsum(
            float(coefficient) * _monomial_value(monomial)
            for monomial, coefficient in self.terms.items()
        )

    def __lt__(self, other: Exact) -> bool:
        return self != other and float(self) < float(other)

    @property
    def text(self) -> str:
        """The number as users type it: ``3/4``, ``sqrt(3)/2``, ``2 + e``."""
        return self._format(_term_text)

    @property
    def latex(self) -> str:
        """The number as LaTeX."""
        return self._format(_term_latex)

    def _format(self, write: Callable[[Monomial, Fraction], str]) -> str:
        text = ""
        for monomial, coefficient in sorted(
            self.terms.items(), key=lambda term: (term[0] != ONE, term)
        ):
            part = write(monomial, abs(coefficient))
            if text:
                text += f" {'-' if coefficient < 0 else '+'} {part}"
            else:
                text = f"-{part}" if coefficient < 0 else part
        return text or "0"

    def __repr__(self) -> str:
        return f"<{self.text}>"


def _as_exact(number: Exact | int) -> Exact:
    return number if isinstance(number, Exact) else Exact.of(number)


@cache
def _monomial_value(monomial: Monomial) -> float:
    logarithm = math.log(monomial.log) if monomial.log > 1 else 1.0
    return math.sqrt(monomial.root) * math.pi**monomial.pi * math.exp(monomial.e) * logarithm


def _product(first: Monomial, second: Monomial, coefficient: Fraction) -> Exact:
    if first.log > 1 and second.log > 1:
        raise NotExactError("a product of logarithms")
    common = math.gcd(first.root, second.root)
    root = first.root // common * (second.root // common)
    monomial = Monomial(root, first.pi + second.pi, first.e + second.e, first.log * second.log)
    return Exact({monomial: coefficient * common})


def square_root(number: Fraction) -> Exact:
    """The square root of a positive fraction, with square factors taken out: √(3/4) is √3/2."""
    if number <= 0:
        raise NotExactError("no root")
    inside, outside = number.numerator * number.denominator, 1
    for factor in range(2, 60):
        while inside % (factor * factor) == 0:
            inside //= factor * factor
            outside *= factor
    if inside > 60:
        raise NotExactError("a large number under the root")
    return Exact({Monomial(inside): Fraction(outside, number.denominator)})


def _term_text(monomial: Monomial, coefficient: Fraction) -> str:
    factors = [f"sqrt({monomial.root})"] if monomial.root > 1 else []
    factors += [_power("pi", monomial.pi, "({})")] if monomial.pi else []
    factors += [_power("e", monomial.e, "({})")] if monomial.e else []
    factors += [f"ln({monomial.log})"] if monomial.log > 1 else []
    above = [str(coefficient.numerator)] if coefficient.numerator != 1 or not factors else []
    below = f"/{coefficient.denominator}" if coefficient.denominator > 1 else ""
    return "*".join([*above, *factors]) + below


def _term_latex(monomial: Monomial, coefficient: Fraction) -> str:
    factors = [rf"\sqrt{{{monomial.root}}}"] if monomial.root > 1 else []
    factors += [_power(r"\pi", monomial.pi, "{{{}}}")] if monomial.pi else []
    factors += [_power("e", monomial.e, "{{{}}}")] if monomial.e else []
    factors += [rf"\ln {monomial.log}"] if monomial.log > 1 else []
    above = [str(coefficient.numerator)] if coefficient.numerator != 1 or not factors else []
    whole = r" \, ".join([*above, *factors])
    return (
        rf"\frac{{{whole}}}{{{coefficient.denominator}}}" if coefficient.denominator > 1 else whole
    )


def _power(base: str, power: int, bracket: str) -> str:
    if power == 1:
        return base
    return f"{base}^{bracket.format(power) if power < 0 or bracket[0] == '{' else power}"
