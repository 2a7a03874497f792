"""Every statement of a work against what it should be, in the order in which things depend."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

from adexplain.practice.equality import Match, compare_numbers
from adexplain.practice.marking.alignment.alignment import Alignment
from adexplain.practice.marking.alignment.effort import Effort
from adexplain.practice.marking.alignment.graph import World, world_at
from adexplain.practice.marking.alignment.rows import Row, agree, tangent_row
from adexplain.practice.marking.alignment.views import (
    OwnView,
    View,
    call_output,
    check_known,
    free_seeds,
    own_nodes,
    true_view,
)
from adexplain.practice.marking.diagnosis.diagnosis import not_looked, nothing_usual
from adexplain.practice.marking.diagnosis.expected import Expected
from adexplain.practice.marking.diagnosis.kinds import Guess
from adexplain.practice.marking.judging import primals
from adexplain.practice.marking.judging.adjoints import Sums
from adexplain.practice.marking.judging.findings import Finding
from adexplain.practice.marking.judging.following import Following
from adexplain.practice.marking.judging.order import used_early
from adexplain.practice.marking.judging.protocol import Views
from adexplain.practice.marking.judging.result import FOLLOWS, WRONG
from adexplain.practice.marking.judging.sides import judge_formula, judge_number
from adexplain.practice.marking.reading.notation import BAR, DOT, PARTIAL, Atom
from adexplain.practice.marking.reading.statements import Side, Statement


def _style(statements: list[Statement]) -> tuple[int, int]:
    """The most significant digits, and the most decimals, that a work's numbers have."""
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
        self.given = seed, weights
        self.graph = alignment.graph
        self.findings: dict[int, Finding] = {}
        self.worlds: list[World] = [world_at(self.graph, p) for p in alignment.points]
        call_output(self.graph, statements)
        for statement in statements:
            if statement.target.kind:
                check_known(self.graph, statement)
        self.primal = [s for s in statements if not s.target.kind]
        self.rest = [s for s in statements if s.target.kind]
        self.digits, self.decimals = _style(statements)
        self.tangents, self.adjoints, self.partials = self._sorted()
        written: dict[str, set[str]] = {}
        for statement in (*self.primal, *self.adjoints, *chain(*self.tangents.values())):
            name = self.graph.find(statement.target.name)
            written.setdefault(statement.target.kind, set()).add(name)
        self.following = Following(self.graph, written, self.digits)
        self.bad = self.following.bad
        self.effort = Effort() if effort is None else effort
        self.weights = self._weights(weights)
        self.seed = self._seed(seed)
        self.views: dict[str, Views] = {}

    # --- what each statement is about -----------------------------------------------------------

    def _sorted(
        self,
    ) -> tuple[dict[str, list[Statement]], list[Statement], list[Statement]]:
        """Tangents by direction, adjoints and partials; targets by the names of the graph."""
        graph = self.graph
        speaks_of_bars = any(s.target.kind == BAR for s in self.rest)
        speaks_of_dots = any(
            s.target.kind == DOT
            or (s.target.kind == PARTIAL and graph.find(s.target.name) not in graph.outputs
                and graph.find(s.target.per) in graph.inputs)
            for s in self.rest
        )  # fmt: skip
        tangents: dict[str, list[Statement]] = {}
        adjoints, partials = [], []
        for statement in self.rest:
            target = statement.target
            name, per = graph.find(target.name), graph.find(target.per)
            if target.kind == BAR:
                adjoints.append(statement.of(Atom(BAR, name)))
            elif target.kind == DOT:
                tangents.setdefault(per, []).append(statement.of(Atom(DOT, name)))
            elif (
                graph.outputs == [name]
                and per != name
                and not (per in graph.inputs and speaks_of_dots and not speaks_of_bars)
            ):
                if self._is_local(statement, Atom(PARTIAL, name, per)):
                    partials.append(statement.of(Atom(PARTIAL, name, per)))
                else:
                    adjoints.append(statement.of(Atom(BAR, per)))
            elif per in graph.inputs and name not in graph.inputs:
                tangents.setdefault(per, []).append(statement.of(Atom(DOT, name)))
            else:
                partials.append(statement.of(Atom(PARTIAL, name, per)))
        for direction, some in tangents.items():
            for statement in some:
                self._plain(statement, direction)
        for statement in adjoints:
            self._plain(statement, "")
        return tangents, adjoints, partials

    def _is_local(self, statement: Statement, target: Atom) -> bool:
        """Whether ∂f/∂v4 is meant as the partial of the last row alone."""
        node = self.graph.nodes.get(target.name)
        if node is None or target.per not in [self.graph.find(e.arg) for e in node.edges]:
            return False
        view = View(self.graph, self.worlds)
        local = [view.value(target, k, local=True) for k in range(len(self.worlds))]
        total = [w.of(target.name).get(target.per, math.nan) for w in self.worlds]
        if agree(local, total):
            return False
        return all(
            agree(view.evaluate(side, local=True), local)
            if side.number is None
            else compare_numbers(side.number, local[0]) is not Match.WRONG
            for side in statement.sides
        )

    def _plain(self, statement: Statement, direction: str) -> None:
        """Call every quantity of a statement by one name: dv5/dx1 is v̇5 where x1 is the seed."""
        graph = self.graph

        def plain(atom: Atom) -> Atom:
            name, per = graph.find(atom.name), graph.find(atom.per)
            if atom.kind == PARTIAL and direction and per == direction:
                return Atom(DOT, name)
            if atom.kind == PARTIAL and statement.target.kind == BAR and name in graph.outputs:
                node = graph.nodes.get(name)
                if node is None or per not in [graph.find(e.arg) for e in node.edges]:
                    return Atom(BAR, per)
            return replace(atom, name=name, per=per)

        for side in statement.formulas:
            side.atoms = {key: plain(atom) for key, atom in side.atoms.items()}

    def _weights(self, given: Mapping[str, float] | None) -> dict[str, float]:
        """The seeds of the adjoint sweep: as written, as asked for, or 1 for the first output."""
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
        """Which of several outputs the adjoints belong to: the one that makes most rows right."""

        def fitting(name: str) -> int:
            bars = self.worlds[0].bars({name: 1.0})
            return sum(
                abs(side.number.value - bars.get(s.target.name, math.nan)) <= 10 * side.number.unit
                for s in self.adjoints
                for side in s.numbers
                if side.number
            )

        return {max(self.graph.outputs, key=fitting): 1.0}

    def _seed(self, given: Mapping[str, float] | None) -> dict[str, float]:
        """The direction of the tangents: as written, as asked for, or the input that fits best."""
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
        units = [{name: float(name == one) for name in inputs} for one in inputs]
        return max(units, key=self._fitting) if units else {}

    def _fitting(self, seed: Mapping[str, float]) -> int:
        dots = self.worlds[0].dots(seed)
        count = 0
        for statement in self.tangents.get("", []):
            true = dots.get(statement.target.name, math.nan)
            for side in statement.numbers:
                number = side.number
                count += bool(number and abs(number.value - true) <= number.unit + 1e-9 * abs(true))
        return count

    # --- the sweeps -----------------------------------------------------------------------------

    def run(self) -> list[Finding]:
        """Judge all statements; findings in the order of the work."""
        self.views[""] = self._views("")
        primals.judge_values(self)
        for direction in self.tangents:
            if direction:
                self.views[direction] = self._views(direction)
        for direction, statements in self.tangents.items():
            self._tangents(direction, statements)
        Sums(self).judge_all()
        for statement in self.partials:
            self._partial(statement)
        for statement, guess in used_early(self):
            self.findings[statement.position].worsen(WRONG, guess)
        return [self.findings[k] for k in sorted(self.findings)]

    def _views(self, direction: str) -> Views:
        """Everything about one direction."""
        seed = {name: float(name == direction) for name in self.graph.inputs}
        seed = seed if direction else self.seed
        points, count = self.alignment.points, len(self.alignment.points)
        seeds = [seed] * count
        free = free_seeds(self.graph.inputs, count)
        base = self.views.get("")
        first = base.true if base else None
        true = true_view(self.alignment, direction, seeds, self.weights, self.worlds, first)
        general = true_view(self.alignment, direction, free, self.weights, self.worlds, true)
        own = OwnView(own_nodes(self.alignment), [], direction)
        written: dict[Atom, list[Statement]] = {}
        for statement in (*self.primal, *self.tangents.get(direction, []), *self.adjoints):
            target = statement.target
            atom = Atom(target.kind, self.graph.find(target.name))
            written.setdefault(atom, []).append(statement)
        own.fill(true, points, seeds, self.weights, written, base.own if base else None)
        return Views(true, general, own)

    def _tangents(self, direction: str, statements: list[Statement]) -> None:
        views = self.views[direction]
        order = {name: k for k, name in enumerate((*self.graph.inputs, *self.graph.nodes))}
        for statement in sorted(statements, key=lambda s: order.get(s.target.name, 0)):
            name = statement.target.name
            if name in self.graph.inputs:
                self._seeded(statement, views.true.dots[0].get(name, 0.0))
                continue
            expected = Expected(
                tangent_row(views.true, name),
                tangent_row(views.free, name),
                tangent_row(views.own, name),
            )
            self.judge(statement, expected)

    def _seeded(self, statement: Statement, true: float) -> None:
        """A seed: whatever was written first is the direction."""
        finding = Finding(statement, statement.target, true=true)
        for side in statement.numbers:
            if side.number and abs(side.number.value - true) > 1e-9:
                target = statement.target.told()
                guess = Guess(
                    "other", [true], f"{target} is a seed: it was set to {true:g} before."
                )
                finding.worsen(WRONG, guess)
        self.findings[statement.position] = finding

    def judge(self, statement: Statement, expected: Expected) -> Finding:
        """A statement whose sides all say one thing."""
        self.weigh(expected)
        finding = Finding(
            statement, statement.target, row=expected.true, true=expected.true.values[0]
        )
        for side in statement.sides:
            self.side(finding, side, expected)
        if statement.running:
            self.side(finding, statement.running, expected)
        return self.note(finding, expected)

    def side(self, finding: Finding, side: Side, expected: Expected) -> None:
        """One side of a statement."""
        number = side.number
        if finding.mark == WRONG:
            return  # the first of a row's mistakes is the one that is told
        mark, guess = (
            judge_formula(side, expected, self.effort)
            if number is None
            else judge_number(number, expected, self.effort)
        )
        finding.worsen(mark, guess or (self.unknown(expected.true) if mark == WRONG else None))

    def unknown(self, row: Row) -> Guess:
        """What is said where the last search found nothing."""
        return not_looked(row) if self.effort.cut else nothing_usual(row)

    def note(self, finding: Finding, expected: Expected) -> Finding:
        """Remember a finding, and that others may follow from it."""
        if finding.mark == FOLLOWS:
            finding.follows = self.following.cause(expected)
        if finding.mark in (WRONG, FOLLOWS):
            self.bad.setdefault(finding.atom, finding.follows or finding.statement)
        self.findings[finding.statement.position] = finding
        return finding

    def weigh(self, expected: Expected) -> None:
        """How far the own row may be off, and whether it depends on something wrong."""
        expected.tainted = self.following.cause(expected) is not None
        expected.digits, expected.decimals = self.digits, self.decimals
        expected.spread = self.following.spread(expected)

    def _partial(self, statement: Statement) -> None:
        """A statement about ∂v6/∂v5 alone."""
        primals.judge_partial(self, statement)
