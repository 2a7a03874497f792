"""A limit on the operations spent on explaining the mistakes of a work.

Operations are counted instead of timed, so that every machine gives the same explanations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from adexplain import budgets

T = TypeVar("T")

SHARE = 8
"""One search may use at most 1/SHARE of all operations, so that a long row leaves some over."""


class Effort:
    """The operations that may still be spent.

    Attributes:
        remaining: operations that may still be computed.
        spent: operations computed so far.
        search_limit: operations that one search may compute.
        cut: whether the last search was cut off by the limit.
    """

    def __init__(self, operations: int | None = None) -> None:
        self.remaining = budgets.WORK_OPERATIONS if operations is None else operations
        self.search_limit = max(self.remaining // SHARE, 1)
        self.spent = 0
        self.cut = False

    def allows(self, cost: int) -> bool:
        """Whether ``cost`` operations may be computed; if so, count them as spent."""
        if cost > self.remaining:
            self.cut = True
            return False
        self.remaining -= cost
        self.spent += cost
        return True

    def limited(self, guesses: Iterable[T], cost: int) -> Iterator[T]:
        """The guesses, up to the limit; ``cost`` is the number of operations of one guess."""
        remaining = self.search_limit
        for guess in guesses:
            remaining -= cost
            if remaining < 0 or not self.allows(cost):
                self.cut = True
                return
            yield guess
