"""Places the boxes, curves and labels of a structure, for one distance between its layers.

Coordinates are (main, cross). Constants are attached to the rows that use them and are not part of
the layout.
"""

from __future__ import annotations

from typing import NamedTuple

from adexplain.graph.curves import Box, Curve, Point, curves, straight_line
from adexplain.graph.labels import Obstacles, Place, place_labels
from adexplain.graph.layout import Layout, layout

MAX_STEEPNESS = 5.0
"""Largest slope of an edge, cross by main, for which a wider gap is not tried."""
LABEL_HEIGHT, PILL_WIDTH, PILL_HEIGHT = 13.0, 68.0, 21.0
HANGER_LENGTH, CHIP_GAP = 9.0, 6.0
"""Length of the line between a constant and its row, and the space between two constants."""


class Shape(NamedTuple):
    """One of the two ways to draw a graph.

    Attributes:
        name: "wide" (layers from left to right) or "tall" (from top to bottom).
        node: width and height of a node whose name is short.
        gaps: distances between layers to try; the first that has room for all labels is used.
        apart: distance between the nodes of a layer.
        ports: distance between the places where edges leave a node.
        lines: lines of text in a node.
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
    """Everything a sketch depends on; hashable.

    Attributes:
        sizes: width and height of each node.
        anchors: per node, the row that a constant is attached to, or −1 for other nodes.
        pairs: source and target of each edge.
        labels: per edge, the width of its label or 0.
        back: per edge, whether contributions flow back along it.
    """

    sizes: tuple[tuple[float, float], ...]
    anchors: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    labels: tuple[float, ...]
    back: tuple[bool, ...]


class Placement(NamedTuple):
    """Where the boxes, curves and labels of a structure are."""

    boxes: list[Box]
    forward: list[Curve]
    back: list[Curve]
    labels: list[Place | None]
    pills: list[Place | None]

    @property
    def overlaps(self) -> int:
        """How many labels lie on a node or on another label."""
        return sum(not label.is_clear for label in self.labels if label is not None)


def place_structure(structure: Structure, shape: Shape, gap: float) -> Placement:
    """Place a structure with ``gap`` between its layers."""
    side = 1 if shape.across else -1
    boxes, lanes = _boxes(structure, shape, gap)
    forward, back = curves(boxes, structure.pairs, lanes, shape.ports, side)
    for k, (source, target) in enumerate(structure.pairs):
        if structure.anchors[source] >= 0:
            forward[k] = back[k] = straight_line(boxes[source], boxes[target])
    lines = [*forward, *(b for b, used in zip(back, structure.back, strict=True) if used)]
    room = (0.0, 7.0) if shape.across else (7.0, 0.0)
    sides = [room if used else (0.0, 0.0) for used in structure.back]
    extents = [shape.turned(w, LABEL_HEIGHT) if w else (0.0, 0.0) for w in structure.labels]
    labels = place_labels(forward, extents, Obstacles(boxes, lines), sides)
    label_boxes = [label.box for label in labels if label is not None]
    pill = shape.turned(PILL_WIDTH, PILL_HEIGHT)
    sizes = [pill if used else (0.0, 0.0) for used in structure.back]
    no_room = [(0.0, 0.0)] * len(back)
    pills = place_labels(
        back, sizes, Obstacles(boxes, ()), no_room, label_boxes, side, one_at_a_time=True
    )
    return Placement(boxes, forward, back, labels, pills)


def is_too_narrow(structure: Structure, shape: Shape, gap: float) -> bool:
    """Whether the layers are too close, for a label on a level edge or by a very steep edge.

    This is a quick check before labels are placed, which takes long for long chains.
    """
    boxes, _ = _boxes(structure, shape, gap)
    for (source, target), label in zip(structure.pairs, structure.labels, strict=True):
        start, end = boxes[source], boxes[target]
        level = abs(start.cross - end.cross) < 8 and start.width > 40 and end.width > 40
        along = label if shape.across else LABEL_HEIGHT
        space = end.start - start.end
        if label and level and space < along + 4:
            return True
        if label and space < 1.5 * gap and abs(start.cross - end.cross) > MAX_STEEPNESS * space:
            return True
    return False


def _boxes(structure: Structure, shape: Shape, gap: float) -> tuple[list[Box], Lanes]:
    """The nodes' boxes, and per edge the polyline of its layout."""
    sizes = [shape.turned(*size) for size in structure.sizes]
    hanging: dict[int, list[int]] = {}
    for k, at in enumerate(structure.anchors):
        if at >= 0:
            hanging.setdefault(at, []).append(k)
    free = [k for k, at in enumerate(structure.anchors) if at < 0]
    number = {k: n for n, k in enumerate(free)}
    # The layout reserves room for the constants above a row.
    extra = {k: HANGER_LENGTH + max(sizes[c][1] for c in chips) for k, chips in hanging.items()}
    free_sizes = tuple((sizes[k][0], sizes[k][1] + extra.get(k, 0.0)) for k in free)
    flows = [k for k, (source, _) in enumerate(structure.pairs) if source in number]
    pairs = tuple((number[a], number[b]) for a, b in (structure.pairs[k] for k in flows))
    found = layout(free_sizes, pairs, gap, shape.apart) if free else Layout((), ())
    boxes = [Box(0.0, 0.0, *size) for size in sizes]
    for k, (main, cross) in zip(free, found.centres, strict=True):
        boxes[k] = Box(main, cross + extra.get(k, 0.0) / 2, *sizes[k])
    for k, chips in hanging.items():
        _hang_chips(boxes, boxes[k], chips)
    lanes: list[tuple[Point, ...]] = [()] * len(structure.pairs)
    for k, lane in zip(flows, found.lanes, strict=True):
        lanes[k] = lane
    return boxes, lanes


Lanes = list[tuple[Point, ...]]


def _hang_chips(boxes: list[Box], at: Box, chips: list[int]) -> None:
    """Put constants side by side above their node, in the order of its arguments."""
    total_length = sum(boxes[k].length for k in chips) + CHIP_GAP * (len(chips) - 1)
    main = at.main - total_length / 2
    for k in chips:
        chip = boxes[k]
        cross = at.cross - at.width / 2 - HANGER_LENGTH - chip.width / 2
        boxes[k] = chip._replace(main=main + chip.length / 2, cross=cross)
        main += chip.length + CHIP_GAP
