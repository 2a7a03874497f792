"""Elementary functions on exact numbers; arguments without an exact result are refused.

The exact trace of an exercise (:mod:`adexplain.evaluate.exact_trace`) uses this arithmetic, so that
its answer is 3/4 or √3/2 instead of a float.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from adexplain.evaluate.arithmetic import Arithmetic
from adexplain.evaluate.exact_trace import ExactArithmetic
from adexplain.practice.exercises.exact_numbers import (
    ONE,
    Exact,
    Monomial,
    NotExactError,
    square_root,
)
from adexplain.program import Constant

HALF = Fraction(1, 2)
_SINES: dict[Fraction, Exact] = {
    Fraction(0): Exact({}),
    Fraction(1, 6): Exact.of(HALF),
    Fraction(1, 4): Exact({Monomial(2): HALF}),
    Fraction(1, 3): Exact({Monomial(3): HALF}),
    HALF: Exact.of(1),
}
"""q → sin(q·π) for the usual angles in the first quadrant."""
_PRIMES = (2, 3, 5, 7)


def constant(value: Constant) -> Exact:
    """A constant of a program as an exact number."""
    monomial = {"pi": Monomial(pi=1), "e": Monomial(e=1)}[value.symbol] if value.symbol else ONE
    return Exact({monomial: value.fraction})


def power(base: Exact, exponent: Exact) -> Exact:
    """A power with a small integer exponent."""
    integer = exponent.rational
    if integer is None or integer.denominator > 1 or abs(integer) > 6:
        raise NotExactError("such a power")
    result = Exact.of(1)
    for _ in range(abs(integer.numerator)):
        result *= base
    return result if integer >= 0 else Exact.of(1) / result


def root(number: Exact) -> Exact:
    """The square root of a fraction."""
    monomial, coefficient = number.single_term
    if monomial != ONE:
        raise NotExactError("a root of a root")
    return square_root(coefficient)


def exponential(number: Exact) -> Exact:
    """The exponential of a small integer, or of a multiple of a logarithm: e^(2 ln 3) is 9."""
    monomial, coefficient = number.single_term if number else (ONE, Fraction(0))
    if (
        coefficient.denominator > 1
        or abs(coefficient) > 4
        or monomial not in (ONE, Monomial(log=monomial.log))
    ):
        raise NotExactError("such an exponential")
    if monomial == ONE:
        return Exact({Monomial(e=int(coefficient)): Fraction(1)})
    return Exact.of(Fraction(monomial.log) ** int(coefficient))


def logarithm(number: Exact) -> Exact:
    """The logarithm of a power of e, or of a power of a small prime."""
    monomial, coefficient = number.single_term
    if coefficient == 1 and monomial == Monomial(e=monomial.e):
        return Exact.of(monomial.e)
    if monomial != ONE or coefficient <= 0:
        raise NotExactError("such a logarithm")
    for prime in _PRIMES:
        for exponent in range(1, 6):
            if coefficient in (prime**exponent, Fraction(1, prime**exponent)):
                return Exact(
                    {Monomial(log=prime): Fraction(exponent if coefficient > 1 else -exponent)}
                )
    raise NotExactError("such a logarithm")


def _multiple_of_pi(angle: Exact) -> Fraction:
    """An angle divided by π."""
    if not angle:
        return Fraction(0)
    monomial, coefficient = angle.single_term
    if monomial != Monomial(pi=1):
        raise NotExactError("no part of π")
    return coefficient


def _sine_of(multiple: Fraction) -> Exact:
    multiple %= 2
    if multiple > 1:
        return -_sine_of(multiple - 1)
    known = _SINES.get(min(multiple, 1 - multiple))
    if known is None:
        raise NotExactError("such an angle")
    return known


def sine(angle: Exact) -> Exact:
    """The sine of a multiple of π/6 or π/4."""
    return _sine_of(_multiple_of_pi(angle))


def cosine(angle: Exact) -> Exact:
    """The cosine of a multiple of π/6 or π/4."""
    return _sine_of(_multiple_of_pi(angle) + HALF)


_TANGENTS = {
    Exact.of(1): Fraction(1, 4),
    Exact({Monomial(3): Fraction(1)}): Fraction(1, 3),
    Exact({Monomial(3): Fraction(1, 3)}): Fraction(1, 6),
}


def arctangent(number: Exact) -> Exact:
    """The arctangent of a number where it is a known multiple of π."""
    for known, coefficient in _TANGENTS.items():
        if number in (known, -known):
            return Exact({Monomial(pi=1): coefficient if number == known else -coefficient})
    raise NotExactError("such an arctan")


def _magnitude(number: Exact) -> Exact:
    return -number if number < Exact({}) else number


def _sign(number: Exact) -> Exact:
    return Exact.of((number > Exact({})) - (number < Exact({})))


def _forms(number: Exact | None) -> tuple[str, str] | None:
    if number is None:
        return None
    return number.text, number.latex


_OWN: dict[str, Callable[..., Exact]] = {
    "pow": power,
    "sqrt": root,
    "exp": exponential,
    "log": logarithm,
    "sin": sine,
    "cos": cosine,
    "tan": lambda a: sine(a) / cosine(a),
    "atan": arctangent,
    "abs": _magnitude,
    "sign": _sign,
}

EXACT = ExactArithmetic(Arithmetic(constant, Exact.of, _OWN), _forms)
"""The arithmetic of exercises."""
