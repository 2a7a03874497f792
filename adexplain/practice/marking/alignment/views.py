"""The numbers behind a work: the true ones, and those that follow from what the student wrote.

Everything is computed at several points, so that formulas can be compared as functions. Numbers are
compared at the first point, which is the given one.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from adexplain.errors import InputError
from adexplain.evaluate.run import FLOATS, run
from adexplain.practice.equality import Match, WrittenNumber, compare_numbers
from adexplain.practice.marking.alignment.align import Alignment
from adexplain.practice.marking.alignment.graph import Evaluation, Graph, Node
from adexplain.practice.marking.alignment.vectors import Vector
from adexplain.practice.marking.reading.notation import BAR, DOT, PARTIAL, Atom
from adexplain.practice.marking.reading.statements import Side, Statement


@dataclass(eq=False)
class View:
    """All quantities of a work at the points.

    Attributes:
        graph: the rows; in the student's view, wrong rows as the student wrote them.
        evaluations: values and partials at each point.
        direction: the input whose unit vector is the direction of the tangents, or "".
        dots, bars: tangents and adjoints at each point, by row or input.
        units: for quantities given as numbers, one unit of the last digit.
        is_student: whether this is the student's view.
    """

    graph: Graph
    evaluations: list[Evaluation]
    direction: str = ""
    dots: list[dict[str, float]] = field(default_factory=list)
    bars: list[dict[str, float]] = field(default_factory=list)
    units: dict[Atom, float] = field(default_factory=dict)
    is_student: bool = False

    def value(self, atom: Atom, k: int, local: bool = False) -> float:
        """The value of a quantity at a point; nan if there is none.

        Args:
            atom: the quantity.
            k: the number of the point.
            local: whether ∂a/∂b of a row and its argument means the partial of that row only.
        """
        name = self.graph.find(atom.name)
        if atom.kind == DOT:
            return self.dots[k].get(name, math.nan)
        if atom.kind == BAR:
            return self.bars[k].get(name, math.nan)
        if atom.kind == PARTIAL:
            return self._partial(name, self.graph.find(atom.wrt), k, local)
        return self.evaluations[k].values.get(name, math.nan)

    def _partial(self, above: str, below: str, k: int, local: bool) -> float:
        evaluation = self.evaluations[k]
        node = self.graph.nodes.get(above)
        direct = [
            slope
            for edge, slope in zip(
                node.edges if node else (), evaluation.partials.get(above, ()), strict=True
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
            return evaluation.derivatives_of(above).get(below, math.nan)
        if below in self.graph.inputs:
            return evaluation.derivatives_by(below).get(above, 0.0)
        return 0.0

    def evaluate(
        self,
        side: Side,
        local: bool = False,
        instead: Mapping[Atom, Sequence[float] | float] | None = None,
        count: int = 0,
    ) -> Vector:
        """The values of a side at the points, or at the first ``count`` of them.

        Args:
            side: the formula.
            local: see :meth:`value`.
            instead: numbers that replace the values of some quantities.
            count: the number of points; 0 for all.
        """
        instead = instead or {}
        program = side.program
        found = []
        for k in range(count or len(self.evaluations)):
            point = []
            for key in program.input_names:
                atom = side.atoms[key]
                given = instead.get(atom)
                if given is None:
                    point.append(self.value(atom, k, local))
                else:
                    point.append(given if isinstance(given, (int, float)) else given[k])
            value = run(program, point, FLOATS)[program.outputs[0]]
            found.append(math.nan if value is None else float(value))
        return found


def true_view(
    alignment: Alignment,
    direction: str,
    seeds: Sequence[Mapping[str, float]],
    weights: Mapping[str, float],
    evaluations: list[Evaluation],
    same_weights: View | None = None,
) -> View:
    """The true numbers for a direction at each point and weights of the outputs.

    ``same_weights`` is a view with the same weights, whose adjoints can be shared.
    """
    view = View(alignment.graph, evaluations, direction)
    view.dots = [evaluation.dots(seed) for evaluation, seed in zip(evaluations, seeds, strict=True)]
    view.bars = (
        same_weights.bars
        if same_weights
        else [evaluation.bars(weights) for evaluation in evaluations]
    )
    return view


def random_directions(inputs: Sequence[str], count: int) -> list[dict[str, float]]:
    """A generic direction for each point, so that no tangent is 0 by chance."""
    source = random.Random(1964)
    return [{name: source.uniform(0.5, 2.0) for name in inputs} for _ in range(count)]


def student_graph(alignment: Alignment) -> Graph:
    """The graph with the wrong rows as the student wrote them."""
    graph = alignment.graph
    nodes = {
        name: Node(name, alignment.student_programs[name], node.slot)
        if name in alignment.student_programs
        else node
        for name, node in graph.nodes.items()
    }
    return Graph(graph.inputs, nodes, graph.outputs, graph.aliases)


class StudentView(View):
    """What follows from what the student wrote: values, then tangents, then adjoints."""

    def fill(
        self,
        true: View,
        points: Sequence[Mapping[str, float]],
        seeds: Sequence[Mapping[str, float]],
        weights: Mapping[str, float],
        statements: Mapping[Atom, list[Statement]],
        same_weights: StudentView | None = None,
    ) -> None:
        """Compute all quantities.

        Args:
            true: the true numbers for the same direction.
            points: the points.
            seeds: the direction at each point.
            weights: the weights of the outputs.
            statements: quantity, by its name in the graph → the statements about it.
            same_weights: the view of another direction, whose values and adjoints can be shared.
        """
        self.statements = statements
        self.true = true
        self.is_student = True
        self.dots = [{} for _ in points]
        if same_weights is not None:
            self.evaluations, self.bars = same_weights.evaluations, same_weights.bars
            self.units = {
                atom: unit for atom, unit in same_weights.units.items() if atom.kind != DOT
            }
            for k, seed in enumerate(seeds):
                self._fill_tangents(k, seed)
            return
        for k, point in enumerate(points):
            self._fill_values(k, point)
        self.bars = [{} for _ in points]
        for k, seed in enumerate(seeds):
            self._fill_tangents(k, seed)
        for k in range(len(points)):
            self._fill_adjoints(k, weights)

    def _written_number(self, atom: Atom, k: int) -> float | None:
        """The number that the student gives for a quantity; None except at the first point."""
        if k:
            return None
        for statement in reversed(self.statements.get(atom, [])):
            for side in reversed([*statement.numbers, *filter(None, [statement.running])]):
                if side.number is not None and (not statement.adds or side is statement.running):
                    self.units[atom] = self._unit(side.number, self.true.value(atom, k))
                    return side.number.value
        return None

    @staticmethod
    def _unit(given: WrittenNumber, true: float) -> float:
        """How far a number may be off because of rounding; 0 if it is exact or an integer."""
        exact = given.unit >= 1.0 or compare_numbers(given, true) is Match.EXACT
        return 0.0 if exact else given.unit

    def _fill_values(self, k: int, point: Mapping[str, float]) -> None:
        evaluation = Evaluation(self.graph, {}, {})
        for name, number in point.items():
            evaluation.set_value(name, number)
        for node in self.graph.nodes.values():
            value, evaluation.partials[node.name] = node.value_and_partials(evaluation.values)
            given = self._written_number(Atom("", node.name), k)
            evaluation.set_value(node.name, value if given is None else given)
        self.evaluations.append(evaluation)

    def _fill_tangents(self, k: int, seed: Mapping[str, float]) -> None:
        dots = self.dots[k]
        dots.update({name: seed.get(name, 0.0) for name in self.graph.inputs})
        for node in self.graph.nodes.values():
            atom = Atom(DOT, node.name)
            given = self._written_number(atom, k)
            if given is None:
                given = self._formula_value(atom, k)
            if given is None:
                terms = zip(node.edges, self.evaluations[k].partials[node.name], strict=True)
                given = sum(
                    dots.get(self.graph.find(edge.arg), 0.0) * slope for edge, slope in terms
                )
            dots[node.name] = given

    def _formula_value(self, atom: Atom, k: int) -> float | None:
        """The value of the formulas written for a quantity; None if there are none."""
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
            value = run(side.program, point, FLOATS)[side.program.outputs[0]]
            if value is None or math.isnan(value):
                return None
            total = float(value) + ((total or 0.0) if statement.adds else 0.0)
        return total

    def _stands_for(self, written: Atom, atom: Atom) -> bool:
        return written.kind == atom.kind and self.graph.find(written.name) == atom.name

    def _fill_adjoints(self, k: int, weights: Mapping[str, float]) -> None:
        bars = self.bars[k]
        accumulated = dict.fromkeys((*self.graph.inputs, *self.graph.nodes), 0.0)
        for name, weight in weights.items():
            accumulated[name] = accumulated.get(name, 0.0) + weight
        for name in (*reversed(self.graph.nodes), *self.graph.inputs):
            atom = Atom(BAR, name)
            given = self._written_number(atom, k)
            if given is None:
                given = self._formula_value(atom, k)
            bars[name] = accumulated[name] if given is None else given
            node = self.graph.nodes.get(name)
            if node is not None:
                for edge, slope in zip(node.edges, self.evaluations[k].partials[name], strict=True):
                    arg = self.graph.find(edge.arg)
                    accumulated[arg] = accumulated.get(arg, 0.0) + bars[name] * slope


OUTPUT_NAMES = ("f", "F", "y", "z", "g", "h", "L", "J", "loss")
"""Names that students use for the single output in derivatives, whatever its row is called."""


def add_output_aliases(graph: Graph, statements: Sequence[Statement]) -> None:
    """Make names such as y and f aliases of the single output if derivatives use them."""
    if len(graph.outputs) != 1:
        return
    atoms = {s.target for s in statements if s.target.kind}
    atoms |= {a for s in statements for side in s.formulas for a in side.atoms.values() if a.kind}
    for name in {atom.name for atom in atoms} & set(OUTPUT_NAMES):
        if not graph.has(name):
            graph.aliases[name] = graph.outputs[0]


def check_known(graph: Graph, statement: Statement) -> None:
    """Check that every name in a statement is an input or a row.

    Raises:
        InputError: a name is neither.
    """
    atoms = [(statement.target, statement.span)]
    for side in statement.formulas:
        atoms += [(atom, side.span) for atom in side.atoms.values()]
    for atom, span in atoms:
        for name in filter(None, (atom.name, atom.wrt)):
            if not graph.has(name):
                raise InputError(
                    f"`{name}` is no input and no row.",
                    span,
                    f"Give it a row of its own, {name} = …, or use the names of the function's "
                    f"rows: {', '.join([*graph.inputs, *graph.nodes][:8])}.",
                )
