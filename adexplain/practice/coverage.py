"""Which numbers and rules of a trace can be asked for, and where they stand in it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from adexplain.explanation.explain import Explanation
from adexplain.explanation.index import Arrival, edge_positions, index_of
from adexplain.explanation.stepping import ADJOINT, PRIMAL, TANGENT
from adexplain.program import INPUT

VALUES, RULES, CONTRIBUTIONS, GRADIENT = KINDS = ("values", "rules", "contributions", "gradient")
"""What can be covered: every value; the rule of every derivative; every number of the derivative
sweeps, tangents and contributions alike; or only where the derivative is complete."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One step, looked up.

    Attributes:
        number: the step's.
        sweep: "primal", "tangent" or "adjoint".
        slot: the row or input whose number the step computes, or adds to.
        row: the row whose rule the step uses; where it adds a contribution, the one it comes from.
        edge: the contribution's position among the trace's; None elsewhere, and for a seed.
        arrival: which of those into ``slot`` it is.
        wanted: the number that stands there after the step.
    """

    number: int
    sweep: str
    slot: int
    row: int
    edge: int | None
    arrival: Arrival | None
    wanted: float | None

    @property
    def is_seed(self) -> bool:
        """Whether the step gives a seed, which nobody can predict."""
        return self.sweep == ADJOINT and self.edge is None


def asked_at(explanation: Explanation, number: int) -> Asked:
    """A step of the trace, looked up.

    Raises:
        IndexError: there is no such step.
    """
    step, index, trace = explanation.stepping.at(number), index_of(explanation), explanation.trace
    if step.sweep == PRIMAL:
        slot = index.rows[step.position - 1]
        return Asked(number, PRIMAL, slot, slot, None, None, trace.values[slot])
    if step.sweep == TANGENT:
        slot = index.rows[step.position - 1]
        return Asked(number, TANGENT, slot, slot, None, None, trace.tangents[slot])
    if step.contribution is None:
        slot = explanation.stepping.seeds[step.position - 1]
        return Asked(number, ADJOINT, slot, slot, None, None, index.seeds[slot])
    into, out_of, _, _, total = trace.contributions[step.contribution]
    arrival = index.arrivals[step.contribution]
    return Asked(number, ADJOINT, into, out_of, step.contribution, arrival, total)


def asks(explanation: Explanation, kind: str, number: int) -> bool:
    """Whether a step is one of those that ``kind`` covers. What is not finite is not asked for."""
    asked = asked_at(explanation, number)
    if asked.is_seed or asked.wanted is None or not math.isfinite(asked.wanted):
        return False
    if kind == VALUES or asked.sweep == PRIMAL:
        return kind == VALUES and asked.sweep == PRIMAL
    if asked.edge is None and not explanation.trace.edges[asked.slot]:
        return False  # it depends on nothing: its tangent is no sum of anything
    return kind != GRADIENT or completes(explanation, asked)


def completes(explanation: Explanation, asked: Asked) -> bool:
    """Whether a step completes a derivative of the function: nothing is added to it later."""
    program, index = explanation.program, index_of(explanation)
    if asked.sweep == TANGENT:
        return asked.slot in index.outputs
    last = asked.arrival is not None and asked.arrival.place == index.received[asked.slot]
    return last and program.ops[asked.slot] is INPUT


def next_asked(explanation: Explanation, kind: str, told: int) -> int | None:
    """The first step after ``told`` that ``kind`` covers; None where everything is uncovered."""
    stepping = explanation.stepping
    first, last = told + 1, stepping.total
    if kind == VALUES:
        last = stepping.counts[PRIMAL]
    else:
        first = max(first, stepping.counts[PRIMAL] + 1)
    return next((n for n in range(first, last + 1) if asks(explanation, kind, n)), None)


def arguments(explanation: Explanation, asked: Asked) -> list[tuple[int, int]]:
    """(argument, position) of the derivatives that a step's rule is about."""
    trace, program = explanation.trace, explanation.program
    if asked.arrival is not None:
        return [(program.args[asked.row][asked.arrival.position], asked.arrival.position)]
    return list(zip(trace.edges[asked.row], edge_positions(trace, asked.row), strict=True))
