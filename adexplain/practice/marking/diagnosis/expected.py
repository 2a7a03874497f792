"""What a row of a work should be."""

from __future__ import annotations

from dataclasses import dataclass

from adexplain.practice.marking.alignment.rows import Row


@dataclass(eq=False)
class Expected:
    """What a row should be.

    Attributes:
        true: the row with the true numbers.
        generic: the row in directions in which no tangent is 0; None for adjoints.
        student: the row with the student's earlier numbers.
        spread: how far ``student`` may be off because those numbers were rounded.
        tainted: whether it depends on an earlier mistake.
        digits, decimals: the most digits and decimals of numbers in the work.
    """

    true: Row
    generic: Row | None
    student: Row
    spread: float = 0.0
    tainted: bool = False
    digits: int = 0
    decimals: int = 0
