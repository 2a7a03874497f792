"""Calls ``graphlay``, which puts nodes of given sizes into layers and routes long edges.

Only the structure of the graph matters, so one layout serves every point of a function.
"""

from __future__ import annotations

from typing import Any, NamedTuple

Size = tuple[float, float]


class Layout(NamedTuple):
    """Centres of the nodes and routes of the edges; layers follow one another along "main".

    Attributes:
        centres: (main, cross) of each node.
        lanes: per edge, (main, cross) from border to border.
    """

    centres: tuple[Size, ...]
    lanes: tuple[tuple[Size, ...], ...]


def layout(
    sizes: tuple[Size, ...], pairs: tuple[tuple[int, int], ...], gap: float, apart: float
) -> Layout:
    """Lay out a graph from left to right.

    Args:
        sizes: (main, cross) extent of each node.
        pairs: source and target of each edge.
        gap: between layers.
        apart: between the nodes of a layer.
    """
    import graphlay  # imported late: most commands do not need it

    graph = graphlay.Graph()
    for number, (main, cross) in enumerate(sizes):
        graph.node(number, width=main, height=cross)
    for source, target in pairs:
        graph.edge(source, target)
    options: dict[str, Any] = {
        "direction": "leftright",
        "spacing": {
            "layer_gap": gap,
            "node_gap": apart,
            "dummy_gap": 24.0,
            "isolated_gap": apart,
        },
        "routing": {"style": "diagonal"},
        "coords": {"branch_style": "symmetric"},
    }
    found = graphlay.layout(graph, options=options)
    centres = tuple(_point(node["center"]) for node in found.nodes)
    lanes = tuple(tuple(map(_point, edge["points"])) for edge in found.edges)
    return Layout(centres, lanes)


def _point(found: dict[str, float]) -> Size:
    return round(found["x"], 1), round(found["y"], 1)
