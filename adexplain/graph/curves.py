"""Edges as curves between ports: a forward curve, and beside it a back curve for the adjoints.

Coordinates are (main, cross): the layers of the graph follow one another along *main*. Every curve
begins and ends parallel to main, so arrowheads need no angle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

ARROW = 7.0
"""Length of an arrowhead."""
BACK_OFFSET = 7.0
"""Distance between a forward curve and its back curve."""
CLEARANCE = 11.0
"""Distance of a curve from the nodes it passes."""
MIN_SAMPLES = 8
"""Fewest sample points on one piece of a curve, for tests of what it touches."""

Point = tuple[float, float]
Lanes = Sequence[tuple[Point, ...]]


class Box(NamedTuple):
    """A rectangle by its centre and extent."""

    main: float
    cross: float
    length: float
    width: float

    @property
    def start(self) -> float:
        """Where it begins along main."""
        return self.main - self.length / 2

    @property
    def end(self) -> float:
        """Where it ends along main."""
        return self.main + self.length / 2


class Piece(NamedTuple):
    """One cubic: two ends and two control points."""

    a: Point
    b: Point
    c: Point
    d: Point

    def at(self, t: float) -> Point:
        """The point at a parameter from 0 to 1."""
        s = 1 - t
        p, q, r, u = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self
        return p * ax + q * bx + r * cx + u * dx, p * ay + q * by + r * cy + u * dy


class Curve(NamedTuple):
    """An edge: its pieces from source to target."""

    pieces: tuple[Piece, ...]

    def points(self) -> list[Point]:
        """Sample points, evenly spaced in the parameter of each piece."""
        found = [self.pieces[0].a]
        for piece in self.pieces:
            steps = max(MIN_SAMPLES, int((piece.d[0] - piece.a[0]) / 12))
            found += [piece.at(k / steps) for k in range(1, steps + 1)]
        return found

    def at(self, t: float) -> tuple[Point, Point]:
        """The point at a fraction ``t`` of the extent along main, and the unit direction there."""
        first, last = self.pieces[0].a[0], self.pieces[-1].d[0]
        main = first + t * (last - first)
        piece = next((p for p in self.pieces if main <= p.d[0]), self.pieces[-1])
        low, high = 0.0, 1.0
        for _ in range(12):
            middle = (low + high) / 2
            low, high = (middle, high) if piece.at(middle)[0] < main else (low, middle)
        point, ahead = piece.at(low), piece.at(min(1.0, low + 0.02))
        if ahead == point:
            ahead = (point[0] + 1.0, point[1])
        length = math.dist(point, ahead)
        return point, ((ahead[0] - point[0]) / length, (ahead[1] - point[1]) / length)


def curves(
    boxes: Sequence[Box], pairs: Sequence[tuple[int, int]], lanes: Lanes, apart: float, side: int
) -> tuple[list[Curve], list[Curve]]:
    """The forward curves and the back curves of all edges.

    Args:
        boxes: the nodes.
        pairs: source and target of each edge.
        lanes: per edge the polyline of the layout; empty for an edge that is drawn otherwise.
        apart: distance between the ports of a node.
        side: where the back curves run, 1 or −1 along cross.
    """
    ports = _Ports(boxes, pairs, lanes, apart)
    passed_lanes = [
        _passed_lanes(boxes, pair, lanes[k]) if lanes[k] else [] for k, pair in enumerate(pairs)
    ]
    forward, back = [], []
    for k, lanes_passed in enumerate(passed_lanes):
        start, end = ports.out(k), ports.into(k)
        forward.append(_forward_curve(boxes, pairs[k], start, end, lanes_passed, side))
        back.append(_back_curve(forward[-1], side * BACK_OFFSET))
    return forward, back


class _Ports:
    """Where edges leave and enter nodes: sorted by where they lead, so that few cross."""

    def __init__(
        self,
        boxes: Sequence[Box],
        pairs: Sequence[tuple[int, int]],
        lanes: Lanes,
        apart: float,
    ) -> None:
        leaving: list[list[tuple[float, int]]] = [[] for _ in boxes]
        arriving: list[list[tuple[float, int]]] = [[] for _ in boxes]
        self.start: dict[int, Point] = {}
        self.end: dict[int, Point] = {}
        for k, (source, target) in enumerate(pairs):
            if not lanes[k]:
                self.start[k] = self.end[k] = (boxes[source].main, boxes[source].cross)
                continue
            inner = lanes[k][1:-1]
            near, far = (inner[0][1], inner[-1][1]) if inner else (None, None)
            leaving[source].append((boxes[target].cross if near is None else near, k))
            arriving[target].append((boxes[source].cross if far is None else far, k))
        for node, box in enumerate(boxes):
            for k, cross in _ports_on_side(leaving[node], box, apart):
                self.start[k] = (box.end, cross)
            for k, cross in _ports_on_side(arriving[node], box, apart):
                self.end[k] = (box.start, cross)

    def out(self, edge: int) -> Point:
        """Where an edge leaves."""
        return self.start[edge]

    def into(self, edge: int) -> Point:
        """Where an edge arrives."""
        return self.end[edge]


def _ports_on_side(
    edges: list[tuple[float, int]], box: Box, spacing: float
) -> list[tuple[int, float]]:
    """Ports along a side of a box, as (edge, cross), in the order of the edges' other ends."""
    count = len(edges)
    step = min(spacing, (box.width - 20) / (count - 1)) if count > 1 else 0.0
    first = box.cross - step * (count - 1) / 2
    return [(k, round(first + step * n, 1)) for n, (_, k) in enumerate(sorted(edges))]


class _Lane(NamedTuple):
    """A stretch along main on which a long edge passes a layer."""

    start: float
    end: float
    cross: float


def _passed_lanes(
    boxes: Sequence[Box], pair: tuple[int, int], lane: tuple[Point, ...]
) -> list[_Lane]:
    """A lane for each layer that an edge passes between its ends."""
    source, target = boxes[pair[0]], boxes[pair[1]]
    passed: dict[float, tuple[float, float]] = {}
    for box in boxes:
        if source.end < box.main < target.start:
            start, end = passed.get(box.main, (box.start, box.end))
            passed[box.main] = (min(start, box.start), max(end, box.end))
    return [_Lane(*passed[main], _cross_at(lane, main)) for main in sorted(passed)]


def _cross_at(lane: tuple[Point, ...], main: float) -> float:
    """The cross coordinate of a polyline at a main coordinate."""
    for (m0, c0), (m1, c1) in pairwise(lane):
        if m0 <= main <= m1 and m1 > m0:
            return c0 + (c1 - c0) * (main - m0) / (m1 - m0)
    return lane[-1][1]


def _forward_curve(
    boxes: Sequence[Box],
    pair: tuple[int, int],
    start: Point,
    end: Point,
    lanes_passed: list[_Lane],
    side: int,
) -> Curve:
    """A single curve from port to port if it touches no box, else one through the lanes."""
    others = [box for k, box in enumerate(boxes) if k not in pair]
    direct = Curve((_s_curve(start, end),))
    if not lanes_passed or _is_clear(direct, others, side):
        return direct
    pieces = []
    start_point = start
    for lane in lanes_passed:
        cross = _move_lane_clear(lane, others, side)
        entry, exit_point = (lane.start - 2, cross), (lane.end + 2, cross)
        pieces += [_s_curve(start_point, entry), _s_curve(entry, exit_point)]
        start_point = exit_point
    return Curve((*pieces, _s_curve(start_point, end)))


def straight_line(source: Box, target: Box) -> Curve:
    """The line between a constant and its row, along cross, from border to border."""
    down = math.copysign(1.0, target.cross - source.cross)
    start = (source.main, source.cross + down * source.width / 2)
    end = (source.main, target.cross - down * target.width / 2)
    return Curve((Piece(start, start, end, end),))


def _s_curve(start: Point, end: Point) -> Piece:
    reach = (end[0] - start[0]) / 2
    return Piece(start, (start[0] + reach, start[1]), (end[0] - reach, end[1]), end)


def _is_clear(curve: Curve, boxes: Sequence[Box], side: int) -> bool:
    """Whether a curve and its back curve keep clear of all boxes."""
    extra = BACK_OFFSET * side
    for main, cross in curve.points()[1:-1]:
        for box in boxes:
            if box.start - 4 < main < box.end + 4:
                low, high = sorted((cross, cross + extra))
                if (
                    low - CLEARANCE < box.cross + box.width / 2
                    and high + CLEARANCE > box.cross - box.width / 2
                ):
                    return False
    return True


def _move_lane_clear(lane: _Lane, boxes: Sequence[Box], side: int) -> float:
    """The cross coordinate of a lane, moved off the boxes it would touch."""
    cross = lane.cross
    for box in sorted(boxes, key=lambda box: box.cross):
        if box.end <= lane.start or box.start >= lane.end:
            continue
        distance = cross - box.cross
        room = box.width / 2 + CLEARANCE + (BACK_OFFSET if (distance < 0) == (side > 0) else 0.0)
        if abs(distance) < room:
            cross = box.cross + math.copysign(room, distance)
    return round(cross, 1)


def _back_curve(curve: Curve, offset: float) -> Curve:
    """The curve moved along cross; steep parts also move along main, so the gap stays even."""
    pieces = []
    for piece in curve.pieces:
        reach, rise = piece.d[0] - piece.a[0], piece.d[1] - piece.a[1]
        slant = math.hypot(0.75 * reach, 1.5 * rise)
        shift = offset * (0.75 * reach - slant) / (1.125 * rise) if abs(rise) > 1e-9 else 0.0
        shift = max(-reach / 2, min(reach / 2, shift))
        a, b, c, d = ((main, cross + offset) for main, cross in piece)
        pieces.append(Piece(a, (b[0] + shift, b[1]), (c[0] + shift, c[1]), d))
    return Curve(tuple(pieces))
