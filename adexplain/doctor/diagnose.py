"""``diagnose``: where a NaN, infinite, zero or missing derivative began, why, and how to fix it.

Each number of the answer is followed back to the first row, in either sweep, whose number is not
finite or wrongly 0; the rule table and the statuses say why. The function is evaluated again only
for what the trace leaves open. A zero that is right (a minimum, terms that cancel) gives a quiet
finding.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from adexplain import budgets
from adexplain.doctor.finding import Finding
from adexplain.doctor.finding_builder import FindingBuilder
from adexplain.doctor.fixes import fix_for
from adexplain.doctor.sentences import tidy_numbers
from adexplain.doctor.trace_analysis import ZeroCause
from adexplain.doctor.true_values import shape, true_slope
from adexplain.doctor.wrong_numbers import CAUSES, WRONG
from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import PRIMAL
from adexplain.plain_data import plain
from adexplain.primitives.primitive import PRIMITIVES
from adexplain.statuses.sentences import row_with_numbers, short
from adexplain.statuses.status import OK, PartialStatus

NEARLY_ZERO = 1e-10
"""Size below which the slope of a saturated operation counts as lost."""
TRUE_ZERO_CAUSES = frozenset(("stationary", "factor", "cancelled", "smaller", "kink", "0·∞"))
"""Causes of a zero derivative that is right, unless its status says otherwise."""


def diagnose(explanation: Explanation) -> list[Finding]:
    """A finding for each number of the answer that is NaN, infinite, zero or missing.

    Values of outputs are examined as well: log(-1) has a finite slope and no value. Quiet findings
    come last.
    """
    found = islice(_Examination(explanation).findings(), budgets.DIAGNOSED)
    return sorted(map(_with_tidy_numbers, found), key=lambda finding: finding.quiet)


def _with_tidy_numbers(finding: Finding) -> Finding:
    symptom, why = tidy_numbers(finding.symptom), tidy_numbers(finding.why)
    partial, operation = tidy_numbers(finding.partial), finding.operation.replace("e-0", "e-")
    return replace(finding, symptom=symptom, why=why, partial=partial, operation=operation)


def findings_as_dict(explanation: Explanation) -> dict[str, object]:
    """The findings as plain data."""
    found = [finding.to_dict() for finding in diagnose(explanation)]
    data: dict[str, object] = plain({"text": explanation.text, "findings": found})
    return data


class _Examination(FindingBuilder):
    """Finds all findings of one trace."""

    def findings(self) -> Iterator[Finding]:
        """All findings: those of the outputs' values, of the derivatives, of unused inputs."""
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
                    yield self._with_true_slope(self._not_finite(k, j, entry), status)
                elif entry == 0.0 and status.kind != "cancellation":
                    yield self._with_true_slope(self._zero(k, j), status)
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
                "unused", None, None, "", "", why, fix_for(program, None, "unused"), False, None,
            )  # fmt: skip

    # What is not finite

    def _value(self, name: str, slot: int, value: float) -> Finding:
        symptom = f"{name} is {'NaN' if math.isnan(value) else short(value).replace('inf', '∞')}"
        kind = "nan" if math.isnan(value) else "infinite"
        return self._at_value(symptom, kind, name, None, slot)

    def _not_finite(self, k: int, j: int, entry: float) -> Finding:
        kind = "nan" if math.isnan(entry) else "infinite"
        said = "NaN" if kind == "nan" else short(entry).replace("inf", "∞")
        symptom, names = self._symptom(k, j, said), self._names(k, j)
        flow = self.analysis.first_non_finite(k, j)
        if flow is None:  # a Jacobian computed column by column may differ by rounding
            flow = self.analysis.flows(k, j)[-1]
        slots = (*self.program.args[flow.out_of], flow.out_of)
        non_finite = next((s for s in slots if self.analysis.is_non_finite(s)), None)
        if non_finite is not None:
            return self._at_value(symptom, kind, *names, flow.out_of)
        cause, why = self.sentences.bad_edge(flow)
        return self._at_edge(symptom, kind, names, cause, flow, why)

    # What is finite, and not right

    def _lost_value(self, name: str, slot: int) -> Iterator[Finding]:
        """An output that underflowed, or whose digits cancelled."""
        lost = self.doubts.lost_value(slot)
        if lost is not None:
            shown = short(self.trace.values[slot])
            symptom = f"{name} is {shown} and should be {lost.true}"
            row = self.program.names[lost.row]
            why = self.sentences.value(lost.row, lost.cause)
            yield Finding(
                symptom, "wrong", name, None, lost.cause, PRIMAL, row, self._operation(lost.row),
                "", why, fix_for(self.program, lost.row, lost.cause), False,
                self.explanation.stepping.primal.get(row),
            )  # fmt: skip

    def _wrong(self, k: int, j: int, entry: float, status: PartialStatus) -> Finding:
        """A slope that is wrong by rounding, by overflow or by the way the function is written."""
        row, cause = self.doubts.row(k, j, status), CAUSES.get(status.kind, status.kind)
        true = "" if status.right is None else f" and should be {short(status.right)}"
        symptom = self._symptom(k, j, f"{short(entry)}{true}")
        return self._at_doubtful_row(symptom, "wrong", k, j, row, cause, status)

    def _doubtful(self, k: int, j: int, entry: float, status: PartialStatus) -> Iterator[Finding]:
        """A kink, a tie or a jump, where the answer is a convention; the finding is quiet."""
        value = self.trace.values[self.program.outputs[k]]
        if value is not None and math.isfinite(value):  # otherwise the output has a finding
            row, symptom = self.doubts.row(k, j, status), self._symptom(k, j, short(entry))
            yield self._at_doubtful_row(symptom, "doubtful", k, j, row, status.kind, status, True)

    def _at_doubtful_row(
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
        advice = "" if quiet else fix_for(self.program, row, cause)
        return Finding(
            symptom, kind, *self._names(k, j), cause, PRIMAL if primal else self.derivative_sweep,
            self.program.names[row], self._operation(row), "", self.doubts.why(row, status),
            advice, quiet, step if primal else self._step(row, None),
        )  # fmt: skip

    # What is zero

    def _with_true_slope(self, found: Finding, status: PartialStatus) -> Finding:
        """The finding, with the true slope where the way the function is written made it wrong."""
        if status.kind != "program" or status.message in found.why:
            return found
        return replace(found, why=f"{found.why} {status.message}", quiet=False)

    def _zero(self, k: int, j: int) -> Finding:
        symptom, names = self._symptom(k, j, "0"), self._names(k, j)
        status = self.explanation.partial_statuses[k][j]
        found = self.analysis.why_zero(k, j)
        if found.cause == "unused":
            return self._unused(symptom, names, j)
        if found.cause == "branch":
            return self._branch(symptom, names, found, status)
        if found.flow is None:  # no edge leads on from here: its partial is the constant 0
            assert found.slot is not None
            return self._at_row(symptom, names, found, self.sentences.flat(found.slot))
        if found.slot is not None:  # a value that is not finite, or wrongly 0
            return self._at_value(symptom, "zero", *names, found.slot)
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
        """A zero that arises at an edge: a flat operation, a factor 0, a sum that cancels, …"""
        flow, cause = found.flow, found.cause
        assert flow is not None
        row_status = self.explanation.row_statuses.get(flow.out_of)
        if cause in ("flat", "stationary") and row_status is not None and row_status.kind == "kink":
            cause = "kink"
        why = self.sentences.zero(cause, flow, found.amounts)
        if cause not in TRUE_ZERO_CAUSES:
            return self._at_edge(symptom, "zero", names, cause, flow, why)
        if status.kind == "kink":
            sides = (short(side).replace("inf", "∞") for side in (status.left, status.right))
            why = "{} {} is {} on the left and {} on the right.".format(why, symptom[:-5], *sides)
            return self._at_edge(symptom, "zero", names, cause, flow, why)
        value = self.trace.values[self.program.outputs[k]]
        if cause != "0·∞" and (value is None or not math.isfinite(value)):
            # The function has no value here, for which the output has a finding.
            return self._at_edge(symptom, "zero", names, cause, flow, why, True)
        if status.kind != OK:
            if cause != "0·∞":
                cause = "program" if status.kind == "program" else "convention"
            return self._at_edge(symptom, "zero", names, cause, flow, f"{why} {status.message}")
        slope = true_slope(self.analysis, k, j)
        if slope:
            why = f"{why} In truth {symptom[:-5]} is {short(slope)}, less than rounding."
            return self._at_edge(symptom, "zero", names, "lost digits", flow, why)
        local_shape = shape(self.analysis, k, j)
        why = f"{local_shape}. {why}" if local_shape else f"{why[:1].lower()}{why[1:]}"
        return self._at_edge(symptom, "zero", names, cause, flow, f"A true zero: {why}", True)

    def _branch(
        self, symptom: str, names: tuple[str, str], found: ZeroCause, status: PartialStatus
    ) -> Finding:
        """A zero because the branch in which an input acts is not taken."""
        assert found.slot is not None
        why = self.sentences.branch(found.slot, names[1])
        if status.kind == OK:
            why = f"A true zero: {why.replace('The branch', 'the branch', 1)}"
            return self._at_row(symptom, names, found, why, quiet=True)
        if status.kind == "program":
            found = replace(found, cause="program")
        return self._at_row(symptom, names, found, f"{why} {status.message}")

    def _unused(self, symptom: str, names: tuple[str, str], j: int) -> Finding:
        output, name = names
        elsewhere = self.analysis.is_used(j)
        why = f"{output} does not depend on {name}."
        if not elsewhere:
            why = f"{name} does not occur in the function."
        advice = "" if elsewhere else fix_for(self.program, None, "unused")
        return Finding(
            symptom, "zero", output, name, "constant" if elsewhere else "unused", None, None, "",
            "", why, advice, elsewhere, None,
        )  # fmt: skip

    def _vanishing(self, k: int, j: int, entry: float) -> Iterator[Finding]:
        """A slope that is nearly 0 because an operation is saturated."""
        for flow in self.analysis.flows(k, j):
            if (
                PRIMITIVES[self.program.ops[flow.out_of]].saturates
                and abs(flow.partial) < NEARLY_ZERO
            ):
                shown = row_with_numbers(self.trace, flow.out_of)
                why = f"{shown} is saturated: its partial is {short(flow.partial)}."
                symptom = self._symptom(k, j, f"nearly 0 ({short(entry)})")
                names = self._names(k, j)
                yield self._at_edge(symptom, "vanishing", names, "saturated", flow, why)
                return
