"""What a row of a derivation should be: a sum of terms, each a flow times a partial.

A tangent adds, for each argument, its tangent times the partial; an adjoint adds, for each use,
the user's adjoint times the partial. So one shape serves both sweeps, and every usual mistake is a
change of one of these terms.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from adexplain.practice.equality import close
from adexplain.practice.marking.alignment.graph import Edge, Node, World
from adexplain.practice.marking.alignment.vectors import Vector
from adexplain.practice.marking.alignment.views import View
from adexplain.practice.marking.reading.notation import BAR, DOT, Atom
from adexplain.typeset.rules import partial_text


@dataclass(eq=False)
class Term:
    """One term: ``v̇5 · ∂v6/∂v5`` or ``v̄6 · ∂v6/∂v5``.

    Attributes:
        node: the row whose partial it has.
        place: which of its edges.
        flow: the tangent or adjoint that is carried.
        flows, slopes: their numbers at the points.
        worlds: the values at the points.
    """

    node: Node
    place: int
    flow: Atom
    flows: Vector
    slopes: Vector
    worlds: list[World]

    @property
    def edge(self) -> Edge:
        """The use of an argument it belongs to."""
        return self.node.edges[self.place]

    @cached_property
    def values(self) -> Vector:
        """Its numbers at the points."""
        return [product(f, s) for f, s in zip(self.flows, self.slopes, strict=True)]

    @property
    def symbol(self) -> str:
        """∂v6/∂v5."""
        return f"∂{self.node.name}/∂{self.edge.arg}"

    def partial(self) -> str:
        """The partial as a formula, "" where the row groups several steps."""
        return self._formula().replace(" / ", "/")

    def _formula(self) -> str:
        if not self.node.single or self.edge.position is None:
            return ""
        program, texts = self.node.program, self.node.texts
        if self.place not in texts:
            text = partial_text(program, program.outputs[0], self.edge.position)
            texts[self.place] = printed(text)
        return texts[self.place]

    def told(self) -> str:
        """The term as a formula: v̇5·v4."""
        partial, flow = self._formula(), self.flow.told()
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


def added(one: Vector, other: Vector) -> Vector:
    """The sum of two vectors."""
    return [a + b for a, b in zip(one, other, strict=True)]


def _is_factor(text: str) -> bool:
    return text.replace("_", "").replace(".", "").isalnum() or _is_call(text)


def _is_bracketed(text: str) -> bool:
    return text.startswith("(") and text.find(")") == len(text) - 1


def _is_call(text: str) -> bool:
    head, bracket, rest = text.partition("(")
    return bool(bracket) and head.isalnum() and rest.find(")") == len(rest) - 1


def product(flow: float, slope: float) -> float:
    """A flow along an edge; nothing times however much is nothing."""
    return 0.0 if flow == 0.0 or slope == 0.0 else flow * slope


def printed(text: str) -> str:
    """A formula of the language with the signs of print."""
    return text.replace(" ** ", "^").replace(" * ", "·").replace("-", "−")


@dataclass(eq=False)
class Row:
    """What a tangent or adjoint should be.

    Attributes:
        target: the tangent or adjoint.
        terms: what it adds up.
        seed: what it starts from, at each point.
        view: the numbers it is made of.
    """

    target: Atom
    terms: list[Term]
    seed: Vector
    view: View

    @cached_property
    def values(self) -> Vector:
        """Its numbers at the points."""
        return self.total([term.values for term in self.terms])

    def first(self, count: int) -> Row:
        """The same at the first few points."""
        return self.between(0, count)

    def between(self, start: int, end: int) -> Row:
        """The same at some of the points."""
        part, view = slice(start, end), copy(self.view)
        view.worlds = self.view.worlds[part]
        view.dots, view.bars = self.view.dots[part], self.view.bars[part]
        terms = [
            Term(t.node, t.place, t.flow, t.flows[part], t.slopes[part], view.worlds)
            for t in self.terms
        ]
        return Row(self.target, terms, self.seed[part], view)

    def total(self, terms: list[Vector]) -> Vector:
        """The seed and some terms."""
        return [sum(column) for column in zip(self.seed, *terms, strict=True)]

    def with_term(self, number: int, values: Vector) -> Vector:
        """The row with other numbers for one of its terms."""
        return [rest + value for rest, value in zip(self._others[number], values, strict=True)]

    @cached_property
    def _others(self) -> list[Vector]:
        """The row without each of its terms."""
        columns = [term.values for term in self.terms]
        before = list(accumulate(columns, added, initial=self.seed))
        after = list(accumulate(reversed(columns), added, initial=[0.0] * len(self.seed)))
        return [added(a, b) for a, b in zip(before[:-1], reversed(after[:-1]), strict=True)]

    @property
    def cost(self) -> int:
        """How many operations one guess at this row takes, about."""
        longest = max((len(term.node.program.ops) for term in self.terms), default=1)
        return len(self.seed) * longest

    def told(self) -> str:
        """The row as a formula: v̇6 = v̇5·v4 + v̇4·v5."""
        parts = [term.told() for term in self.terms]
        if any(self.seed):
            parts.insert(0, "seed")
        text = " + ".join(parts) or "0"
        return f"{self.target.told()} = {text.replace('+ −', '− ')}"

    @cached_property
    def scale(self) -> Vector:
        """The size of its largest term at each point, whose rounding the sum carries."""
        return [max((abs(v) for v in c), default=0.0) for c in zip(
            self.seed, *(term.values for term in self.terms), strict=True)]  # fmt: skip


def tangent_row(view: View, name: str) -> Row:
    """What the tangent of a row should be."""
    node = view.graph.nodes[name]
    terms = []
    for place, edge in enumerate(node.edges):
        arg = view.graph.find(edge.arg)
        flows = [dots.get(arg, 0.0) for dots in view.dots]
        slopes = [world.partials[name][place] for world in view.worlds]
        terms.append(Term(node, place, Atom(DOT, edge.arg), flows, slopes, view.worlds))
    return Row(Atom(DOT, name), terms, [0.0] * len(view.worlds), view)


def adjoint_row(view: View, name: str, seed: float) -> Row:
    """What the adjoint of a row or input should be, its contributions in the order of the sweep."""
    terms = []
    for node, place in view.graph.users.get(name, []):
        if node.name not in view.graph.feeding:
            continue
        flows = [bars.get(node.name, 0.0) for bars in view.bars]
        slopes = [world.partials[node.name][place] for world in view.worlds]
        terms.append(Term(node, place, Atom(BAR, node.name), flows, slopes, view.worlds))
    # A row that uses it in two places sends the first place's contribution first.
    terms.sort(key=lambda term: -view.graph.order[term.node.name])
    return Row(Atom(BAR, name), terms, [seed] * len(view.worlds), view)


def agree(one: Vector, other: Vector, scale: Vector | None = None) -> bool:
    """Whether two vectors are equal wherever both have a value, and have one somewhere."""
    agreed = 0
    for k, (a, b) in enumerate(zip(one, other, strict=True)):
        if a != a or b != b or abs(a) == float("inf") or abs(b) == float("inf"):
            if k == 0 and b == b and abs(b) != float("inf"):
                return False  # no value at the point itself, where there is one
            continue
        if not close(a, b, 100 * scale[k] if scale else 0.0):
            return False
        agreed += 1
    return agreed > 0
