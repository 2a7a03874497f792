"""The timeline: the three sweeps as stretches of one line, and where the telling stands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from adexplain.explanation.stepping import ADJOINT, PRIMAL, TANGENT, Stepping

PARTS = 66
"""Segments of the line; where there are more steps, a segment stands for several."""

TITLES = {PRIMAL: "Primal", TANGENT: "Tangent", ADJOINT: "Adjoint"}


@dataclass(frozen=True)
class Part:
    """One segment of the line: the steps from ``first`` to ``last``."""

    first: int
    last: int
    place: str
    """``done``, ``now`` or ``ahead``."""


@dataclass(frozen=True)
class Track:
    """One sweep's stretch of the line."""

    kind: str
    title: str
    start: int
    count: int
    parts: list[Part]
    position: int | None
    """Where the telling stands within this sweep; None where it stands elsewhere."""


@dataclass(frozen=True)
class Timeline:
    """The whole line."""

    tracks: list[Track]
    step: int | None
    total: int

    @property
    def current(self) -> Track | None:
        """The sweep the current step belongs to."""
        return next((track for track in self.tracks if track.position is not None), None)

    @property
    def back(self) -> int:
        """The step before; from the whole trace, the last one."""
        return self.total if self.step is None else max(self.step - 1, 0)

    @property
    def forward(self) -> int:
        """The step after; from the whole trace, the first one."""
        return 1 if self.step is None else min(self.step + 1, self.total)


def timeline(stepping: Stepping, step: int | None) -> Timeline:
    """The line for a trace told as far as ``step``; None shows the whole."""
    tracks = []
    for kind, count in stepping.counts.items():
        start = stepping.starts[kind]
        inside = step is not None and start < step <= start + count
        position = step - start if inside and step is not None else None
        parts = _parts(start, count, stepping.total, step)
        tracks.append(Track(kind, TITLES[kind], start, count, parts, position))
    return Timeline(tracks, step, stepping.total)


def _parts(start: int, count: int, total: int, step: int | None) -> list[Part]:
    number = count if total <= PARTS else max(1, round(PARTS * count / total))
    number = min(number, count)
    edges = [start + count * k // number for k in range(number + 1)] if number else []
    return [
        Part(before + 1, last, _place(before + 1, last, step)) for before, last in pairwise(edges)
    ]


def _place(first: int, last: int, step: int | None) -> str:
    if step is None or last < step:
        return "done"
    return "now" if first <= step else "ahead"
