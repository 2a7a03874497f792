"""The graph as text, one line for each node, for screen readers and for those who prefer text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from adexplain.explanation.explain import Explanation
from adexplain.graph.model import FOLD, INPUT_NODE, ROW, Edge, Graph, Node
from adexplain.plain_numbers import printed, short
from adexplain.program import row_text

MAX_LINES, MAX_USES = 60, 8
"""Most nodes listed, and most uses listed for one node."""


IsCovered = Callable[[Node | Edge], bool]
"""Whether the number of a node, or of an edge's partial, must stay hidden from the reader."""


def lines(
    explanation: Explanation, graph: Graph, is_covered: IsCovered = lambda part: False
) -> Iterator[str]:
    """``v4 = v1 − v3 = 1.3513; used by v5 (partial 1), v6 (partial 1.4924)``."""
    program = explanation.program
    uses: dict[int, list[Edge]] = {}
    for edge in graph.edges:
        uses.setdefault(graph.nodes[edge.source].slot, []).append(edge)
    shown_nodes = [node for node in graph.nodes if node.kind in (INPUT_NODE, ROW, FOLD)]
    for node in shown_nodes[:MAX_LINES]:
        if node.kind == FOLD:
            yield f"{node.name}: folded"
            continue
        value = explanation.trace.values[node.slot]
        shown = "not taken" if value is None else printed(short(value))
        shown = "?" if is_covered(node) else shown
        body = f" = {printed(row_text(program, node.slot))}" if node.kind == ROW else ""
        yield f"{node.name}{body} = {shown}{_used(graph, uses.get(node.slot, []), is_covered)}"
    if len(shown_nodes) > MAX_LINES:
        yield f"and {len(shown_nodes) - MAX_LINES:,} more, as in the table"


def _used(graph: Graph, edges: list[Edge], is_covered: IsCovered) -> str:
    """The rows that use a node, with the partials."""
    users = []
    for edge in edges[:MAX_USES]:
        name = graph.nodes[edge.target].name
        partial = edge.fixed or ("" if edge.partial is None else short(edge.partial))
        shows_partial = edge.active and partial and not is_covered(edge)
        users.append(f"{name} (partial {printed(partial)})" if shows_partial else name)
    more = f" and {len(edges) - MAX_USES:,} more" if len(edges) > MAX_USES else ""
    return f"; used by {', '.join(users)}{more}" if users else ""
