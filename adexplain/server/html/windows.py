"""Which lines of a long trace a page holds: its ends, and a stretch around where a reader is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

SHOWN = 100
"""Lines of a trace that is shown whole; of a longer one a page holds about as many."""
END = 20
"""Lines at each end of a longer one."""
AROUND = 20
"""Lines on each side of the one a reader looks at."""
AT_ONCE = 50
"""Lines that are opened at once."""
MOST = 300
"""Lines of one stretch that an address opens."""


@dataclass(frozen=True)
class Gap:
    """Lines that are left out, from ``first`` to ``last`` counted from 1, and what opens them."""

    first: int
    last: int
    total: int
    opens: tuple[int, int]
    """The stretch that shows the next of them."""

    @property
    def count(self) -> int:
        """How many of them are shown next."""
        return min(self.last - self.first + 1, AT_ONCE)


def stretches(
    total: int, around: int | None = None, asked: tuple[int, int] | None = None
) -> list[range]:
    """The lines to show, counted from 0, as stretches with gaps between them.

    Args:
        total: how many lines there are.
        around: the line a reader looks at, if any.
        asked: the first and the last line of a stretch to show as well, counted from 1.
    """
    if total <= SHOWN:
        return [range(total)]
    wanted = [range(END), range(total - END, total)]
    if around is not None:
        wanted.append(range(max(around - AROUND, 0), min(around + AROUND + 1, total)))
    if asked is not None:
        first, last = max(asked[0], 1), min(asked[1], asked[0] + MOST - 1, total)
        wanted.append(range(first - 1, max(first - 1, last)))
    merged: list[range] = []
    for stretch in sorted(wanted, key=lambda lines: lines.start):
        if merged and stretch.start <= merged[-1].stop:
            merged[-1] = range(merged[-1].start, max(merged[-1].stop, stretch.stop))
        elif stretch:
            merged.append(stretch)
    return merged


def gaps(shown: list[range], total: int, asked: tuple[int, int] | None = None) -> dict[int, Gap]:
    """The gaps between stretches, by the line that follows each, counted from 0."""
    found = {}
    for before, after in pairwise(shown):
        first, last = before.stop + 1, after.start
        start = first
        # A stretch that was opened grows, as long as an address may hold it.
        if asked is not None and asked[1] == before.stop and first - asked[0] + AT_ONCE <= MOST:
            start = asked[0]
        found[after.start] = Gap(first, last, total, (start, min(last, first + AT_ONCE - 1)))
    return found
