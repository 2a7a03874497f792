"""Building blocks of narration: sentences made of text, formulas and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from adexplain.plain_numbers import printed, short
from adexplain.program import CONSTANT, Program
from adexplain.typeset.formulas import constant_formula, name_latex, name_text

_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
           "tenth")  # fmt: skip
MAX_NAMES = 4
"""Longest list of names in a sentence; of a longer one the end is only counted."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence or of a line of numbers.

    Attributes:
        text: the words; of a formula its LaTeX; of a number all its digits.
        latex: whether it is a formula.
        mark: whether it belongs to the amount that this step computes (highlighted in views).
        value: of a number, its value, for a view to format; None for words and formulas.
        given: of a number, whether it was given rather than computed (shown as 1, not as 1.0000).
        exact: of a number, its exact form as LaTeX, where exact forms are wanted and it is short.
        plain_text: of a formula, how it reads as plain text.
    """

    text: str
    latex: bool = False
    mark: bool = False
    value: float | None = None
    given: bool = False
    exact: str = ""
    plain_text: str = ""

    def plain(self) -> str:
        """As plain text; a number with five significant digits."""
        if self.value is None:
            return self.plain_text or self.text
        return printed(short(self.value, self.given))


Parts = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Narration:
    """One step in words.

    Attributes:
        label: its sweep and number, such as "Adjoint sweep, step 5 of 11".
        sentence: what happens.
        why: the table's sentence on the primitive, with this row's names; empty for a seed.
        rule: the general rule as LaTeX, in terms of z, a, b, c; "" for a seed.
        names: the rule with this row's names, as LaTeX.
        names_text: the rule with this row's names, as plain text.
        numbers: the rule with this row's numbers; the amount of this step is marked.
        amount: the number this step computes.
        total: the number in the table after this step; of an adjoint, the sum so far.
        note: what is doubtful or special here, or "".
    """

    label: str
    sentence: Parts
    why: Parts
    rule: str
    names: str
    names_text: str
    numbers: Parts
    amount: float
    total: float
    note: str

    def plain(self) -> str:
        """Label, sentence, calculation and note as one line of text."""
        line = f"{self.label}: {plain_text(self.sentence)} {self.calculation()}."
        return f"{line} {self.note}" if self.note else line

    def calculation(self) -> str:
        """The rule with names and with numbers: ``v4 = v1 − v3: 3.0000 − 1.6487 = 1.3513``."""
        numbers = plain_text(self.numbers)
        if self.names_text.endswith(f"= {numbers}"):  # v̇3 = 0 needs no ": 0"
            return self.names_text
        return f"{self.names_text}: {numbers}"


def plain_text(parts: Iterable[Part]) -> str:
    """Parts as one string, formulas and numbers as plain text."""
    return "".join(part.plain() for part in parts)


def number(value: float, given: bool = False, mark: bool = False, exact: str = "") -> Part:
    """A number as a part of a sentence."""
    return Part(repr(value).removesuffix(".0"), value=value, given=given, mark=mark, exact=exact)


def in_brackets(item: Part, first: bool = False) -> list[Part]:
    """A number as a factor or term, in brackets if an exact sum, or if negative and not first."""
    negative = item.value is not None and item.value < 0 and not first
    total = any(sign in item.exact for sign in (" + ", " - "))
    return [Part("("), item, Part(")")] if negative or total else [item]


def marked(parts: Iterable[Part]) -> Parts:
    """The same parts, marked as the amount that a step computes."""
    return tuple(replace(part, mark=True) for part in parts)


def formula(latex: str, text: str) -> Part:
    """A formula and how it reads as text."""
    return Part(latex, latex=True, plain_text=text)


def named(program: Program, slot: int, accent: str = "") -> Part:
    """A slot by its name, plain, with a dot or with a bar; a constant as it was typed."""
    name = program.names[slot]
    if program.ops[slot] is CONSTANT:
        latex = constant_formula(program.constants[slot]).latex
        text = name_text(name, accent).replace("-", "−")
        return formula(rf"\{accent}{{{latex}}}" if accent else latex, text)
    return formula(name_latex(name, accent), name_text(name, accent))


Piece = str | Part | Sequence["Piece"]
"""An argument of ``sentence``: words, a part, or a sequence of pieces."""


def sentence(*pieces: Piece) -> Parts:
    """Parts from words, formulas and sequences of either; neighbouring words become one part."""
    flat: list[Part] = []
    for part in _parts(pieces):
        last = flat[-1] if flat else None
        if last is not None and _is_plain_words(last) and _is_plain_words(part):
            flat[-1] = Part(last.text + part.text)
        elif part.text:
            flat.append(part)
    return tuple(flat)


def _parts(pieces: Sequence[Piece]) -> Iterator[Part]:
    for piece in pieces:
        if isinstance(piece, str):
            yield Part(piece)
        elif isinstance(piece, Part):
            yield piece
        else:
            yield from _parts(piece)


def _is_plain_words(part: Part) -> bool:
    return not part.latex and not part.mark and part.value is None


def listed(items: Sequence[Part], word: str = "and") -> Parts:
    """``x``, ``x and y``, ``x, y and z``; of many the first few and how many more there are."""
    if len(items) > MAX_NAMES:
        rest = f" and {count_word(len(items) - MAX_NAMES + 1)} more"
        return sentence(_with_commas(items[: MAX_NAMES - 1]), rest)
    if len(items) == 1:
        return (items[0],)
    return sentence(_with_commas(items[:-1]), f" {word} ", items[-1])


def _with_commas(items: Sequence[Part]) -> Parts:
    pieces = [piece for item in items for piece in (", ", item)]
    return sentence(*pieces[1:])


def count_word(count: int) -> str:
    """A number of things: in words up to ten."""
    return _COUNTS[count] if count < len(_COUNTS) else f"{count:,}"


def times_word(count: int) -> str:
    """How often: once, twice, three times."""
    return {1: "once", 2: "twice"}.get(count) or f"{count_word(count)} times"


def place_word(place: int) -> str:
    """Which of several, from 1: first, second, 11th, 21st."""
    if place <= len(_PLACES):
        return _PLACES[place - 1]
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10)
    return f"{place:,}{ending or 'th'}"
