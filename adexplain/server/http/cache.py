"""A cache of recent results, for a page that asks for much about one function in a row."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class RecentCache(Generic[T]):
    """A least-recently-used cache bounded by weight.

    The values it holds weigh at most ``limit`` together; a heavier value is never kept.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.weight = 0
        self._entries: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T], weigh: Callable[[T], int]) -> T:
        """The value for ``key``, from the cache or from ``make``; an exception is not cached."""
        cached = self._entries.get(key)
        if cached is not None:
            self._entries.move_to_end(key)
            return cached[0]
        value = make()
        weight = weigh(value)
        if weight <= self.limit:
            self._entries[key] = (value, weight)
            self.weight += weight
            while self.weight > self.limit:
                self.weight -= self._entries.popitem(last=False)[1][1]
        return value
