"""Errors carried forward: the effect of earlier mistakes and of rounded numbers on later rows."""

from __future__ import annotations

import math
from collections.abc import Mapping

from adexplain.practice.marking.alignment.graph import Graph
from adexplain.practice.marking.alignment.rows import Term
from adexplain.practice.marking.diagnosis.expected import Expected
from adexplain.practice.marking.reading.notation import BAR, Atom
from adexplain.practice.marking.reading.statements import Statement


class CarriedErrors:
    """Finds the earlier mistake that a row follows from, and its error from rounding.

    Attributes:
        mistakes: wrong quantity → the statement with the original mistake.
        written: kind of quantity → the rows and inputs that the work has statements about.
        digits: the most significant digits of numbers in the work.
    """

    def __init__(self, graph: Graph, written: Mapping[str, set[str]], digits: int) -> None:
        self.graph = graph
        self.written = written
        self.digits = digits
        self.mistakes: dict[Atom, Statement] = {}
        self._known_mistakes = 0
        self._firsts: dict[Atom, Statement | None] = {}
        self._uses: dict[str, list[Atom]] = {}
        self._spreads: dict[tuple[int, Atom, str, int], float] = {}

    def cause(self, expected: Expected) -> Statement | None:
        """The first earlier mistake that a row depends on, if any."""
        if not self.mistakes:
            return None
        kinds = {atom.kind for atom in self.mistakes}
        atoms: dict[Atom, None] = {}
        for term in (*expected.student.terms, *expected.true.terms):
            if term.flow.kind in kinds:
                atoms[term.flow] = None
            if "" in kinds:
                atoms.update(dict.fromkeys(self._values(term)))
        found = [first for atom in atoms if (first := self._first(atom))]
        return min(found, key=lambda s: s.position, default=None)

    def _values(self, term: Term) -> list[Atom]:
        """The values that the partial of a term depends on."""
        node = term.node
        if node.name not in self._uses:
            names = [self.graph.find(arg) for arg in node.program.input_names]
            self._uses[node.name] = [Atom("", name) for name in (*names, node.name)]
        return self._uses[node.name]

    def _first(self, atom: Atom) -> Statement | None:
        """The first mistake in a quantity, or behind it as long as nothing is written down."""
        if self._known_mistakes != len(self.mistakes):
            self._known_mistakes, self._firsts = len(self.mistakes), {}
        firsts, pending = self._firsts, [atom]
        waiting: set[Atom] = set()
        while pending:
            here = pending[-1]
            previous: list[Atom] = []
            if here not in firsts and here.name not in self.written.get(here.kind, ()):
                previous = [Atom(here.kind, name) for name in self._one_step_back(here)]
            unvisited = [
                other for other in previous if other not in firsts and other not in waiting
            ]
            if unvisited:
                waiting.add(here)
                pending += unvisited
                continue
            pending.pop()
            if here not in firsts:
                found = [first for other in previous if (first := firsts.get(other))]
                found += [self.mistakes[here]] if here in self.mistakes else []
                firsts[here] = min(found, key=lambda s: s.position, default=None)
        return firsts[atom]

    def _one_step_back(self, atom: Atom) -> list[str]:
        if atom.kind == BAR:
            return [user.name for user, _ in self.graph.users.get(atom.name, [])]
        node = self.graph.nodes.get(atom.name)
        return [self.graph.find(edge.arg) for edge in node.edges] if node else []

    def spread(self, expected: Expected) -> float:
        """How far the student's row may be off because the numbers it uses were rounded."""
        return sum(
            self._spread(term, expected.student.view.units) for term in expected.student.terms
        )

    def _spread(self, term: Term, units: Mapping[Atom, float]) -> float:
        """The part of one term, cached because accumulated sums need it repeatedly."""
        key = (id(units), term.flow, term.node.name, term.place)
        if key not in self._spreads:
            unit = self._unit(term.flow, term.flows[0], units)
            spread = abs(term.slopes[0]) * unit
            values = term.evaluations[0].values
            for arg in term.node.program.input_names:
                value = values.get(arg, 0.0)
                unit = self._unit(Atom("", self.graph.find(arg)), value, units)
                if unit:
                    moved = term.node.value_and_partials({**values, arg: value + unit})[1]
                    change = (moved[term.place] - term.slopes[0]) * term.flows[0]
                    spread += abs(change) if math.isfinite(change) else 0.0
            self._spreads[key] = spread
        return self._spreads[key]

    def _unit(self, atom: Atom, value: float, units: Mapping[Atom, float]) -> float:
        """How far a number may be off because it was rounded before it was used.

        A number that is not written down is assumed to be rounded to the same digits as the others.
        """
        if atom in units:
            return units[atom]
        given = atom.name in self.graph.inputs and not atom.kind
        if given or not 2 <= self.digits <= 12 or not value or not math.isfinite(value):
            return 0.0
        if float(f"{value:.{self.digits}g}") == value:
            return 0.0
        return 0.5 * float(f"1e{math.floor(math.log10(abs(value))) + 1 - self.digits}")
