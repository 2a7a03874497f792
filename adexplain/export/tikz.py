r"""The graph of a trace as a TikZ picture, with the layout of the page's drawing.

It needs ``\usepackage{tikz}`` and none of its libraries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from adexplain.explanation.explain import Explanation
from adexplain.export import numbers
from adexplain.export.latex import escaped
from adexplain.graph import WIDE, Edge, Graph, Node, Sketch, glyphs, graph_of, sketch_of
from adexplain.graph.model import CHIP, CONSTANT_NODE, FOLD, ROW
from adexplain.graph.sketch import LABEL_WIDTH, constant
from adexplain.typeset.formulas import constant_formula, name_latex

SCALE = 0.85
"""Points per unit of the drawing; text of 12 units is then about as large as small print."""
_SIZE = re.compile(r"^% (\d+) by (\d+) points$", re.MULTILINE)
_DOCUMENT = r"""\documentclass{article}
\usepackage[utf8]{inputenc}
\usepackage[papersize={%dpt,%dpt},margin=10pt]{geometry}
\usepackage{amsmath,amssymb,tikz}
\pagestyle{empty}
\setlength{\parindent}{0pt}
\begin{document}
%s\end{document}
"""


def document(body: str) -> str:
    """A complete document with a page as large as the picture."""
    found = cast("re.Match[str]", _SIZE.search(body))
    return _DOCUMENT % (int(found[1]) + 24, int(found[2]) + 40, body)


def tikz(explanation: Explanation) -> str:
    """The picture, to paste into a document."""
    graph = graph_of(explanation)
    sketch = sketch_of(graph, WIDE, explanation.reverse)
    return "\n".join(_Picture(explanation, graph, sketch).lines()) + "\n"


class _Picture:
    """Writes the picture of one graph."""

    def __init__(self, explanation: Explanation, graph: Graph, sketch: Sketch) -> None:
        self.explanation = explanation
        self.graph = graph
        self.sketch = sketch

    def lines(self) -> Iterator[str]:
        width, height = (round(SCALE * size) for size in (self.sketch.width, self.sketch.height))
        yield r"% needs \usepackage{amsmath,amssymb,tikz}"
        yield f"% {width} by {height} points"
        yield rf"\begin{{tikzpicture}}[x={SCALE}pt, y=-{SCALE}pt, line width=.6pt,"
        yield "  forward/.style={->, >=latex, draw=black!65},"
        yield "  idle/.style={draw=black!45, line width=.4pt},"
        yield "  back/.style={->, >=latex, draw=adjoint, dashed},"
        yield "  box/.style={draw=black!60, rounded corners=3pt, fill=white},"
        yield "  every node/.style={inner sep=0pt, font=\\footnotesize}]"
        yield r"\definecolor{tangent}{HTML}{0B5CA8}\definecolor{adjoint}{HTML}{AD3A00}"
        for number, edge in enumerate(self.graph.edges):
            yield from self._edge(number, edge)
        for number, node in enumerate(self.graph.nodes):
            yield from self._node(number, node)
        for number, edge in enumerate(self.graph.edges):
            yield from self._label(number, edge)
        yield r"\end{tikzpicture}"

    def _edge(self, number: int, edge: Edge) -> Iterator[str]:
        hangs = self.graph.nodes[edge.source].kind == CONSTANT_NODE
        kind = "idle" if hangs else "forward" if edge.active else "forward, idle"
        if edge.active and edge.partial is None:
            kind += ", dotted"
        yield rf"\draw[{kind}] {_curve(self.sketch.forward[number])};"
        if edge.contribution is not None:
            back = tuple(piece[::-1] for piece in self.sketch.back[number][::-1])
            yield rf"\draw[back] {_curve(back)};"

    def _label(self, number: int, edge: Edge) -> Iterator[str]:
        spot = self.sketch.labels[number]
        if spot is None or edge.partial is None:
            return
        value = constant(edge.fixed) if edge.fixed else edge.partial
        text = _number(value, LABEL_WIDTH, given=bool(edge.fixed))
        yield rf"\node[font=\scriptsize, text=black!75] at {_at(*spot)} {{{text}}};"

    def _node(self, number: int, node: Node) -> Iterator[str]:
        x, y, width, height = self.sketch.boxes[number]
        corner = "9" if node.kind in (CONSTANT_NODE, CHIP) else "3"
        style = f"box, rounded corners={corner}pt"
        yield rf"\draw[{style}] {_at(x, y)} rectangle {_at(x + width, y + height)};"
        middle = _at(x + width / 2, y + height / 2)
        if node.kind == CONSTANT_NODE:
            formula = constant_formula(self.explanation.program.constants[node.slot]).latex
            yield rf"\node[font=\scriptsize] at {middle} {{${formula}$}};"
        elif node.kind == CHIP:
            yield rf"\node at {middle} {{${_letter(node.name)}$}};"
        elif node.kind == FOLD:
            yield rf"\node[font=\scriptsize] at {middle} {{{escaped(node.name.split(',')[0])}}};"
        else:
            yield from self._row(node, x, y + (height - WIDE.node[1]) / 2, width)

    def _row(self, node: Node, x: float, y: float, width: float) -> Iterator[str]:
        """A line with name and operation, one with the value, one with the adjoint or tangent."""
        trace, right = self.explanation.trace, x + width - 6
        yield rf"\node[anchor=base west] at {_at(x + 7, y + 15)} {{${_letter(node.name)}$}};"
        if node.kind == ROW:
            op = _operation(self.explanation.program.ops[node.slot])
            yield rf"\node[anchor=base east, text=black!60] at {_at(right, y + 15)} {{{op}}};"
        value = trace.values[node.slot]
        if value is None:
            yield rf"\node[anchor=base east] at {_at(right, y + 33)} {{not taken}};"
            return
        yield rf"\node[anchor=base east] at {_at(right, y + 33)} {{{_number(value, width - 12)}}};"
        accent, colour = ("bar", "adjoint") if self.explanation.reverse else ("dot", "tangent")
        derivatives = trace.adjoints if self.explanation.reverse else trace.tangents
        name, room = _letter(node.name, accent), width - 15 - glyphs.name(node.name).width
        shown = _number(derivatives[node.slot] or 0.0, room)
        yield rf"\node[anchor=base west, text={colour}] at {_at(x + 7, y + 51)} {{${name}$}};"
        yield rf"\node[anchor=base east, text={colour}] at {_at(right, y + 51)} {{{shown}}};"


def _letter(name: str, accent: str = "") -> str:
    """A name, shortened where the drawing shortens it."""
    short = glyphs.name(name)
    cut = "…" in short.letters + short.subscript
    return (
        rf"\{accent or 'mathrm'}{{\text{{{escaped(short.letters)}}}}}"
        if cut
        else name_latex(name, accent)
    )


def _operation(op: str) -> str:
    sign = glyphs.operation(op)
    mathematics = {"÷": r"\div", "^": r"a^b", "| |": r"|\cdot|", "√": r"\sqrt{\;}",
                   "∛": r"\sqrt[3]{\;}", "¬": r"\lnot", "∧": r"\land", "∨": r"\lor",
                   "<": "<", ">": ">", "+": "+", "=": "="}  # fmt: skip
    return f"${mathematics[sign]}$" if sign in mathematics else escaped(sign)


def _number(value: float, room: float, given: bool = False) -> str:
    """A number with as many digits as the drawing shows."""
    for digits in (numbers.DIGITS, 4, 3, 2):
        if glyphs.number_at(value, digits, given).width <= room:
            break
    return f"${numbers.latex(value, given, digits)}$"


def _curve(pieces: tuple[tuple[tuple[float, float], ...], ...]) -> str:
    parts = [_at(*pieces[0][0])]
    for _, b, c, d in pieces:
        parts.append(f".. controls {_at(*b)} and {_at(*c)} .. {_at(*d)}")
    return " ".join(parts)


def _at(x: float, y: float) -> str:
    return f"({x:.1f},{y:.1f})"
