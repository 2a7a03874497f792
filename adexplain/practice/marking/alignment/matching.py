"""The matching of a work's rows with the rows of the function, by their values."""

from __future__ import annotations

import math
from collections.abc import Mapping

from adexplain.errors import InputError
from adexplain.evaluate.run import evaluate
from adexplain.practice.equality import points_around
from adexplain.practice.marking.alignment.branches import on_one_branch
from adexplain.practice.marking.alignment.vectors import Vector, evaluated, same
from adexplain.practice.marking.reading.statements import Side
from adexplain.practice.marking.reading.work import Work
from adexplain.program import CONSTANT, Program

MAX_SAMPLES = 7
"""Most points at which rows are compared, besides the given point."""


class Matching:
    """The matching of the rows of a work with the rows of the function.

    Attributes:
        points: the points at which everything is compared; the first is the given point.
        signatures: for each slot of the function, its values at the points.
        true_values: for each name in the work, the values it should have at the points.
        programs: the formula of each row of the work.
        slots: row of the work → slot of the function.
        unmatched: rows of the work whose values are those of no row of the function.
        wrong: rows of the work that are wrong.
        student_programs: the formulas of the wrong rows, as the student has them.
        function_slots: name of a row or input of the function → slot.
        renamed: slot → another name, if the work numbers the rows in another way.
    """

    def __init__(
        self,
        program: Program,
        at: Mapping[str, float],
        work: Work,
        renamed: Mapping[int, str],
    ) -> None:
        self.program = program
        self.renamed = renamed
        self.work = work
        nearby = points_around(list(program.input_names), at)
        self.points = on_one_branch(program, nearby)[: MAX_SAMPLES + 1]
        found = [evaluate(program, [p[n] for n in program.input_names]) for p in self.points]
        self.signatures: list[Vector] = [
            [math.nan if values[slot] is None else float(values[slot] or 0.0) for values in found]
            for slot in range(len(program.ops))
        ]
        self.true_values: dict[str, Vector] = {
            name: [point[name] for point in self.points] for name in program.input_names
        }
        self.programs: dict[str, Program] = {}
        self.slots: dict[str, int] = {}
        self.unmatched: list[str] = []
        self.wrong: set[str] = set()
        self.student_programs: dict[str, Program] = {}
        function_slots = {
            n: s for s, n in enumerate(program.names) if program.ops[s] is not CONSTANT
        }
        for slot, labels in program.labels.items():
            function_slots.update(dict.fromkeys(labels, slot))
        for name, slot in zip(program.output_names, program.outputs, strict=True):
            function_slots.setdefault(name, slot)
        function_slots.update({name: slot for slot, name in renamed.items()})
        self.function_slots = function_slots

    def match(self, name: str, slot: int) -> None:
        """Record that a row of the work is a row of the function."""
        self.slots[name] = slot
        self.true_values[name] = self.signatures[slot]

    def evaluated(self, side: Side) -> Vector:
        """The values of a formula at the points, with the true values of its names."""
        for key, atom in side.atoms.items():
            if atom.kind:
                message = f"A value does not depend on {atom.text}."
                raise InputError(
                    message, side.span, "Tangents and adjoints have rows of their own."
                )
            assert key
        atoms = [side.atoms[key].name for key in side.program.input_names]
        return evaluated(side.program, [self.true_values[name] for name in atoms], len(self.points))

    def find_slot(self, name: str, vector: Vector) -> int | None:
        """The row of the function with these values, preferably the row of that name."""
        fitting = [
            slot
            for slot in (*self.program.rows, *self.program.inputs)
            if same(vector, self.signatures[slot])
        ]
        if self.function_slots.get(name) in fitting:
            return self.function_slots[name]
        free = [slot for slot in fitting if slot not in self.slots.values()]
        return next(iter(free or fitting), None)

    def covers_function(self) -> bool:
        """Whether the rows of the work compute all outputs of the function."""
        vectors = [self.true_values[name] for name in self.programs]
        return all(
            self.program.ops[slot] == "input"
            or any(same(self.signatures[slot], vector) for vector in vectors)
            for slot in self.program.outputs
        )
