"""The steps of a trace: every number that it computes is one step.

First the primal sweep, a step for each row; then the tangent sweep, likewise; then the adjoint
sweep, a step for each seed and for each contribution. Every view with steps (the page, an animated
drawing, a notebook) uses these numbers, so that step 17 is the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from adexplain.evaluate import branches
from adexplain.evaluate.sweeps import Trace
from adexplain.plain_data import Record
from adexplain.program import CONSTANT

PRIMAL, TANGENT, ADJOINT = "primal", "tangent", "adjoint"


PENDING, NOW, NEXT, PAST = "pending", "now", "next", "past"


def step_state(step: int | None, number: int, until: int | None = None) -> str:
    """Whether a number is revealed when a trace is shown up to a step.

    Args:
        step: the step up to which the trace is shown; None for the whole trace.
        number: the step that computes the number.
        until: the step from which another number takes its place, if any.

    Returns:
        "pending" before its step, "pending next" one step before it, "now" at it, "" after it, and
        "past" when another number has taken its place.
    """
    if until is not None and (step is None or step >= until):
        return PAST
    if step is None or number < step:
        return ""
    if number == step:
        return NOW
    return f"{PENDING} {NEXT}" if number == step + 1 else PENDING


@dataclass(slots=True)
class Step(Record):
    """One step of a trace.

    Attributes:
        number: from 1, among all steps.
        sweep: "primal", "tangent" or "adjoint".
        position: from 1, within its sweep.
        name: the row or input whose number it computes or adds to.
        sources: the rows and inputs it reads that number from; none for a seed.
        contribution: its position in ``Explanation.contributions``; None outside the adjoint sweep
            and for a seed.
    """

    number: int
    sweep: str
    position: int
    name: str
    sources: tuple[str, ...]
    contribution: int | None


def arguments_read(trace: Trace, slot: int) -> tuple[int, ...]:
    """The arguments a row read: without the branch not taken, or a condition not evaluated."""
    return branches.arguments_read(trace.program, slot, trace.values)


class Stepping:
    """The steps of a trace, by number, by row and by contribution.

    Attributes:
        counts: sweep → the number of its steps, for the sweeps that are shown, in order.
        total: the number of all steps.
        seeds: the rows and inputs whose adjoints are given, in the order of their steps.
    """

    def __init__(self, trace: Trace, forward: bool, reverse: bool) -> None:
        self.trace = trace
        program = trace.program
        self._rows = [slot for slot in program.rows if trace.values[slot] is not None]
        self.seeds = tuple(dict.fromkeys(program.outputs)) if reverse else ()
        self.counts = {PRIMAL: len(self._rows)}
        if forward:
            self.counts[TANGENT] = len(self._rows)
        if reverse:
            self.counts[ADJOINT] = len(self.seeds) + len(trace.contributions)
        self.total = sum(self.counts.values())

    @cached_property
    def starts(self) -> dict[str, int]:
        """Sweep → the number of steps before it."""
        before, starts = 0, {}
        for sweep, count in self.counts.items():
            starts[sweep] = before
            before += count
        return starts

    @cached_property
    def primal(self) -> dict[str, int]:
        """Row → the step that computes its value."""
        names = self.trace.program.names
        return {names[slot]: number for number, slot in enumerate(self._rows, 1)}

    @cached_property
    def tangent(self) -> dict[str, int]:
        """Row → the step that computes its tangent."""
        if TANGENT not in self.counts:
            return {}
        return {name: self.starts[TANGENT] + number for name, number in self.primal.items()}

    @cached_property
    def seeded(self) -> dict[str, int]:
        """Row or input with an adjoint seed → the step of the seed."""
        names = self.trace.program.names
        first = self.starts.get(ADJOINT, 0) + 1
        return {names[slot]: number for number, slot in enumerate(self.seeds, first)}

    def of_contribution(self, position: int) -> int:
        """The step of the contribution at that position in ``Explanation.contributions``."""
        return self.starts[ADJOINT] + len(self.seeds) + position + 1

    def at(self, number: int) -> Step:
        """The step of that number, from 1 to ``total``.

        Raises:
            IndexError: there is no such step.
        """
        if not 1 <= number <= self.total:
            raise IndexError(f"There is no step {number}; there are {self.total}.")
        sweep = next(s for s in reversed(self.counts) if number > self.starts[s])
        position = number - self.starts[sweep]
        if sweep == ADJOINT:
            return self._adjoint(number, position)
        slot = self._rows[position - 1]
        program = self.trace.program
        if sweep == TANGENT:
            read = tuple(self.trace.edges[slot])
        else:
            read = tuple(
                a for a in arguments_read(self.trace, slot) if program.ops[a] is not CONSTANT
            )
        sources = tuple(dict.fromkeys(program.names[arg] for arg in read))
        return Step(number, sweep, position, program.names[slot], sources, None)

    def _adjoint(self, number: int, position: int) -> Step:
        names = self.trace.program.names
        if position <= len(self.seeds):
            return Step(number, ADJOINT, position, names[self.seeds[position - 1]], (), None)
        index = position - len(self.seeds) - 1
        into, out_of, *_ = self.trace.contributions[index]
        return Step(number, ADJOINT, position, names[into], (names[out_of],), index)
