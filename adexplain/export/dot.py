"""The graph of a trace in Graphviz' language: values in the nodes, partials at the edges."""

from __future__ import annotations

from collections.abc import Iterator

from adexplain.explanation.explain import Explanation
from adexplain.export import numbers
from adexplain.graph.model import CHIP, CONSTANT_NODE, FOLD, ROW, Node, graph_of
from adexplain.program import row_text


def dot(explanation: Explanation) -> str:
    """A directed graph, for ``dot -Tpdf``; a long one is not folded."""
    return "\n".join(_lines(explanation)) + "\n"


def _lines(explanation: Explanation) -> Iterator[str]:
    graph = graph_of(explanation, fold=False)
    yield f"digraph {quoted(explanation.text.splitlines()[0][:60] if explanation.text else 'f')} {{"
    yield "  rankdir=LR;"
    yield '  node [shape=box, style=rounded, fontname="Helvetica", fontsize=11];'
    yield '  edge [fontname="Helvetica", fontsize=10, color="#646b73"];'
    for number, node in enumerate(graph.nodes):
        yield f"  n{number} [{_look(explanation, node)}];"
    for edge in graph.edges:
        looks = []
        if edge.active and edge.partial is not None:
            looks.append(f"label={quoted(edge.fixed or numbers.short(edge.partial))}")
        if not edge.active:
            looks.append("style=dotted" if edge.partial is None else "style=solid")
        elif edge.partial is None:
            looks.append("style=dashed")
        look = f" [{', '.join(looks)}]" if looks else ""
        yield f"  n{edge.source} -> n{edge.target}{look};"
    yield "}"


def _look(explanation: Explanation, node: Node) -> str:
    """The attributes of a node: what it is, its value, its tangent and adjoint."""
    if node.kind == CONSTANT_NODE:
        return f"label={quoted(node.name)}, shape=plaintext"
    if node.kind in (CHIP, FOLD):
        return f"label={quoted(node.name)}"
    trace, slot = explanation.trace, node.slot
    body = f" = {row_text(explanation.program, slot)}" if node.kind == ROW else ""
    value = trace.values[slot]
    words = [f"{node.name}{body}", "not taken" if value is None else numbers.short(value)]
    if value is not None and explanation.forward:
        words.append(f"tangent {numbers.short(trace.tangents[slot])}")
    if value is not None and explanation.reverse:
        words.append(f"adjoint {numbers.short(trace.adjoints[slot] or 0.0)}")
    shape = ", peripheries=2" if slot in explanation.program.outputs else ""
    return f"label={quoted(*words)}{shape}"


def quoted(*lines: str) -> str:
    r"""Lines as one string of the language, where a backslash begins an escape."""
    parts = (line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") for line in lines)
    return '"' + r"\n".join(parts) + '"'
