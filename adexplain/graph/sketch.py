"""``sketch_of``: the layout of a graph in drawing coordinates.

It depends on the structure alone, not on the numbers, and is cached: dragging a slider needs no
new layout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from adexplain.errors import InputError
from adexplain.evaluate.points import number
from adexplain.graph import glyphs
from adexplain.graph.curves import Box, Curve, Point
from adexplain.graph.labels import Place
from adexplain.graph.model import CHIP, CONSTANT_NODE, FOLD, Graph, Node
from adexplain.graph.placing import Placement, Shape, Structure, is_too_narrow, place_structure

MAX_INLINE_NODES = 60
"""Largest graph, in nodes, laid out in this process; larger ones go to a worker with a deadline."""
LAYOUT_SECONDS = 10.0
MARGIN = 6.0
LABEL_WIDTH = 52.0
"""Room for the value of a partial that changes with the point."""


class Sketch(NamedTuple):
    """A placed graph, in (x, y) from the top left corner.

    Attributes:
        shape: WIDE or TALL.
        width, height: of the whole.
        boxes: per node: left, top, width, height.
        forward, back: per edge, the forward curve and the back curve beside it.
        labels, pills: per edge, the centre of its partial's and of its contribution's number.
    """

    shape: Shape
    width: float
    height: float
    boxes: tuple[tuple[float, float, float, float], ...]
    forward: tuple[tuple[tuple[Point, ...], ...], ...]
    back: tuple[tuple[tuple[Point, ...], ...], ...]
    labels: tuple[Point | None, ...]
    pills: tuple[Point | None, ...]


def sketch_of(graph: Graph, shape: Shape, reverse: bool) -> Sketch:
    """The sketch of a graph.

    Args:
        graph: what is drawn.
        shape: WIDE or TALL.
        reverse: whether contributions flow back along the active edges.

    Raises:
        InputError: a large layout took longer than it may.
        AdexplainError: no worker was free for it.
    """
    structure = _structure(graph, shape, reverse)
    if len(graph.nodes) <= MAX_INLINE_NODES:
        return _sketch(structure, shape)
    return _sketch_in_worker(structure, shape)


@lru_cache(maxsize=64)
def _sketch_in_worker(structure: Structure, shape: Shape) -> Sketch:
    """The same in a worker process. Errors are not cached."""
    from adexplain.workers import pool  # most graphs are small, and need no workers

    try:
        return pool.call(_sketch, structure, shape, timeout=LAYOUT_SECONDS)
    except TimeoutError as error:
        raise InputError("The graph is too large to be laid out in time.") from error


def _structure(graph: Graph, shape: Shape, reverse: bool) -> Structure:
    degrees = Counter(edge.source for edge in graph.edges)
    arriving = Counter(edge.target for edge in graph.edges)
    sizes = tuple(
        _size(node, shape, max(degrees[k], arriving[k])) for k, node in enumerate(graph.nodes)
    )
    labels = tuple(
        _label_width(edge.fixed)
        if edge.active and not _has_fold(graph, edge.source, edge.target)
        else 0.0
        for edge in graph.edges
    )
    back = tuple(reverse and edge.active for edge in graph.edges)
    pairs = tuple((edge.source, edge.target) for edge in graph.edges)
    anchors = [-1] * len(graph.nodes)
    for source, target in pairs:
        if graph.nodes[source].kind == CONSTANT_NODE:
            anchors[source] = target
    return Structure(sizes, tuple(anchors), pairs, labels, back)


def _has_fold(graph: Graph, *ends: int) -> bool:
    return any(graph.nodes[end].kind == FOLD for end in ends)


def _label_width(fixed: str) -> float:
    if not fixed:
        return LABEL_WIDTH
    return min(LABEL_WIDTH, glyphs.number(constant(fixed), LABEL_WIDTH, given=True).width + 2)


@lru_cache(maxsize=1024)
def constant(text: str) -> float:
    """The value of a constant, given as it was typed."""
    return number(text, "a constant")


def _size(node: Node, shape: Shape, edges: int) -> tuple[float, float]:
    """Width and height of a node: more for a long name, or many edges."""
    name_width = glyphs.name(node.name).width
    if node.kind == CONSTANT_NODE:
        return max(26.0, round(glyphs.figures(node.name[:12])) + 12.0), 22.0
    if node.kind == CHIP:
        return max(26.0, round(name_width) + 12.0), 22.0
    if node.kind == FOLD:
        return 112.0, 40.0
    width, height = shape.node
    width = max(width, round(name_width) + (62.0 if shape.across else 82.0))
    needed = 24.0 + 15.0 * (edges - 1)
    if shape.across:
        return width, max(height, needed)
    return max(width, needed), height


@lru_cache(maxsize=512)
def _sketch(structure: Structure, shape: Shape) -> Sketch:
    """The layout with the first gap that has room for every label, else with fewest overlaps."""
    found: list[Placement] = []
    for gap in shape.gaps:
        if gap < shape.gaps[-1] and is_too_narrow(structure, shape, gap):
            continue
        found.append(place_structure(structure, shape, gap))
        if not found[-1].overlaps:
            break
    return _fitted_sketch(min(found, key=lambda placement: placement.overlaps), shape)


def _fitted_sketch(found: Placement, shape: Shape) -> Sketch:
    """The placement in (x, y), moved to the top left corner of a drawing that just fits it."""
    label_boxes = [label.box for label in (*found.labels, *found.pills) if label is not None]
    left, right, low, high = _bounds([*found.boxes, *label_boxes], [*found.forward, *found.back])

    def moved(point: Point) -> Point:
        x, y = shape.turned(point[0] - left + MARGIN, point[1] - low + MARGIN)
        return round(x, 1), round(y, 1)

    def traced(lines: Sequence[Curve]) -> tuple[tuple[tuple[Point, ...], ...], ...]:
        return tuple(tuple(tuple(map(moved, piece)) for piece in line.pieces) for line in lines)

    def centres(places: Sequence[Place | None]) -> tuple[Point | None, ...]:
        return tuple(
            None if label is None else moved((label.main, label.cross)) for label in places
        )

    boxes = []
    for box in found.boxes:
        x, y = moved((box.start, box.cross - box.width / 2))
        boxes.append((x, y, *shape.turned(box.length, box.width)))
    size = shape.turned(right - left + 2 * MARGIN, high - low + 2 * MARGIN)
    return Sketch(
        shape,
        round(size[0], 1),
        round(size[1], 1),
        tuple(boxes),
        traced(found.forward),
        traced(found.back),
        centres(found.labels),
        centres(found.pills),
    )


def _bounds(boxes: Iterable[Box], lines: Iterable[Curve]) -> tuple[float, float, float, float]:
    mains, crosses = [0.0], [0.0]
    for box in boxes:
        mains += [box.start, box.end]
        crosses += [box.cross - box.width / 2, box.cross + box.width / 2]
    for line in lines:
        crosses += [cross for _, cross in line.points()]
    return (
        min(mains[1:] or mains),
        max(mains[1:] or mains),
        min(crosses[1:] or crosses),
        max(crosses[1:] or crosses),
    )
