"""Covers a part of the page until it is predicted: its numbers are removed, not only hidden.

A trace is covered from one step on, and so is everything that is made from later numbers: the
answer, the verdict, the findings of the doctor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from adexplain.explanation.explain import Explanation
from adexplain.graph.glyphs import Name, Number
from adexplain.graph.model import ROW, Edge, Graph, Node
from adexplain.graph.sketch import Sketch
from adexplain.graph.svg import Drawing, Pen
from adexplain.practice.coverage import RULES
from adexplain.server.explorer.panels.answer import Answer
from adexplain.server.explorer.panels.table import Block
from adexplain.server.html.numerals import Numeral

PLACEHOLDER = "?"
COVERED = Numeral(
    Markup('<span class="covered" role="img" aria-label="covered">?</span>'), PLACEHOLDER, ""
)
"""Shown instead of a covered number."""


@dataclass(frozen=True)
class Cover:
    """The part of a trace that is covered.

    Attributes:
        explanation: the trace.
        kind: what is predicted, as in :data:`adexplain.practice.coverage.KINDS`.
        covered: the first covered step.
    """

    explanation: Explanation
    kind: str
    covered: int

    @property
    def rules(self) -> bool:
        """Whether rules are covered as well as numbers."""
        return self.kind == RULES

    def hides(self, step: int | None) -> bool:
        """Whether the number of a step is covered. A seed, which is given, never is."""
        if step is None or step < self.covered:
            return False
        return step not in self.explanation.stepping.seeded.values()

    def hides_part(self, graph: Graph, part: Node | Edge) -> bool:
        """Whether the value of a node, or the partial of an edge, is covered."""
        stepping = self.explanation.stepping
        if isinstance(part, Node):
            return self.hides(stepping.primal.get(part.name))
        if part.fixed and not self.rules:
            return False
        used = stepping.tangent.get(graph.nodes[part.target].name)
        if used is None and part.contribution is not None:
            used = stepping.of_contribution(part.contribution)
        return used is None or used >= self.covered


def cover_blocks(blocks: Iterable[Block], cover: Cover) -> None:
    """Replace the covered numbers and rules of a table's blocks, in place."""
    for block in blocks:
        block.message = ""  # it may reveal a derivative
        if cover.hides(block.step):
            block.value, block.flag = COVERED, ""
        if cover.hides(block.tangent_step):
            block.tangent = COVERED
            if cover.rules:
                block.rule, block.long_rule = COVERED.html, False
        for line in block.lines:
            if not cover.hides(line.step):
                continue
            line.amount = line.total = COVERED
            line.numbers, line.flag = Markup("\u00a0"), ""
            if cover.rules:
                line.formula, line.long, line.wide = COVERED.html, False, False


def cover_answer(answer: Answer, rows: Sequence[str], cover: Cover) -> Answer:
    """The answer without the covered numbers: all derivatives, and the outputs not yet revealed.

    Args:
        answer: the complete answer.
        rows: the row of each output.
        cover: what is covered.
    """
    primal = cover.explanation.stepping.primal
    outputs = [
        (name, COVERED if cover.hides(primal.get(row)) else value)
        for (name, value), row in zip(answer.outputs, rows, strict=False)
    ]
    return replace(
        answer,
        outputs=outputs,
        partials=[
            replace(partial, value=COVERED, status="ok", left=None, right=None)
            for partial in answer.partials
        ],
        jacobian=[(name, [COVERED for _ in values]) for name, values in answer.jacobian],
        status="ok",
        status_row="",
        message="",
    )


class CoveredDrawing(Drawing):
    """The drawing of a graph without the covered numbers."""

    def __init__(
        self, explanation: Explanation, graph: Graph, sketch: Sketch, pen: Pen, cover: Cover
    ) -> None:
        super().__init__(explanation, graph, sketch, pen)
        self.cover = cover
        self._seed_at: int | None = None

    def _derivatives(self, node: Node, name: Name, corner: tuple[float, float]) -> Iterator[str]:
        # The tangent of an input is its seed: it is drawn with the tangent sweep, but is given.
        self._seed_at = None if node.kind == ROW else self.tangent_from
        yield from super()._derivatives(node, name, corner)
        self._seed_at = None

    def _label(self, k: int, edge: Edge) -> str:
        return "" if self.cover.hides_part(self.graph, edge) else super()._label(k, edge)

    def _pill(self, k: int, edge: Edge) -> str:
        return "" if self.cover.hides(self._reverse_step(edge)) else super()._pill(k, edge)

    def _value(
        self,
        number: Number,
        step: int | None,
        classes: str,
        right: float,
        line: float,
        until: int | None = None,
    ) -> str:
        if self.cover.hides(step) and step != self._seed_at:
            number, classes = Number(PLACEHOLDER), f"{classes} covered"
        return super()._value(number, step, classes, right, line, until)

    def _inside(self, node: Node, width: float, height: float) -> Iterator[str]:
        for part in super()._inside(node, width, height):
            if ">▲<" not in part:  # a status may reveal a derivative
                yield part
