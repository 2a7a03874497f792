"""``Drawing``: a sketch with a trace's numbers as SVG elements, for pages, files and animations.

Styles and fonts are added by the document around it. A ``Pen`` writes which step an element
belongs to: a page changes classes by script, a file shows one step, an animation has keyframes.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Protocol

from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import ADJOINT, TANGENT
from adexplain.graph import glyphs
from adexplain.graph.glyphs import Name, Number
from adexplain.graph.model import CHIP, CONSTANT_NODE, FOLD, ROW, Edge, Graph, Node
from adexplain.graph.placing import PILL_HEIGHT, PILL_WIDTH
from adexplain.graph.sketch import LABEL_WIDTH, Sketch, constant
from adexplain.graph.strokes import cut, figures, head, num, path
from adexplain.program import row_text


class Pen(Protocol):
    """Writes attributes that say which step an element belongs to, and letters."""

    def mark(self, number: int | None, classes: str, until: int | None = None) -> str:
        """Attributes of an element that appears at step ``number`` and is hidden from ``until``."""

    def row(self, name: str, classes: str) -> str:
        """Attributes of an element that belongs to a row or input."""

    def edge(self, number: int | None) -> str:
        """Attributes of an element that belongs to a contribution."""

    def letter(self, text: str) -> str:
        """A name's single letter, slanted."""


class Drawing:
    """Writes one graph in one of its two shapes."""

    def __init__(self, explanation: Explanation, graph: Graph, sketch: Sketch, pen: Pen) -> None:
        self.explanation = explanation
        self.graph = graph
        self.sketch = sketch
        self.pen = pen
        self.stepping = explanation.stepping
        self.reverse = explanation.reverse
        self.totals = self._totals()
        starts = self.stepping.starts
        self.tangent_from = starts[TANGENT] + 1 if TANGENT in starts else None
        self.adjoint_from = starts[ADJOINT] + 1 if ADJOINT in starts else None

    def elements(self) -> str:
        """Everything inside the ``svg`` element: halos, edges, nodes, labels, pills."""
        edges = list(enumerate(self.graph.edges))
        parts = [self._halo(k, edge) for k, edge in edges]
        parts += [self._edge(k, edge) for k, edge in edges]
        parts += [self._node(k, node) for k, node in enumerate(self.graph.nodes)]
        parts += [self._label(k, edge) for k, edge in edges]
        parts += [self._pill(k, edge) for k, edge in edges]
        return "".join(parts)

    def _totals(self) -> dict[int, list[tuple[int, float]]]:
        """Slot -> the running sums of its adjoint, each with its step."""
        found: dict[int, list[tuple[int, float]]] = {}
        if not self.reverse:
            return found
        program, stepping = self.explanation.program, self.stepping
        for slot, weight in zip(program.outputs, self.explanation.adjoint_seed, strict=True):
            step = stepping.seeded[program.names[slot]]
            before = found[slot][0][1] if slot in found else 0.0
            found[slot] = [(step, before + weight)]
        for number, (into, _, _, _, total) in enumerate(self.explanation.trace.contributions):
            found.setdefault(into, []).append((stepping.of_contribution(number), total))
        return found

    # --- edges

    def _reverse_step(self, edge: Edge) -> int | None:
        number = edge.contribution
        return None if number is None else self.stepping.of_contribution(number)

    def _primal_step(self, node: int) -> int | None:
        return self.stepping.primal.get(self.graph.nodes[node].name)

    def _halo(self, k: int, edge: Edge) -> str:
        step = self._reverse_step(edge)
        if step is None:
            return ""
        curve = path(self.sketch.back[k])
        return (
            f'<path {self.pen.mark(step, "halo")}{self.pen.edge(edge.contribution)} d="{curve}"/>'
        )

    def _edge(self, k: int, edge: Edge) -> str:
        """The forward curve, in a group that marks the step of the tangent, and the back curve."""
        pen, sketch = self.pen, self.sketch
        source, target = self.graph.nodes[edge.source], self.graph.nodes[edge.target]
        tall = not sketch.shape.across
        primal = self._primal_step(edge.target)
        classes = "forward" if edge.active else "forward idle"
        if target.kind == ROW and primal is None:
            classes = "forward untaken"
        curve = path(sketch.forward[k], tall, end=True)
        tip = head(sketch.forward[k][-1][-1], tall)
        if source.kind == CONSTANT_NODE:
            curve, tip = path(sketch.forward[k]), ""
        forward = f'<path {pen.mark(primal, classes)} d="{curve}"/>'
        if tip:
            forward += (
                f'<path {pen.mark(primal, "head" if edge.active else "head idle")} d="{tip}"/>'
            )
        tangent = self.stepping.tangent.get(target.name)
        if edge.partial is not None and tangent is not None and target.kind == ROW:
            forward = f"<g {pen.mark(tangent, 'carries')}>{forward}</g>"
        step = self._reverse_step(edge)
        if step is None:
            return forward
        curve = path(sketch.back[k], tall, start=True)
        tip = head(sketch.back[k][0][0], tall, back=True)
        back = f'<g {pen.mark(step, "back")}><path d="{curve}"/><path class="tip" d="{tip}"/></g>'
        return f"<g{pen.edge(edge.contribution)}>{forward}{back}</g>"

    def _label(self, k: int, edge: Edge) -> str:
        center = self.sketch.labels[k]
        if center is None or edge.partial is None:
            return ""
        value = constant(edge.fixed) if edge.fixed else edge.partial
        number = glyphs.number(value, LABEL_WIDTH, given=bool(edge.fixed))
        attributes = self.pen.mark(self._primal_step(edge.target), "partial")
        x, y = center
        return (
            f'<text {attributes}{self.pen.edge(edge.contribution)} x="{num(x)}" y="{num(y + 4.2)}">'
            f"{figures(number)}</text>"
        )

    def _pill(self, k: int, edge: Edge) -> str:
        step, center = self._reverse_step(edge), self.sketch.pills[k]
        if step is None or center is None or edge.contribution is None:
            return ""
        into, _, _, amount, _ = self.explanation.trace.contributions[edge.contribution]
        first = self.totals[into][0][0] == step
        number = glyphs.number(amount, PILL_WIDTH - 24)
        if not first:
            plus = number.digits if number.digits[:1] == "−" else f"+{number.digits}"
            number = number._replace(digits=f"{plus[0]}\u2009{plus[1:]}")
        width, high = round(number.width) + 18, PILL_HEIGHT
        return (
            f"<g {self.pen.mark(step, 'pill')}{self.pen.edge(edge.contribution)}"
            f' transform="translate({num(center[0])} {num(center[1])})">'
            f'<rect x="{num(-width / 2)}" y="{num(-high / 2)}" width="{width}" height="{num(high)}"'
            f' rx="{num(high / 2)}"/><text y="4.2">{figures(number)}</text></g>'
        )

    # --- nodes

    def _node(self, k: int, node: Node) -> str:
        x, y, width, height = self.sketch.boxes[k]
        inside = "".join(self._inside(node, width, height))
        if node.kind in (CONSTANT_NODE, FOLD):
            attributes = f'class="node {node.kind}"'
        else:
            attributes = self.pen.row(node.name, f"node {node.kind}")
        return f'<g {attributes} transform="translate({num(x)} {num(y)})">{inside}</g>'

    def _inside(self, node: Node, width: float, height: float) -> Iterator[str]:
        if node.kind == FOLD:
            yield from self._fold(node, width, height)
            return
        if node.kind in (CONSTANT_NODE, CHIP):
            yield f'<rect class="box" width="{num(width)}" height="{num(height)}" rx="11"/>'
            if node.kind == CONSTANT_NODE:
                text = escape(cut(node.name.replace("-", "−"), 12))
                yield f'<text class="figure" x="{num(width / 2)}" y="15.2">{text}</text>'
            else:
                name = glyphs.name(node.name)
                yield self._name(name, (width - name.width) / 2, 15.2)
            return
        program, is_wide = self.explanation.program, self.sketch.shape.across
        row = node.kind == ROW
        primal = self.stepping.primal.get(node.name) if row else None
        untaken = row and primal is None
        top = (height - self.sketch.shape.node[1]) / 2
        title = f"{node.name} = {row_text(program, node.slot)}" if row else node.name
        yield f"<title>{escape(title)}</title>"
        yield f"<rect {self.pen.mark(primal, 'box untaken' if untaken else 'box')}"
        yield f' width="{num(width)}" height="{num(height)}" rx="6"/>'
        name = glyphs.name(node.name)
        line = top + (15.5 if is_wide else 18.5)
        yield self._name(name, 8, line)
        status = self.explanation.row_statuses.get(node.slot) if row else None
        if status is not None and status.begins:
            mark = self.pen.mark(primal, "flag")
            yield f'<text {mark} x="{num(12 + name.width)}" y="{num(line)}">▲</text>'
        if row and is_wide:
            op = escape(glyphs.operation(program.ops[node.slot]))
            yield f'<text class="op" x="{num(width - 6)}" y="{num(line)}">{op}</text>'
        right, value = width - 5.5, self.explanation.trace.values[node.slot]
        line = top + (33 if is_wide else 18.5)
        if untaken:
            yield f'<text class="value op" x="{num(right)}" y="{num(line)}">not taken</text>'
            return
        room = width - 14 if is_wide else width - 20 - name.width
        yield self._value(glyphs.number(value, room), primal, "value", right, line)
        line = top + (50 if is_wide else 39.5)
        yield from self._derivatives(node, name, (right, line))

    def _derivatives(self, node: Node, name: Name, corner: tuple[float, float]) -> Iterator[str]:
        """The line for the tangent, shown until the adjoint sweep begins, and for the adjoint."""
        right, line = corner
        room = right - name.width - 12
        if self.explanation.forward:
            first = self.stepping.tangent.get(node.name, self.tangent_from)
            middle = 8.6 + name.letters_width / 2
            dot = f'<circle cx="{num(middle)}" cy="{num(line - 11.5)}" r="1.1"/>'
            tangent = self.explanation.trace.tangents[node.slot]
            seed = node.kind != ROW
            yield f"<g {self.pen.mark(self.tangent_from, 'stage tangent', self.adjoint_from)}>"
            yield self._name(name, 8, line) + dot
            yield self._slot(first, right, line)
            yield self._value(glyphs.number(tangent, room, seed), first, "value", right, line)
            yield "</g>"
        if not self.reverse:
            return
        bar = f'<path class="bar" d="M7.5 {num(line - 11)}h{num(name.letters_width + 1)}"/>'
        sums = self.totals.get(node.slot, [])
        begins = self.adjoint_from if self.explanation.forward else None
        yield f"<g {self.pen.mark(begins, 'stage adjoint')}>"
        yield self._name(name, 8, line) + bar
        if sums:
            yield self._slot(sums[0][0], right, line)
        else:
            yield f'<text class="value" x="{num(right)}" y="{num(line)}">0</text>'
        seeded = node.name in self.stepping.seeded
        for number, (step, total) in enumerate(sums):
            until = sums[number + 1][0] if number + 1 < len(sums) else None
            figure = glyphs.number(total, room, seeded and number == 0)
            yield self._value(figure, step, "value", right, line, until)
        yield "</g>"

    def _slot(self, first: int | None, right: float, line: float) -> str:
        """The empty box in place of a number that is not computed yet."""
        width = 35.0 if self.sketch.shape.across else 45.0
        mark = self.pen.mark(first, "slot")
        return (
            f'<rect {mark} x="{num(right - width)}" y="{num(line - 11)}" width="{num(width)}"'
            ' height="14" rx="3"/>'
        )

    def _value(
        self,
        number: Number,
        step: int | None,
        classes: str,
        right: float,
        line: float,
        until: int | None = None,
    ) -> str:
        mark = self.pen.mark(step, classes, until)
        return f'<text {mark} x="{num(right)}" y="{num(line)}">{figures(number)}</text>'

    def _name(self, name: Name, x: float, y: float) -> str:
        letters = self.pen.letter(name.letters) if name.slanted else escape(name.letters)
        classes = "letter" if name.slanted else "letters"
        index = (
            f'<tspan class="index" dy="3">{escape(name.subscript)}</tspan>'
            if name.subscript
            else ""
        )
        return f'<text class="{classes}" x="{num(x)}" y="{num(y)}">{letters}{index}</text>'

    def _fold(self, node: Node, width: float, height: float) -> Iterator[str]:
        """A folded run of rows: a pile of boxes, how many rows, and which."""
        size = f'width="{num(width - 4)}" height="{num(height - 4)}" rx="6"'
        yield f'<rect class="box" x="4" y="4" {size}/><rect class="box" {size}/>'
        count, _, which = node.name.partition(", ")
        for text, line in ((f"… {count}", 15.5), (cut(which, 18), 30.5)):
            yield f'<text class="figure" x="{num(width / 2 - 2)}" y="{line}">{escape(text)}</text>'
