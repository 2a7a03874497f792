"""Exact numbers that a person can write: sums of fractions times √k, π, e and a logarithm.

SymPy could do the same a hundred times slower; exercises are drawn and thrown away by the dozen,
so they have an arithmetic of their own, which refuses whatever it cannot write exactly.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from typing import NamedTuple


class NotExactError(ArithmeticError):
    """A result that has no short exact form here."""


class Sign(NamedTuple):
    """What a fraction is multiplied with: √root · π^pi · e^e · ln(log); log 1 stands for none."""

    root: int = 1
    pi: int = 0
    e: int = 0
    log: int = 1


ONE = Sign()


class Exact:
    """A number as a mapping of signs to their fractions; no fraction in it is 0."""

    __slots__ = ("terms",)

    def __init__(self, terms: Mapping[Sign, Fraction]) -> None:
        self.terms = {sign: share for sign, share in terms.items() if share}

    @classmethod
    def of(cls, number: int | Fraction) -> Exact:
        """A rational number."""
        return cls({ONE: Fraction(number)})

    @property
    def rational(self) -> Fraction | None:
        """The number as a fraction; None where it is none."""
        if not self.terms:
            return Fraction(0)
        return self.terms[ONE] if len(self.terms) == 1 and ONE in self.terms else None

    @property
    def single(self) -> tuple[Sign, Fraction]:
        """The only sign and its fraction.

        Raises:
            NotExactError: it is 0, or a sum.
        """
        if len(self.terms) != 1:
            raise NotExactError("a sum, or 0")
        return next(iter(self.terms.items()))

    def __add__(self, other: Exact | int) -> Exact:
        if not isinstance(other, Exact) and not other:
            return self
        terms = dict(self.terms)
        for sign, share in _exact(other).terms.items():
            terms[sign] = terms.get(sign, Fraction(0)) + share
        return Exact(terms)

    __radd__ = __add__

    def __neg__(self) -> Exact:
        return Exact({sign: -share for sign, share in self.terms.items()})

    def __sub__(self, other: Exact | int) -> Exact:
        return self + -_exact(other)

    def __mul__(self, other: Exact | int) -> Exact:
        factors = _exact(other).terms
        if len(factors) == 1 and ONE in factors:  # the usual case, and by far the fastest
            factor = factors[ONE]
            return Exact({sign: share * factor for sign, share in self.terms.items()})
        result = Exact({})
        for sign, share in self.terms.items():
            for by, factor in factors.items():
                result += _product(sign, by, share * factor)
        return result

    __rmul__ = __mul__

    def __truediv__(self, other: Exact) -> Exact:
        sign, share = other.single
        if sign == ONE:
            return Exact({held: part / share for held, part in self.terms.items()})
        inside = [held for held in self.terms if held.log == sign.log] if sign.log > 1 else []
        if sign.log > 1 and len(inside) != len(self.terms):
            raise NotExactError("divided by a logarithm")
        # 1/√k is √k/k.
        turned = Sign(sign.root, -sign.pi, -sign.e)
        above = Exact({h._replace(log=1): s for h, s in self.terms.items()}) if inside else self
        return above * Exact({turned: 1 / (share * sign.root)})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Exact) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(frozenset(self.terms.items()))

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __float__(self) -> float:
        return math.fsum(float(share) * _size(sign) for sign, share in self.terms.items())

    def __lt__(self, other: Exact) -> bool:
        return self != other and float(self) < float(other)

    @property
    def text(self) -> str:
        """The number in the language users type: ``3/4``, ``sqrt(3)/2``, ``2 + e``."""
        return self._written(_term_text)

    @property
    def latex(self) -> str:
        """The number as LaTeX."""
        return self._written(_term_latex)

    def _written(self, write: Callable[[Sign, Fraction], str]) -> str:
        text = ""
        for sign, share in sorted(self.terms.items(), key=lambda term: (term[0] != ONE, term)):
            part = write(sign, abs(share))
            if text:
                text += f" {'-' if share < 0 else '+'} {part}"
            else:
                text = f"-{part}" if share < 0 else part
        return text or "0"

    def __repr__(self) -> str:
        return f"<{self.text}>"


def _exact(number: Exact | int) -> Exact:
    return number if isinstance(number, Exact) else Exact.of(number)


@cache
def _size(sign: Sign) -> float:
    logarithm = math.log(sign.log) if sign.log > 1 else 1.0
    return math.sqrt(sign.root) * math.pi**sign.pi * math.exp(sign.e) * logarithm


def _product(one: Sign, other: Sign, share: Fraction) -> Exact:
    if one.log > 1 and other.log > 1:
        raise NotExactError("a product of logarithms")
    common = math.gcd(one.root, other.root)
    root = one.root // common * (other.root // common)
    sign = Sign(root, one.pi + other.pi, one.e + other.e, one.log * other.log)
    return Exact({sign: share * common})


def square_root(number: Fraction) -> Exact:
    """√ of a positive fraction, with what is square taken out: √(3/4) is √3/2."""
    if number <= 0:
        raise NotExactError("no root")
    inside, outside = number.numerator * number.denominator, 1
    for factor in range(2, 60):
        while inside % (factor * factor) == 0:
            inside //= factor * factor
            outside *= factor
    if inside > 60:
        raise NotExactError("a large number under the root")
    return Exact({Sign(inside): Fraction(outside, number.denominator)})


def _term_text(sign: Sign, share: Fraction) -> str:
    signs = [f"sqrt({sign.root})"] if sign.root > 1 else []
    signs += [_power("pi", sign.pi, "({})")] if sign.pi else []
    signs += [_power("e", sign.e, "({})")] if sign.e else []
    signs += [f"ln({sign.log})"] if sign.log > 1 else []
    above = [str(share.numerator)] if share.numerator != 1 or not signs else []
    below = f"/{share.denominator}" if share.denominator > 1 else ""
    return "*".join([*above, *signs]) + below


def _term_latex(sign: Sign, share: Fraction) -> str:
    signs = [rf"\sqrt{{{sign.root}}}"] if sign.root > 1 else []
    signs += [_power(r"\pi", sign.pi, "{{{}}}")] if sign.pi else []
    signs += [_power("e", sign.e, "{{{}}}")] if sign.e else []
    signs += [rf"\ln {sign.log}"] if sign.log > 1 else []
    above = [str(share.numerator)] if share.numerator != 1 or not signs else []
    whole = r" \, ".join([*above, *signs])
    return rf"\frac{{{whole}}}{{{share.denominator}}}" if share.denominator > 1 else whole


def _power(base: str, power: int, bracket: str) -> str:
    if power == 1:
        return base
    return f"{base}^{bracket.format(power) if power < 0 or bracket[0] == '{' else power}"
