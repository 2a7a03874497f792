"""The timeline: the sweeps of a trace as consecutive tracks, with the current step."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from adexplain.explanation.stepping import ADJOINT, PRIMAL, TANGENT, Stepping

MAX_SEGMENTS = 66
"""The most segments of the line; with more steps than that, a segment covers several."""

TITLES = {PRIMAL: "Primal", TANGENT: "Tangent", ADJOINT: "Adjoint"}


@dataclass(frozen=True)
class Segment:
    """One segment of the line: the steps from ``first`` to ``last``."""

    first: int
    last: int
    status: str
    """``done``, ``now`` or ``ahead``."""


@dataclass(frozen=True)
class Track:
    """The part of the line that belongs to one sweep; ``start`` steps come before it."""

    kind: str
    title: str
    start: int
    count: int
    segments: list[Segment]
    position: int | None
    """The number of the current step within this sweep; None where it is in another."""


@dataclass(frozen=True)
class Timeline:
    """The whole line."""

    tracks: list[Track]
    step: int | None
    total: int

    @property
    def current(self) -> Track | None:
        """The track of the current step."""
        return next((track for track in self.tracks if track.position is not None), None)

    @property
    def back(self) -> int:
        """The previous step; the last one where the whole trace is shown."""
        return self.total if self.step is None else max(self.step - 1, 0)

    @property
    def forward(self) -> int:
        """The next step; the first one where the whole trace is shown."""
        return 1 if self.step is None else min(self.step + 1, self.total)


def timeline(stepping: Stepping, step: int | None) -> Timeline:
    """The timeline of a trace that is shown up to ``step``; None stands for the whole trace."""
    tracks = []
    for kind, count in stepping.counts.items():
        start = stepping.starts[kind]
        inside = step is not None and start < step <= start + count
        position = step - start if inside and step is not None else None
        segments = _segments(start, count, stepping.total, step)
        tracks.append(Track(kind, TITLES[kind], start, count, segments, position))
    return Timeline(tracks, step, stepping.total)


def _segments(start: int, count: int, total: int, step: int | None) -> list[Segment]:
    number = count if total <= MAX_SEGMENTS else max(1, round(MAX_SEGMENTS * count / total))
    number = min(number, count)
    edges = [start + count * k // number for k in range(number + 1)] if number else []
    return [
        Segment(before + 1, last, _status(before + 1, last, step))
        for before, last in pairwise(edges)
    ]


def _status(first: int, last: int, step: int | None) -> str:
    if step is None or last < step:
        return "done"
    return "now" if first <= step else "ahead"
