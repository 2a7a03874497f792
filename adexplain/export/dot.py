"""The graph of a trace in Graphviz's DOT language: values in the nodes, partials at the edges."""

from __future__ import annotations

from collections.abc import Iterator

from adexplain.explanation.explain import Explanation
from adexplain.export import numbers
from adexplain.graph.model import CHIP, CONSTANT_NODE, FOLD, ROW, Node, graph_of
from adexplain.program import row_text


def dot(explanation: Explanation) -> str:
    """A directed graph, for ``dot -Tpdf``; large ones are not folded."""
    return "\n".join(_lines(explanation)) + "\n"


def _lines(explanation: Explanation) -> Iterator[str]:
    graph = graph_of(explanation, fold=False)
    yield f"digraph {quoted(explanation.text.splitlines()[0][:60] if explanation.text else 'f')} {{"
    yield "  rankdir=LR;"
    yield '  node [shape=box, style=rounded, fontname="Helvetica", fontsize=11];'
    yield '  edge [fontname="Helvetica", fontsize=10, color="#646b73"];'
    for number, node in enumerate(graph.nodes):
        yield f"  n{number} [{_node_attributes(explanation, node)}];"
    for edge in graph.edges:
        attributes = []
        if edge.active and edge.partial is not None:
            attributes.append(f"label={quoted(edge.fixed or numbers.short(edge.partial))}")
        if not edge.active:
            attributes.append("style=dotted" if edge.partial is None else "style=solid")
        elif edge.partial is None:
            attributes.append("style=dashed")
        suffix = f" [{', '.join(attributes)}]" if attributes else ""
        yield f"  n{edge.source} -> n{edge.target}{suffix};"
    yield "}"


def _node_attributes(explanation: Explanation, node: Node) -> str:
    """The attributes of a node: its name and operation, value, tangent and adjoint."""
    if node.kind == CONSTANT_NODE:
        return f"label={quoted(node.name)}, shape=plaintext"
    if node.kind in (CHIP, FOLD):
        return f"label={quoted(node.name)}"
    trace, slot = explanation.trace, node.slot
    body = f" = {row_text(explanation.program, slot)}" if node.kind == ROW else ""
    value = trace.values[slot]
    lines = [f"{node.name}{body}", "not taken" if value is None else numbers.short(value)]
    if value is not None and explanation.forward:
        lines.append(f"tangent {numbers.short(trace.tangents[slot])}")
    if value is not None and explanation.reverse:
        lines.append(f"adjoint {numbers.short(trace.adjoints[slot] or 0.0)}")
    shape = ", peripheries=2" if slot in explanation.program.outputs else ""
    return f"label={quoted(*lines)}{shape}"


def quoted(*lines: str) -> str:
    r"""Lines as one quoted string, in which a backslash begins an escape."""
    parts = (line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") for line in lines)
    return '"' + r"\n".join(parts) + '"'
