"""Which rows of a work are which rows of the function, as far as that is known."""

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

SAMPLES = 7
"""Points at which rows are compared: the one looked at, and others around it."""


class Matching:
    """The rows of one work beside those of the function.

    Attributes:
        points: where everything is compared; the first is the one looked at.
        signatures: for each slot of the function, its values at the points.
        env: for each name of the work, the values it should have at the points.
        programs: the formula of each row of the work.
        slots: row of the work → row of the function.
        unmatched: rows of the work that have the values of no row of the function.
        wrong: rows of the work that are not what they should be.
        own: rows as the person has them, where that is not what they should be.
        ours: every name of the function's rows → slot.
    """

    def __init__(
        self,
        program: Program,
        at: Mapping[str, float],
        work: Work,
        called: Mapping[int, str],
    ) -> None:
        self.program = program
        self.called = called
        self.work = work
        around = points_around(list(program.input_names), at)
        self.points = on_one_branch(program, around)[: SAMPLES + 1]
        found = [evaluate(program, [p[n] for n in program.input_names]) for p in self.points]
        self.signatures: list[Vector] = [
            [math.nan if values[slot] is None else float(values[slot] or 0.0) for values in found]
            for slot in range(len(program.ops))
        ]
        self.env: dict[str, Vector] = {
            name: [point[name] for point in self.points] for name in program.input_names
        }
        self.programs: dict[str, Program] = {}
        self.slots: dict[str, int] = {}
        self.unmatched: list[str] = []
        self.wrong: set[str] = set()
        self.own: dict[str, Program] = {}
        named = {n: s for s, n in enumerate(program.names) if program.ops[s] is not CONSTANT}
        for slot, labels in program.labels.items():
            named.update(dict.fromkeys(labels, slot))
        for name, slot in zip(program.output_names, program.outputs, strict=True):
            named.setdefault(name, slot)
        named.update({name: slot for slot, name in called.items()})
        self.ours = named

    def match(self, name: str, slot: int) -> None:
        """Note that a row of the work is a row of the function."""
        self.slots[name] = slot
        self.env[name] = self.signatures[slot]

    def evaluated(self, side: Side) -> Vector:
        """A formula's values, its names meaning what they should mean."""
        for key, atom in side.atoms.items():
            if atom.kind:
                message = f"A value does not depend on {atom.told()}."
                raise InputError(
                    message, side.span, "Tangents and adjoints have rows of their own."
                )
            assert key
        atoms = [side.atoms[key].name for key in side.program.input_names]
        return evaluated(side.program, [self.env[name] for name in atoms], len(self.points))

    def slot(self, name: str, vector: Vector) -> int | None:
        """The row of the function with these values; the one of that name, if it has them."""
        fitting = [
            slot
            for slot in (*self.program.rows, *self.program.inputs)
            if same(vector, self.signatures[slot])
        ]
        if self.ours.get(name) in fitting:
            return self.ours[name]
        free = [slot for slot in fitting if slot not in self.slots.values()]
        return next(iter(free or fitting), None)

    def reaches(self) -> bool:
        """Whether the person's rows make up the function."""
        vectors = [self.env[name] for name in self.programs]
        return all(
            self.program.ops[slot] == "input"
            or any(same(self.signatures[slot], vector) for vector in vectors)
            for slot in self.program.outputs
        )
