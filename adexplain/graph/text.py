"""The graph in words, for ears and for those who like to read: one line for each node."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from adexplain.explanation.explain import Explanation
from adexplain.graph.model import FOLD, INPUT_NODE, ROW, Edge, Graph, Node
from adexplain.plain_numbers import printed, short
from adexplain.program import row_text

LINES, USES = 60, 8
"""Nodes that are told, and uses of one node."""


Covers = Callable[[Node | Edge], bool]
"""Whether the number of a node, or of an edge's partial, is not to be told."""


def lines(
    explanation: Explanation, graph: Graph, covers: Covers = lambda part: False
) -> Iterator[str]:
    """``v4 = v1 − v3 = 1.3513; used by v5 (partial 1), v6 (partial 1.4924)``."""
    program = explanation.program
    uses: dict[int, list[Edge]] = {}
    for edge in graph.edges:
        uses.setdefault(graph.nodes[edge.source].slot, []).append(edge)
    told = [node for node in graph.nodes if node.kind in (INPUT_NODE, ROW, FOLD)]
    for node in told[:LINES]:
        if node.kind == FOLD:
            yield f"{node.name}: folded"
            continue
        value = explanation.trace.values[node.slot]
        shown = "not taken" if value is None else printed(short(value))
        shown = "?" if covers(node) else shown
        body = f" = {printed(row_text(program, node.slot))}" if node.kind == ROW else ""
        yield f"{node.name}{body} = {shown}{_used(graph, uses.get(node.slot, []), covers)}"
    if len(told) > LINES:
        yield f"and {len(told) - LINES:,} more, as in the table"


def _used(graph: Graph, edges: list[Edge], covers: Covers) -> str:
    """Who uses a node, with the partials."""
    words = []
    for edge in edges[:USES]:
        name = graph.nodes[edge.target].name
        partial = edge.fixed or ("" if edge.partial is None else short(edge.partial))
        told = edge.active and partial and not covers(edge)
        words.append(f"{name} (partial {printed(partial)})" if told else name)
    more = f" and {len(edges) - USES:,} more" if len(edges) > USES else ""
    return f"; used by {', '.join(words)}{more}" if words else ""
