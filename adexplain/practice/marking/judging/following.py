"""What a row inherits from earlier ones: mistakes, and the digits that were rounded away."""

from __future__ import annotations

import math
from collections.abc import Mapping

from adexplain.practice.marking.alignment.graph import Graph
from adexplain.practice.marking.alignment.rows import Term
from adexplain.practice.marking.diagnosis.expected import Expected
from adexplain.practice.marking.reading.notation import BAR, Atom
from adexplain.practice.marking.reading.statements import Statement


class Following:
    """Finds the earlier mistake that a row follows from.

    Attributes:
        bad: what is wrong, with the statement that began it.
        written: kind → the rows and inputs that the work speaks of.
        digits: the most significant digits that the work's numbers have.
    """

    def __init__(self, graph: Graph, written: Mapping[str, set[str]], digits: int) -> None:
        self.graph = graph
        self.written = written
        self.digits = digits
        self.bad: dict[Atom, Statement] = {}
        self._bad_then = 0
        self._firsts: dict[Atom, Statement | None] = {}
        self._uses: dict[str, list[Atom]] = {}
        self._spreads: dict[tuple[int, Atom, str, int], float] = {}

    def cause(self, expected: Expected) -> Statement | None:
        """The earlier mistake that a row depends on, if any."""
        if not self.bad:
            return None
        kinds = {atom.kind for atom in self.bad}
        atoms: dict[Atom, None] = {}
        for term in (*expected.own.terms, *expected.true.terms):
            if term.flow.kind in kinds:
                atoms[term.flow] = None
            if "" in kinds:
                atoms.update(dict.fromkeys(self._values(term)))
        found = [first for atom in atoms if (first := self._first(atom))]
        return min(found, key=lambda s: s.position, default=None)

    def _values(self, term: Term) -> list[Atom]:
        """The values that a term's partial is made of."""
        node = term.node
        if node.name not in self._uses:
            names = [self.graph.find(arg) for arg in node.program.input_names]
            self._uses[node.name] = [Atom("", name) for name in (*names, node.name)]
        return self._uses[node.name]

    def _first(self, atom: Atom) -> Statement | None:
        """The first mistake in something, or behind what is not written down, in its own sweep."""
        if self._bad_then != len(self.bad):
            self._bad_then, self._firsts = len(self.bad), {}
        firsts, todo = self._firsts, [atom]
        waiting: set[Atom] = set()
        while todo:
            here = todo[-1]
            nearer: list[Atom] = []
            if here not in firsts and here.name not in self.written.get(here.kind, ()):
                nearer = [Atom(here.kind, name) for name in self._nearer(here)]
            later = [other for other in nearer if other not in firsts and other not in waiting]
            if later:
                waiting.add(here)
                todo += later
                continue
            todo.pop()
            if here not in firsts:
                found = [first for other in nearer if (first := firsts.get(other))]
                found += [self.bad[here]] if here in self.bad else []
                firsts[here] = min(found, key=lambda s: s.position, default=None)
        return firsts[atom]

    def _nearer(self, atom: Atom) -> list[str]:
        if atom.kind == BAR:
            return [user.name for user, _ in self.graph.users.get(atom.name, [])]
        node = self.graph.nodes.get(atom.name)
        return [self.graph.find(edge.arg) for edge in node.edges] if node else []

    def spread(self, expected: Expected) -> float:
        """How far the own row may be off because the numbers it uses were rounded."""
        return sum(self._spread(term, expected.own.view.units) for term in expected.own.terms)

    def _spread(self, term: Term, units: Mapping[Atom, float]) -> float:
        """One term's part of it; asked for again and again while a sum is collected."""
        key = (id(units), term.flow, term.node.name, term.place)
        if key not in self._spreads:
            unit = self._unit(term.flow, term.flows[0], units)
            spread = abs(term.slopes[0]) * unit
            values = term.worlds[0].values
            for arg in term.node.program.input_names:
                value = values.get(arg, 0.0)
                unit = self._unit(Atom("", self.graph.find(arg)), value, units)
                if unit:
                    moved = term.node.local({**values, arg: value + unit})[1]
                    change = (moved[term.place] - term.slopes[0]) * term.flows[0]
                    spread += abs(change) if math.isfinite(change) else 0.0
            self._spreads[key] = spread
        return self._spreads[key]

    def _unit(self, atom: Atom, value: float, units: Mapping[Atom, float]) -> float:
        """How far a number may be off because it was rounded before it was used.

        One that is not written down was rounded all the same, in the head or on another sheet, to
        the digits that the others have.
        """
        if atom in units:
            return units[atom]
        given = atom.name in self.graph.inputs and not atom.kind
        if given or not 2 <= self.digits <= 12 or not value or not math.isfinite(value):
            return 0.0
        if float(f"{value:.{self.digits}g}") == value:
            return 0.0
        return 0.5 * float(f"1e{math.floor(math.log10(abs(value))) + 1 - self.digits}")
