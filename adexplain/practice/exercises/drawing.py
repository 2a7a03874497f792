"""What exercises are drawn with: chance that is the same everywhere, and pieces of functions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TypeVar

from adexplain.evaluate.exact_trace import exactly
from adexplain.practice.exercises.arithmetic import EXACT
from adexplain.practice.exercises.exact_numbers import Exact

SUM, PRODUCT, POWER, ATOM = 1, 2, 3, 4
"""How tightly the outermost sign of a piece binds."""

T = TypeVar("T")


class UnsuitableError(Exception):
    """What was drawn makes no good exercise: draw again."""


class Chance:
    """Draws from a key; only ``random()`` is used, which Python promises never to change."""

    def __init__(self, key: str) -> None:
        self._source = random.Random(key)

    def pick(self, choices: Sequence[T]) -> T:
        """One of them."""
        return choices[int(self._source.random() * len(choices))]

    def pair(self, choices: Sequence[T]) -> tuple[T, T]:
        """Two of them at different places, in any order."""
        first = int(self._source.random() * len(choices))
        second = int(self._source.random() * (len(choices) - 1))
        return choices[first], choices[second + (second >= first)]

    def whole(self, low: int, high: int, but: Sequence[int] = (0,)) -> int:
        """A whole number from ``low`` to ``high``, none of ``but``."""
        return self.pick([number for number in range(low, high + 1) if number not in but])

    def seed(self, largest: int) -> int:
        """A whole number from 1 to ``largest``."""
        return 1 + int(self._source.random() * largest)

    def happens(self, share: float) -> bool:
        """True in this share of all cases."""
        return self._source.random() < share


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a function: its text, how tightly it binds, its value at the point."""

    text: str
    strength: int
    value: Exact

    def within(self, strength: int) -> str:
        """The text, in brackets where it binds weaker than ``strength``."""
        return self.text if self.strength >= strength else f"({self.text})"

    @property
    def whole(self) -> int | None:
        """Its value where that is a whole number."""
        value = self.value.rational
        return value.numerator if value is not None and value.denominator == 1 else None


@cache
def value_of(text: str) -> Exact:
    """The exact value of a number as typed, such as pi/3."""
    number = exactly(text, EXACT)
    assert isinstance(number, Exact)
    return number


def given(name: str, text: str) -> Piece:
    """An input at its value."""
    return Piece(name, ATOM, value_of(text))


def call(function: str, argument: Piece) -> Piece:
    """A function applied to a piece."""
    value = EXACT.functions[{"ln": "log"}.get(function, function)](argument.value)
    return Piece(f"{function}({argument.text})", ATOM, value)


def raised(base: Piece, exponent: int) -> Piece:
    """A piece to a small power."""
    value = EXACT.functions["pow"](base.value, Exact.of(exponent))
    return Piece(f"{base.within(ATOM)}^{exponent}", POWER, value)


def plus(left: Piece, right: Piece) -> Piece:
    """A sum."""
    return Piece(f"{left.text} + {right.within(PRODUCT)}", SUM, left.value + right.value)


def minus(left: Piece, right: Piece) -> Piece:
    """A difference."""
    return Piece(f"{left.text} - {right.within(PRODUCT)}", SUM, left.value - right.value)


def times(left: Piece, right: Piece) -> Piece:
    """A product."""
    text = f"{left.within(PRODUCT)}*{right.within(POWER)}"
    return Piece(text, PRODUCT, left.value * right.value)


def over(above: Piece, below: Piece) -> Piece:
    """A quotient."""
    text = f"{above.within(PRODUCT)}/{below.within(POWER)}"
    return Piece(text, PRODUCT, above.value / below.value)


def shifted(piece: Piece, by: int) -> Piece:
    """A piece plus or minus a whole number."""
    text = f"{piece.text} {'+' if by > 0 else '-'} {abs(by)}"
    return Piece(text, SUM, piece.value + by)


def scaled(piece: Piece, by: int) -> Piece:
    """A whole number times a piece."""
    sign = "-" if by < 0 else ""
    return Piece(f"{sign}{abs(by)}*{piece.within(POWER)}", PRODUCT, piece.value * by)


def number(value: int) -> Piece:
    """A positive number."""
    return Piece(str(value), ATOM, Exact.of(value))


def text_of(value: Fraction | int) -> str:
    """A number as it is typed for a point."""
    return str(value)
