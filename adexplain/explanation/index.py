"""Who uses what in a trace, and what arrives where: looked up by the words of single steps.

Made once per explanation in one walk, so that one step of a long trace costs no walk of its own.
"""

from __future__ import annotations

from typing import NamedTuple
from weakref import WeakKeyDictionary

from adexplain.evaluate.sweeps import Trace
from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import arguments_read
from adexplain.program import Program
from adexplain.transforms.partials import edges


class Arrival(NamedTuple):
    """One contribution among those into the same slot.

    Attributes:
        place: which of them it is, from 1.
        before: the contribution before it into the same slot; None for the first.
        position: which argument of the row it comes out of receives it, from 0.
    """

    place: int
    before: int | None
    position: int


class Index:
    """What the words need beyond the trace's own numbers.

    Attributes:
        rows: the rows that were computed.
        uses: slot → how many times rows that were computed read it.
        received: slot → how many contributions arrive in it.
        arrivals: one for each contribution.
        seeds: slot → the adjoint given to it.
        outputs: slot → the outputs it is.
    """

    def __init__(self, explanation: Explanation) -> None:
        trace = explanation.trace
        program = trace.program
        self.uses = [0] * len(trace.values)
        self.rows = [slot for slot in program.rows if trace.values[slot] is not None]
        for slot in self.rows:
            for arg in arguments_read(trace, slot):
                self.uses[arg] += 1
        self.outputs: dict[int, list[int]] = {}
        for number, slot in enumerate(program.outputs):
            self.outputs.setdefault(slot, []).append(number)
        weights = explanation.adjoint_seed
        self.seeds = {slot: _sum([weights[k] for k in ks]) for slot, ks in self.outputs.items()}
        self.received: dict[int, int] = {}
        self.arrivals: list[Arrival] = []
        if explanation.reverse:
            self._walk(trace)

    def _walk(self, trace: Trace) -> None:
        latest: dict[int, int] = {}
        came_from, along = -1, 0
        for number, (into, out_of, *_) in enumerate(trace.contributions):
            along = along + 1 if out_of == came_from else 0
            came_from = out_of
            place = self.received[into] = self.received.get(into, 0) + 1
            position = edge_positions(trace, out_of)[along]
            self.arrivals.append(Arrival(place, latest.get(into), position))
            latest[into] = number


def _sum(weights: list[float]) -> float:
    total = weights[0]
    for weight in weights[1:]:
        total += weight
    return total


def edge_positions(trace: Trace, slot: int) -> list[int]:
    """Positions of the arguments that ``trace.edges[slot]`` lists."""
    if trace.program.ops[slot] == "where":
        args = trace.program.args[slot]
        return [1 if trace.values[args[0]] else 2] if trace.edges[slot] else []
    return _static_positions(trace.program, slot)


def _static_positions(program: Program, slot: int) -> list[int]:
    return [position for _, position in edges(program, slot)]


_made: WeakKeyDictionary[Explanation, Index] = WeakKeyDictionary()


def index_of(explanation: Explanation) -> Index:
    """The index of an explanation, made when it is first asked for."""
    found = _made.get(explanation)
    if found is None:
        found = _made[explanation] = Index(explanation)
    return found
