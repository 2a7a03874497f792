"""``Comparison``: a gradient by seven methods at one point, their errors, and the verdict."""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from adexplain import budgets
from adexplain.comparison import methods
from adexplain.comparison.differences import Difference, InputLine
from adexplain.comparison.evidence import EXPECTED_DIGITS, RIGHT_DIGITS, Evidence, Verdict
from adexplain.comparison.methods import Method
from adexplain.comparison.reference import Reference, find_reference, formula_is_right
from adexplain.comparison.special_points import (
    hidden_jumps,
    only_overflows,
    why_no_value,
    without_overflow,
    wrongly_zero_value,
)
from adexplain.comparison.step_sweep import StepSweep, error_models, step_sweep
from adexplain.comparison.symbolic import Symbolic
from adexplain.comparison.taylor import Taylor, message_in_context, taylor_test
from adexplain.comparison.verdict import judge
from adexplain.evaluate.sweeps import Trace, compute_trace
from adexplain.explanation.rendering import TEXT, render
from adexplain.plain_data import plain
from adexplain.program import Program
from adexplain.statuses.partials import partial_statuses
from adexplain.statuses.rows import row_statuses
from adexplain.statuses.status import PartialStatus


class Comparison:
    """The gradient of one output at one point by every method.

    Args:
        program: a program with one output.
        point: one float for each input.
        symbolic: the answer of the SymPy worker.
        claims: gradients from elsewhere, by a name for each, to be judged like the others.
        several: whether the output is one of several, so that the verdict has to name it.
    """

    def __init__(
        self,
        program: Program,
        point: Sequence[float],
        symbolic: Symbolic,
        claims: Mapping[str, Mapping[str, float]] | None = None,
        several: bool = False,
    ) -> None:
        self.program = program
        self.point = [float(value) for value in point]
        self.symbolic = symbolic
        self.output = program.output_names[0]
        limit = max(1, budgets.COMPARED_WORK // max(1, len(program.rows)))
        self.positions = range(len(program.inputs))[:limit]
        self.inputs = [program.input_names[k] for k in self.positions]
        self.input_positions = dict(zip(self.inputs, self.positions, strict=True))
        self.claims = claims or {}
        self.several = several

    @cached_property
    def trace(self) -> Trace:
        """The trace at the point, whose adjoints are the gradient of the output."""
        direction = [0.0] * len(self.point)
        return compute_trace(self.program, self.point, direction, [1.0])

    @cached_property
    def methods(self) -> list[Method]:
        """Every method's answer, claims last."""
        return [
            methods.reverse(self.trace, self.input_positions),
            methods.forward(self.trace, self.input_positions),
            methods.symbolic(self.symbolic, self.input_positions),
            methods.complex_steps(self.program, self.point, self.input_positions),
            *(methods.quotient(name, found) for name, found in self.quotients.items()),
            *(Method(name, "given", dict(given)) for name, given in self.claims.items()),
        ]

    @cached_property
    def lines(self) -> dict[str, InputLine]:
        """The function along each input."""
        return {
            name: InputLine(self.program, self.point, 0, position)
            for name, position in zip(self.inputs, self.positions, strict=True)
        }

    @cached_property
    def quotients(self) -> dict[str, dict[str, Difference]]:
        """Method → input → the difference quotient."""
        return {
            method: {name: quotient(line) for name, line in self.lines.items()}
            for method, quotient in methods.DIFFERENCES.items()
        }

    @cached_property
    def reference(self) -> Reference:
        """The numbers that errors are measured against; none where there is no derivative."""
        differentiable_kinds = ("ok", "cancellation", "program", "overflow")
        has_value = not self.undefined or self.rounded_away or only_overflows(self.trace)
        positions = [
            position
            for name, position in zip(self.inputs, self.positions, strict=True)
            if self.statuses[name].kind in differentiable_kinds and has_value
        ]
        return find_reference(self.program, self.point, positions, self.symbolic)

    @cached_property
    def magnitudes(self) -> dict[str, float]:
        """Per input, the sum of |product of partials| over all paths to the output.

        A derivative is the sum of these products, so it cannot be more exact than their rounding.
        """
        sizes = [0.0] * len(self.program.ops)
        sizes[self.program.outputs[0]] = 1.0
        for slot in reversed(self.program.rows):
            if sizes[slot]:
                pairs = zip(self.trace.edges[slot], self.trace.partials[slot], strict=True)
                for arg, partial in pairs:
                    sizes[arg] += sizes[slot] * abs(partial)
        return {n: sizes[slot] for n, slot in zip(self.inputs, self.program.inputs, strict=False)}

    @cached_property
    def statuses(self) -> dict[str, PartialStatus]:
        """The status of the derivative by each input: a kink, a jump, lost digits, …"""
        gradient = [self.trace.adjoints[slot] or 0.0 for slot in self.program.inputs]
        found = partial_statuses(self.trace, [gradient], row_statuses(self.trace))[0]
        known = {n: found[k] for n, k in zip(self.inputs, self.positions, strict=True)}
        return known | hidden_jumps(self.program, self.point, known)

    @cached_property
    def evidence(self) -> Evidence:
        """Everything the verdict is based on, except the Taylor tests."""
        evidence = Evidence(
            self.output,
            {method.name: method.gradient for method in self.methods},
            self.reference.values,
            self._steepness(),
            self.statuses,
            self.undefined,
            {},
            self.quotients,
            self._error_models(),
            self.magnitudes,
            lines=self.lines,
            fix=without_overflow(self.program),
        )
        evidence.formula_right = self._formula_right(evidence)
        return evidence

    def _formula_right(self, evidence: Evidence) -> frozenset[str]:
        """Inputs whose digits AD lost although its rules are right."""
        found = set()
        for name, position in zip(self.inputs, self.positions, strict=True):
            truth = self.reference.values.get(name)
            found_by = (evidence.digits(method, name) for method in ("Reverse AD", "Forward AD"))
            digits = min((count for count in found_by if count is not None), default=None)
            poor = digits is not None and digits < RIGHT_DIGITS and not self.undefined
            if poor and formula_is_right(self.program, self.point, position, truth):
                found.add(name)
        return frozenset(found)

    def _steepness(self) -> float:
        """The largest known slope, also of steps beside the point: at the point it may be 0."""
        known = [abs(float(v)) for v in self.reference.values.values() if v is not None]
        for line in self.lines.values():
            steps = (0.1 * line.scale, -0.1 * line.scale)
            known += [abs(line.forward(h)) for h in steps if line.defined(h)]
        found = max((slope for slope in known if math.isfinite(slope)), default=0.0)
        return found or 1.0

    @cached_property
    def rounded_away(self) -> str:
        """The sentence about a row that is wrongly 0 and leaves the output without a value."""
        value = self.trace.values[self.program.outputs[0]]
        work = len(self.program.rows) * len(self.inputs)
        if (value is not None and math.isfinite(value)) or work > budgets.STATUS_WORK:
            return ""
        return wrongly_zero_value(self.trace)

    @cached_property
    def undefined(self) -> str:
        """Why the function has no value here; "" where it has one."""
        value = self.trace.values[self.program.outputs[0]]
        if value is not None and math.isfinite(value):
            return ""
        return self.rounded_away or why_no_value(self.trace, self.statuses.values())

    def _error_models(self) -> dict[str, dict[str, Any]]:
        if len(self.program.rows) * len(self.inputs) > budgets.REFERENCE_WORK or self.undefined:
            return {}
        return {name: error_models(line) for name, line in self.lines.items()}

    @cached_property
    def taylor(self) -> Taylor | None:
        """The Taylor test of the reverse gradient."""
        found = self._taylor("Reverse AD")
        if found is None:
            return None
        kinds = {status.kind for status in self.statuses.values()}
        lost = bool(self.evidence.lost())
        return replace(
            found, message=message_in_context(found, kinds, lost, self._reverse_is_right())
        )

    def _reverse_is_right(self) -> bool:
        digits = [self.evidence.digits("Reverse AD", name) for name in self.inputs]
        return all(count is not None and count >= RIGHT_DIGITS for count in digits)

    def _taylor(self, method: str) -> Taylor | None:
        gradient = next(m.gradient for m in self.methods if m.name == method)
        pairs = zip(self.inputs, self.positions, strict=True)
        known = {k: v for n, k in pairs if (v := gradient.get(n)) is not None and math.isfinite(v)}
        if not known or len(self.program.rows) * 12 > budgets.REFERENCE_WORK or self.undefined:
            return None
        sizes = {k: self.magnitudes[self.inputs[k]] for k in known}
        return taylor_test(self.program, self.point, 0, known, sizes)

    @cached_property
    def verdict(self) -> Verdict:
        """Which methods are right, and why the others are not."""
        tests: dict[str, Taylor] = {}
        for method in self.methods:
            digits = [self.evidence.digits(method.name, name) for name in self.inputs]
            suspect = method.name not in EXPECTED_DIGITS and any(
                d is not None and d < 15 for d in digits
            )
            test = self._taylor(method.name) if suspect else None
            if test is not None:
                tests[method.name] = test
        self.evidence.taylor = tests
        found = judge(self.evidence)
        return replace(found, claim=f"For {self.output}: {found.claim}") if self.several else found

    @cached_property
    def sweeps(self) -> dict[str, StepSweep]:
        """Per input, the error of difference quotients against the step."""
        if len(self.program.rows) * len(self.inputs) > budgets.COMPARED_WORK or self.undefined:
            return {}
        values = self.reference.values
        return {
            name: step_sweep(line, values[name], self.evidence.models.get(name))
            for name, line in self.lines.items()
            if values.get(name) is not None
        }

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain data, for JSON and for every view."""
        data = {
            "output": self.output,
            "inputs": self.inputs,
            "reference": {"name": self.reference.name, "digits": self.reference.digits()},
            "methods": [self._method(method) for method in self.methods],
            "symbolic": {name: self._formula(name) for name in self.inputs},
            "sweep": {name: sweep.to_dict() for name, sweep in self.sweeps.items()},
            "taylor": None if self.taylor is None else self.taylor.to_dict(),
            "verdict": self.verdict.to_dict(),
        }
        return plain(data)  # type: ignore[no-any-return]

    def _method(self, method: Method) -> dict[str, Any]:
        return {
            "name": method.name,
            "note": method.note,
            "gradient": {name: method.gradient.get(name) for name in self.inputs},
            "error": {name: self._error(method, name) for name in self.inputs},
            "digits": {name: self.evidence.digits(method.name, name) for name in self.inputs},
            "message": method.message or None,
        }

    def _error(self, method: Method, name: str) -> float | None:
        value, truth = method.gradient.get(name), self.reference.values.get(name)
        return None if value is None or truth is None else float(abs(truth - value))

    def _formula(self, name: str) -> dict[str, Any] | None:
        formula = self.symbolic.formulas.get(name)
        if formula is None:
            return None
        return {"text": formula.text, "latex": formula.latex, "operations": formula.operations}

    def __str__(self) -> str:
        return render(self, TEXT)

    def __repr__(self) -> str:
        return f"<Comparison of {self.output} by {', '.join(self.inputs)}: {self.verdict.claim}>"


def single_output(program: Program, output: int) -> Program:
    """The same rows with one output only."""
    if len(program.outputs) == 1:
        return program
    single = copy.copy(program)
    single.outputs = (program.outputs[output],)
    single.output_names = (program.output_names[output],)
    return single
