"""Judge every statement of a work, in the order in which quantities depend on each other."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

from adexplain.practice.equality import Match, compare_numbers
from adexplain.practice.marking.alignment.align import Alignment
from adexplain.practice.marking.alignment.effort import Effort
from adexplain.practice.marking.alignment.graph import Evaluation, evaluate_graph
from adexplain.practice.marking.alignment.rows import Row, agree, tangent_row
from adexplain.practice.marking.alignment.views import (
    StudentView,
    View,
    add_output_aliases,
    check_known,
    random_directions,
    student_graph,
    true_view,
)
from adexplain.practice.marking.diagnosis.expected import Expected
from adexplain.practice.marking.diagnosis.find_mistake import no_usual_slip, not_searched
from adexplain.practice.marking.diagnosis.mistake_kinds import Guess
from adexplain.practice.marking.judging import primals
from adexplain.practice.marking.judging.adjoints import AdjointJudge
from adexplain.practice.marking.judging.carried_errors import CarriedErrors
from adexplain.practice.marking.judging.findings import Finding
from adexplain.practice.marking.judging.order import early_uses
from adexplain.practice.marking.judging.protocol import Views
from adexplain.practice.marking.judging.result import FOLLOWS, WRONG
from adexplain.practice.marking.judging.sides import judge_formula, judge_number
from adexplain.practice.marking.reading.notation import BAR, DOT, PARTIAL, Atom
from adexplain.practice.marking.reading.statements import Side, Statement


def _written_precision(statements: list[Statement]) -> tuple[int, int]:
    """The most significant digits and the most decimals of numbers in the work."""
    given = [side.number for s in statements for side in s.numbers if side.number]
    written = [number for number in given if number.unit]
    digits = max((number.digits for number in written), default=0)
    finest = min((number.unit for number in written if number.unit < 1.0), default=1.0)
    return digits, round(-math.log10(finest))


class Judge:
    """Judges one work."""

    def __init__(
        self,
        alignment: Alignment,
        statements: list[Statement],
        seed: Mapping[str, float] | None,
        weights: Mapping[str, float] | None,
        effort: Effort | None = None,
    ) -> None:
        self.alignment = alignment
        self.given_seeds = seed, weights
        self.graph = alignment.graph
        self.findings: dict[int, Finding] = {}
        self.evaluations: list[Evaluation] = [
            evaluate_graph(self.graph, p) for p in alignment.points
        ]
        add_output_aliases(self.graph, statements)
        for statement in statements:
            if statement.target.kind:
                check_known(self.graph, statement)
        self.primal = [s for s in statements if not s.target.kind]
        self.derivatives = [s for s in statements if s.target.kind]
        self.digits, self.decimals = _written_precision(statements)
        self.tangents, self.adjoints, self.partials = self._classify()
        written: dict[str, set[str]] = {}
        for statement in (*self.primal, *self.adjoints, *chain(*self.tangents.values())):
            name = self.graph.find(statement.target.name)
            written.setdefault(statement.target.kind, set()).add(name)
        self.carried = CarriedErrors(self.graph, written, self.digits)
        self.mistakes = self.carried.mistakes
        self.effort = Effort() if effort is None else effort
        self.weights = self._weights(weights)
        self.seed = self._seed(seed)
        self.views: dict[str, Views] = {}

    # --- what each statement is about -----------------------------------------------------------

    def _classify(
        self,
    ) -> tuple[dict[str, list[Statement]], list[Statement], list[Statement]]:
        """Sort statements into tangents by direction, adjoints and partials, by graph names."""
        graph = self.graph
        has_adjoints = any(s.target.kind == BAR for s in self.derivatives)
        has_tangents = any(
            s.target.kind == DOT
            or (s.target.kind == PARTIAL and graph.find(s.target.name) not in graph.outputs
                and graph.find(s.target.wrt) in graph.inputs)
            for s in self.derivatives
        )  # fmt: skip
        tangents: dict[str, list[Statement]] = {}
        adjoints, partials = [], []
        for statement in self.derivatives:
            target = statement.target
            name, wrt = graph.find(target.name), graph.find(target.wrt)
            if target.kind == BAR:
                adjoints.append(statement.with_target(Atom(BAR, name)))
            elif target.kind == DOT:
                tangents.setdefault(wrt, []).append(statement.with_target(Atom(DOT, name)))
            elif (
                graph.outputs == [name]
                and wrt != name
                and not (wrt in graph.inputs and has_tangents and not has_adjoints)
            ):
                if self._is_local(statement, Atom(PARTIAL, name, wrt)):
                    partials.append(statement.with_target(Atom(PARTIAL, name, wrt)))
                else:
                    adjoints.append(statement.with_target(Atom(BAR, wrt)))
            elif wrt in graph.inputs and name not in graph.inputs:
                tangents.setdefault(wrt, []).append(statement.with_target(Atom(DOT, name)))
            else:
                partials.append(statement.with_target(Atom(PARTIAL, name, wrt)))
        for direction, statements in tangents.items():
            for statement in statements:
                self._use_graph_names(statement, direction)
        for statement in adjoints:
            self._use_graph_names(statement, "")
        return tangents, adjoints, partials

    def _is_local(self, statement: Statement, target: Atom) -> bool:
        """Whether ∂f/∂v4 means the partial of the last row, not the total derivative."""
        node = self.graph.nodes.get(target.name)
        if node is None or target.wrt not in [self.graph.find(e.arg) for e in node.edges]:
            return False
        view = View(self.graph, self.evaluations)
        local = [view.value(target, k, local=True) for k in range(len(self.evaluations))]
        total = [w.derivatives_of(target.name).get(target.wrt, math.nan) for w in self.evaluations]
        if agree(local, total):
            return False
        return all(
            agree(view.evaluate(side, local=True), local)
            if side.number is None
            else compare_numbers(side.number, local[0]) is not Match.WRONG
            for side in statement.sides
        )

    def _use_graph_names(self, statement: Statement, direction: str) -> None:
        """Give every quantity in a statement one name: dv5/dx1 is v̇5 if the direction is x1."""
        graph = self.graph

        def renamed(atom: Atom) -> Atom:
            name, wrt = graph.find(atom.name), graph.find(atom.wrt)
            if atom.kind == PARTIAL and direction and wrt == direction:
                return Atom(DOT, name)
            if atom.kind == PARTIAL and statement.target.kind == BAR and name in graph.outputs:
                node = graph.nodes.get(name)
                if node is None or wrt not in [graph.find(e.arg) for e in node.edges]:
                    return Atom(BAR, wrt)
            return replace(atom, name=name, wrt=wrt)

        for side in statement.formulas:
            side.atoms = {key: renamed(atom) for key, atom in side.atoms.items()}

    def _weights(self, given: Mapping[str, float] | None) -> dict[str, float]:
        """The seeds of the adjoints: as written, else as given, else 1 for one output."""
        written = {}
        for statement in self.adjoints:
            name = statement.target.name
            if name in self.graph.outputs and statement.numbers and not statement.formulas:
                uses = self.graph.users.get(name)
                number = statement.numbers[-1].number
                if number is not None and not uses:
                    written[name] = number.value
        if any(written.values()):
            return written
        if given:
            return {self.graph.find(name): weight for name, weight in given.items()}
        if len(self.graph.outputs) > 1:
            return self._best_weights()
        return {self.graph.outputs[0]: 1.0}

    def _best_weights(self) -> dict[str, float]:
        """The weights for the output that makes most adjoints in the work right."""

        def fitting(name: str) -> int:
            bars = self.evaluations[0].bars({name: 1.0})
            return sum(
                abs(side.number.value - bars.get(s.target.name, math.nan)) <= 10 * side.number.unit
                for s in self.adjoints
                for side in s.numbers
                if side.number
            )

        return {max(self.graph.outputs, key=fitting): 1.0}

    def _seed(self, given: Mapping[str, float] | None) -> dict[str, float]:
        """The direction of the tangents: as written, else as given, else the best-fitting input."""
        inputs = self.graph.inputs
        written: dict[str, float] = {}
        for statement in self.tangents.get("", []):
            name = statement.target.name
            node = self.graph.nodes.get(name)
            if node is not None and not node.program.rows and len(node.program.input_names) == 1:
                name = self.graph.find(node.program.input_names[0])  # v0 = x1
            number = statement.numbers[-1].number if statement.numbers else None
            if name in inputs and number is not None:
                written.setdefault(name, number.value)
        if written:
            return {name: written.get(name, 0.0) for name in inputs}
        if given:
            return {name: given.get(name, 0.0) for name in inputs}
        if len(inputs) == 1:
            return {inputs[0]: 1.0}
        units = [{name: float(name == other) for name in inputs} for other in inputs]
        return max(units, key=self._fitting) if units else {}

    def _fitting(self, seed: Mapping[str, float]) -> int:
        dots = self.evaluations[0].dots(seed)
        count = 0
        for statement in self.tangents.get("", []):
            true = dots.get(statement.target.name, math.nan)
            for side in statement.numbers:
                number = side.number
                count += bool(number and abs(number.value - true) <= number.unit + 1e-9 * abs(true))
        return count

    # --- the sweeps -----------------------------------------------------------------------------

    def run(self) -> list[Finding]:
        """Judge all statements, and return the findings in the order of the work."""
        self.views[""] = self._make_views("")
        primals.judge_values(self)
        for direction in self.tangents:
            if direction:
                self.views[direction] = self._make_views(direction)
        for direction, statements in self.tangents.items():
            self._judge_tangents(direction, statements)
        AdjointJudge(self).judge_all()
        for statement in self.partials:
            self._judge_partial(statement)
        for statement, guess in early_uses(self):
            self.findings[statement.position].worsen(WRONG, guess)
        return [self.findings[k] for k in sorted(self.findings)]

    def _make_views(self, direction: str) -> Views:
        """The numbers for one direction."""
        seed = {name: float(name == direction) for name in self.graph.inputs}
        seed = seed if direction else self.seed
        points, count = self.alignment.points, len(self.alignment.points)
        seeds = [seed] * count
        generic_seeds = random_directions(self.graph.inputs, count)
        base = self.views.get("")
        first = base.true if base else None
        true = true_view(self.alignment, direction, seeds, self.weights, self.evaluations, first)
        generic = true_view(
            self.alignment, direction, generic_seeds, self.weights, self.evaluations, true
        )
        student = StudentView(student_graph(self.alignment), [], direction)
        written: dict[Atom, list[Statement]] = {}
        for statement in (*self.primal, *self.tangents.get(direction, []), *self.adjoints):
            target = statement.target
            atom = Atom(target.kind, self.graph.find(target.name))
            written.setdefault(atom, []).append(statement)
        student.fill(true, points, seeds, self.weights, written, base.student if base else None)
        return Views(true, generic, student)

    def _judge_tangents(self, direction: str, statements: list[Statement]) -> None:
        views = self.views[direction]
        order = {name: k for k, name in enumerate((*self.graph.inputs, *self.graph.nodes))}
        for statement in sorted(statements, key=lambda s: order.get(s.target.name, 0)):
            name = statement.target.name
            if name in self.graph.inputs:
                self._judge_seed(statement, views.true.dots[0].get(name, 0.0))
                continue
            expected = Expected(
                tangent_row(views.true, name),
                tangent_row(views.generic, name),
                tangent_row(views.student, name),
            )
            self.judge_statement(statement, expected)

    def _judge_seed(self, statement: Statement, true: float) -> None:
        """Judge a seed; the number that was written first defines the direction."""
        finding = Finding(statement, statement.target, true=true)
        for side in statement.numbers:
            if side.number and abs(side.number.value - true) > 1e-9:
                target = statement.target.text
                guess = Guess(
                    "other", [true], f"{target} is a seed: it was set to {true:g} before."
                )
                finding.worsen(WRONG, guess)
        self.findings[statement.position] = finding

    def judge_statement(self, statement: Statement, expected: Expected) -> Finding:
        """Judge a statement whose sides should all be equal."""
        self.set_tolerances(expected)
        finding = Finding(
            statement, statement.target, row=expected.true, true=expected.true.values[0]
        )
        for side in statement.sides:
            self.judge_side(finding, side, expected)
        if statement.running:
            self.judge_side(finding, statement.running, expected)
        return self.record(finding, expected)

    def judge_side(self, finding: Finding, side: Side, expected: Expected) -> None:
        """Judge one side of a statement."""
        number = side.number
        if finding.mark == WRONG:
            return  # only the first mistake of a row is reported
        mark, guess = (
            judge_formula(side, expected, self.effort)
            if number is None
            else judge_number(number, expected, self.effort)
        )
        finding.worsen(mark, guess or (self.unexplained(expected.true) if mark == WRONG else None))

    def unexplained(self, row: Row) -> Guess:
        """The guess for a row if the last search found nothing."""
        return not_searched(row) if self.effort.cut else no_usual_slip(row)

    def record(self, finding: Finding, expected: Expected) -> Finding:
        """Store a finding, and its mistake, from which later rows may follow."""
        if finding.mark == FOLLOWS:
            finding.follows_from = self.carried.cause(expected)
        if finding.mark in (WRONG, FOLLOWS):
            self.mistakes.setdefault(finding.atom, finding.follows_from or finding.statement)
        self.findings[finding.statement.position] = finding
        return finding

    def set_tolerances(self, expected: Expected) -> None:
        """Set the precision of a row, and whether it depends on a mistake."""
        expected.tainted = self.carried.cause(expected) is not None
        expected.digits, expected.decimals = self.digits, self.decimals
        expected.spread = self.carried.spread(expected)

    def _judge_partial(self, statement: Statement) -> None:
        """Judge a statement about a single partial such as ∂v6/∂v5."""
        primals.judge_partial(self, statement)
