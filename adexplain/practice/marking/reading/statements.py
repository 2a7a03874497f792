"""What a work says: statements such as ``v̇6 = v̇5·v4 + v̇4·v5 = 3.0118``."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import cached_property

from adexplain.errors import InputError, Span
from adexplain.language import parse
from adexplain.practice.equality import Given, read_number
from adexplain.practice.marking.reading.notation import Atom, Formula, Names, formula
from adexplain.practice.marking.reading.sourced import Sourced
from adexplain.program import Program

_ENDING = re.compile(r"(?:…|\.\.\.)$")
_COMMA = re.compile(r"[+-]?\d+,\d+")


@dataclass(eq=False)
class Side:
    """One side of a statement: a formula, or a number."""

    source: Sourced
    names: Names

    @cached_property
    def formula(self) -> Formula:
        """The formula in the product's language."""
        return formula(self.source, self.names)

    @cached_property
    def program(self) -> Program:
        """The formula as a program; its inputs are the keys of its atoms.

        Raises:
            InputError: it cannot be read; the span is within the work.
        """
        written = self.formula
        try:
            program = parse(written.text)
        except InputError as error:
            raise InputError(
                _as_typed(error.message, written),
                written.source.typed(error.span),
                _as_typed(error.hint, written),
            ) from error
        if len(program.outputs) != 1:
            message = "This is a list, where one value should stand."
            raise InputError(message, self.span, "Write one statement for each.")
        return program

    @cached_property
    def number(self) -> Given | None:
        """The number it is, with the digits given; None where it is a formula."""
        text = _ENDING.sub("", self.source.text.strip())
        if _COMMA.fullmatch(text):
            return read_number(text)
        try:
            return read_number(text)
        except InputError:
            if self.program.inputs:
                return None
        return read_number(self.formula.text)

    @property
    def span(self) -> Span:
        """Where it was typed."""
        return self.source.span

    @property
    def typed(self) -> str:
        """What it says, with each quantity by one name."""
        text = self.formula.text
        for key, atom in sorted(self.formula.atoms.items(), key=lambda item: -len(item[0])):
            text = re.sub(rf"(?<!\w){re.escape(key)}(?!\w)", atom.told(), text)
        return text

    @cached_property
    def atoms(self) -> dict[str, Atom]:
        """The quantities it speaks of, by the input of its program."""
        known = self.formula.atoms
        return {
            key: known.get(key) or Atom("", self.names.find(key))
            for key in self.program.input_names
        }

    def spread(self) -> float:
        """How many digits its decimals have, as a relative error: 0.1411·v4 is known to 3e-4."""
        widest = 0.0
        for constant in self.program.constants.values():
            if "." in constant.text and not constant.symbol:
                given = read_number(constant.text)
                # 0.5 and 1.5 may well be just that.
                if given.digits >= 3 and given.value and math.isfinite(given.value):
                    widest += given.unit / abs(given.value)
        return widest


def _as_typed(text: str, written: Formula) -> str:
    for key, atom in written.atoms.items():
        text = text.replace(f"`{key}`", f"`{atom.told()}`")
    return text


@dataclass(eq=False)
class Statement:
    """One statement of a work.

    Attributes:
        line: its line, from 1.
        target: what it gives a value to; None for a derivative that stands alone.
        adds: whether it says ``+=``.
        sides: what stands right of the signs, in order.
        span: where it was typed.
        table: whether it comes out of a table.
        running: the sum so far, where a table has a column for it.
        position: its place among the statements.
        text: as it was typed.
        asked: what it gives a value to by the person's name, where ``target`` has ours.
    """

    line: int
    target: Atom
    adds: bool
    sides: list[Side]
    span: Span
    table: bool = False
    running: Side | None = None
    position: int = 0
    text: str = ""
    asked: Atom | None = None

    @property
    def formulas(self) -> list[Side]:
        """The sides that are formulas."""
        return [side for side in self.sides if side.number is None]

    @property
    def numbers(self) -> list[Side]:
        """The sides that are numbers."""
        return [side for side in self.sides if side.number is not None]

    def of(self, target: Atom) -> Statement:
        """The same said of another quantity, or of this one by another name."""
        return replace(self, target=target, asked=self.asked or self.target)
