"""How findings of the gradient doctor are put together: from a row, from an edge."""

from __future__ import annotations

from adexplain.doctor.doubts import Doubts
from adexplain.doctor.finding import Finding
from adexplain.doctor.remedies import mend
from adexplain.doctor.search import Anatomy, Flow, ZeroCause
from adexplain.doctor.sentences import Words
from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import ADJOINT, PRIMAL, TANGENT
from adexplain.program import row_text
from adexplain.statuses.statuses import numbered, short


class Maker:
    """What every finding of one examination is made with."""

    def __init__(self, explanation: Explanation) -> None:
        self.explanation = explanation
        self.program = explanation.program
        self.trace = explanation.trace
        self.anatomy = Anatomy(explanation.trace)
        self.words = Words(explanation)
        self.doubts = Doubts(explanation, self.anatomy)
        self.back = ADJOINT if explanation.reverse else TANGENT

    def _primal(self, symptom: str, kind: str, output: str, name: str | None, slot: int) -> Finding:
        """A finding that goes back to the first row whose value went astray."""
        row, cause = self.anatomy.origin(slot)
        if not self.program.args[row]:
            cause = "given"
        why = self.words.value(row, cause)
        return Finding(
            symptom, kind, output, name, cause, PRIMAL, self.program.names[row],
            self._operation(row), "", why, self._value_mend(row, cause), False,
            self.explanation.stepping.primal.get(self.program.names[row]),
        )  # fmt: skip

    def _value_mend(self, row: int, cause: str) -> str:
        """The mend of a value; a pole has another than 0/0, which may have a limit."""
        pole = cause == "domain" and self.anatomy.divides_by_zero(row)
        return mend(self.program, row, "pole" if pole else cause)

    def _at_row(
        self, symptom: str, names: tuple[str, str], found: ZeroCause, why: str, quiet: bool = False
    ) -> Finding:
        """A zero where no edge leads on."""
        row = found.slot
        assert row is not None
        advice = "" if quiet else mend(self.program, row, found.cause)
        return Finding(
            symptom, "zero", *names, found.cause, self.back, self.program.names[row],
            self._operation(row), "", why, advice, quiet, self._step(row, None),
        )  # fmt: skip

    def _backward(
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
        advice = "" if quiet else mend(program, flow.out_of, cause)
        return Finding(
            symptom, kind, *names, cause, self.back, row, self._operation(flow.out_of), partial,
            why, advice, quiet, self._step(flow.out_of, flow),
        )  # fmt: skip

    def _symptom(self, k: int, j: int, what: str) -> str:
        return f"∂{self.program.output_names[k]}/∂{self.program.input_names[j]} is {what}"

    def _names(self, k: int, j: int) -> tuple[str, str]:
        return self.program.output_names[k], self.program.input_names[j]

    def _operation(self, slot: int) -> str:
        """The row, the row with its numbers, and its value."""
        program = self.program
        if not program.args[slot]:
            return f"{program.names[slot]} = {short(self.trace.values[slot])}"
        text, numbers = row_text(program, slot), numbered(self.trace, slot)
        parts = dict.fromkeys((program.names[slot], text, numbers, short(self.trace.values[slot])))
        return " = ".join(parts)

    def _step(self, row: int, flow: Flow | None) -> int | None:
        """The step, in the sweep that is told of, at which an edge is gone along.

        Where no edge leads on it is the last that adds to the row's adjoint, or gives it its seed;
        nothing arrives at a comparison, so that it has none.
        """
        stepping, name = self.explanation.stepping, self.program.names[row]
        if not self.explanation.reverse:
            return stepping.tangent.get(name)
        last = stepping.seeded.get(name)
        for position, (into, out_of, *_) in enumerate(self.trace.contributions):
            if flow is not None and (into, out_of) == (flow.into, flow.out_of):
                return stepping.of_contribution(position + flow.twin)
            if into == row:
                last = stepping.of_contribution(position)
        return last if flow is None else None
