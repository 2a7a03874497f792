"""Which lines of a long trace a page shows: both ends, and those around the current line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

WHOLE_LIMIT = 100
"""The longest trace, in lines, that is shown whole."""
END_LINES = 20
"""Lines shown at each end of a longer trace."""
CONTEXT_LINES = 20
"""Lines shown on each side of the current line."""
OPENED_LINES = 50
"""Lines that one click on a gap opens."""
RANGE_LIMIT = 300
"""The longest range, in lines, that an address opens."""


@dataclass(frozen=True)
class Gap:
    """Lines that are left out, from ``first`` to ``last`` counted from 1."""

    first: int
    last: int
    total: int
    next_range: tuple[int, int]
    """The range for an address that opens the next of them."""

    @property
    def count(self) -> int:
        """How many lines ``next_range`` opens."""
        return min(self.last - self.first + 1, OPENED_LINES)


def visible_ranges(
    total: int, around: int | None = None, requested: tuple[int, int] | None = None
) -> list[range]:
    """The lines to show, counted from 0, as ranges with gaps between them.

    Args:
        total: how many lines there are.
        around: the current line, counted from 0, if any.
        requested: the first and the last line of a range to show as well, counted from 1.
    """
    if total <= WHOLE_LIMIT:
        return [range(total)]
    ranges = [range(END_LINES), range(total - END_LINES, total)]
    if around is not None:
        ranges.append(range(max(around - CONTEXT_LINES, 0), min(around + CONTEXT_LINES + 1, total)))
    if requested is not None:
        first, last = max(requested[0], 1), min(requested[1], requested[0] + RANGE_LIMIT - 1, total)
        ranges.append(range(first - 1, max(first - 1, last)))
    visible: list[range] = []
    for lines in sorted(ranges, key=lambda lines: lines.start):
        if visible and lines.start <= visible[-1].stop:
            visible[-1] = range(visible[-1].start, max(visible[-1].stop, lines.stop))
        elif lines:
            visible.append(lines)
    return visible


def gaps(
    shown: list[range], total: int, requested: tuple[int, int] | None = None
) -> dict[int, Gap]:
    """The gaps between visible ranges, by the line that follows each, counted from 0."""
    found = {}
    for before, after in pairwise(shown):
        first, last = before.stop + 1, after.start
        start = first
        if requested is not None and requested[1] == before.stop:
            # The range that was opened last grows, up to the limit of an address.
            grown = first - requested[0] + OPENED_LINES
            start = requested[0] if grown <= RANGE_LIMIT else first
        found[after.start] = Gap(first, last, total, (start, min(last, first + OPENED_LINES - 1)))
    return found
