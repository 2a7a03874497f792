"""Timing of calls against one another, on a machine that may be busy with other work.

The contestants take turns, a short batch each, so that other work slows them alike. A ratio is the
median of the ratios within one turn, not the ratio of two medians. The garbage collector stays on,
so that its time counts, as in real use.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat

BATCH_SECONDS = 0.002


@dataclass(frozen=True)
class Result:
    """Seconds of one call, and their ratio to those of the first contestant."""

    seconds: float
    ratio: float


def compare(
    contestants: Sequence[tuple[Callable[..., object], tuple[object, ...]]], turns: int
) -> list[Result]:
    """Time calls against one another. The first contestant is the one the ratios refer to."""
    counts = [_batch(*contestant) for contestant in contestants]
    times: list[list[float]] = [[] for _ in contestants]
    for _ in range(turns):
        for (function, arguments), count, found in zip(contestants, counts, times, strict=True):
            found.append(_time(function, arguments, count))
    return [
        Result(
            statistics.median(found),
            statistics.median(a / b for a, b in zip(found, times[0], strict=True)),
        )
        for found in times
    ]


def _time(function: Callable[..., object], arguments: tuple[object, ...], count: int) -> float:
    turns = repeat(None, count)
    start = time.perf_counter()
    for _ in turns:
        function(*arguments)
    return (time.perf_counter() - start) / count


def _batch(function: Callable[..., object], arguments: tuple[object, ...]) -> int:
    """How many calls fill a batch. It is found by calling, which also warms up."""
    count = 1
    while True:
        seconds = _time(function, arguments, count) * count
        if seconds > BATCH_SECONDS:
            return count
        count = max(count + 1, min(10 * count, int(count * BATCH_SECONDS / max(seconds, 1e-9)) + 1))
