"""Statements of a work, such as ``v̇6 = v̇5·v4 + v̇4·v5 = 3.0118``, and their sides."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import cached_property

from adexplain.errors import InputError, Span
from adexplain.language import parse
from adexplain.practice.equality import WrittenNumber, read_number
from adexplain.practice.marking.reading.notation import Atom, Formula, Names, formula
from adexplain.practice.marking.reading.source_map import MappedText
from adexplain.program import Program

_ELLIPSIS = re.compile(r"(?:…|\.\.\.)$")
_COMMA = re.compile(r"[+-]?\d+,\d+")


@dataclass(eq=False)
class Side:
    """One right-hand side of a statement: a formula or a number."""

    source: MappedText
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
                _in_written_names(error.message, written),
                written.source.original_span(error.span),
                _in_written_names(error.hint, written),
            ) from error
        if len(program.outputs) != 1:
            message = "This is a list, where one value should stand."
            raise InputError(message, self.span, "Write one statement for each.")
        return program

    @cached_property
    def number(self) -> WrittenNumber | None:
        """The number with the digits written; None if the side is a formula."""
        text = _ELLIPSIS.sub("", self.source.text.strip())
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
        """Its span in the work."""
        return self.source.span

    @cached_property
    def atoms(self) -> dict[str, Atom]:
        """The quantities in it, by the inputs of its program."""
        known = self.formula.atoms
        return {
            key: known.get(key) or Atom("", self.names.find(key))
            for key in self.program.input_names
        }

    def relative_error(self) -> float:
        """The relative error from the rounding of its decimals: of 0.1411·v4 it is 7e-4."""
        total = 0.0
        for constant in self.program.constants.values():
            if "." in constant.text and not constant.symbol:
                given = read_number(constant.text)
                # Numbers with fewer digits, such as 0.5, are taken to be exact.
                if given.digits >= 3 and given.value and math.isfinite(given.value):
                    total += given.unit / abs(given.value)
        return total


def _in_written_names(text: str, written: Formula) -> str:
    for key, atom in written.atoms.items():
        text = text.replace(f"`{key}`", f"`{atom.text}`")
    return text


@dataclass(eq=False)
class Statement:
    """One statement of a work.

    Attributes:
        line: its line, from 1.
        target: the quantity it gives a value to.
        adds: whether it adds to the target (``+=``).
        sides: the right-hand sides, in order.
        span: its span in the work.
        table: whether it comes from a table.
        running: the sum so far, if a table has a column for it.
        position: its place among the statements.
        text: the statement as typed.
        written_target: the target by the name the student uses, if ``target`` has another name.
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
    written_target: Atom | None = None

    @property
    def formulas(self) -> list[Side]:
        """The sides that are formulas."""
        return [side for side in self.sides if side.number is None]

    @property
    def numbers(self) -> list[Side]:
        """The sides that are numbers."""
        return [side for side in self.sides if side.number is not None]

    def with_target(self, target: Atom) -> Statement:
        """The statement about another quantity, or about the same one by another name."""
        return replace(self, target=target, written_target=self.written_target or self.target)
