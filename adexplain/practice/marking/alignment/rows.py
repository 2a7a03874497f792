"""What a tangent or adjoint should be: a sum of terms, each a flow times a partial.

A tangent is the sum over the arguments of their tangents times the partials; an adjoint is the sum
over the uses of the users' adjoints times the partials. The tangent or adjoint that a term carries
on is called its flow. One class serves both sweeps, and most mistakes change one of the terms.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from adexplain.practice.equality import close
from adexplain.practice.marking.alignment.graph import Edge, Evaluation, Node
from adexplain.practice.marking.alignment.vectors import Vector
from adexplain.practice.marking.alignment.views import View
from adexplain.practice.marking.reading.notation import BAR, DOT, Atom
from adexplain.typeset.rules import partial_text


@dataclass(eq=False)
class Term:
    """One term: ``v̇5 · ∂v6/∂v5`` or ``v̄6 · ∂v6/∂v5``.

    Attributes:
        node: the row whose partial it contains.
        place: the number of the edge in ``node.edges``.
        flow: the tangent or adjoint that is multiplied by the partial.
        flows, slopes: the values of flow and partial at the points.
        evaluations: the graph evaluated at the points.
    """

    node: Node
    place: int
    flow: Atom
    flows: Vector
    slopes: Vector
    evaluations: list[Evaluation]

    @property
    def edge(self) -> Edge:
        """The edge from the row to its argument."""
        return self.node.edges[self.place]

    @cached_property
    def values(self) -> Vector:
        """The values of the term at the points."""
        return [product(f, s) for f, s in zip(self.flows, self.slopes, strict=True)]

    @property
    def symbol(self) -> str:
        """The symbol of the partial, such as ∂v6/∂v5."""
        return f"∂{self.node.name}/∂{self.edge.arg}"

    def partial(self) -> str:
        """The partial as a formula, or "" if the row combines several operations."""
        return self._partial_text().replace(" / ", "/")

    def _partial_text(self) -> str:
        if not self.node.single or self.edge.position is None:
            return ""
        program, texts = self.node.program, self.node.texts
        if self.place not in texts:
            text = partial_text(program, program.outputs[0], self.edge.position)
            texts[self.place] = typographic(text)
        return texts[self.place]

    @property
    def text(self) -> str:
        """The term as a formula, such as v̇5·v4."""
        partial, flow = self._partial_text(), self.flow.text
        if partial == "1":
            return flow
        if partial == "−1":
            return f"−{flow}"
        if not partial:
            return f"{flow}·{self.symbol}"
        sign = ""
        if partial.startswith("−"):
            bare = partial[2:-1] if _is_bracketed(partial[1:]) else partial[1:]
            if _is_factor(bare) or bare.count(" / ") == 1:
                sign, partial = "−", bare
        if partial.startswith("1 / ") and " " not in partial[4:]:
            return f"{sign}{flow}/{partial[4:]}"
        above, slash, below = partial.partition(" / ")
        if slash and _is_factor(above) and _is_factor(below):
            return f"{sign}{flow}·{above}/{below}"
        partial = partial.replace(" / ", "/")
        return f"{sign}{flow}·{partial}" if _is_factor(partial) else f"{sign}{flow}·({partial})"


def add_vectors(first: Vector, second: Vector) -> Vector:
    """The sum of two vectors."""
    return [a + b for a, b in zip(first, second, strict=True)]


def _is_factor(text: str) -> bool:
    return text.replace("_", "").replace(".", "").isalnum() or _is_call(text)


def _is_bracketed(text: str) -> bool:
    return text.startswith("(") and text.find(")") == len(text) - 1


def _is_call(text: str) -> bool:
    head, bracket, rest = text.partition("(")
    return bool(bracket) and head.isalnum() and rest.find(")") == len(rest) - 1


def product(flow: float, slope: float) -> float:
    """A flow times a slope; 0 times infinity or nan is 0."""
    return 0.0 if flow == 0.0 or slope == 0.0 else flow * slope


def typographic(text: str) -> str:
    """A formula of the language with typographic operators: · for *, ^ for **, − for -."""
    return text.replace(" ** ", "^").replace(" * ", "·").replace("-", "−")


@dataclass(eq=False)
class Row:
    """What a tangent or adjoint should be: a seed plus terms.

    Attributes:
        target: the tangent or adjoint.
        terms: its terms.
        seed: its seed at each point.
        view: the numbers that it is computed from.
    """

    target: Atom
    terms: list[Term]
    seed: Vector
    view: View

    @cached_property
    def values(self) -> Vector:
        """Its values at the points."""
        return self.total([term.values for term in self.terms])

    def first(self, count: int) -> Row:
        """The row at the first ``count`` points."""
        return self.between(0, count)

    def between(self, start: int, end: int) -> Row:
        """The row at some of the points."""
        part, view = slice(start, end), copy(self.view)
        view.evaluations = self.view.evaluations[part]
        view.dots, view.bars = self.view.dots[part], self.view.bars[part]
        terms = [
            Term(t.node, t.place, t.flow, t.flows[part], t.slopes[part], view.evaluations)
            for t in self.terms
        ]
        return Row(self.target, terms, self.seed[part], view)

    def total(self, terms: list[Vector]) -> Vector:
        """The sum of the seed and the values of some terms."""
        return [sum(column) for column in zip(self.seed, *terms, strict=True)]

    def with_term(self, number: int, values: Vector) -> Vector:
        """The values of the row with other values for one of its terms."""
        return [
            rest + value
            for rest, value in zip(self._without_each_term[number], values, strict=True)
        ]

    @cached_property
    def _without_each_term(self) -> list[Vector]:
        """For each term, the values of the row without it."""
        columns = [term.values for term in self.terms]
        before = list(accumulate(columns, add_vectors, initial=self.seed))
        after = list(accumulate(reversed(columns), add_vectors, initial=[0.0] * len(self.seed)))
        return [add_vectors(a, b) for a, b in zip(before[:-1], reversed(after[:-1]), strict=True)]

    @property
    def cost(self) -> int:
        """About how many operations one guess at this row takes."""
        longest = max((len(term.node.program.ops) for term in self.terms), default=1)
        return len(self.seed) * longest

    @property
    def equation(self) -> str:
        """The row as an equation, such as v̇6 = v̇5·v4 + v̇4·v5."""
        parts = [term.text for term in self.terms]
        if any(self.seed):
            parts.insert(0, "seed")
        text = " + ".join(parts) or "0"
        return f"{self.target.text} = {text.replace('+ −', '− ')}"

    @cached_property
    def scale(self) -> Vector:
        """The size of its largest term at each point, as a scale of its rounding error."""
        return [max((abs(v) for v in c), default=0.0) for c in zip(
            self.seed, *(term.values for term in self.terms), strict=True)]  # fmt: skip


def tangent_row(view: View, name: str) -> Row:
    """What the tangent of a row should be."""
    node = view.graph.nodes[name]
    terms = []
    for place, edge in enumerate(node.edges):
        arg = view.graph.find(edge.arg)
        flows = [dots.get(arg, 0.0) for dots in view.dots]
        slopes = [evaluation.partials[name][place] for evaluation in view.evaluations]
        terms.append(Term(node, place, Atom(DOT, edge.arg), flows, slopes, view.evaluations))
    return Row(Atom(DOT, name), terms, [0.0] * len(view.evaluations), view)


def adjoint_row(view: View, name: str, seed: float) -> Row:
    """What the adjoint of a row or input should be, with terms in the order of the sweep."""
    terms = []
    for node, place in view.graph.users.get(name, []):
        if node.name not in view.graph.feeding:
            continue
        flows = [bars.get(node.name, 0.0) for bars in view.bars]
        slopes = [evaluation.partials[node.name][place] for evaluation in view.evaluations]
        terms.append(Term(node, place, Atom(BAR, node.name), flows, slopes, view.evaluations))
    # The sort is stable: a row that uses it in two places contributes for the first place first.
    terms.sort(key=lambda term: -view.graph.order[term.node.name])
    return Row(Atom(BAR, name), terms, [seed] * len(view.evaluations), view)


def agree(first: Vector, second: Vector, scale: Vector | None = None) -> bool:
    """Whether two vectors are equal wherever both are finite, and both are finite somewhere.

    At the first point ``first`` must be finite if ``second`` is. ``scale`` is the size of the
    largest term at each point, whose rounding error is allowed.
    """
    agreed = 0
    for k, (a, b) in enumerate(zip(first, second, strict=True)):
        if a != a or b != b or abs(a) == float("inf") or abs(b) == float("inf"):
            if k == 0 and b == b and abs(b) != float("inf"):
                return False  # no value at the given point, where there should be one
            continue
        if not close(a, b, 100 * scale[k] if scale else 0.0):
            return False
        agreed += 1
    return agreed > 0
