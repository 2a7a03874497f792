"""Places labels beside curves, clear of nodes, of other labels and, if possible, of all curves.

For each label, places along its curve are tried, on both sides and at growing distances, and the
one with the lowest cost is taken. There are two rounds, because in the first one the early labels
are placed before the later ones are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from adexplain.graph.curves import Box, Curve, Point

POSITIONS = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9)
DISTANCES = (3.0, 8.0, 16.0)
NODE_COST, LABEL_COST, CURVE_COST, NEAR_COST = 400.0, 300.0, 30.0, 0.7
"""Cost of lying on a node, on another label, on a point of a curve, and near such a point."""
NEAR_DISTANCE = 8.0
"""Distance up to which a point of a curve is near."""
_CELL = 40.0


class Place(NamedTuple):
    """The centre of a label, the cost of the place, and the label's extent."""

    main: float
    cross: float
    cost: float
    length: float
    width: float

    @property
    def box(self) -> Box:
        """Its rectangle."""
        return Box(self.main, self.cross, self.length, self.width)

    @property
    def is_clear(self) -> bool:
        """Whether it lies on no node and no label."""
        return self.cost < LABEL_COST


class Obstacles:
    """The nodes and points of curves that labels should not cover."""

    def __init__(self, boxes: Iterable[Box], lines: Iterable[Curve]) -> None:
        self.boxes: dict[tuple[int, int], list[Box]] = {}
        self.dots: dict[tuple[int, int], list[Point]] = {}
        for box in boxes:
            for cell in _cells(box.main, box.cross, box.length / 2 + 4, box.width / 2 + 4):
                self.boxes.setdefault(cell, []).append(box)
        for line in lines:
            for dot in line.points():
                cell = (int(dot[0] // _CELL), int(dot[1] // _CELL))
                self.dots.setdefault(cell, []).append(dot)

    def cost(self, box: Box, labels: Iterable[Box]) -> float:
        """The cost of a label there, given the labels near it."""
        total = 0.0
        for other in labels:
            if overlap(box, other, 3.0):
                total += LABEL_COST
        main, cross, length, width = box
        half, tall = length / 2 + 2.5, width / 2 + 2.5
        hit: set[Box] = set()
        for cell in _cells(main, cross, half + NEAR_DISTANCE, tall + NEAR_DISTANCE):
            for node in self.boxes.get(cell, ()):
                if overlap(box, node, 2.5):
                    hit.add(node)
            for x, y in self.dots.get(cell, ()):
                off, away = abs(x - main) - half, abs(y - cross) - tall
                if off < NEAR_DISTANCE and away < NEAR_DISTANCE:
                    total += CURVE_COST if off < 0 and away < 0 else NEAR_COST
        return total + NODE_COST * len(hit)


def place_labels(
    curves: Sequence[Curve],
    sizes: Sequence[tuple[float, float]],
    obstacles: Obstacles,
    sides: Sequence[tuple[float, float]],
    placed: Sequence[Box | None] = (),
    preferred_side: int = 0,
    one_at_a_time: bool = False,
) -> list[Place | None]:
    """A place for the label of each curve; None where its size is 0.

    Args:
        curves: the curves, with or without labels.
        sizes: (main, cross) extent of each label.
        obstacles: what to keep clear of.
        sides: per curve, how much room its back curve needs on the lower and the upper side.
        placed: labels that have places already.
        preferred_side: the side to be on, −1 or 1, where both have room; 0 for none.
        one_at_a_time: whether only one of the labels is visible at a time.
    """
    found: list[Place | None] = [None] * len(curves)
    boxes: list[Box | None] = [None] * len(curves)
    labelled = [k for k, size in enumerate(sizes) if size[0]]
    candidates = {k: _candidates(curves[k], sizes[k], sides[k], preferred_side) for k in labelled}
    for second_round in (False, True):
        for k in labelled:
            label = found[k]
            if second_round and (one_at_a_time or label is None or label.cost < CURVE_COST):
                continue
            boxes[k] = None
            others = placed if one_at_a_time else [*boxes, *placed]
            nearby = [box for box in others if box is not None and _near(curves[k], box)]
            label = found[k] = _best(candidates[k], obstacles, nearby)
            boxes[k] = label.box
    return found


def _candidates(
    curve: Curve, size: tuple[float, float], sides: tuple[float, float], preferred_side: int
) -> list[tuple[float, Box]]:
    """Places along a curve with their costs without obstacles, the cheapest first."""
    found = []
    for rank, t in enumerate(POSITIONS):
        (main, cross), (along, across) = curve.at(t)
        for sign, room in ((-1, sides[0]), (1, sides[1])):
            # Move along the normal, far enough for the whole rectangle.
            normal = (-across * sign, along * sign)
            half = (abs(normal[0]) * size[0] + abs(normal[1]) * size[1]) / 2
            for away in DISTANCES:
                reach = away + room + half
                box = Box(main + normal[0] * reach, cross + normal[1] * reach, *size)
                base_cost = away * 1.5 + rank * 0.8 + (sign > 0) * 0.5
                found.append((base_cost + 8.0 * (sign == -preferred_side), box))
    return sorted(found)


def _best(
    candidates: list[tuple[float, Box]], obstacles: Obstacles, labels: Sequence[Box]
) -> Place:
    best: Place | None = None
    for base_cost, box in candidates:
        if best is not None and base_cost >= best.cost:
            break
        cost = base_cost + obstacles.cost(box, labels)
        if best is None or cost < best.cost:
            best = Place(round(box.main, 1), round(box.cross, 1), cost, box.length, box.width)
    assert best is not None
    return best


def overlap(a: Box, b: Box, room: float) -> bool:
    """Whether two rectangles come closer than ``room``."""
    return (
        abs(a.main - b.main) < (a.length + b.length) / 2 + room
        and abs(a.cross - b.cross) < (a.width + b.width) / 2 + room
    )


def _near(curve: Curve, box: Box) -> bool:
    first, last = curve.pieces[0].a[0], curve.pieces[-1].d[0]
    reach = 120 + box.length
    return first - reach < box.main < last + reach


def _cells(main: float, cross: float, half: float, tall: float) -> list[tuple[int, int]]:
    rows = range(int((cross - tall) // _CELL), int((cross + tall) // _CELL) + 1)
    columns = range(int((main - half) // _CELL), int((main + half) // _CELL) + 1)
    return [(column, row) for column in columns for row in rows]
