"""The numbers behind a work: the true ones, and those that follow from what was written.

Everything is computed at several points, so that a formula is compared as a function; the first
point is the one looked at, where numbers are compared.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from adexplain.errors import InputError
from adexplain.evaluate.run import run
from adexplain.practice.equality import Given, Match, compare_numbers
from adexplain.practice.marking.alignment.alignment import Alignment
from adexplain.practice.marking.alignment.graph import Graph, Node, World
from adexplain.practice.marking.alignment.vectors import Vector
from adexplain.practice.marking.reading.notation import BAR, DOT, PARTIAL, Atom
from adexplain.practice.marking.reading.statements import Side, Statement
from adexplain.primitives.ieee import IEEE

TRUE, OWN = "true", "own"


@dataclass(eq=False)
class View:
    """All quantities of a work at the points.

    Attributes:
        graph: the rows; in the person's own view a wrong row is as he has it.
        worlds: values and partials, one world a point.
        direction: the input that ``dv/dx`` tangents of this view belong to, or "".
        dots, bars: tangents and adjoints, one mapping a point.
        units: of what the person gave as numbers, one unit of the last digit.
        own: whether it follows from what the person wrote.
    """

    graph: Graph
    worlds: list[World]
    direction: str = ""
    dots: list[dict[str, float]] = field(default_factory=list)
    bars: list[dict[str, float]] = field(default_factory=list)
    units: dict[Atom, float] = field(default_factory=dict)
    own: bool = False

    def value(self, atom: Atom, k: int, local: bool = False) -> float:
        """A quantity at a point; nan where there is none.

        Args:
            atom: the quantity.
            k: which point.
            local: whether ∂a/∂b of a row and its argument is that row's partial alone.
        """
        name = self.graph.find(atom.name)
        if atom.kind == DOT:
            return self.dots[k].get(name, math.nan)
        if atom.kind == BAR:
            return self.bars[k].get(name, math.nan)
        if atom.kind == PARTIAL:
            return self._partial(name, self.graph.find(atom.per), k, local)
        return self.worlds[k].values.get(name, math.nan)

    def _partial(self, above: str, below: str, k: int, local: bool) -> float:
        world = self.worlds[k]
        node = self.graph.nodes.get(above)
        direct = [
            slope
            for edge, slope in zip(
                node.edges if node else (), world.partials.get(above, ()), strict=True
            )
            if self.graph.find(edge.arg) == below
        ]
        total = below in self.graph.inputs or above in self.graph.outputs
        if direct and (local or not total):
            return sum(direct)
        if above == below:
            return 1.0
        if below == self.direction and self.dots:
            return self.dots[k].get(above, math.nan)
        if above in self.graph.outputs and below not in self.graph.inputs:
            return world.of(above).get(below, math.nan)
        if below in self.graph.inputs:
            return world.per(below).get(above, 0.0)
        return 0.0

    def evaluate(
        self,
        side: Side,
        local: bool = False,
        instead: Mapping[Atom, Sequence[float] | float] | None = None,
        count: int = 0,
    ) -> Vector:
        """The values of a side at the points, or at the first few."""
        instead = instead or {}
        program = side.program
        found = []
        for k in range(count or len(self.worlds)):
            point = []
            for key in program.input_names:
                atom = side.atoms[key]
                given = instead.get(atom)
                if given is None:
                    point.append(self.value(atom, k, local))
                else:
                    point.append(given if isinstance(given, (int, float)) else given[k])
            value = run(program, point, IEEE, lambda c: c.value)[program.outputs[0]]
            found.append(math.nan if value is None else float(value))
        return found


def true_view(
    alignment: Alignment,
    direction: str,
    seeds: Sequence[Mapping[str, float]],
    weights: Mapping[str, float],
    worlds: list[World],
    other: View | None = None,
) -> View:
    """The true numbers for a direction at each point, and weights of the outputs.

    ``other`` is that of another direction with the same weights: it has the same adjoints.
    """
    view = View(alignment.graph, worlds, direction)
    view.dots = [world.dots(seed) for world, seed in zip(worlds, seeds, strict=True)]
    view.bars = other.bars if other else [world.bars(weights) for world in worlds]
    return view


def free_seeds(inputs: Sequence[str], count: int) -> list[dict[str, float]]:
    """A direction for each point in which no tangent is 0 by chance."""
    chance = random.Random(1964)
    return [{name: chance.uniform(0.5, 2.0) for name in inputs} for _ in range(count)]


def own_nodes(alignment: Alignment) -> Graph:
    """The graph with the rows that the person has wrong as he has them."""
    graph = alignment.graph
    nodes = {
        name: Node(name, alignment.own[name], node.slot) if name in alignment.own else node
        for name, node in graph.nodes.items()
    }
    return Graph(graph.inputs, nodes, graph.outputs, graph.also)


class OwnView(View):
    """What follows from what the person wrote: his values, then his tangents, then his adjoints."""

    def fill(
        self,
        true: View,
        points: Sequence[Mapping[str, float]],
        seeds: Sequence[Mapping[str, float]],
        weights: Mapping[str, float],
        statements: Mapping[Atom, list[Statement]],
        other: OwnView | None = None,
    ) -> None:
        """Compute everything; ``statements`` by what they are about, names as in the graph.

        ``other`` is that of another direction: it has the same values and adjoints.
        """
        self.statements = statements
        self.true = true
        self.own = True
        self.dots = [{} for _ in points]
        if other is not None:
            self.worlds, self.bars = other.worlds, other.bars
            self.units = {atom: unit for atom, unit in other.units.items() if atom.kind != DOT}
            for k, seed in enumerate(seeds):
                self._tangents(k, seed)
            return
        for k, point in enumerate(points):
            self._values(k, point)
        self.bars = [{} for _ in points]
        for k, seed in enumerate(seeds):
            self._tangents(k, seed)
        for k in range(len(points)):
            self._adjoints(k, weights)

    def _given(self, atom: Atom, k: int) -> float | None:
        """The number the person gives for it; at the first point only."""
        if k:
            return None
        for statement in reversed(self.statements.get(atom, [])):
            for side in reversed([*statement.numbers, *filter(None, [statement.running])]):
                if side.number is not None and (not statement.adds or side is statement.running):
                    self.units[atom] = self._unit(side.number, self.true.value(atom, k))
                    return side.number.value
        return None

    @staticmethod
    def _unit(given: Given, true: float) -> float:
        """How far a number may be off because it was rounded: 0.2 and 2 may be just that."""
        exact = given.unit >= 1.0 or compare_numbers(given, true) is Match.EXACT
        return 0.0 if exact else given.unit

    def _values(self, k: int, point: Mapping[str, float]) -> None:
        world = World(self.graph, {}, {})
        for name, number in point.items():
            world.put(name, number)
        for node in self.graph.nodes.values():
            value, world.partials[node.name] = node.local(world.values)
            given = self._given(Atom("", node.name), k)
            world.put(node.name, value if given is None else given)
        self.worlds.append(world)

    def _tangents(self, k: int, seed: Mapping[str, float]) -> None:
        dots = self.dots[k]
        dots.update({name: seed.get(name, 0.0) for name in self.graph.inputs})
        for node in self.graph.nodes.values():
            atom = Atom(DOT, node.name)
            given = self._given(atom, k)
            if given is None:
                given = self._written(atom, k)
            if given is None:
                terms = zip(node.edges, self.worlds[k].partials[node.name], strict=True)
                given = sum(
                    dots.get(self.graph.find(edge.arg), 0.0) * slope for edge, slope in terms
                )
            dots[node.name] = given

    def _written(self, atom: Atom, k: int) -> float | None:
        """What the formulas written for a quantity give; None where there are none."""
        total: float | None = None
        for statement in self.statements.get(atom, []):
            if not statement.formulas:
                if statement.adds and statement.numbers and k == 0:
                    amount = statement.numbers[0].number
                    total = (total or 0.0) + (amount.value if amount else 0.0)
                continue
            side = statement.formulas[0]
            point = [
                (total or 0.0)
                if self._stands_for(side.atoms[key], atom)
                else self.value(side.atoms[key], k)
                for key in side.program.input_names
            ]
            value = run(side.program, point, IEEE, lambda c: c.value)[side.program.outputs[0]]
            if value is None or math.isnan(value):
                return None
            total = float(value) + ((total or 0.0) if statement.adds else 0.0)
        return total

    def _stands_for(self, written: Atom, atom: Atom) -> bool:
        return written.kind == atom.kind and self.graph.find(written.name) == atom.name

    def _adjoints(self, k: int, weights: Mapping[str, float]) -> None:
        bars = self.bars[k]
        due = dict.fromkeys((*self.graph.inputs, *self.graph.nodes), 0.0)
        for name, weight in weights.items():
            due[name] = due.get(name, 0.0) + weight
        for name in (*reversed(self.graph.nodes), *self.graph.inputs):
            atom = Atom(BAR, name)
            given = self._given(atom, k)
            if given is None:
                given = self._written(atom, k)
            bars[name] = due[name] if given is None else given
            node = self.graph.nodes.get(name)
            if node is not None:
                for edge, slope in zip(node.edges, self.worlds[k].partials[name], strict=True):
                    arg = self.graph.find(edge.arg)
                    due[arg] = due.get(arg, 0.0) + bars[name] * slope


OUTPUT_NAMES = ("f", "F", "y", "z", "g", "h", "L", "J", "loss")
"""What a function's one output is called in its derivatives, whatever its last row is called."""


def call_output(graph: Graph, statements: Sequence[Statement]) -> None:
    """Let dy/dx and f'(x) be derivatives of the one output, where y or f is nothing else."""
    if len(graph.outputs) != 1:
        return
    atoms = {s.target for s in statements if s.target.kind}
    atoms |= {a for s in statements for side in s.formulas for a in side.atoms.values() if a.kind}
    for name in {atom.name for atom in atoms} & set(OUTPUT_NAMES):
        if not graph.has(name):
            graph.also[name] = graph.outputs[0]


def check_known(graph: Graph, statement: Statement) -> None:
    """Every name a statement uses is an input or a row.

    Raises:
        InputError: one is neither.
    """
    atoms = [(statement.target, statement.span)]
    for side in statement.formulas:
        atoms += [(atom, side.span) for atom in side.atoms.values()]
    for atom, span in atoms:
        for name in filter(None, (atom.name, atom.per)):
            if not graph.has(name):
                raise InputError(
                    f"`{name}` is no input and no row.",
                    span,
                    f"Give it a row of its own, {name} = …, or use the names of the function's "
                    f"rows: {', '.join([*graph.inputs, *graph.nodes][:8])}.",
                )
