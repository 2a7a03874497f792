"""The interface of the judge for the modules that judge one kind of statement each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from adexplain.practice.marking.alignment.align import Alignment
from adexplain.practice.marking.alignment.effort import Effort
from adexplain.practice.marking.alignment.graph import Evaluation, Graph
from adexplain.practice.marking.alignment.rows import Row
from adexplain.practice.marking.alignment.views import StudentView, View
from adexplain.practice.marking.diagnosis.expected import Expected
from adexplain.practice.marking.diagnosis.mistake_kinds import Guess
from adexplain.practice.marking.judging.carried_errors import CarriedErrors
from adexplain.practice.marking.judging.findings import Finding
from adexplain.practice.marking.reading.notation import Atom
from adexplain.practice.marking.reading.statements import Side, Statement


@dataclass(eq=False)
class Views:
    """The numbers for one direction: the true ones, for generic directions, and the student's."""

    true: View
    generic: View
    student: StudentView


class JudgeInterface(Protocol):
    """The judge of one work.

    Attributes:
        alignment, graph, evaluations: the rows of the work and their true numbers.
        primal, adjoints, tangents: its statements; tangents by direction.
        seed, weights: the direction of the tangents, and the seeds of the adjoints.
        views: the numbers behind the work, by direction.
        findings: the findings, by the position of the statement.
        mistakes: wrong quantity → the statement with the original mistake.
        carried: errors carried forward from earlier rows.
        effort: the limit on explaining mistakes.
        digits, decimals: the most digits and decimals of numbers in the work.
    """

    alignment: Alignment
    graph: Graph
    evaluations: list[Evaluation]
    primal: list[Statement]
    adjoints: list[Statement]
    tangents: dict[str, list[Statement]]
    seed: dict[str, float]
    weights: dict[str, float]
    views: dict[str, Views]
    findings: dict[int, Finding]
    mistakes: dict[Atom, Statement]
    carried: CarriedErrors
    effort: Effort
    digits: int
    decimals: int

    def judge_statement(self, statement: Statement, expected: Expected) -> Finding:
        """Judge a statement whose sides should all be equal."""

    def judge_side(self, finding: Finding, side: Side, expected: Expected) -> None:
        """Judge one side of a statement."""

    def unexplained(self, row: Row) -> Guess:
        """The guess for a row if the last search found nothing."""

    def record(self, finding: Finding, expected: Expected) -> Finding:
        """Store a finding, and its mistake, from which later rows may follow."""

    def set_tolerances(self, expected: Expected) -> None:
        """Set the precision of a row, and whether it depends on a mistake."""
