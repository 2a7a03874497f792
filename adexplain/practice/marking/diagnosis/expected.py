"""What a row of a derivation should be."""

from __future__ import annotations

from dataclasses import dataclass

from adexplain.practice.marking.alignment.rows import Row


@dataclass(eq=False)
class Expected:
    """What a row should be, seen from three sides.

    Attributes:
        true: with the right numbers.
        free: the same in directions in which no tangent is 0; None for adjoints.
        own: with the person's own earlier numbers.
        spread: how far the own row may be off because those were rounded.
        tainted: whether an earlier row it depends on is wrong.
        digits, decimals: the most that the work's numbers have; trailing zeros may be left out.
    """

    true: Row
    free: Row | None
    own: Row
    spread: float = 0.0
    tainted: bool = False
    digits: int = 0
    decimals: int = 0
