"""What was asked for last, kept for the next question about it: a drag, a step, more rows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """The values used last, as many as weigh ``limit`` together; a heavier one is not kept."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.weight = 0
        self._kept: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T], weigh: Callable[[T], int]) -> T:
        """The value for ``key``, made where it is not kept; nothing is kept of a failure."""
        known = self._kept.get(key)
        if known is not None:
            self._kept.move_to_end(key)
            return known[0]
        value = make()
        weight = weigh(value)
        if weight <= self.limit:
            self._kept[key] = (value, weight)
            self.weight += weight
            while self.weight > self.limit:
                self.weight -= self._kept.popitem(last=False)[1][1]
        return value
