"""Labels beside curves, clear of nodes, of other labels and, where there is room, of all curves.

Each label tries places along its curve, on both sides and at growing distances, and takes the
cheapest; all of them go round twice, because the first ones did not know of the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from adexplain.graph.curves import Box, Curve, Point

ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9)
AWAY = (3.0, 8.0, 16.0)
NODE, LABEL, CURVE, CLOSE = 400.0, 300.0, 30.0, 0.7
"""What it costs to lie on a node, on another label, on a point of a curve, and close to one."""
WIDER = 8.0
"""What close means."""
_CELL = 40.0


class Place(NamedTuple):
    """Where a label's centre is, what the place costs, and how big the label is."""

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
    def clear(self) -> bool:
        """Whether it lies on no node and no label."""
        return self.cost < LABEL


class Ground:
    """What is taken already: nodes, points of curves, labels."""

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
        """What it costs to put a label there."""
        total = 0.0
        for label in labels:
            if overlap(box, label, 3.0):
                total += LABEL
        main, cross, length, width = box
        half, tall = length / 2 + 2.5, width / 2 + 2.5
        hit: set[Box] = set()
        for cell in _cells(main, cross, half + WIDER, tall + WIDER):
            for node in self.boxes.get(cell, ()):
                if overlap(box, node, 2.5):
                    hit.add(node)
            for x, y in self.dots.get(cell, ()):
                off, away = abs(x - main) - half, abs(y - cross) - tall
                if off < WIDER and away < WIDER:
                    total += CURVE if off < 0 and away < 0 else CLOSE
        return total + NODE * len(hit)


def place(
    curves: Sequence[Curve],
    sizes: Sequence[tuple[float, float]],
    ground: Ground,
    sides: Sequence[tuple[float, float]],
    taken: Sequence[Box | None] = (),
    prefer: int = 0,
    alone: bool = False,
) -> list[Place | None]:
    """A place for the label of each curve; None where its size is 0.

    Args:
        curves: the curves, labelled ones or not.
        sizes: (main, cross) extent of each label.
        ground: what to keep clear of.
        sides: per curve, how much room its companion needs on the lower and the upper side.
        taken: labels that stand already.
        prefer: the side to be on, −1 or 1, where both have room.
        alone: whether only one of the labels is seen at a time.
    """
    found: list[Place | None] = [None] * len(curves)
    boxes: list[Box | None] = [None] * len(curves)
    labelled = [k for k, size in enumerate(sizes) if size[0]]
    tries = {k: _candidates(curves[k], sizes[k], sides[k], prefer) for k in labelled}
    for again in (False, True):
        for k in labelled:
            spot = found[k]
            if again and (alone or spot is None or spot.cost < CURVE):
                continue
            boxes[k] = None
            stand = taken if alone else [*boxes, *taken]
            near = [box for box in stand if box is not None and _near(curves[k], box)]
            spot = found[k] = _best(tries[k], ground, near)
            boxes[k] = spot.box
    return found


def _candidates(
    curve: Curve, size: tuple[float, float], sides: tuple[float, float], prefer: int
) -> list[tuple[float, Box]]:
    """Places along a curve with what they cost on empty ground, the cheapest first."""
    found = []
    for turn, t in enumerate(ALONG):
        (main, cross), (along, across) = curve.at(t)
        for sign, room in ((-1, sides[0]), (1, sides[1])):
            # To the side: along the normal, far enough for the whole rectangle.
            normal = (-across * sign, along * sign)
            half = (abs(normal[0]) * size[0] + abs(normal[1]) * size[1]) / 2
            for away in AWAY:
                reach = away + room + half
                box = Box(main + normal[0] * reach, cross + normal[1] * reach, *size)
                price = away * 1.5 + turn * 0.8 + (sign > 0) * 0.5
                found.append((price + 8.0 * (sign == -prefer), box))
    return sorted(found)


def _best(candidates: list[tuple[float, Box]], ground: Ground, labels: Sequence[Box]) -> Place:
    best: Place | None = None
    for price, box in candidates:
        if best is not None and price >= best.cost:
            break
        cost = price + ground.cost(box, labels)
        if best is None or cost < best.cost:
            best = Place(round(box.main, 1), round(box.cross, 1), cost, box.length, box.width)
    assert best is not None
    return best


def overlap(one: Box, other: Box, room: float) -> bool:
    """Whether two rectangles come closer than ``room``."""
    return (
        abs(one.main - other.main) < (one.length + other.length) / 2 + room
        and abs(one.cross - other.cross) < (one.width + other.width) / 2 + room
    )


def _near(curve: Curve, box: Box) -> bool:
    first, last = curve.pieces[0].a[0], curve.pieces[-1].d[0]
    reach = 120 + box.length
    return first - reach < box.main < last + reach


def _cells(main: float, cross: float, half: float, tall: float) -> list[tuple[int, int]]:
    rows = range(int((cross - tall) // _CELL), int((cross + tall) // _CELL) + 1)
    columns = range(int((main - half) // _CELL), int((main + half) // _CELL) + 1)
    return [(column, row) for column in columns for row in rows]
