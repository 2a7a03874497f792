"""The gradient doctor: where a NaN, infinite, zero or missing derivative began, why, and the mend.

Nothing is computed anew but what the trace leaves open. Every number of the answer is followed back
to the first row, in either pass, where it went astray; the rule table and the statuses say why.
A zero that is simply right (a minimum, terms that cancel) is told apart, in a quiet line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from adexplain import budgets
from adexplain.doctor.build import Maker
from adexplain.doctor.doubts import CAUSES, WRONG
from adexplain.doctor.finding import Finding
from adexplain.doctor.remedies import mend
from adexplain.doctor.search import ZeroCause
from adexplain.doctor.sentences import neat
from adexplain.doctor.truth import shape, true_slope
from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import PRIMAL
from adexplain.plain_data import plain
from adexplain.statuses.statuses import OK, PartialStatus, numbered, short

SATURATING = frozenset(("sigmoid", "tanh", "erf", "erfc", "softplus", "silu", "gelu", "sech"))
"""Operations with flat ends."""
NEARLY_ZERO = 1e-10
"""Size below which a slope at such an end counts as lost."""
RIGHT = frozenset(("stationary", "factor", "cancelled", "smaller", "kink", "0·∞"))
"""What makes zeros that are right, unless the status says otherwise."""


def diagnose(explanation: Explanation) -> list[Finding]:
    """A finding for each number of the answer that is NaN, infinite, zero or missing.

    A value of an output is judged as well: log(-1) has a finite slope and no value. Those that
    need no mending are quiet, and come last.
    """
    found = islice(_Doctor(explanation).findings(), budgets.DIAGNOSED)
    return sorted(map(_neat, found), key=lambda finding: finding.quiet)


def _neat(finding: Finding) -> Finding:
    symptom, why = neat(finding.symptom), neat(finding.why)
    partial, operation = neat(finding.partial), finding.operation.replace("e-0", "e-")
    return replace(finding, symptom=symptom, why=why, partial=partial, operation=operation)


def as_dict(explanation: Explanation) -> dict[str, object]:
    """The findings as plain data."""
    data: dict[str, object] = plain({"text": explanation.text, "findings": diagnose(explanation)})
    return data


class _Doctor(Maker):
    """One examination."""

    def findings(self) -> Iterator[Finding]:
        """All of them, outputs first."""
        program = self.program
        for name, slot in zip(program.output_names, program.outputs, strict=True):
            value = self.trace.values[slot]
            if value is not None and not math.isfinite(value):
                yield self._value(name, slot, value)
            else:
                yield from self._lost_value(name, slot)
        for k, line in enumerate(self.explanation.jacobian):
            for j, entry in enumerate(line):
                status = self.explanation.partial_statuses[k][j]
                if not math.isfinite(entry):
                    yield self._told(self._not_finite(k, j, entry), status)
                elif entry == 0.0 and status.kind != "cancellation":
                    yield self._told(self._zero(k, j), status)
                elif status.kind in WRONG:
                    yield self._wrong(k, j, entry, status)
                elif status.kind != OK:
                    yield from self._doubtful(k, j, entry, status)
                elif abs(entry) < NEARLY_ZERO:
                    yield from self._vanishing(k, j, entry)
        for name in self.explanation.unused:
            why = f"{name} is given a value and does not occur in the function."
            yield Finding(
                f"There is no derivative by {name}", "missing", program.output_names[0], name,
                "unused", None, None, "", "", why, mend(program, None, "unused"), False, None,
            )  # fmt: skip

    # What is not finite

    def _value(self, name: str, slot: int, value: float) -> Finding:
        symptom = f"{name} is {'NaN' if math.isnan(value) else short(value).replace('inf', '∞')}"
        kind = "nan" if math.isnan(value) else "infinite"
        return self._primal(symptom, kind, name, None, slot)

    def _not_finite(self, k: int, j: int, entry: float) -> Finding:
        kind = "nan" if math.isnan(entry) else "infinite"
        said = "NaN" if kind == "nan" else short(entry).replace("inf", "∞")
        symptom, names = self._symptom(k, j, said), self._names(k, j)
        flow = self.anatomy.first_bad(k, j)
        if flow is None:  # a Jacobian made column by column rounds otherwise
            flow = self.anatomy.flows(k, j)[-1]
        slots = (*self.program.args[flow.out_of], flow.out_of)
        astray = next((s for s in slots if self.anatomy.is_astray(s)), None)
        if astray is not None:
            return self._primal(symptom, kind, *names, flow.out_of)
        cause, why = self.words.bad_edge(flow)
        return self._backward(symptom, kind, names, cause, flow, why)

    # What is finite, and not right

    def _lost_value(self, name: str, slot: int) -> Iterator[Finding]:
        """An output that underflowed, or whose digits cancelled."""
        lost = self.doubts.lost_value(slot)
        if lost is not None:
            shown = short(self.trace.values[slot])
            symptom = f"{name} is {shown} and should be {lost.true}"
            row = self.program.names[lost.row]
            why = self.words.value(lost.row, lost.cause)
            yield Finding(
                symptom, "wrong", name, None, lost.cause, PRIMAL, row, self._operation(lost.row),
                "", why, mend(self.program, lost.row, lost.cause), False,
                self.explanation.stepping.primal.get(row),
            )  # fmt: skip

    def _wrong(self, k: int, j: int, entry: float, status: PartialStatus) -> Finding:
        """A slope that rounding, a value beyond a float or the way of writing made wrong."""
        row, cause = self.doubts.row(k, j, status), CAUSES.get(status.kind, status.kind)
        true = "" if status.right is None else f" and should be {short(status.right)}"
        symptom = self._symptom(k, j, f"{short(entry)}{true}")
        return self._astray(symptom, "wrong", k, j, row, cause, status)

    def _doubtful(self, k: int, j: int, entry: float, status: PartialStatus) -> Iterator[Finding]:
        """A kink, a tie, a jump: the answer is a convention, which a quiet line tells."""
        value = self.trace.values[self.program.outputs[k]]
        if value is not None and math.isfinite(value):  # otherwise the value's finding tells it
            row, symptom = self.doubts.row(k, j, status), self._symptom(k, j, short(entry))
            yield self._astray(symptom, "doubtful", k, j, row, status.kind, status, True)

    def _astray(
        self,
        symptom: str,
        kind: str,
        k: int,
        j: int,
        row: int,
        cause: str,
        status: PartialStatus,
        quiet: bool = False,
    ) -> Finding:
        """A finding at the row where the doubt about a slope begins."""
        primal = cause in ("lost digits", "overflow")
        step = self.explanation.stepping.primal.get(self.program.names[row])
        advice = "" if quiet else mend(self.program, row, cause)
        return Finding(
            symptom, kind, *self._names(k, j), cause, PRIMAL if primal else self.back,
            self.program.names[row], self._operation(row), "", self.doubts.why(row, status),
            advice, quiet, step if primal else self._step(row, None),
        )  # fmt: skip

    # What is zero

    def _told(self, found: Finding, status: PartialStatus) -> Finding:
        """A number that is wrong because of how the function is written tells the true slope."""
        if status.kind != "program" or status.message in found.why:
            return found
        return replace(found, why=f"{found.why} {status.message}", quiet=False)

    def _zero(self, k: int, j: int) -> Finding:
        symptom, names = self._symptom(k, j, "0"), self._names(k, j)
        status = self.explanation.partial_statuses[k][j]
        found = self.anatomy.why_zero(k, j)
        if found.cause == "unused":
            return self._unused(symptom, names, j)
        if found.cause == "branch":
            return self._branch(symptom, names, found, status)
        if found.flow is None:  # no edge leads on from here: its partial is the constant 0
            assert found.slot is not None
            return self._at_row(symptom, names, found, self.words.flat(found.slot))
        if found.slot is not None:  # a value astray, or gone, on the way
            return self._primal(symptom, "zero", *names, found.slot)
        return self._dead_edge(symptom, names, k, j, found, status)

    def _dead_edge(
        self,
        symptom: str,
        names: tuple[str, str],
        k: int,
        j: int,
        found: ZeroCause,
        status: PartialStatus,
    ) -> Finding:
        """A zero that an edge makes: by a flat operation, a factor 0, a sum that cancels, …"""
        flow, cause = found.flow, found.cause
        assert flow is not None
        begun = self.explanation.row_statuses.get(flow.out_of)
        if cause in ("flat", "stationary") and begun is not None and begun.kind == "kink":
            cause = "kink"
        why = self.words.zero(cause, flow, found.amounts)
        if cause not in RIGHT:
            return self._backward(symptom, "zero", names, cause, flow, why)
        if status.kind == "kink":
            sides = (short(side).replace("inf", "∞") for side in (status.left, status.right))
            why = "{} {} is {} on the left and {} on the right.".format(why, symptom[:-5], *sides)
            return self._backward(symptom, "zero", names, cause, flow, why)
        value = self.trace.values[self.program.outputs[k]]
        if cause != "0·∞" and (value is None or not math.isfinite(value)):
            # The function has no value here, but that is another number's finding.
            return self._backward(symptom, "zero", names, cause, flow, why, True)
        if status.kind != OK:
            if cause != "0·∞":
                cause = "program" if status.kind == "program" else "convention"
            return self._backward(symptom, "zero", names, cause, flow, f"{why} {status.message}")
        slope = true_slope(self.anatomy, k, j)
        if slope:
            why = f"{why} In truth {symptom[:-5]} is {short(slope)}, less than rounding."
            return self._backward(symptom, "zero", names, "lost digits", flow, why)
        looks = shape(self.anatomy, k, j)
        why = f"{looks}. {why}" if looks else f"{why[:1].lower()}{why[1:]}"
        return self._backward(symptom, "zero", names, cause, flow, f"A true zero: {why}", True)

    def _branch(
        self, symptom: str, names: tuple[str, str], found: ZeroCause, status: PartialStatus
    ) -> Finding:
        """A zero because the branch in which an input acts is not taken."""
        assert found.slot is not None
        why = self.words.branch(found.slot, names[1])
        if status.kind == OK:
            why = f"A true zero: {why.replace('The branch', 'the branch', 1)}"
            return self._at_row(symptom, names, found, why, quiet=True)
        if status.kind == "program":
            found = replace(found, cause="program")
        return self._at_row(symptom, names, found, f"{why} {status.message}")

    def _unused(self, symptom: str, names: tuple[str, str], j: int) -> Finding:
        output, name = names
        elsewhere = self.anatomy.is_used(j)
        why = f"{output} does not depend on {name}."
        if not elsewhere:
            why = f"{name} does not occur in the function."
        advice = "" if elsewhere else mend(self.program, None, "unused")
        return Finding(
            symptom, "zero", output, name, "constant" if elsewhere else "unused", None, None, "",
            "", why, advice, elsewhere, None,
        )  # fmt: skip

    def _vanishing(self, k: int, j: int, entry: float) -> Iterator[Finding]:
        """A slope that a saturated operation has all but wiped out."""
        for flow in self.anatomy.flows(k, j):
            if self.program.ops[flow.out_of] in SATURATING and abs(flow.partial) < NEARLY_ZERO:
                shown = numbered(self.trace, flow.out_of)
                why = f"{shown} is saturated: its partial is {short(flow.partial)}."
                symptom = self._symptom(k, j, f"nearly 0 ({short(entry)})")
                names = self._names(k, j)
                yield self._backward(symptom, "vanishing", names, "saturated", flow, why)
                return
