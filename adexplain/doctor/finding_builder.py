"""Builds findings of the gradient doctor from a value, a row or an edge."""

from __future__ import annotations

from adexplain.doctor.finding import Finding
from adexplain.doctor.fixes import fix_for
from adexplain.doctor.sentences import Sentences
from adexplain.doctor.trace_analysis import Flow, TraceAnalysis, ZeroCause
from adexplain.doctor.wrong_numbers import Doubts
from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import ADJOINT, PRIMAL, TANGENT
from adexplain.program import row_text
from adexplain.statuses.sentences import row_with_numbers, short


class FindingBuilder:
    """Builds findings of one trace: names the row, its numbers, the step and the fix."""

    def __init__(self, explanation: Explanation) -> None:
        self.explanation = explanation
        self.program = explanation.program
        self.trace = explanation.trace
        self.analysis = TraceAnalysis(explanation.trace)
        self.sentences = Sentences(explanation)
        self.doubts = Doubts(explanation, self.analysis)
        self.derivative_sweep = ADJOINT if explanation.reverse else TANGENT

    def _at_value(
        self, symptom: str, kind: str, output: str, name: str | None, slot: int
    ) -> Finding:
        """A finding at the first row whose value is not finite or wrongly 0."""
        row, cause = self.analysis.origin(slot)
        if not self.program.args[row]:
            cause = "given"
        why = self.sentences.value(row, cause)
        return Finding(
            symptom, kind, output, name, cause, PRIMAL, self.program.names[row],
            self._operation(row), "", why, self._fix_for_value(row, cause), False,
            self.explanation.stepping.primal.get(self.program.names[row]),
        )  # fmt: skip

    def _fix_for_value(self, row: int, cause: str) -> str:
        """The fix for a value; a pole needs a different one from 0/0."""
        pole = cause == "domain" and self.analysis.divides_by_zero(row)
        return fix_for(self.program, row, "pole" if pole else cause)

    def _at_row(
        self, symptom: str, names: tuple[str, str], found: ZeroCause, why: str, quiet: bool = False
    ) -> Finding:
        """A zero at a row without an edge to its argument."""
        row = found.slot
        assert row is not None
        advice = "" if quiet else fix_for(self.program, row, found.cause)
        return Finding(
            symptom, "zero", *names, found.cause, self.derivative_sweep, self.program.names[row],
            self._operation(row), "", why, advice, quiet, self._step(row, None),
        )  # fmt: skip

    def _at_edge(
        self,
        symptom: str,
        kind: str,
        names: tuple[str, str],
        cause: str,
        flow: Flow,
        why: str,
        quiet: bool = False,
    ) -> Finding:
        """A finding at an edge."""
        program = self.program
        row, into = program.names[flow.out_of], program.names[flow.into]
        partial = f"∂{row}/∂{into} = {short(flow.partial)}"
        advice = "" if quiet else fix_for(program, flow.out_of, cause)
        return Finding(
            symptom, kind, *names, cause, self.derivative_sweep, row, self._operation(flow.out_of),
            partial, why, advice, quiet, self._step(flow.out_of, flow),
        )  # fmt: skip

    def _symptom(self, k: int, j: int, what: str) -> str:
        return f"∂{self.program.output_names[k]}/∂{self.program.input_names[j]} is {what}"

    def _names(self, k: int, j: int) -> tuple[str, str]:
        return self.program.output_names[k], self.program.input_names[j]

    def _operation(self, slot: int) -> str:
        """A row as name, formula, numbers and value: ``v1 = log(x) = log(0) = -inf``."""
        program = self.program
        if not program.args[slot]:
            return f"{program.names[slot]} = {short(self.trace.values[slot])}"
        text, numbers = row_text(program, slot), row_with_numbers(self.trace, slot)
        parts = dict.fromkeys((program.names[slot], text, numbers, short(self.trace.values[slot])))
        return " = ".join(parts)

    def _step(self, row: int, flow: Flow | None) -> int | None:
        """The step of the last sweep shown at which a contribution goes along an edge.

        Without an edge it is the last step that adds to the row's adjoint or sets its seed. None
        where there is no such step: nothing arrives at a comparison.
        """
        stepping, name = self.explanation.stepping, self.program.names[row]
        if not self.explanation.reverse:
            return stepping.tangent.get(name)
        last = stepping.seeded.get(name)
        for position, (into, out_of, *_) in enumerate(self.trace.contributions):
            if flow is not None and (into, out_of) == (flow.into, flow.out_of):
                return stepping.of_contribution(position + flow.parallel)
            if into == row:
                last = stepping.of_contribution(position)
        return last if flow is None else None
