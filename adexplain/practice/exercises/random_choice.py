"""Building blocks for drawing exercises: reproducible random choices, and pieces of functions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from adexplain.evaluate.exact_trace import exact_value
from adexplain.practice.exercises.arithmetic import EXACT
from adexplain.practice.exercises.exact_numbers import Exact

SUM, PRODUCT, POWER, ATOM = 1, 2, 3, 4
"""Precedence of the outermost operator of a piece."""

T = TypeVar("T")


class UnsuitableError(Exception):
    """What was drawn does not make a good exercise and must be drawn again."""


class Chance:
    """Random choices from a key. Only ``random()`` is used, which Python keeps reproducible."""

    def __init__(self, key: str) -> None:
        self._source = random.Random(key)

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[int(self._source.random() * len(choices))]

    def pair(self, choices: Sequence[T]) -> tuple[T, T]:
        """Two different choices, in any order."""
        first = int(self._source.random() * len(choices))
        second = int(self._source.random() * (len(choices) - 1))
        return choices[first], choices[second + (second >= first)]

    def integer(self, low: int, high: int, excluding: Sequence[int] = (0,)) -> int:
        """An integer from ``low`` to ``high``, none of ``excluding``."""
        return self.pick([number for number in range(low, high + 1) if number not in excluding])

    def seed(self, largest: int) -> int:
        """An integer from 1 to ``largest``."""
        return 1 + int(self._source.random() * largest)

    def happens(self, probability: float) -> bool:
        """True with this probability."""
        return self._source.random() < probability


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a function: its text, the precedence of its outermost operator, its value."""

    text: str
    precedence: int
    value: Exact

    def bracketed(self, precedence: int) -> str:
        """The text, in brackets if its precedence is lower."""
        return self.text if self.precedence >= precedence else f"({self.text})"

    @property
    def integer(self) -> int | None:
        """Its value if that is an integer, else None."""
        value = self.value.rational
        return value.numerator if value is not None and value.denominator == 1 else None


@cache
def value_of(text: str) -> Exact:
    """The exact value of a number as typed, such as pi/3."""
    number = exact_value(text, EXACT)
    assert isinstance(number, Exact)
    return number


def input_at(name: str, text: str) -> Piece:
    """An input at a value as typed."""
    return Piece(name, ATOM, value_of(text))


def call(function: str, argument: Piece) -> Piece:
    """A function applied to a piece."""
    value = EXACT.numbers.functions[{"ln": "log"}.get(function, function)](argument.value)
    return Piece(f"{function}({argument.text})", ATOM, value)


def raised(base: Piece, exponent: int) -> Piece:
    """A piece raised to a small power."""
    value = EXACT.numbers.functions["pow"](base.value, Exact.of(exponent))
    return Piece(f"{base.bracketed(ATOM)}^{exponent}", POWER, value)


def plus(left: Piece, right: Piece) -> Piece:
    """A sum."""
    return Piece(f"{left.text} + {right.bracketed(PRODUCT)}", SUM, left.value + right.value)


def minus(left: Piece, right: Piece) -> Piece:
    """A difference."""
    return Piece(f"{left.text} - {right.bracketed(PRODUCT)}", SUM, left.value - right.value)


def times(left: Piece, right: Piece) -> Piece:
    """A product."""
    text = f"{left.bracketed(PRODUCT)}*{right.bracketed(POWER)}"
    return Piece(text, PRODUCT, left.value * right.value)


def over(above: Piece, below: Piece) -> Piece:
    """A quotient."""
    text = f"{above.bracketed(PRODUCT)}/{below.bracketed(POWER)}"
    return Piece(text, PRODUCT, above.value / below.value)


def shifted(piece: Piece, by: int) -> Piece:
    """A piece plus an integer, which may be negative."""
    text = f"{piece.text} {'+' if by > 0 else '-'} {abs(by)}"
    return Piece(text, SUM, piece.value + by)


def scaled(piece: Piece, by: int) -> Piece:
    """An integer times a piece."""
    sign = "-" if by < 0 else ""
    return Piece(f"{sign}{abs(by)}*{piece.bracketed(POWER)}", PRODUCT, piece.value * by)


def number(value: int) -> Piece:
    """A positive integer."""
    return Piece(str(value), ATOM, Exact.of(value))
