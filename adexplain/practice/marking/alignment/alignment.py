"""Which row of the function a person's row is: by what it computes, not by what it is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from adexplain.errors import InputError
from adexplain.practice.equality import Given, Match, compare_numbers
from adexplain.practice.marking.alignment.graph import Graph
from adexplain.practice.marking.alignment.matching import Matching
from adexplain.practice.marking.alignment.persons_graph import GraphMaker
from adexplain.practice.marking.alignment.resolver import Resolver
from adexplain.practice.marking.alignment.vectors import Vector
from adexplain.practice.marking.reading.notation import Atom
from adexplain.practice.marking.reading.statements import Side, Statement
from adexplain.practice.marking.reading.work import Work
from adexplain.program import CONSTANT, Builder, Program


@dataclass
class Alignment:
    """A work's rows and what they are.

    Attributes:
        program: the function.
        points: where everything is compared; the first is the one looked at.
        graph: the rows that derivatives are taken of.
        own: rows as the person has them, where that is not what they should be.
        slots: row of the work → row of the function.
        wrong: rows of the work that are not what they should be.
        values: the true values of the rows at the points.
    """

    program: Program
    points: list[dict[str, float]]
    graph: Graph
    own: dict[str, Program] = field(default_factory=dict)
    slots: dict[str, int] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)
    values: dict[str, Vector] = field(default_factory=dict)


def align(
    program: Program, at: Mapping[str, float], work: Work, called: Mapping[int, str] | None = None
) -> Alignment:
    """Find out what each row of a work is.

    Args:
        program: the function.
        at: the point.
        work: what was read.
        called: other names of the function's rows, where the work numbers them otherwise.

    Raises:
        InputError: a row speaks of something that is no row.
    """
    return Aligner(program, at, work, called or {}).align()


class Aligner(Matching):
    """The rows of one work, one after the other."""

    def align(self) -> Alignment:
        """Match all rows, and make the graph that derivatives are taken of."""
        primal = [s for s in self.work.statements if not s.target.kind]
        rows = {s.target.name: s for s in primal if s.formulas}
        self.defined = {s.target.name for s in primal} - set(self.program.input_names)
        self._numbers([s for s in primal if s.target.name not in rows])
        self._formulas(rows)
        if not self.reaches():
            Resolver(self).resolve(rows)
        graph = GraphMaker(self).made()
        return Alignment(
            self.program, self.points, graph, self.own, self.slots, self.wrong, self.env
        )

    # --- rows that are only numbers -----------------------------------------------------------

    def _numbers(self, rows: list[Statement]) -> None:
        """Rows without a formula: by their names if those fit, else by their values."""
        numbers = {
            s.target.name: s.numbers[-1].number
            for s in rows
            if s.target.name not in self.program.input_names and s.numbers
        }
        steps = self.program.rows
        every = [*self.program.inputs, *steps]
        right: dict[str, list[int]] = {  # a row of another name may be an input: v0 = 5
            name: [
                slot
                for slot in (steps if name in self.ours else every)
                if given and self._is(given, slot)
            ]
            for name, given in numbers.items()
        }
        known = [name for name in numbers if name in self.ours]
        fitting = sum(self.ours[name] in right[name] for name in known)
        by_value = self._by_value(right)
        by_name = len(known) == len(numbers) and (2 * fitting >= len(known) or not by_value)
        used: set[int] = set()
        for name in numbers:
            if by_value:
                slot: int | None = by_value[name]
            elif by_name:
                slot = self.ours[name]
            else:
                slot = next((s for s in right[name] if s not in used), None)
            if slot is not None:
                used.add(slot)
                self.match(name, slot)
        rest = [name for name in numbers if name not in self.slots]
        self._by_position(list(numbers), rest, used)

    def _by_value(self, right: Mapping[str, list[int]]) -> dict[str, int]:
        """A row of the function for each name, by its value; nothing if some have none left."""
        found: dict[str, int] = {}
        for name in sorted(right, key=lambda n: self.ours.get(n) not in right[n]):
            mine = self.ours.get(name)
            free = [s for s in right[name] if s not in found.values()]
            if not free:
                return {}
            found[name] = mine if mine is not None and mine in free else free[0]
        return found

    def _by_position(self, order: list[str], rest: list[str], used: set[int]) -> None:
        """Rows whose numbers are nobody's: what is left between their neighbours."""
        for name in rest:
            before = [self.slots[n] for n in order[: order.index(name)] if n in self.slots]
            free = [s for s in self.program.rows if s not in used and s > max(before, default=-1)]
            free = free or [s for s in self.program.rows if s not in used]
            if not free:
                statement = next(s for s in self.work.statements if s.target.name == name)
                raise InputError(
                    f"No row of the function has the value of `{name}`.",
                    statement.span,
                    f"Write what {name} is: {name} = …",
                )
            slot = self.ours[name] if self.ours.get(name) in free else free[0]
            used.add(slot)
            self.match(name, slot)
            self.wrong.add(name)

    def _is(self, given: Given, slot: int) -> bool:
        value = self.signatures[slot][0]
        return compare_numbers(given, value) is not Match.WRONG

    # --- rows with formulas -------------------------------------------------------------------

    def _formulas(self, rows: Mapping[str, Statement]) -> None:
        """Rows in an order in which each one's arguments come first."""
        waiting = dict(rows)
        while waiting:
            ready = [
                name
                for name, statement in waiting.items()
                if not any(atom.name in waiting and atom.name != name for atom in _atoms(statement))
            ]
            if not ready:
                name = next(iter(waiting))
                raise InputError(
                    f"`{name}` depends on itself.",
                    waiting[name].span,
                    "Each row uses inputs and rows that are computed before it.",
                )
            for name in ready:
                self._formula(name, waiting.pop(name))

    def _formula(self, name: str, statement: Statement) -> None:
        side = statement.formulas[0]
        for atom in side.atoms.values():
            if not atom.kind:
                self._know(atom.name, side, of=name)
        if name in self.program.input_names:
            return
        vector = self.evaluated(side)
        slot = self.slot(name, vector)
        self.programs[name] = _renamed(side)
        if slot is None:
            self.env[name] = vector
            self.unmatched.append(name)
        else:
            self.match(name, slot)

    def _know(self, name: str, side: Side, of: str = "") -> None:
        """Make sure that a name means something."""
        if name in self.env and name != of:
            return
        slot = self.ours.get(name)
        if slot is None or name in self.defined:
            what = f"`{name}` is used before it means something." if name == of else None
            raise InputError(
                what or f"`{name}` is no input and no row.",
                side.span,
                f"Give it a row of its own, {name} = …, or use the names of the function's rows.",
            )
        self.env[name] = self.signatures[slot]


def _atoms(statement: Statement) -> Iterator[Atom]:
    for side in statement.formulas[:1]:
        yield from side.atoms.values()


def _renamed(side: Side) -> Program:
    """The formula with the names of its quantities as inputs."""
    program = side.program
    names = [side.atoms[key].name for key in program.input_names]
    if names == list(program.input_names):
        return program
    builder = Builder(share=False)
    places: dict[int, int] = {}
    for slot, name in zip(program.inputs, names, strict=True):
        places[slot] = builder.input(name)
    for slot, (op, args) in enumerate(program.nodes):
        if op is CONSTANT:
            places[slot] = builder.constant(program.constants[slot])
        elif args:
            places[slot] = builder.row(op, *(places[arg] for arg in args))
    return builder.build([places[program.outputs[0]]])
