"""What of a trace is left for a student to write."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Blank:
    """A sheet on which numbers, and perhaps operations, are still to be written.

    Attributes:
        numbers: whether numbers and rules are given.
        operations: whether the operations of the rows are given.
    """

    numbers: bool = False
    operations: bool = True

    def number(self, written: str, room: str) -> str:
        """What stands where a number or a rule does: itself, or room for it."""
        return written if self.numbers else room

    def operation(self, written: str, room: str) -> str:
        """What stands where an operation does: itself, or room for it."""
        return written if self.operations else room


SOLVED = Blank(numbers=True)
"""Nothing is left to write."""
