"""An index of a trace: which rows use a slot, and which contributions it receives.

It is made once for each explanation, so that describing one step of a long trace is fast.
"""

from __future__ import annotations

from typing import NamedTuple
from weakref import WeakKeyDictionary

from adexplain.evaluate.sweeps import Trace
from adexplain.explanation.contribution_positions import contribution_positions
from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import arguments_read


class IncomingContribution(NamedTuple):
    """The place of a contribution among those into the same slot.

    Attributes:
        place: which of them it is, from 1.
        before: the contribution before it into the same slot; None for the first.
        position: the position, from 0, of the receiving slot among the arguments of the row that
            it comes from.
    """

    place: int
    before: int | None
    position: int


class TraceIndex:
    """Uses of slots and places of contributions in a trace.

    Attributes:
        rows: the rows that were computed.
        uses: slot → how often the computed rows read it.
        received: slot → how many contributions it receives.
        incoming: the place of each contribution.
        seeds: slot of an output → its adjoint seed.
        outputs: slot → the positions of the outputs that it is.
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
        self.incoming: list[IncomingContribution] = []
        if explanation.reverse:
            self._walk(trace)

    def _walk(self, trace: Trace) -> None:
        latest: dict[int, int] = {}
        positions = contribution_positions(trace)
        for number, (into, *_) in enumerate(trace.contributions):
            place = self.received[into] = self.received.get(into, 0) + 1
            position = next(positions)
            self.incoming.append(IncomingContribution(place, latest.get(into), position))
            latest[into] = number


def _sum(weights: list[float]) -> float:
    total = weights[0]
    for weight in weights[1:]:
        total += weight
    return total


_indexes: WeakKeyDictionary[Explanation, TraceIndex] = WeakKeyDictionary()


def index_of(explanation: Explanation) -> TraceIndex:
    """The index of an explanation, made at the first call."""
    found = _indexes.get(explanation)
    if found is None:
        found = _indexes[explanation] = TraceIndex(explanation)
    return found
