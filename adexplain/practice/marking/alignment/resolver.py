"""What a row that is no row of the function should have been."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from adexplain.practice.marking.alignment.effort import Effort
from adexplain.practice.marking.alignment.matching import Matching
from adexplain.practice.marking.alignment.vectors import evaluated, same
from adexplain.practice.marking.reading.statements import Side, Statement


class Resolver:
    """Finds for each unmatched row of a work the row of the function that it stands for."""

    def __init__(self, matching: Matching) -> None:
        self.matching = matching
        self.program, self.programs = matching.program, matching.programs
        self.slots, self.ours = matching.slots, matching.ours
        self.signatures, self.env = matching.signatures, matching.env
        self.unmatched, self.wrong, self.own = matching.unmatched, matching.wrong, matching.own
        self._beside = sorted(
            (self.signatures[slot][1], slot)
            for slot in self.program.rows
            if math.isfinite(self.signatures[slot][1])
        )

    def resolve(self, rows: Mapping[str, Statement]) -> None:
        """Match each row to the row of the function that makes most of the later ones right."""
        effort = Effort()
        users: dict[str, list[Side]] = {}
        for name in self.unmatched:
            side = rows[name].formulas[0]
            for arg in {atom.name for atom in side.atoms.values()} - {name}:
                users.setdefault(arg, []).append(side)
        for name in list(self.unmatched):
            vector = self.matching.evaluated(rows[name].formulas[0])
            slot = self.matching.slot(name, vector)
            if slot is not None:  # it only followed from one before
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
                self.own[name] = self.programs[name]

    def _candidates(self) -> list[int]:
        taken = set(self.slots.values())
        return [slot for slot in self.program.rows if slot not in taken][:40]

    def _score(
        self, name: str, slot: int, row: Statement, users: Sequence[Side], effort: Effort
    ) -> int:
        """What speaks for a row of the function: its name, its rows below, and those above."""
        before = self.env.get(name)
        self.env[name] = self.signatures[slot]
        score = 3 if self.ours.get(name) == slot else 0
        for side in users:
            if effort.allows(len(side.program.ops)):
                score += 2 * self._is_row(side)
        if before is not None:
            self.env[name] = before
        used = {self.program.names[arg] for arg in self.program.args[slot]}
        mine = {self._our_name(a.name) for a in row.formulas[0].atoms.values()}
        score += len(used & mine)
        score += self._operation(name) == self.program.ops[slot]
        return score

    def _is_row(self, side: Side) -> bool:
        """Whether a formula has the values of a row; one point tells most of them apart."""
        vectors = [self.env[side.atoms[key].name] for key in side.program.input_names]
        value = evaluated(side.program, [vector[1:2] for vector in vectors], 1)[0]
        room = 1e-8 * abs(value)
        if math.isfinite(value):
            start = bisect_left(self._beside, (value - room,))
            if start == len(self._beside) or self._beside[start][0] > value + room:
                return False
        found = self.matching.evaluated(side)
        return any(same(found, self.signatures[s]) for s in self.program.rows)

    def _operation(self, name: str) -> str:
        program = self.programs[name]
        return program.ops[program.outputs[0]]

    def _our_name(self, name: str) -> str:
        slot = self.slots.get(name)
        return name if slot is None else self.program.names[slot]
