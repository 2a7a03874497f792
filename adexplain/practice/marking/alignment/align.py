"""Align the rows of a work with the rows of the function by what they compute, not by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from adexplain.errors import InputError
from adexplain.practice.equality import Match, WrittenNumber, compare_numbers
from adexplain.practice.marking.alignment.graph import Graph
from adexplain.practice.marking.alignment.matching import Matching
from adexplain.practice.marking.alignment.resolver import Resolver
from adexplain.practice.marking.alignment.vectors import Vector
from adexplain.practice.marking.alignment.work_graph import WorkGraphBuilder
from adexplain.practice.marking.reading.notation import Atom
from adexplain.practice.marking.reading.statements import Side, Statement
from adexplain.practice.marking.reading.work import Work
from adexplain.program import CONSTANT, Builder, Program


@dataclass
class Alignment:
    """The rows of a work, aligned with those of the function.

    Attributes:
        program: the function.
        points: the points at which everything is compared; the first is the given point.
        graph: the rows whose derivatives are taken.
        student_programs: the formulas of the wrong rows, as the student has them.
        slots: row of the work → slot of the function.
        wrong: rows of the work that are wrong.
        values: the true values of the rows at the points.
    """

    program: Program
    points: list[dict[str, float]]
    graph: Graph
    student_programs: dict[str, Program] = field(default_factory=dict)
    slots: dict[str, int] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)
    values: dict[str, Vector] = field(default_factory=dict)


def align(
    program: Program, at: Mapping[str, float], work: Work, renamed: Mapping[int, str] | None = None
) -> Alignment:
    """Align the rows of a work with those of the function.

    Args:
        program: the function.
        at: the point.
        work: the work as read.
        renamed: slot → another name, if the work numbers the rows in another way.

    Raises:
        InputError: a row uses an unknown name, or depends on itself.
    """
    return Aligner(program, at, work, renamed or {}).align()


class Aligner(Matching):
    """Aligns the rows of a work, one after the other."""

    def align(self) -> Alignment:
        """Match all rows, and build the graph whose derivatives are taken."""
        primal = [s for s in self.work.statements if not s.target.kind]
        rows = {s.target.name: s for s in primal if s.formulas}
        self.defined = {s.target.name for s in primal} - set(self.program.input_names)
        self._match_numbers([s for s in primal if s.target.name not in rows])
        self._match_formulas(rows)
        if not self.covers_function():
            Resolver(self).resolve(rows)
        graph = WorkGraphBuilder(self).build()
        return Alignment(
            self.program,
            self.points,
            graph,
            self.student_programs,
            self.slots,
            self.wrong,
            self.true_values,
        )

    # --- rows that are only numbers -----------------------------------------------------------

    def _match_numbers(self, rows: list[Statement]) -> None:
        """Match rows without a formula by their names if those fit, else by their values."""
        numbers = {
            s.target.name: s.numbers[-1].number
            for s in rows
            if s.target.name not in self.program.input_names and s.numbers
        }
        steps = self.program.rows
        inputs_and_rows = [*self.program.inputs, *steps]
        fitting_slots: dict[str, list[int]] = {  # a row of another name may be an input: v0 = 5
            name: [
                slot
                for slot in (steps if name in self.function_slots else inputs_and_rows)
                if given and self._has_value(given, slot)
            ]
            for name, given in numbers.items()
        }
        known = [name for name in numbers if name in self.function_slots]
        fitting = sum(self.function_slots[name] in fitting_slots[name] for name in known)
        by_value = self._by_value(fitting_slots)
        by_name = len(known) == len(numbers) and (2 * fitting >= len(known) or not by_value)
        used: set[int] = set()
        for name in numbers:
            if by_value:
                slot: int | None = by_value[name]
            elif by_name:
                slot = self.function_slots[name]
            else:
                slot = next((s for s in fitting_slots[name] if s not in used), None)
            if slot is not None:
                used.add(slot)
                self.match(name, slot)
        unmatched = [name for name in numbers if name not in self.slots]
        self._by_position(list(numbers), unmatched, used)

    def _by_value(self, fitting_slots: Mapping[str, list[int]]) -> dict[str, int]:
        """A row of the function for each name, by value; {} if a name is left without a row."""
        found: dict[str, int] = {}
        for name in sorted(
            fitting_slots, key=lambda n: self.function_slots.get(n) not in fitting_slots[n]
        ):
            own_slot = self.function_slots.get(name)
            free = [s for s in fitting_slots[name] if s not in found.values()]
            if not free:
                return {}
            found[name] = own_slot if own_slot is not None and own_slot in free else free[0]
        return found

    def _by_position(self, order: list[str], unmatched: list[str], used: set[int]) -> None:
        """Match rows whose numbers fit no row to the free rows after their predecessors."""
        for name in unmatched:
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
            slot = self.function_slots[name] if self.function_slots.get(name) in free else free[0]
            used.add(slot)
            self.match(name, slot)
            self.wrong.add(name)

    def _has_value(self, given: WrittenNumber, slot: int) -> bool:
        value = self.signatures[slot][0]
        return compare_numbers(given, value) is not Match.WRONG

    # --- rows with formulas -------------------------------------------------------------------

    def _match_formulas(self, rows: Mapping[str, Statement]) -> None:
        """Match rows with formulas, each after its arguments."""
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
                self._match_formula(name, waiting.pop(name))

    def _match_formula(self, name: str, statement: Statement) -> None:
        side = statement.formulas[0]
        for atom in side.atoms.values():
            if not atom.kind:
                self._require_known(atom.name, side, of=name)
        if name in self.program.input_names:
            return
        vector = self.evaluated(side)
        slot = self.find_slot(name, vector)
        self.programs[name] = _renamed(side)
        if slot is None:
            self.true_values[name] = vector
            self.unmatched.append(name)
        else:
            self.match(name, slot)

    def _require_known(self, name: str, side: Side, of: str = "") -> None:
        """Raise InputError if a name is neither an input nor a row."""
        if name in self.true_values and name != of:
            return
        slot = self.function_slots.get(name)
        if slot is None or name in self.defined:
            what = f"`{name}` is used before it means something." if name == of else None
            raise InputError(
                what or f"`{name}` is no input and no row.",
                side.span,
                f"Give it a row of its own, {name} = …, or use the names of the function's rows.",
            )
        self.true_values[name] = self.signatures[slot]


def _atoms(statement: Statement) -> Iterator[Atom]:
    for side in statement.formulas[:1]:
        yield from side.atoms.values()


def _renamed(side: Side) -> Program:
    """The program of a formula with the names of its quantities as inputs."""
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
