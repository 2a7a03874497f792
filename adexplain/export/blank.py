"""Which parts of a printed trace are left blank for a student to fill in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Blank:
    """Which parts of a sheet are printed; the others are blank.

    Attributes:
        numbers: whether numbers and rules are printed.
        operations: whether the operations of the rows are printed.
    """

    numbers: bool = False
    operations: bool = True

    def number(self, written: str, room: str) -> str:
        """A number or a rule, or the room to write it."""
        return written if self.numbers else room

    def operation(self, written: str, room: str) -> str:
        """An operation, or the room to write it."""
        return written if self.operations else room


SOLVED = Blank(numbers=True)
"""Everything is printed."""
