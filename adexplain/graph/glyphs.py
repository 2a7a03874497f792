"""Names and numbers as a drawing writes them, with estimates of their widths.

A server has no font to measure with, so the widths are those of common sans serif fonts, rounded
up.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from adexplain.plain_numbers import DIGITS, printed, short
from adexplain.primitives.primitive import PRIMITIVES
from adexplain.program import CONSTANT, INPUT
from adexplain.typeset.formulas import GREEK, split_name

TEXT, LETTER, INDEX, POWER = 12.0, 16.0, 11.0, 8.5
"""Font sizes of numbers, of a name's letter, of its subscript, and of a power of ten."""
LONGEST_NAME = 58.0
_FIGURES = {".": 0.278, ",": 0.278, " ": 0.278, "−": 0.584, "+": 0.584, "×": 0.584, "…": 1.0}
_SIGNS = {
    "-": "−", "*": "×", "/": "÷", "**": "^", "<=": "≤", ">=": "≥", "==": "=", "!=": "≠", "not": "¬",
    "and": "∧", "or": "∨",
}  # fmt: skip
"""Typed operator → the sign that is drawn; another one is drawn as it is typed."""
_DRAWN = {r"\sqrt[3]": "∛", r"\sqrt{": "√", r"\left|": "| |"}
"""Beginning of an operation's LaTeX → the sign that is drawn for it."""


class Name(NamedTuple):
    """A name: its letters, whether it is a single (slanted) letter, and its subscript."""

    letters: str
    slanted: bool
    subscript: str

    @property
    def letters_width(self) -> float:
        """Width of the letters, which the bar above them needs."""
        return _letters_width(self.letters, LETTER * (0.86 if len(self.letters) > 1 else 1.0))

    @property
    def width(self) -> float:
        """Width with the subscript."""
        return self.letters_width + _letters_width(self.subscript, INDEX)


class Number(NamedTuple):
    """A number: its digits with "×10", if it has a power of ten, and the exponent or ""."""

    digits: str
    power: str = ""

    @property
    def width(self) -> float:
        """Width with the exponent."""
        return figures(self.digits) + (figures(self.power, POWER) if self.power else 0.0)

    @property
    def text(self) -> str:
        """The number in a line of text."""
        return f"{self.digits}^{self.power}" if self.power else self.digits


@lru_cache(maxsize=8192)
def name(text: str) -> Name:
    """A name as it is drawn; one that is too long is cut."""
    letters, index = split_name(text)
    for greek in (letters, index):
        if greek in GREEK:
            letters, index = GREEK.get(letters, letters), GREEK.get(index, index)
    found = Name(letters, len(letters) == 1, index)
    while found.width > LONGEST_NAME and max(len(found.letters), len(found.subscript)) > 2:
        if len(found.letters) >= len(found.subscript):
            found = found._replace(letters=found.letters.removesuffix("…")[:-1] + "…")
        else:
            found = found._replace(subscript=found.subscript.removesuffix("…")[:-1] + "…")
    return found


def operation(op: str) -> str:
    """An operation's sign or short name."""
    if op in (INPUT, CONSTANT):
        return op
    primitive = PRIMITIVES[op]
    if primitive.symbol:
        return _SIGNS.get(primitive.symbol, primitive.symbol)
    for start, sign in _DRAWN.items():
        if primitive.latex.startswith(start):
            return sign
    text = primitive.spelling
    return text if len(text) <= 8 else text[:7] + "…"


def number(value: float | None, room: float, given: bool = False) -> Number:
    """A number with five digits, or as many as fit.

    Args:
        value: the value; None, for one that is not computed, gives an empty number.
        room: the largest width.
        given: keeps the short form of a number that was given: 2, not 2.0000.
    """
    if value is None:
        return Number("")
    for digits in (DIGITS, 4, 3, 2, 1):
        found = number_at(value, digits, given)
        if found.width <= room:
            break
    return found


@lru_cache(maxsize=4096)
def number_at(value: float, digits: int, given: bool = False) -> Number:
    """A number with so many significant digits."""
    text = printed(short(value, given, digits))
    mantissa, e, power = text.partition("e")
    return Number(f"{mantissa}×10", power) if e else Number(mantissa)


@lru_cache(maxsize=16384)
def figures(text: str, size: float = TEXT) -> float:
    """Width of digits and signs."""
    return size * sum(_FIGURES.get(character, 0.556) for character in text)


@lru_cache(maxsize=8192)
def _letters_width(text: str, size: float) -> float:
    return size * sum(_letter_width(character) for character in text)


def _letter_width(character: str) -> float:
    if character in "ijlt.,'":
        return 0.33
    if character in "mwMW…":
        return 0.85
    if not character.isascii() and not character.isalpha():
        return 1.0
    if ord(character) > 0x2E80:
        return 1.05
    return 0.66 if character.isupper() else 0.5
