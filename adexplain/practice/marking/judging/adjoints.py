"""Judge adjoints, written as one sum or accumulated contribution by contribution."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from adexplain.practice.equality import WrittenNumber
from adexplain.practice.marking.alignment.rows import Row, Term, adjoint_row, agree
from adexplain.practice.marking.alignment.vectors import Vector
from adexplain.practice.marking.diagnosis.expected import Expected
from adexplain.practice.marking.diagnosis.find_mistake import mistake_in_row
from adexplain.practice.marking.diagnosis.mistake_kinds import ASSIGNED, CONTRIBUTION, Guess
from adexplain.practice.marking.judging.findings import Finding
from adexplain.practice.marking.judging.protocol import JudgeInterface
from adexplain.practice.marking.judging.result import RIGHT, WRONG
from adexplain.practice.marking.judging.sides import judge_formula, judge_number
from adexplain.practice.marking.reading.notation import BAR, Atom
from adexplain.practice.marking.reading.statements import Side, Statement

StatementSides = tuple[Row, list[WrittenNumber | Vector]]
"""A row, and the sides of a statement evaluated with the numbers of the row."""

MAX_TOGETHER = 3
"""Most contributions that one statement may add at once."""
MANY_CONTRIBUTIONS = 8
"""With more contributions than this, a statement is assumed to add either one or all."""


class AdjointJudge:
    """Judges all adjoints of a work in the order of the reverse sweep."""

    def __init__(self, judge: JudgeInterface) -> None:
        self.judge = judge
        self.views = judge.views[""]

    def judge_all(self) -> None:
        """Judge every statement about an adjoint."""
        judge = self.judge
        by_name: dict[str, list[Statement]] = {}
        for statement in judge.adjoints:
            by_name.setdefault(statement.target.name, []).append(statement)
        order = [*reversed(judge.graph.nodes), *judge.graph.inputs]
        for name in order:
            statements = by_name.get(name, [])
            if not statements:
                continue
            expected = self._expected(name)
            if any(self._accumulates(s) for s in statements) or self._lists_contributions(
                statements
            ):
                _Accumulation(self, name, statements, expected).judge_all()
            else:
                for statement in statements:
                    judge.judge_statement(statement, expected)

    def _expected(self, name: str) -> Expected:
        seed = self.judge.weights.get(name, 0.0)
        return Expected(
            adjoint_row(self.views.true, name, seed),
            None,
            adjoint_row(self.views.student, name, seed),
        )

    def _accumulates(self, statement: Statement) -> bool:
        """Whether a statement adds to its target: by += or by naming it on the right."""
        return statement.adds or mentions(statement, statement.target)

    def _lists_contributions(self, statements: list[Statement]) -> bool:
        """Whether several statements give different contributions to one adjoint."""
        if len(statements) < 2:
            return False
        full_sum = self._expected(statements[0].target.name)
        return not all(self.is_full_sum(s, full_sum) for s in statements)

    def is_full_sum(self, statement: Statement, expected: Expected) -> bool:
        """Whether every side of a statement is the full adjoint."""
        expected = replace(expected)
        self.judge.set_tolerances(expected)
        marks = [
            judge_formula(side, expected)[0]
            if side.number is None
            else judge_number(side.number, expected)[0]
            for side in statement.sides
        ]
        return all(mark != WRONG for mark in marks)


def mentions(statement: Statement, target: Atom) -> bool:
    """Whether a statement mentions a quantity on the right: v̄4 = v̄4 + …"""
    return any(target in side.atoms.values() for side in statement.formulas)


class _Accumulation:
    """Judges the statements that accumulate one adjoint."""

    def __init__(
        self, sums: AdjointJudge, name: str, statements: list[Statement], expected: Expected
    ) -> None:
        self.sums = sums
        self.judge = sums.judge
        self.name = name
        self.statements = statements
        self.expected = expected
        self.remaining = list(range(len(expected.true.terms)))
        self.seeded = any(expected.true.seed)
        self.full_sum = False
        self.spreads: dict[int, float] = {}
        self.arrived: list[str] = ["the seed"] if self.seeded else []

    def judge_all(self) -> None:
        """Judge each statement, and then whether contributions are missing."""
        judge = self.judge
        last: Finding | None = None
        for number, statement in enumerate(self.statements):
            if number == 0 and self._is_seed(statement):
                judge.judge_statement(statement, self._part([]))
                continue
            last = self._judge(statement, number)
        missing = [k for k in self.remaining if any(self._term(k).values) and not self.full_sum]
        if missing and last is not None and last.mark != WRONG:
            last.worsen(WRONG, self._missing(missing))
            judge.mistakes.setdefault(last.atom, last.statement)

    def _term(self, k: int) -> Term:
        return self.expected.true.terms[k]

    def _is_seed(self, statement: Statement) -> bool:
        """Whether a statement sets the initial value: ``v̄4 = 0`` or ``v̄6 = 1``."""
        number = statement.numbers[0].number if statement.numbers else None
        return (
            not statement.formulas
            and number is not None
            and (number.value == self.expected.true.seed[0])
        )

    def _spread(self, k: int) -> float:
        """How far a contribution may be off because earlier numbers were rounded."""
        if k not in self.spreads:
            contribution = self._part([k], seeded=False, with_tolerances=False)
            self.spreads[k] = self.judge.carried.spread(contribution)
        return self.spreads[k]

    def _part(
        self, places: list[int], seeded: bool = True, with_tolerances: bool = True
    ) -> Expected:
        """The expected sum of some of the contributions."""

        def part(row: Row) -> Row:
            terms = [row.terms[k] for k in places if k < len(row.terms)]
            seed = row.seed if seeded else [0.0] * len(row.seed)
            return Row(row.target, terms, seed, row.view)

        expected = Expected(part(self.expected.true), None, part(self.expected.student))
        if with_tolerances:
            self.judge.set_tolerances(expected)
        return expected

    def _judge(self, statement: Statement, number: int) -> Finding:
        """Judge one statement: which contributions it adds, and whether it does add them."""
        judge = self.judge
        mentions_itself = mentions(statement, statement.target)
        places = self._contributions_meant(statement)
        if places is None:
            full_sum = judge.judge_statement(statement, self.expected)
            self.full_sum |= full_sum.mark != WRONG
            return full_sum
        expected = self._part(places, seeded=False)
        finding = self._new_finding(statement, expected)
        for side in statement.formulas:
            self._judge_formula(finding, side, expected)
        arrived = [k for k in range(len(self.expected.true.terms)) if k not in self.remaining]
        so_far = self._part([*arrived, *places])
        for side in (*statement.numbers, *filter(None, [statement.running])):
            self._judge_number(finding, side, expected, so_far)
        names = [self._term(k).node.name for k in places]
        assigns = not statement.adds and not mentions_itself and not statement.table
        if assigns and number and self.arrived and finding.mark != WRONG:
            finding.worsen(WRONG, self._assigned(names))
            finding.full_sum = self.expected.true
        self.arrived += [f"the one from {name}" for name in names]
        self.remaining = [k for k in self.remaining if k not in places]
        return judge.record(finding, expected)

    def _new_finding(self, statement: Statement, expected: Expected) -> Finding:

        return Finding(statement, statement.target, row=expected.true, true=expected.true.values[0])

    def _judge_formula(self, finding: Finding, side: Side, expected: Expected) -> None:
        """Judge a formula that adds; v̄4 in ``v̄4 + …`` is the sum so far."""
        if Atom(BAR, self.name) not in side.atoms.values():
            self.judge.judge_side(finding, side, expected)
            return
        for row in (expected.true, expected.student):
            if agree(row.view.evaluate(side, instead={Atom(BAR, self.name): 0.0}), row.values):
                return
        finding.worsen(WRONG, self._mistake(side, expected.true))

    def _mistake(self, side: Side, row: Row) -> Guess:
        """The mistake in a formula that adds to v̄4 by naming it."""
        effort = self.judge.effort
        effort.cut = False
        found = mistake_in_row(row, side, effort, {Atom(BAR, self.name): 0.0})
        return found or self.judge.unexplained(row)

    def _judge_number(
        self, finding: Finding, side: Side, expected: Expected, so_far: Expected
    ) -> None:
        """Judge a number, which may be the amount added or the sum so far."""
        assert side.number is not None
        verdicts = [judge_number(side.number, e) for e in (expected, so_far)]
        mark, guess = min(verdicts, key=lambda v: [RIGHT, "rounded", "follows", WRONG].index(v[0]))
        if mark == WRONG and finding.mark != WRONG:
            guess = judge_number(side.number, so_far, self.judge.effort)[1]
        if mark == WRONG and guess is None:
            guess = self.judge.unexplained(so_far.true)
            if guess.searched:
                guess.message = "This is neither what is added here nor the sum so far."
        finding.worsen(mark, guess)

    def _contributions_meant(self, statement: Statement) -> list[int] | None:
        """The contributions that a statement is meant to add; None for the full adjoint."""
        if not mentions(statement, statement.target) and self._fits_full_sum(statement):
            return None
        sides_by_row = self._statement_sides(statement)
        most = MAX_TOGETHER if len(self.remaining) <= MANY_CONTRIBUTIONS else 1
        for size in range(1, most + 1):
            for places in combinations(self.remaining, size):
                if self._fits(sides_by_row, places):
                    return list(places)
        mentioned_rows = {
            atom.name
            for side in statement.formulas
            for atom in side.atoms.values()
            if atom.kind == BAR and atom.name != self.name
        }
        mentioned = [k for k in self.remaining if self._term(k).node.name in mentioned_rows]
        if len(mentioned_rows) == 1 and mentioned:
            return mentioned[:1]
        if mentioned and len(mentioned) <= MAX_TOGETHER:
            return mentioned
        return self.remaining[:1] or None

    def _statement_sides(self, statement: Statement) -> list[StatementSides]:
        """What a statement adds, with the true numbers and with the student's."""
        sides = statement.formulas or statement.numbers[:1]
        instead = {Atom(BAR, self.name): 0.0}
        return [
            (row, [side.number or row.view.evaluate(side, instead=instead) for side in sides])
            for row in (self.expected.true, self.expected.student)
        ]

    def _fits(self, sides_by_row: list[StatementSides], places: Sequence[int]) -> bool:
        return any(
            bool(sides) and all(self._is_sum(row, side, places) for side in sides)
            for row, sides in sides_by_row
        )

    def _is_sum(self, row: Row, side: WrittenNumber | Vector, places: Sequence[int]) -> bool:
        """Whether a side is the sum of some of the contributions."""
        terms = [row.terms[k] for k in places if k < len(row.terms)]
        here = sum(term.values[0] for term in terms)
        if isinstance(side, WrittenNumber):
            unit = max(side.unit, 1e-9 * abs(here))
            return abs(side.value - here) <= unit + sum(self._spread(k) for k in places)
        scale = max((abs(term.values[0]) for term in terms), default=0.0)
        if not agree(side[:1], [here], [scale]) and math.isfinite(side[0]):
            return False  # one point is enough to rule out most sides
        part = Row(row.target, terms, [0.0] * len(row.seed), row.view)
        return agree(side, part.values, part.scale)

    def _fits_full_sum(self, statement: Statement) -> bool:
        if statement.adds:
            return False
        return self.sums.is_full_sum(statement, self.expected)

    def _assigned(self, names: list[str]) -> Guess:
        bar = Atom(BAR, self.name).text
        before = " and ".join(self.arrived)
        return Guess(
            ASSIGNED,
            [],
            f"{bar} is assigned instead of accumulated: the contribution from "
            f"{' and '.join(names)} overwrites {before}. Contributions are added (+=).",
        )

    def _missing(self, places: list[int]) -> Guess:
        bar = Atom(BAR, self.name).text
        terms = [self._term(k) for k in places]
        listed = " and ".join(f"the one from {t.node.name}, {t.text}" for t in terms)
        count = len(self.expected.true.terms)
        verb = "is" if len(terms) == 1 else "are"
        return Guess(
            CONTRIBUTION,
            [],
            f"{bar} collects {count} contributions, one for each use of {self.name}; {listed}, "
            f"{verb} missing.",
        )
