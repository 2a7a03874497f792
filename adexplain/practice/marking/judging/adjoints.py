"""The statements about one adjoint: a sum at once, or collected contribution by contribution."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from adexplain.practice.equality import Given
from adexplain.practice.marking.alignment.rows import Row, Term, adjoint_row, agree
from adexplain.practice.marking.alignment.vectors import Vector
from adexplain.practice.marking.diagnosis.diagnosis import explained
from adexplain.practice.marking.diagnosis.expected import Expected
from adexplain.practice.marking.diagnosis.kinds import ASSIGNED, CONTRIBUTION, Guess
from adexplain.practice.marking.judging.findings import Finding
from adexplain.practice.marking.judging.protocol import Judging
from adexplain.practice.marking.judging.result import RIGHT, WRONG
from adexplain.practice.marking.judging.sides import judge_formula, judge_number
from adexplain.practice.marking.reading.notation import BAR, Atom
from adexplain.practice.marking.reading.statements import Side, Statement

Said = tuple[Row, list[Given | Vector]]
"""A row, and the sides of a statement by its numbers."""

TOGETHER = 3
"""Contributions that one statement may add at once and still be told apart."""
MANY = 8
"""Contributions beyond which a statement is taken to add one, or all."""


class Sums:
    """Judges all adjoints of a work, those of the last rows first."""

    def __init__(self, judge: Judging) -> None:
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
            if any(self._collects(s) for s in statements) or self._listed(statements):
                _Collection(self, name, statements, expected).judge_all()
            else:
                for statement in statements:
                    judge.judge(statement, expected)

    def _expected(self, name: str) -> Expected:
        seed = self.judge.weights.get(name, 0.0)
        return Expected(
            adjoint_row(self.views.true, name, seed),
            None,
            adjoint_row(self.views.own, name, seed),
        )

    def _collects(self, statement: Statement) -> bool:
        """Whether a statement adds to what is there."""
        return statement.adds or speaks_of(statement, statement.target)

    def _listed(self, statements: list[Statement]) -> bool:
        """Several statements of different contributions."""
        if len(statements) < 2:
            return False
        whole = self._expected(statements[0].target.name)
        return not all(self.is_whole(s, whole) for s in statements)

    def is_whole(self, statement: Statement, expected: Expected) -> bool:
        """Whether every side of a statement is the whole adjoint."""
        expected = replace(expected)
        self.judge.weigh(expected)
        marks = [
            judge_formula(side, expected)[0]
            if side.number is None
            else judge_number(side.number, expected)[0]
            for side in statement.sides
        ]
        return all(mark != WRONG for mark in marks)


def speaks_of(statement: Statement, target: Atom) -> bool:
    """Whether a statement uses what it is about: v̄4 = v̄4 + …"""
    return any(target in side.atoms.values() for side in statement.formulas)


class _Collection:
    """The statements that collect one adjoint."""

    def __init__(
        self, sums: Sums, name: str, statements: list[Statement], expected: Expected
    ) -> None:
        self.sums = sums
        self.judge = sums.judge
        self.name = name
        self.statements = statements
        self.expected = expected
        self.left = list(range(len(expected.true.terms)))
        self.seeded = any(expected.true.seed)
        self.whole = False
        self.spreads: dict[int, float] = {}
        self.arrived: list[str] = ["the seed"] if self.seeded else []

    def judge_all(self) -> None:
        """Judge each statement, and at the end what never arrived."""
        judge = self.judge
        last: Finding | None = None
        for number, statement in enumerate(self.statements):
            if number == 0 and self._is_seed(statement):
                judge.judge(statement, self._part([]))
                continue
            last = self._statement(statement, number)
        missing = [k for k in self.left if any(self._term(k).values) and not self.whole]
        if missing and last is not None and last.mark != WRONG:
            last.worsen(WRONG, self._missing(missing))
            judge.bad.setdefault(last.atom, last.statement)

    def _term(self, k: int) -> Term:
        return self.expected.true.terms[k]

    def _is_seed(self, statement: Statement) -> bool:
        """``v̄4 = 0`` or ``v̄6 = 1`` before the sum begins."""
        number = statement.numbers[0].number if statement.numbers else None
        return (
            not statement.formulas
            and number is not None
            and (number.value == self.expected.true.seed[0])
        )

    def _spread(self, k: int) -> float:
        """How far one contribution may be off because earlier numbers were rounded."""
        if k not in self.spreads:
            alone = self._part([k], seeded=False, weigh=False)
            self.spreads[k] = self.judge.following.spread(alone)
        return self.spreads[k]

    def _part(self, places: list[int], seeded: bool = True, weigh: bool = True) -> Expected:
        """What some of the contributions should add up to."""

        def part(row: Row) -> Row:
            terms = [row.terms[k] for k in places if k < len(row.terms)]
            seed = row.seed if seeded else [0.0] * len(row.seed)
            return Row(row.target, terms, seed, row.view)

        made = Expected(part(self.expected.true), None, part(self.expected.own))
        if weigh:
            self.judge.weigh(made)
        return made

    def _statement(self, statement: Statement, number: int) -> Finding:
        """One statement: which contributions it adds, and whether it adds them."""
        judge = self.judge
        itself = speaks_of(statement, statement.target)
        places = self._meant(statement)
        if places is None:
            whole = judge.judge(statement, self.expected)
            self.whole |= whole.mark != WRONG
            return whole
        expected = self._part(places, seeded=False)
        finding = self._new_finding(statement, expected)
        for side in statement.formulas:
            self._formula(finding, side, expected)
        arrived = [k for k in range(len(self.expected.true.terms)) if k not in self.left]
        sofar = self._part([*arrived, *places])
        for side in (*statement.numbers, *filter(None, [statement.running])):
            self._number(finding, side, expected, sofar)
        names = [self._term(k).node.name for k in places]
        assigns = not statement.adds and not itself and not statement.table
        if assigns and number and self.arrived and finding.mark != WRONG:
            finding.worsen(WRONG, self._assigned(names))
            finding.whole = self.expected.true
        self.arrived += [f"the one from {name}" for name in names]
        self.left = [k for k in self.left if k not in places]
        return judge.note(finding, expected)

    def _new_finding(self, statement: Statement, expected: Expected) -> Finding:

        return Finding(statement, statement.target, row=expected.true, true=expected.true.values[0])

    def _formula(self, finding: Finding, side: Side, expected: Expected) -> None:
        """A formula that adds; ``v̄4 + …`` stands for what was there before."""
        if Atom(BAR, self.name) not in side.atoms.values():
            self.judge.side(finding, side, expected)
            return
        for row in (expected.true, expected.own):
            if agree(row.view.evaluate(side, instead={Atom(BAR, self.name): 0.0}), row.values):
                return
        finding.worsen(WRONG, self._mistake(side, expected.true))

    def _mistake(self, side: Side, row: Row) -> Guess:
        """What is wrong with a formula that adds to ``v̄4`` by naming it."""
        effort = self.judge.effort
        effort.cut = False
        found = explained(row, side, effort, {Atom(BAR, self.name): 0.0})
        return found or self.judge.unknown(row)

    def _number(self, finding: Finding, side: Side, expected: Expected, sofar: Expected) -> None:
        """A number: the amount that is added, or the sum so far."""
        assert side.number is not None
        verdicts = [judge_number(side.number, e) for e in (expected, sofar)]
        mark, guess = min(verdicts, key=lambda v: [RIGHT, "rounded", "follows", WRONG].index(v[0]))
        if mark == WRONG and finding.mark != WRONG:
            guess = judge_number(side.number, sofar, self.judge.effort)[1]
        if mark == WRONG and guess is None:
            guess = self.judge.unknown(sofar.true)
            if guess.looked:
                guess.says = "This is neither what is added here nor the sum so far."
        finding.worsen(mark, guess)

    def _meant(self, statement: Statement) -> list[int] | None:
        """The contributions a statement means; None for the whole adjoint."""
        if not speaks_of(statement, statement.target) and self._fits_whole(statement):
            return None
        said = self._said(statement)
        most = TOGETHER if len(self.left) <= MANY else 1
        for size in range(1, most + 1):
            for places in combinations(self.left, size):
                if self._fits(said, places):
                    return list(places)
        spoken = {
            atom.name
            for side in statement.formulas
            for atom in side.atoms.values()
            if atom.kind == BAR and atom.name != self.name
        }
        aimed = [k for k in self.left if self._term(k).node.name in spoken]
        if len(spoken) == 1 and aimed:
            return aimed[:1]
        if aimed and len(aimed) <= TOGETHER:
            return aimed
        return self.left[:1] or None

    def _said(self, statement: Statement) -> list[Said]:
        """What a statement adds, with the true numbers and with the person's own."""
        sides = statement.formulas or statement.numbers[:1]
        instead = {Atom(BAR, self.name): 0.0}
        return [
            (row, [side.number or row.view.evaluate(side, instead=instead) for side in sides])
            for row in (self.expected.true, self.expected.own)
        ]

    def _fits(self, said: list[Said], places: Sequence[int]) -> bool:
        return any(
            bool(sides) and all(self._is_sum(row, side, places) for side in sides)
            for row, sides in said
        )

    def _is_sum(self, row: Row, side: Given | Vector, places: Sequence[int]) -> bool:
        """Whether a side is what some of the contributions add up to."""
        terms = [row.terms[k] for k in places if k < len(row.terms)]
        here = sum(term.values[0] for term in terms)
        if isinstance(side, Given):
            unit = max(side.unit, 1e-9 * abs(here))
            return abs(side.value - here) <= unit + sum(self._spread(k) for k in places)
        scale = max((abs(term.values[0]) for term in terms), default=0.0)
        if not agree(side[:1], [here], [scale]) and math.isfinite(side[0]):
            return False  # most are told apart by one point
        part = Row(row.target, terms, [0.0] * len(row.seed), row.view)
        return agree(side, part.values, part.scale)

    def _fits_whole(self, statement: Statement) -> bool:
        if statement.adds:
            return False
        return self.sums.is_whole(statement, self.expected)

    def _assigned(self, names: list[str]) -> Guess:
        bar = Atom(BAR, self.name).told()
        before = " and ".join(self.arrived)
        return Guess(
            ASSIGNED,
            [],
            f"{bar} is assigned instead of accumulated: the contribution from "
            f"{' and '.join(names)} overwrites {before}. Contributions are added (+=).",
        )

    def _missing(self, places: list[int]) -> Guess:
        bar = Atom(BAR, self.name).told()
        terms = [self._term(k) for k in places]
        told = " and ".join(f"the one from {t.node.name}, {t.told()}" for t in terms)
        count = len(self.expected.true.terms)
        verb = "is" if len(terms) == 1 else "are"
        return Guess(
            CONTRIBUTION,
            [],
            f"{bar} collects {count} contributions, one for each use of {self.name}; {told}, "
            f"{verb} missing.",
        )
