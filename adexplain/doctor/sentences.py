"""Sentences of the gradient doctor that say why a number is NaN, infinite or zero."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from adexplain.doctor.trace_analysis import Flow
from adexplain.evaluate.branches import position_handed_on
from adexplain.explanation.explain import Explanation
from adexplain.primitives.primitive import PRIMITIVES
from adexplain.program import Program, row_text
from adexplain.statuses.sentences import row_with_numbers, short


class Sentences:
    """Sentences about one trace, from its numbers, its statuses and the rule table."""

    def __init__(self, explanation: Explanation) -> None:
        self.program = explanation.program
        self.trace = explanation.trace
        self.statuses = explanation.row_statuses

    def value(self, row: int, cause: str) -> str:
        """Why the value of a row is not finite, or wrong."""
        if cause == "given":
            return f"The value given for {self.program.names[row]} is not a finite number."
        shown, status = row_with_numbers(self.trace, row), self.statuses.get(row)
        if cause == "lost digits" and self.trace.values[row] != 0.0 and status is not None:
            return status.message
        if cause == "underflow":
            return f"{shown} is too small for a float and became 0."
        if cause == "lost digits":
            return f"{shown} cancels to 0: the true difference is smaller than the rounding."
        if status is not None and status.message:
            return status.message
        return f"{shown} is not a finite number."

    def bad_edge(self, flow: Flow) -> tuple[str, str]:
        """Cause and reason of the first edge that carries no finite number."""
        shown = row_with_numbers(self.trace, flow.out_of)
        status = self.statuses.get(flow.out_of)
        into = self.program.names[flow.into]
        if not math.isfinite(flow.partial):
            if status is not None and status.kind == "vertical":
                where = short(self.trace.values[flow.into]).replace("inf", "∞")
                what = _operation_name(self.program, flow.out_of)
                return "vertical", f"{what} has an infinite slope at {into} = {where}."
            if status is not None and status.kind == "overflow":
                return "slope overflow", status.message
            if math.isnan(flow.partial):
                return "no slope", f"{shown} has no slope in {into}."
            return "slope", f"The slope of {shown} in {into} is infinite."
        arriving = f"{short(flow.adjoint)} times the partial {short(flow.partial)}"
        if not math.isfinite(flow.amount):
            return "adjoint overflow", f"{arriving} is beyond the range of a float."
        return "adjoint overflow", f"The contributions to {into} add up beyond a float's range."

    def zero(self, cause: str, flow: Flow, amounts: Sequence[float]) -> str:
        """Why nothing flows along an edge, or why a sum of contributions is 0."""
        program, values = self.program, self.trace.values
        shown = row_with_numbers(self.trace, flow.out_of)
        into = program.names[flow.into]
        if cause == "cancelled":
            terms = " ".join(_signed_term(amount) for amount in amounts[:6])
            more = " …" if len(amounts) > 6 else ""
            many = "Two" if len(amounts) == 2 else str(len(amounts))
            # No space after the first sign: +2 − 2.
            return f"{many} contributions to {into} cancel: {terms.replace(' ', '', 1)}{more}."
        if cause == "factor":
            others = [a for a in program.args[flow.out_of] if a != flow.into] or [flow.into]
            other = program.names[others[0]]
            if values[flow.into] == 0.0 and flow.into != others[0]:
                return f"Both factors of {row_text(program, flow.out_of)} are 0."
            return f"The factor {other} of {row_text(program, flow.out_of)} is 0."
        if cause == "smaller":
            least = "smallest" if program.ops[flow.out_of] == "min" else "largest"
            return f"{shown} passes its slope to the {least} argument only, and {into} is not it."
        if cause == "saturated":
            return f"{shown} is out on a flat end: its partial is too small for a float."
        if cause == "adjoint underflow":
            product = f"{short(flow.adjoint)} times the partial {short(flow.partial)}"
            return f"{product} is too small for a float."
        if cause == "0·∞":
            return (
                f"{shown} has an infinite slope, and on the way it meets a factor 0: "
                "this tool's sweeps take 0 · ∞ for 0 by convention. IEEE arithmetic, and with it "
                "JAX and PyTorch, gives NaN here."
            )
        if cause == "kink":
            return f"{shown} is at a kink, where the answer is 0 by convention."
        if cause == "flat":
            return self.flat(flow.out_of)
        at = short(values[flow.into])
        return f"The slope of {row_text(program, flow.out_of)} in {into} is 0 at {into} = {at}."

    def branch(self, slot: int, name: str) -> str:
        """Which branch is taken instead of the one with the input."""
        program, values = self.program, self.trace.values
        chosen = position_handed_on(program, slot, values)
        if chosen is not None:
            taken = program.args[slot][chosen]
            if not program.active[taken]:
                return f"The branch taken is the constant {short(values[taken])}."
        return f"{name} acts only in a branch that is not taken here."

    def flat(self, slot: int) -> str:
        """Why nothing flows through an operation, by the sentence of the rule table."""
        rule, shown = PRIMITIVES[self.program.ops[slot]], row_with_numbers(self.trace, slot)
        return f"{rule.why.removesuffix('.')}: at {shown} nothing flows back."


def tidy_numbers(text: str) -> str:
    """A sentence with 1e-6 for 1e-06, and with minus signs for hyphens.

    Numbers in a call, such as log(-1), keep the hyphen so that they can be typed.
    """
    text = re.sub(r"(\de[+-])0(?=\d)", r"\1", text)
    return re.sub(r"(?<=[^,] )-(?=[\d∞])", "−", text)


def _signed_term(amount: float) -> str:
    text = short(abs(amount))
    return f"− {text}" if amount < 0 else f"+ {text}"


def _operation_name(program: Program, slot: int) -> str:
    """The name of an operation; of an operator the whole row."""
    primitive = PRIMITIVES[program.ops[slot]]
    return row_text(program, slot) if primitive.symbol else primitive.spellings[0]
