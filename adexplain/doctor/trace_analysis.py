"""``TraceAnalysis``: follows a derivative back through a trace to the row where it went wrong."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from adexplain import budgets
from adexplain.doctor.branches import blocking_row, deciding_row
from adexplain.evaluate.branches import edge_positions
from adexplain.evaluate.sweeps import Trace, sweep_adjoints
from adexplain.primitives.ieee import has_pole
from adexplain.primitives.primitive import PRIMITIVES, SELECTING
from adexplain.program import Program
from adexplain.statuses.one_sided import Neighborhood


@dataclass(frozen=True, slots=True)
class Flow:
    """One edge in the adjoint sweep: its row's adjoint, the partial, and the contribution."""

    into: int
    out_of: int
    adjoint: float
    partial: float
    amount: float
    total: float
    edge: int
    """Position among the edges of its row."""
    parallel: int
    """How many earlier edges of its row lead to the same argument."""


@dataclass(frozen=True, slots=True)
class ZeroCause:
    """Why a derivative is 0.

    Attributes:
        cause: see ``Finding.cause``.
        flow: the edge that makes it 0, if an edge does.
        slot: the row that has no edge, or the row whose value is not finite or wrongly 0.
        amounts: the contributions that cancel.
    """

    cause: str
    flow: Flow | None = None
    slot: int | None = None
    amounts: tuple[float, ...] = ()


class TraceAnalysis:
    """Dependencies in a trace, contributions of each output's adjoint sweep, and true values."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.program: Program = trace.program
        self._flows: dict[int, list[Flow]] = {}
        self._adjoints: dict[int, list[float | None]] = {}
        self._reached: dict[tuple[int, bool], set[int]] = {}
        self._needed: dict[tuple[int, bool], set[int]] = {}
        self._origins: dict[int, tuple[int, str]] = {}
        self._rows_evaluated = 0

    @cached_property
    def exact(self) -> Neighborhood | None:
        """The trace in high precision; None where that would take too long."""
        if not self.can_afford(1):
            return None
        return Neighborhood(self.program, [self.trace.values[slot] for slot in self.program.inputs])

    def can_afford(self, evaluations: int) -> bool:
        """Whether the budget allows this many more evaluations in high precision."""
        self._rows_evaluated += evaluations * len(self.program.rows)
        return self._rows_evaluated <= budgets.DIAGNOSIS_WORK

    # What flows

    def _sweep(self, k: int) -> list[Flow]:
        """All edges in the order of the adjoint sweep from output k alone."""
        if k not in self._flows:
            weights = [float(place == k) for place in range(len(self.program.outputs))]
            adjoints, contributions = sweep_adjoints(self.trace, weights)
            self._adjoints[k] = adjoints
            flows: list[Flow] = []
            before: Counter[int] = Counter()
            for into, out_of, slope, amount, total in contributions:
                edge = flows[-1].edge + 1 if flows and flows[-1].out_of == out_of else 0
                if not edge:
                    before = Counter()
                adjoint = adjoints[out_of]
                assert adjoint is not None
                flows.append(Flow(into, out_of, adjoint, slope, amount, total, edge, before[into]))
                before[into] += 1
            self._flows[k] = flows
        return self._flows[k]

    def flows(self, k: int, j: int) -> list[Flow]:
        """The edges on paths from input j to output k, in the order of the adjoint sweep."""
        reached = self.reached(self.program.inputs[j], static=False)
        return [flow for flow in self._sweep(k) if flow.into in reached]

    def reached(self, slot: int, static: bool) -> set[int]:
        """The slots that depend on a slot, itself included.

        In the trace these are the slots with edges to it; ``static`` counts every argument, also
        of branches that were not taken.
        """
        key = slot, static
        if key not in self._reached:
            found = {slot}
            sources: Sequence[tuple[int, ...]] = self.program.args if static else self.trace.edges
            for row in self.program.rows:
                if not found.isdisjoint(sources[row]):
                    found.add(row)
            self._reached[key] = found
        return self._reached[key]

    def needed(self, slot: int, static: bool = False) -> set[int]:
        """The slots a slot is computed from, itself included; ``static`` counts all branches."""
        key = slot, static
        if key not in self._needed:
            found, stack = {slot}, [slot]
            while stack:
                for arg in self.program.args[stack.pop()]:
                    if arg not in found and (static or self.trace.values[arg] is not None):
                        found.add(arg)
                        stack.append(arg)
            self._needed[key] = found
        return self._needed[key]

    def adjoint(self, k: int, j: int) -> float:
        """The derivative of output k by input j, by the adjoint sweep."""
        self._sweep(k)
        return self._adjoints[k][self.program.inputs[j]] or 0.0

    def is_used(self, j: int) -> bool:
        """Whether any output depends on an input."""
        reached = self.reached(self.program.inputs[j], static=True)
        return any(slot in reached for slot in self.program.outputs)

    # What is not finite

    def first_non_finite(self, k: int, j: int) -> Flow | None:
        """The first edge of the adjoint sweep whose partial, contribution or sum is not finite."""
        for flow in self.flows(k, j):
            if not all(map(math.isfinite, (flow.partial, flow.amount, flow.total))):
                return flow
        return None

    def is_non_finite(self, slot: int) -> bool:
        """Whether a value is not finite."""
        value = self.trace.values[slot]
        return value is not None and not math.isfinite(value)

    def origin(self, slot: int) -> tuple[int, str]:
        """The first row among those a slot needs whose value is wrong, with the cause."""
        if slot not in self._origins:
            self._origins[slot] = self._find_origin(slot)
        return self._origins[slot]

    def _find_origin(self, slot: int) -> tuple[int, str]:
        needed = sorted(self.needed(slot))
        first = next((s for s in needed if self.is_non_finite(s)), slot)
        false_zero = next((s for s in sorted(self.needed(first)) if self.is_falsely_zero(s)), None)
        if false_zero is not None:
            is_sum = self.program.ops[false_zero] in ("add", "sub")
            return false_zero, "lost digits" if is_sum else "underflow"
        finite = not any(self.is_non_finite(arg) for arg in self.program.args[first])
        value = self.trace.values[first]
        infinite = value is not None and math.isinf(value)
        if finite and infinite and not self._is_pole(first):
            return first, "overflow"
        return first, "domain"

    def _is_pole(self, slot: int) -> bool:
        """Whether the true value is infinite as well."""
        if not has_pole(self.program.ops[slot]):
            return False
        return self.exact is None or self.exact.value(slot) is None

    def divides_by_zero(self, slot: int) -> bool:
        """Whether a row divides a number other than 0 by 0."""
        numbers = [self.trace.values[arg] or 0.0 for arg in self.program.args[slot]]
        op = self.program.ops[slot]
        if op == "div":
            return numbers[1] == 0.0 != numbers[0]
        return op == "reciprocal" or (op == "pow" and numbers[0] == 0.0 > numbers[1])

    def is_falsely_zero(self, slot: int) -> bool:
        """Whether a value is 0 but its true value is not, by underflow or cancellation."""
        if self.trace.values[slot] != 0.0 or not self.program.args[slot] or self.exact is None:
            return False
        true = self.exact.value(slot)
        return true is not None and true != 0

    def true_value(self, slot: int) -> Any:
        """The true value in high precision; None where unknown or not a number."""
        return None if self.exact is None else self.exact.value(slot)

    # What is zero

    def why_zero(self, k: int, j: int) -> ZeroCause:
        """Why a derivative is 0; if there are several causes, the first in the adjoint sweep."""
        start, output = self.program.inputs[j], self.program.outputs[k]
        if start not in self.needed(output, static=True):
            return ZeroCause("unused")
        if start not in self.needed(output):
            row = deciding_row(self.trace, self.needed(output), self.reached(start, static=True))
            return ZeroCause("branch", slot=output if row is None else row)
        if self.adjoint(k, j) != 0.0:  # a Jacobian computed column by column may have underflowed
            return ZeroCause("adjoint underflow", self.flows(k, j)[-1])
        found = self._dead_ends(k, j)
        if found:
            return min(found, key=lambda pair: pair[0])[1]
        dependents = self.reached(start, static=False), self.reached(start, static=True)
        blocked, cause = blocking_row(self.trace, self.needed(output), *dependents)
        return ZeroCause(cause, slot=output if blocked is None else blocked)

    def _dead_ends(self, k: int, j: int) -> list[tuple[int, ZeroCause]]:
        """The places that keep contributions from the input: position in the sweep, and cause."""
        flows = self.flows(k, j)
        into: dict[int, list[tuple[int, Flow]]] = {}
        for position, flow in enumerate(flows):
            into.setdefault(flow.into, []).append((position, flow))
        found: list[tuple[int, ZeroCause]] = []
        stack, seen = [self.program.inputs[j]], set()
        while stack:
            slot = stack.pop()
            if slot in seen:
                continue
            seen.add(slot)
            arriving = into.get(slot, [])
            amounts = tuple(flow.amount for _, flow in arriving if flow.amount != 0.0)
            if amounts:
                position, last = [(p, f) for p, f in arriving if f.amount != 0.0][-1]
                if slot == self.program.outputs[k]:
                    amounts = (1.0, *amounts)  # the seed arrives first
                found.append((position, ZeroCause("cancelled", last, amounts=amounts)))
                continue
            for position, flow in arriving:
                if flow.adjoint == 0.0 and math.isfinite(flow.partial):
                    stack.append(flow.out_of)
                else:
                    found.append(self._dead_end(flows, position, flow))
        return found

    def _dead_end(self, flows: list[Flow], position: int, flow: Flow) -> tuple[int, ZeroCause]:
        """The position and cause of one edge whose contribution is 0."""
        if not math.isfinite(flow.partial) or not math.isfinite(flow.adjoint):
            non_finite = next((f for f in flows if not math.isfinite(f.partial)), flow)
            culprit = self._bad_value(non_finite)
            if culprit is not None:
                return -1, ZeroCause("value", non_finite, slot=culprit)
            return -1, ZeroCause("0·∞", non_finite)
        if flow.partial != 0.0:
            return position, ZeroCause("adjoint underflow", flow)
        culprit = self._bad_value(flow)
        if culprit is not None:
            return position, ZeroCause("value", flow, slot=culprit)
        op = self.program.ops[flow.out_of]
        if self._partial_is_falsely_zero(flow):
            return position, ZeroCause("saturated", flow)
        if PRIMITIVES[op].chooses:
            others = [a for a in self.program.args[flow.out_of] if a != flow.into]
            alone = all(not self.program.active[arg] for arg in others)
            return position, ZeroCause("flat" if alone else "smaller", flow)
        if PRIMITIVES[op].has_kinks and len(self.program.args[flow.out_of]) == 1:
            return position, ZeroCause("flat", flow)
        return position, ZeroCause("factor" if op == "mul" else "stationary", flow)

    def _bad_value(self, flow: Flow) -> int | None:
        """A row or argument at the edge whose value is not finite, or wrongly 0."""
        slots = (*self.program.args[flow.out_of], flow.out_of)
        for slot in slots:
            if self.is_non_finite(slot):
                return slot
        return next((slot for slot in slots if self.is_falsely_zero(slot)), None)

    def _partial_is_falsely_zero(self, flow: Flow) -> bool:
        """Whether a partial is 0 but its true value is not."""
        op, args = self.program.ops[flow.out_of], self.program.args[flow.out_of]
        if self.exact is None or op in SELECTING:
            return False
        from adexplain.evaluate.high_precision import mp_partial

        position = edge_positions(self.program, flow.out_of, self.trace.values)[flow.edge]
        *numbers, result = (self.exact.value(slot) for slot in (*args, flow.out_of))
        if result is None or None in numbers:
            return False
        true = mp_partial(op, position, numbers, result, 120)
        return true is not None and bool(true) and true == true  # not nan
