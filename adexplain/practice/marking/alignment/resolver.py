"""Find out which row of the function a wrong row of the work was meant to be."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from adexplain.practice.marking.alignment.effort import Effort
from adexplain.practice.marking.alignment.matching import Matching
from adexplain.practice.marking.alignment.vectors import evaluated, same
from adexplain.practice.marking.reading.statements import Side, Statement


class Resolver:
    """Finds the row of the function that each unmatched row of a work was meant to be."""

    def __init__(self, matching: Matching) -> None:
        self.matching = matching
        self.program, self.programs = matching.program, matching.programs
        self.slots, self.function_slots = matching.slots, matching.function_slots
        self.signatures, self.true_values = matching.signatures, matching.true_values
        self.unmatched, self.wrong, self.student_programs = (
            matching.unmatched,
            matching.wrong,
            matching.student_programs,
        )
        self._sorted_values = sorted(
            (self.signatures[slot][1], slot)
            for slot in self.program.rows
            if math.isfinite(self.signatures[slot][1])
        )

    def resolve(self, rows: Mapping[str, Statement]) -> None:
        """Match each unmatched row to the row of the function that makes most later rows right."""
        effort = Effort()
        users: dict[str, list[Side]] = {}
        for name in self.unmatched:
            side = rows[name].formulas[0]
            for arg in {atom.name for atom in side.atoms.values()} - {name}:
                users.setdefault(arg, []).append(side)
        for name in list(self.unmatched):
            vector = self.matching.evaluated(rows[name].formulas[0])
            slot = self.matching.find_slot(name, vector)
            if slot is not None:  # it was only wrong because an earlier row was
                self.matching.match(name, slot)
                self.unmatched.remove(name)
                continue
            scores = {
                slot: self._score(name, slot, rows[name], users.get(name, ()), effort)
                for slot in self._candidates()
            }
            best = max(scores, key=lambda slot: scores[slot], default=None)
            if best is not None and scores[best] > 0:
                self.matching.match(name, best)
                self.unmatched.remove(name)
                self.wrong.add(name)
                self.student_programs[name] = self.programs[name]

    def _candidates(self) -> list[int]:
        matched = set(self.slots.values())
        return [slot for slot in self.program.rows if slot not in matched][:40]

    def _score(
        self, name: str, slot: int, row: Statement, users: Sequence[Side], effort: Effort
    ) -> int:
        """Score for a row of the function: equal name, arguments and operation, and its users."""
        previous = self.true_values.get(name)
        self.true_values[name] = self.signatures[slot]
        score = 3 if self.function_slots.get(name) == slot else 0
        for side in users:
            if effort.allows(len(side.program.ops)):
                score += 2 * self._is_row(side)
        if previous is not None:
            self.true_values[name] = previous
        function_arguments = {self.program.names[arg] for arg in self.program.args[slot]}
        row_arguments = {self._function_name(a.name) for a in row.formulas[0].atoms.values()}
        score += len(function_arguments & row_arguments)
        score += self._operation(name) == self.program.ops[slot]
        return score

    def _is_row(self, side: Side) -> bool:
        """Whether a formula has the values of a row; one point rules out most formulas."""
        vectors = [self.true_values[side.atoms[key].name] for key in side.program.input_names]
        value = evaluated(side.program, [vector[1:2] for vector in vectors], 1)[0]
        tolerance = 1e-8 * abs(value)
        if math.isfinite(value):
            start = bisect_left(self._sorted_values, (value - tolerance,))
            if (
                start == len(self._sorted_values)
                or self._sorted_values[start][0] > value + tolerance
            ):
                return False
        found = self.matching.evaluated(side)
        return any(same(found, self.signatures[s]) for s in self.program.rows)

    def _operation(self, name: str) -> str:
        program = self.programs[name]
        return program.ops[program.outputs[0]]

    def _function_name(self, name: str) -> str:
        slot = self.slots.get(name)
        return name if slot is None else self.program.names[slot]
