"""The functions of exercises on exact numbers; what has no exact result there is refused.

The trace of an exercise is made by the product's own rules (:mod:`adexplain.exact`) in this
arithmetic, so that an answer is 3/4 or √3/2 and not a float beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from adexplain.evaluate.exact_trace import Arithmetic
from adexplain.practice.exercises.exact_numbers import ONE, Exact, NotExactError, Sign, square_root
from adexplain.program import Constant

HALF = Fraction(1, 2)
_SINES: dict[Fraction, Exact] = {
    Fraction(0): Exact({}),
    Fraction(1, 6): Exact.of(HALF),
    Fraction(1, 4): Exact({Sign(2): HALF}),
    Fraction(1, 3): Exact({Sign(3): HALF}),
    HALF: Exact.of(1),
}
"""sin(q·π) for the angles that everybody knows."""
_PRIMES = (2, 3, 5, 7)


def constant(given: Constant) -> Exact:
    """A constant of a program."""
    sign = {"pi": Sign(pi=1), "e": Sign(e=1)}[given.symbol] if given.symbol else ONE
    return Exact({sign: given.fraction})


def power(base: Exact, exponent: Exact) -> Exact:
    """Powers with a small integral exponent."""
    wanted = exponent.rational
    if wanted is None or wanted.denominator > 1 or abs(wanted) > 6:
        raise NotExactError("such a power")
    result = Exact.of(1)
    for _ in range(abs(wanted.numerator)):
        result *= base
    return result if wanted >= 0 else Exact.of(1) / result


def root(number: Exact) -> Exact:
    """The square root of a fraction, or of a fraction times an even power of e."""
    sign, share = number.single
    if sign != ONE:
        raise NotExactError("a root of a root")
    return square_root(share)


def exponential(number: Exact) -> Exact:
    """The exponential of a small integer, or of a multiple of a logarithm: e^(2 ln 3) is 9."""
    sign, share = number.single if number else (ONE, Fraction(0))
    if share.denominator > 1 or abs(share) > 4 or sign not in (ONE, Sign(log=sign.log)):
        raise NotExactError("such an exponential")
    if sign == ONE:
        return Exact({Sign(e=int(share)): Fraction(1)})
    return Exact.of(Fraction(sign.log) ** int(share))


def logarithm(number: Exact) -> Exact:
    """The logarithm of a power of e, or of a power of a small prime."""
    sign, share = number.single
    if share == 1 and sign == Sign(e=sign.e):
        return Exact.of(sign.e)
    if sign != ONE or share <= 0:
        raise NotExactError("such a logarithm")
    for prime in _PRIMES:
        for exponent in range(1, 6):
            if share in (prime**exponent, Fraction(1, prime**exponent)):
                return Exact({Sign(log=prime): Fraction(exponent if share > 1 else -exponent)})
    raise NotExactError("such a logarithm")


def _turns(angle: Exact) -> Fraction:
    """How many π an angle is."""
    if not angle:
        return Fraction(0)
    sign, share = angle.single
    if sign != Sign(pi=1):
        raise NotExactError("no part of π")
    return share


def _sine_of(turns: Fraction) -> Exact:
    turns %= 2
    if turns > 1:
        return -_sine_of(turns - 1)
    known = _SINES.get(min(turns, 1 - turns))
    if known is None:
        raise NotExactError("such an angle")
    return known


def sine(angle: Exact) -> Exact:
    """The sine of a multiple of π/6 or π/4."""
    return _sine_of(_turns(angle))


def cosine(angle: Exact) -> Exact:
    """The cosine of a multiple of π/6 or π/4."""
    return _sine_of(_turns(angle) + HALF)


_TANGENTS = {
    Exact.of(1): Fraction(1, 4),
    Exact({Sign(3): Fraction(1)}): Fraction(1, 3),
    Exact({Sign(3): Fraction(1, 3)}): Fraction(1, 6),
}


def arctangent(number: Exact) -> Exact:
    """The arctangent where it is a known part of π."""
    for known, share in _TANGENTS.items():
        if number in (known, -known):
            return Exact({Sign(pi=1): share if number == known else -share})
    raise NotExactError("such an arctan")


def magnitude(number: Exact) -> Exact:
    """|a|."""
    return -number if number < Exact({}) else number


def _truth(condition: Any) -> Exact:
    return Exact.of(1 if condition else 0)


def _share(result: Exact, argument: Exact, *arguments: Exact) -> Exact:
    return _truth(argument == result) / Exact.of(max(1, arguments.count(result)))


def _sign(number: Exact) -> Exact:
    return Exact.of((number > Exact({})) - (number < Exact({})))


def _form(number: Exact | int | None) -> tuple[str, str] | None:
    if number is None:
        return None
    exact = number if isinstance(number, Exact) else Exact.of(number)
    return exact.text, exact.latex


FUNCTIONS: dict[str, Callable[..., Exact]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "neg": lambda a: -a,
    "pow": power,
    "sqrt": root,
    "exp": exponential,
    "log": logarithm,
    "sin": sine,
    "cos": cosine,
    "tan": lambda a: sine(a) / cosine(a),
    "atan": arctangent,
    "abs": magnitude,
    "sign": _sign,
    "relu": lambda a: a if a > Exact({}) else Exact({}),
    "max": lambda *arguments: max(arguments),
    "min": lambda *arguments: min(arguments),
    "lt": lambda a, b: _truth(a < b),
    "gt": lambda a, b: _truth(a > b),
    "eq": lambda a, b: _truth(a == b),
    "share": _share,
}

EXACT = Arithmetic(FUNCTIONS, constant, Exact.of, _form)
"""The arithmetic of exercises."""
