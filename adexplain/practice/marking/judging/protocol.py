"""What the parts of the judge may ask of it: each judges one kind of statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from adexplain.practice.marking.alignment.alignment import Alignment
from adexplain.practice.marking.alignment.effort import Effort
from adexplain.practice.marking.alignment.graph import Graph, World
from adexplain.practice.marking.alignment.rows import Row
from adexplain.practice.marking.alignment.views import OwnView, View
from adexplain.practice.marking.diagnosis.expected import Expected
from adexplain.practice.marking.diagnosis.kinds import Guess
from adexplain.practice.marking.judging.findings import Finding
from adexplain.practice.marking.judging.following import Following
from adexplain.practice.marking.reading.notation import Atom
from adexplain.practice.marking.reading.statements import Side, Statement


@dataclass(eq=False)
class Views:
    """The numbers of one direction: true ones, free ones, the person's own."""

    true: View
    free: View
    own: OwnView


class Judging(Protocol):
    """One work being judged.

    Attributes:
        alignment, graph, worlds: what the rows of the work are, and their true numbers.
        primal, adjoints, tangents: its statements; tangents by direction.
        seed, weights: the direction of the tangents, and the seeds of the adjoints.
        views: the numbers behind the work, by direction.
        findings: what was found, by the position of the statement.
        bad: what is wrong → the statement where that began.
        following: what a row inherits from earlier ones.
        effort: what may be spent on explaining mistakes.
        digits, decimals: the most that the work's numbers have.
    """

    alignment: Alignment
    graph: Graph
    worlds: list[World]
    primal: list[Statement]
    adjoints: list[Statement]
    tangents: dict[str, list[Statement]]
    seed: dict[str, float]
    weights: dict[str, float]
    views: dict[str, Views]
    findings: dict[int, Finding]
    bad: dict[Atom, Statement]
    following: Following
    effort: Effort
    digits: int
    decimals: int

    def judge(self, statement: Statement, expected: Expected) -> Finding:
        """Judge a statement whose sides all say one thing."""

    def side(self, finding: Finding, side: Side, expected: Expected) -> None:
        """Judge one side of a statement."""

    def unknown(self, row: Row) -> Guess:
        """What is said where the last search found nothing."""

    def note(self, finding: Finding, expected: Expected) -> Finding:
        """Remember a finding, and that others may follow from it."""

    def weigh(self, expected: Expected) -> None:
        """Set how far the own row may be off, and whether it depends on something wrong."""
