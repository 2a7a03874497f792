"""Boxes, curves and labels of one structure, for one distance between its layers.

Everything is in (main, cross) coordinates; constants hang at the rows that use them and are no
affair of the layout's.
"""

from __future__ import annotations

from typing import NamedTuple

from adexplain.graph.curves import Box, Curve, Point, curves, straight
from adexplain.graph.labels import Ground, Place, place
from adexplain.graph.layout import Layout, layout

STEEPEST = 5.0
"""How far across an edge may lead for its length along, where there is a choice."""
LABEL_HEIGHT, PILL_WIDTH, PILL_HEIGHT = 13.0, 68.0, 21.0
HANGING, BETWEEN = 9.0, 6.0
"""Length of the line a constant hangs at, and the space between two of them."""


class Shape(NamedTuple):
    """One of the two ways to draw a graph.

    Attributes:
        name: "wide" (layers from left to right) or "tall" (from top to bottom).
        node: width and height of a node whose name is short.
        gaps: distances between layers to try, the first in which all labels find room is taken.
        apart: between the nodes of a layer.
        ports: between the places where edges leave a node.
        lines: below one another in a node.
    """

    name: str
    node: tuple[float, float]
    gaps: tuple[float, ...]
    apart: float
    ports: float
    lines: int

    @property
    def across(self) -> bool:
        """Whether layers stand side by side."""
        return self.name == "wide"

    def turned(self, x: float, y: float) -> Point:
        """(x, y) as (main, cross), or back."""
        return (x, y) if self.across else (y, x)


WIDE = Shape("wide", (76.0, 58.0), (43.0, 58.0, 74.0, 110.0), 40.0, 22.0, 3)
TALL = Shape("tall", (98.0, 48.0), (46.0, 56.0), 38.0, 34.0, 2)


class Structure(NamedTuple):
    """What a sketch depends on; hashable.

    Attributes:
        sizes: width and height of each node.
        hung: per node, the node a constant hangs at, or −1.
        pairs: source and target of each edge.
        labels: per edge, the width of its label or 0.
        back: per edge, whether contributions flow back along it.
    """

    sizes: tuple[tuple[float, float], ...]
    hung: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    labels: tuple[float, ...]
    back: tuple[bool, ...]


class Placed(NamedTuple):
    """Where everything stands."""

    boxes: list[Box]
    forward: list[Curve]
    back: list[Curve]
    labels: list[Place | None]
    pills: list[Place | None]

    @property
    def crowded(self) -> int:
        """How many labels lie on something."""
        return sum(not spot.clear for spot in self.labels if spot is not None)


def placed(structure: Structure, shape: Shape, gap: float) -> Placed:
    """Place a structure with this distance between its layers."""
    side = 1 if shape.across else -1
    boxes, lanes = _boxes(structure, shape, gap)
    forward, back = curves(boxes, structure.pairs, lanes, shape.ports, side)
    for k, (source, target) in enumerate(structure.pairs):
        if structure.hung[source] >= 0:
            forward[k] = back[k] = straight(boxes[source], boxes[target])
    lines = [*forward, *(b for b, used in zip(back, structure.back, strict=True) if used)]
    room = (0.0, 7.0) if shape.across else (7.0, 0.0)
    sides = [room if used else (0.0, 0.0) for used in structure.back]
    extents = [shape.turned(w, LABEL_HEIGHT) if w else (0.0, 0.0) for w in structure.labels]
    labels = place(forward, extents, Ground(boxes, lines), sides)
    taken = [spot.box for spot in labels if spot is not None]
    pill = shape.turned(PILL_WIDTH, PILL_HEIGHT)
    sizes = [pill if used else (0.0, 0.0) for used in structure.back]
    nothing = [(0.0, 0.0)] * len(back)
    pills = place(back, sizes, Ground(boxes, ()), nothing, taken, side, alone=True)
    return Placed(boxes, forward, back, labels, pills)


def narrow(structure: Structure, shape: Shape, gap: float) -> bool:
    """Whether the layers are too close: for a label on a level edge, or for a very steep edge.

    It is seen without placing anything, which for long chains would take long.
    """
    boxes, _ = _boxes(structure, shape, gap)
    for (source, target), label in zip(structure.pairs, structure.labels, strict=True):
        start, end = boxes[source], boxes[target]
        level = abs(start.cross - end.cross) < 8 and start.width > 40 and end.width > 40
        along = label if shape.across else LABEL_HEIGHT
        space = end.start - start.end
        if label and level and space < along + 4:
            return True
        if label and space < 1.5 * gap and abs(start.cross - end.cross) > STEEPEST * space:
            return True
    return False


def _boxes(structure: Structure, shape: Shape, gap: float) -> tuple[list[Box], Lanes]:
    """The nodes' boxes, and per edge the polyline of its layout."""
    sizes = [shape.turned(*size) for size in structure.sizes]
    hanging: dict[int, list[int]] = {}
    for k, at in enumerate(structure.hung):
        if at >= 0:
            hanging.setdefault(at, []).append(k)
    free = [k for k, at in enumerate(structure.hung) if at < 0]
    number = {k: n for n, k in enumerate(free)}
    # A row with constants above it takes their room, too.
    extra = {k: HANGING + max(sizes[c][1] for c in chips) for k, chips in hanging.items()}
    asked = tuple((sizes[k][0], sizes[k][1] + extra.get(k, 0.0)) for k in free)
    flows = [k for k, (source, _) in enumerate(structure.pairs) if source in number]
    pairs = tuple((number[a], number[b]) for a, b in (structure.pairs[k] for k in flows))
    found = layout(asked, pairs, gap, shape.apart) if free else Layout((), ())
    boxes = [Box(0.0, 0.0, *size) for size in sizes]
    for k, (main, cross) in zip(free, found.centres, strict=True):
        boxes[k] = Box(main, cross + extra.get(k, 0.0) / 2, *sizes[k])
    for k, chips in hanging.items():
        _hang(boxes, boxes[k], chips)
    lanes: list[tuple[Point, ...]] = [()] * len(structure.pairs)
    for k, lane in zip(flows, found.lanes, strict=True):
        lanes[k] = lane
    return boxes, lanes


Lanes = list[tuple[Point, ...]]


def _hang(boxes: list[Box], at: Box, chips: list[int]) -> None:
    """Put constants in a row above a node, in the order of its arguments."""
    whole = sum(boxes[k].length for k in chips) + BETWEEN * (len(chips) - 1)
    main = at.main - whole / 2
    for k in chips:
        chip = boxes[k]
        cross = at.cross - at.width / 2 - HANGING - chip.width / 2
        boxes[k] = chip._replace(main=main + chip.length / 2, cross=cross)
        main += chip.length + BETWEEN
