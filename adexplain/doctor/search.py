"""Following a derivative back through a trace to the place where it went astray."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from adexplain import budgets
from adexplain.doctor.branches import blocking_row, deciding_row
from adexplain.evaluate.sweeps import Trace, sweep_adjoints
from adexplain.program import Program
from adexplain.statuses.one_sided import Beside
from adexplain.transforms.partials import partial

_ALWAYS_FLAT = frozenset(("relu", "abs"))
_CHOOSING = frozenset(("min", "max"))
_WITH_POLES = frozenset(
    ("div", "reciprocal", "log", "log2", "log10", "log1p", "pow", "atanh", "gamma")
)


@dataclass(frozen=True, slots=True)
class Flow:
    """One edge in the sweep back: the adjoint that arrives, the partial, what is passed on."""

    into: int
    out_of: int
    bar: float
    partial: float
    amount: float
    total: float
    edge: int
    """Which of its row's edges it is."""
    twin: int
    """How many edges of its row before it lead to the same place."""


@dataclass(frozen=True, slots=True)
class ZeroCause:
    """What makes a derivative 0.

    Attributes:
        cause: see ``doctor.Finding``.
        flow: the edge that does it, if an edge does.
        slot: the row, where no edge leads on; or the row whose value is to blame.
        amounts: the contributions that cancel.
    """

    cause: str
    flow: Flow | None = None
    slot: int | None = None
    amounts: tuple[float, ...] = ()


class Anatomy:
    """What depends on what in a trace, and what flows where."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.program: Program = trace.program
        self._flows: dict[int, list[Flow]] = {}
        self._adjoints: dict[int, list[float | None]] = {}
        self._reached: dict[tuple[int, bool], set[int]] = {}
        self._needed: dict[tuple[int, bool], set[int]] = {}
        self._origins: dict[int, tuple[int, str]] = {}
        self._work = 0

    @cached_property
    def exact(self) -> Beside | None:
        """The trace in many digits; None where that would take too long."""
        if not self.affords(1):
            return None
        return Beside(self.program, [self.trace.values[slot] for slot in self.program.inputs])

    def affords(self, looks: int) -> bool:
        """Whether so many more looks at the function in many digits are within the budget."""
        self._work += looks * len(self.program.rows)
        return self._work <= budgets.DIAGNOSIS_WORK

    # What flows

    def _sweep(self, k: int) -> list[Flow]:
        """All edges in the order of the sweep back from one output alone."""
        if k not in self._flows:
            weights = [float(place == k) for place in range(len(self.program.outputs))]
            adjoints, contributions = sweep_adjoints(self.trace, weights)
            self._adjoints[k] = adjoints
            flows: list[Flow] = []
            for into, out_of, slope, amount, total in contributions:
                same = flows[-1].edge + 1 if flows and flows[-1].out_of == out_of else 0
                before = self.trace.edges[out_of][:same]
                bar = adjoints[out_of]
                assert bar is not None
                twin = before.count(into)
                flows.append(Flow(into, out_of, bar, slope, amount, total, same, twin))
            self._flows[k] = flows
        return self._flows[k]

    def flows(self, k: int, j: int) -> list[Flow]:
        """The edges on ways from one input to one output, in the order of the sweep back."""
        reached = self.reached(self.program.inputs[j], static=False)
        return [flow for flow in self._sweep(k) if flow.into in reached]

    def reached(self, slot: int, static: bool) -> set[int]:
        """What depends on a slot: in the trace, or in the text (which has all branches)."""
        key = slot, static
        if key not in self._reached:
            found = {slot}
            ways: Sequence[tuple[int, ...]] = self.program.args if static else self.trace.edges
            for row in self.program.rows:
                if not found.isdisjoint(ways[row]):
                    found.add(row)
            self._reached[key] = found
        return self._reached[key]

    def needed(self, slot: int, static: bool = False) -> set[int]:
        """What a slot is computed from, itself included; ``static`` counts every branch."""
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
        """The derivative as the sweep back has it."""
        self._sweep(k)
        return self._adjoints[k][self.program.inputs[j]] or 0.0

    def is_used(self, j: int) -> bool:
        """Whether any output depends on an input."""
        reached = self.reached(self.program.inputs[j], static=True)
        return any(slot in reached for slot in self.program.outputs)

    # What is not finite

    def first_bad(self, k: int, j: int) -> Flow | None:
        """The first edge on the way back that carries no finite number."""
        for flow in self.flows(k, j):
            if not all(map(math.isfinite, (flow.partial, flow.amount, flow.total))):
                return flow
        return None

    def is_astray(self, slot: int) -> bool:
        """Whether a value is not finite."""
        value = self.trace.values[slot]
        return value is not None and not math.isfinite(value)

    def origin(self, slot: int) -> tuple[int, str]:
        """The first row whose value went astray on the way to a slot, and in what way."""
        if slot not in self._origins:
            self._origins[slot] = self._find_origin(slot)
        return self._origins[slot]

    def _find_origin(self, slot: int) -> tuple[int, str]:
        needed = sorted(self.needed(slot))
        first = next((s for s in needed if self.is_astray(s)), slot)
        gone = next((s for s in sorted(self.needed(first)) if self.is_gone(s)), None)
        if gone is not None:
            return gone, "lost digits" if self.program.ops[gone] in ("add", "sub") else "underflow"
        finite = not any(self.is_astray(arg) for arg in self.program.args[first])
        value = self.trace.values[first]
        pole = self.program.ops[first] in ("div", "reciprocal", "log", "pow", "atanh", "gamma")
        if (
            finite
            and value is not None
            and math.isinf(value)
            and not (pole and self._is_pole(first))
        ):
            return first, "overflow"
        return first, "domain"

    def _is_pole(self, slot: int) -> bool:
        """Whether the value is infinite in truth as well."""
        if self.program.ops[slot] not in _WITH_POLES:
            return False
        return self.exact is None or self.exact.value(slot) is None

    def divides_by_zero(self, slot: int) -> bool:
        """Whether a row divides by 0 what is not 0 itself."""
        numbers = [self.trace.values[arg] or 0.0 for arg in self.program.args[slot]]
        op = self.program.ops[slot]
        if op == "div":
            return numbers[1] == 0.0 != numbers[0]
        return op == "reciprocal" or (op == "pow" and numbers[0] == 0.0 > numbers[1])

    def is_gone(self, slot: int) -> bool:
        """Whether a value is 0 that in truth is not: underflow, or a difference that cancels."""
        if self.trace.values[slot] != 0.0 or not self.program.args[slot] or self.exact is None:
            return False
        true = self.exact.value(slot)
        return true is not None and true != 0

    def true_value(self, slot: int) -> Any:
        """What a value is in truth, in many digits; None where unknown or not a number."""
        return None if self.exact is None else self.exact.value(slot)

    # What is zero

    def why_zero(self, k: int, j: int) -> ZeroCause:
        """Where a derivative of 0 comes from: of several places the first in the sweep back."""
        start, output = self.program.inputs[j], self.program.outputs[k]
        if start not in self.needed(output, static=True):
            return ZeroCause("unused")
        if start not in self.needed(output):
            row = deciding_row(self.trace, self.needed(output), self.reached(start, static=True))
            return ZeroCause("branch", slot=output if row is None else row)
        if self.adjoint(k, j) != 0.0:  # a Jacobian made column by column rounds otherwise
            return ZeroCause("adjoint underflow", self.flows(k, j)[-1])
        found = self._dead_ends(k, j)
        if found:
            return min(found, key=lambda pair: pair[0])[1]
        ways = self.reached(start, static=False), self.reached(start, static=True)
        blocked, cause = blocking_row(self.trace, self.needed(output), *ways)
        return ZeroCause(cause, slot=output if blocked is None else blocked)

    def _dead_ends(self, k: int, j: int) -> list[tuple[int, ZeroCause]]:
        """Position in the sweep, and cause, of each place that keeps something from the input."""
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
                if flow.bar == 0.0 and math.isfinite(flow.partial):
                    stack.append(flow.out_of)
                else:
                    found.append(self._dead_end(flows, position, flow))
        return found

    def _dead_end(self, flows: list[Flow], position: int, flow: Flow) -> tuple[int, ZeroCause]:
        """The cause of one edge that passes on nothing of what arrives."""
        if not math.isfinite(flow.partial) or not math.isfinite(flow.bar):
            steep = next((f for f in flows if not math.isfinite(f.partial)), flow)
            blame = self._value_to_blame(steep)
            if blame is not None:
                return -1, ZeroCause("value", steep, slot=blame)
            return -1, ZeroCause("0·∞", steep)
        if flow.partial != 0.0:
            return position, ZeroCause("adjoint underflow", flow)
        blame = self._value_to_blame(flow)
        if blame is not None:
            return position, ZeroCause("value", flow, slot=blame)
        op = self.program.ops[flow.out_of]
        if self._partial_is_gone(flow):
            return position, ZeroCause("saturated", flow)
        if op in _CHOOSING:
            others = [a for a in self.program.args[flow.out_of] if a != flow.into]
            alone = all(not self.program.masks[arg] for arg in others)
            return position, ZeroCause("flat" if alone else "smaller", flow)
        if op in _ALWAYS_FLAT:
            return position, ZeroCause("flat", flow)
        return position, ZeroCause("factor" if op == "mul" else "stationary", flow)

    def _value_to_blame(self, flow: Flow) -> int | None:
        """A row beside the edge whose value went astray, or is 0 and should not be."""
        slots = (*self.program.args[flow.out_of], flow.out_of)
        for slot in slots:
            if self.is_astray(slot):
                return slot
        return next((slot for slot in slots if self.is_gone(slot)), None)

    def _partial_is_gone(self, flow: Flow) -> bool:
        """Whether a partial is 0 that in truth is not."""
        op, args = self.program.ops[flow.out_of], self.program.args[flow.out_of]
        if self.exact is None or op == "where":
            return False
        from adexplain.evaluate.high_precision import mp_outputs

        masks = self.program.masks
        edges = [i for i, a in enumerate(args) if masks[a] and partial(op, len(args), i)]
        template = partial(op, len(args), edges[flow.edge])
        point: list[Any] = [self.exact.value(slot) for slot in (*args, flow.out_of)]
        if template is None or None in point:
            return False
        true = mp_outputs(template, point, 120)[0]
        return true is not None and bool(true) and true == true  # not nan
