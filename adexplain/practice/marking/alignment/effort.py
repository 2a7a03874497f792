"""How much is spent on explaining the mistakes of one work: counted, so that it is the same on
every machine and for everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from adexplain import budgets

T = TypeVar("T")

SHARE = 8
"""One search may take this part of the whole, so that one long row leaves something for others."""


class Effort:
    """What may still be spent.

    Attributes:
        left: operations that may still be computed.
        spent: operations that were.
        cut: whether the last search ended because nothing was left.
    """

    def __init__(self, left: int | None = None) -> None:
        self.left = budgets.WORK_OPERATIONS if left is None else left
        self.most = max(self.left // SHARE, 1)
        self.spent = 0
        self.cut = False

    def allows(self, cost: int) -> bool:
        """Whether some operations may be computed; then they count as spent."""
        if cost > self.left:
            self.cut = True
            return False
        self.left -= cost
        self.spent += cost
        return True

    def limited(self, found: Iterable[T], cost: int) -> Iterator[T]:
        """As many of some guesses as there is something left for, each of which costs as much."""
        most = self.most
        for one in found:
            most -= cost
            if most < 0 or not self.allows(cost):
                self.cut = True
                return
            yield one
