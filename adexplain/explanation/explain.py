"""``explain`` and ``Explanation``: everything the views show of a trace, as plain data.

The numbers are computed at once; statuses, formulas and sentences at their first use, so that a
trace alone is cheap.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from adexplain import budgets
from adexplain.errors import InputError
from adexplain.evaluate.points import Point, Seed, point_of, seeds_of
from adexplain.evaluate.sweeps import Contribution, Trace, compute_trace, jacobian
from adexplain.explanation.contribution_positions import contribution_positions
from adexplain.explanation.published import published, schema
from adexplain.explanation.records import ContributionRow, InputRow, OutputRow, PartialRow, Row
from adexplain.explanation.rendering import MARKDOWN, TEXT, render
from adexplain.explanation.stepping import Stepping
from adexplain.frontends.as_program import as_program
from adexplain.program import Program, row_text
from adexplain.statuses.partials import partial_statuses
from adexplain.statuses.rows import row_statuses
from adexplain.statuses.status import OK, PartialStatus, RowStatus
from adexplain.transforms.cost import Cost, cost
from adexplain.transforms.partials import edges
from adexplain.typeset.formulas import formula_lines, name_latex, row_latex
from adexplain.typeset.rules import contribution_latex, partial_latex, partial_text, tangent_latex

if TYPE_CHECKING:
    from adexplain.evaluate.exact_trace import ExactTrace

MODES = ("both", "forward", "reverse")


def explain(
    f: str | Program, at: Point, mode: str = "both", seed: Seed = None, exact: bool = False
) -> Explanation:
    """The evaluation trace of a function at a point, with tangents and adjoints.

    Args:
        f: text as a user may type it, or a ``Program``.
        at: a value for each input, by name, or in order where that is clear
            (``Program.positional``); a number, or text such as "pi/3".
        mode: "forward" (tangents), "reverse" (adjoints) or "both".
        seed: tangents by input name and adjoints by output name; by default the first input and the
            first output, as in Griewank & Walther's tables.
        exact: also give values such as √3/2, where SymPy can.

    Raises:
        InputError: the text cannot be read, or a value is missing or not a number.
    """
    program = as_program(f)
    if mode not in MODES:
        raise InputError(
            f"There is no mode `{mode}`.", None, "The modes are forward, reverse and both."
        )
    point = point_of(program, at)
    tangent, adjoint = seeds_of(program, seed)
    trace = compute_trace(program, point, tangent, adjoint)
    explanation = Explanation(trace, mode, tangent, adjoint)
    explanation.at = at
    if isinstance(at, Mapping):
        known = set(program.input_names)
        explanation.unused = tuple(name for name in at if name not in known)
    if exact:
        explanation.make_exact(at)
    return explanation


class Explanation:
    """A trace with its formulas, statuses and derivatives.

    Attributes:
        program: the Wengert list.
        trace: its numbers.
        mode: "both", "forward" or "reverse"; the other mode's fields are None.
        at: the point as it was given; a value may be text such as "pi/3".
        unused: names in the point that are no inputs of the function.
        comparison: the result of ``compare`` as plain data, if it has been attached, else None.
        exact: exact values, if they have been computed, else None.
        exact_problem: why there are no exact values ("" if there is no problem).
    """

    def __init__(
        self, trace: Trace, mode: str, tangent_seed: Sequence[float], adjoint_seed: Sequence[float]
    ) -> None:
        self.trace = trace
        self.program = trace.program
        self.mode = mode
        self.tangent_seed = tuple(tangent_seed)
        self.adjoint_seed = tuple(adjoint_seed)
        self.at: Point = [self._number(slot) for slot in self.program.inputs]
        self.unused: tuple[str, ...] = ()
        self.comparison: Mapping[str, Any] | None = None
        self.exact: ExactTrace | None = None
        self.exact_problem = ""

    def make_exact(self, at: Point) -> None:
        """Compute exact values with SymPy; where that fails, ``exact_problem`` says why.

        Args:
            at: the point as it was given: 0.1 means one tenth, and "pi/3" is not rounded.
        """
        from adexplain.evaluate.exact_trace import exact_trace, typed_values
        from adexplain.workers import pool

        if len(self.program.rows) > budgets.SYMBOLIC_ROWS:
            self.exact_problem = "There are too many rows for exact values."
            return
        typed = typed_values(self.program, at)
        seeds = (self.tangent_seed, self.adjoint_seed)
        try:
            self.exact = pool.call(exact_trace, self.program, typed, self.trace.values, seeds)
        except Exception:  # SymPy may raise anything; the trace goes on without exact values
            self.exact_problem = "SymPy finds no exact values for this trace in time."

    @property
    def text(self) -> str:
        """What was typed; a program that was not typed is printed as assignments."""
        return self.program.text or self.program.to_text()

    @property
    def forward(self) -> bool:
        """Whether tangents are shown."""
        return self.mode != "reverse"

    @property
    def reverse(self) -> bool:
        """Whether adjoints are shown."""
        return self.mode != "forward"

    @cached_property
    def readable(self) -> bool:
        """Whether the program is short enough for formulas."""
        args = self.program.args
        length = sum((len(args[slot]) + 2) // 3 for slot in self.program.rows)
        return length <= budgets.FORMULA_ROWS

    @cached_property
    def inputs(self) -> list[InputRow]:
        """The independent variables, in order."""
        return [
            InputRow(
                name=name,
                latex=name_latex(name),
                value=self._number(slot),
                tangent=self.trace.tangents[slot] if self.forward else None,
                adjoint=self.trace.adjoints[slot] if self.reverse else None,
                exact=self._exact(slot),
            )
            for name, slot in zip(self.program.input_names, self.program.inputs, strict=True)
        ]

    @cached_property
    def rows(self) -> list[Row]:
        """The elementary steps, in execution order."""
        return [self._row(slot) for slot in self.program.rows]

    def _row(self, slot: int) -> Row:
        program, trace = self.program, self.trace
        status = self.row_statuses.get(slot, RowStatus())
        formulas = self.readable
        return Row(
            name=program.names[slot],
            name_latex=name_latex(program.names[slot]) if formulas else None,
            op=program.ops[slot],
            text=row_text(program, slot),
            latex=row_latex(program, slot) if formulas else None,
            value=trace.values[slot],
            tangent=trace.tangents[slot] if self.forward else None,
            tangent_latex=self._tangent_latex(slot) if formulas and self.forward else None,
            adjoint=trace.adjoints[slot] if self.reverse else None,
            status=status.kind,
            message=status.message or None,
            begins=status.begins,
            span=program.span(slot),
            exact=self._exact(slot),
        )

    def _tangent_latex(self, slot: int) -> str:
        return tangent_latex(self.program, slot, list(edges(self.program, slot)))

    @cached_property
    def contributions(self) -> list[ContributionRow]:
        """The contributions, one for each edge, in the order of the reverse sweep."""
        if not self.reverse:
            return []
        positions = contribution_positions(self.trace)
        return [
            self._contribution(edge, contribution, position)
            for edge, (contribution, position) in enumerate(
                zip(self.trace.contributions, positions, strict=True)
            )
        ]

    def _contribution(
        self, edge: int, contribution: Contribution, position: int
    ) -> ContributionRow:
        into, out_of, slope, amount, total = contribution
        program = self.program
        formulas = self.readable
        status = (
            self.row_statuses.get(out_of, RowStatus()) if not math.isfinite(slope) else RowStatus()
        )
        return ContributionRow(
            into=program.names[into],
            out_of=program.names[out_of],
            output=self._single_output,
            partial=partial_text(program, out_of, position) if formulas else None,
            partial_latex=partial_latex(program, out_of, position) if formulas else None,
            latex=contribution_latex(program, out_of, position) if formulas else None,
            partial_value=slope,
            amount=amount,
            total=total,
            status=status.kind,
            exact=None if self.exact is None else self.exact.contributions[edge],
        )

    @cached_property
    def stepping(self) -> Stepping:
        """The steps of the trace, in order."""
        return Stepping(self.trace, self.forward, self.reverse)

    @cached_property
    def _single_output(self) -> str | None:
        """The output the adjoints belong to, if the seed picks one."""
        picked = [k for k, weight in enumerate(self.adjoint_seed) if weight != 0.0]
        return self.program.output_names[picked[0]] if len(picked) == 1 else None

    @cached_property
    def outputs(self) -> list[OutputRow]:
        """The results, in order."""
        names = self.program.names
        pairs = zip(self.program.output_names, self.program.outputs, strict=True)
        return [OutputRow(n, name_latex(n), names[slot], self._number(slot)) for n, slot in pairs]

    @cached_property
    def jacobian(self) -> list[list[float]]:
        """All partial derivatives, outputs by inputs; they do not depend on the seeds."""
        size = len(self.program.inputs) * len(self.program.outputs)
        if size > budgets.JACOBIAN_ENTRIES:
            raise InputError(f"The Jacobian has {size:,} entries.", None, "Ask for fewer outputs.")
        return jacobian(self.trace)

    @property
    def gradient(self) -> dict[str, float] | None:
        """Input name → partial derivative, where there is one output."""
        if len(self.program.outputs) != 1:
            return None
        return dict(zip(self.program.input_names, self.jacobian[0], strict=True))

    @cached_property
    def row_statuses(self) -> dict[int, RowStatus]:
        """Slot → status of every row that is not ok."""
        return row_statuses(self.trace)

    @cached_property
    def partial_statuses(self) -> list[list[PartialStatus]]:
        """Status of each entry of the Jacobian."""
        return partial_statuses(self.trace, self.jacobian, self.row_statuses)

    @cached_property
    def partials(self) -> list[PartialRow]:
        """Each partial of the answer with its status and one-sided derivatives."""
        program = self.program
        return [
            PartialRow(
                output,
                name,
                value,
                s.kind,
                s.message or None,
                s.left,
                s.right,
                s.convention or None,
            )
            for output, values, statuses in zip(
                program.output_names, self.jacobian, self.partial_statuses, strict=True
            )
            for name, value, s in zip(program.input_names, values, statuses, strict=True)
        ]

    @cached_property
    def status(self) -> dict[str, str | None]:
        """The status of the whole answer: its kind, the row where it begins, and a message."""
        begin = next(((s, r) for s, r in self.row_statuses.items() if r.begins), None)
        row = self.program.names[begin[0]] if begin else None
        cause = begin[1] if begin else RowStatus()
        doubt = next((s for line in self.partial_statuses for s in line if s.kind != OK), None)
        if doubt is not None:
            messages = dict.fromkeys(text for text in (cause.message, doubt.message) if text)
            return {"kind": doubt.kind, "row": row, "message": " ".join(messages)}
        lost = any(s.kind == "cancellation" for s in self.row_statuses.values())
        if lost or any(not math.isfinite(self._number(slot)) for slot in self.program.outputs):
            return {"kind": cause.kind, "row": row, "message": cause.message}
        return {"kind": OK, "row": None, "message": None}

    @cached_property
    def warnings(self) -> list[str]:
        """Warnings about the input: unused variables and rows, no variable, no exact values."""
        program = self.program
        found = [f"{name} is given a value but does not occur." for name in self.unused]
        if not program.inputs:
            found.append("There is no variable, so there is nothing to differentiate by.")
        used = {arg for args in program.args for arg in args} | set(program.outputs)
        for name, slot in zip(program.input_names, program.inputs, strict=True):
            if slot not in used:
                found.append(f"{name} does not occur in the function: its derivative is 0.")
        idle = [program.names[slot] for slot in program.rows if slot not in used]
        if idle:
            found.append(f"Nothing uses {', '.join(idle[:5])}.")
        if self.exact_problem:
            found.append(self.exact_problem)
        return found

    @cached_property
    def cost(self) -> Cost:
        """Elementary operations of the three sweeps."""
        return cost(self.program)

    @cached_property
    def formula(self) -> list[str]:
        """The whole input typeset, a line for each assignment; empty where it is too long."""
        return formula_lines(self.program)

    def _number(self, slot: int) -> float:
        value = self.trace.values[slot]
        return math.nan if value is None else value

    def _exact(self, slot: int) -> Mapping[str, str] | None:
        return None if self.exact is None else self.exact.slots.get(slot)

    def to_dict(self, schema: int = 1) -> dict[str, Any]:
        """Plain data with the names of the published schema of that version.

        Raises:
            InputError: there is no such schema, or the trace has arrays and the schema has none.
        """
        names, values = self.program.input_names, self.tangent_seed
        weights = zip(self.program.output_names, self.adjoint_seed, strict=True)
        parts = {
            "text": self.text,
            "mode": self.mode,
            "formula": self.formula,
            "notes": [{"message": n.message, "span": n.span} for n in self.program.notes],
            "inputs": self.inputs,
            "outputs": self.outputs,
            "rows": self.rows,
            "contributions": self.contributions,
            "gradient": self.gradient,
            "jacobian": self.jacobian,
            "seed": {
                "tangent": dict(zip(names, values, strict=True)) if self.forward else None,
                "adjoint": dict(weights) if self.reverse else None,
            },
            "status": self.status,
            "partials": self.partials,
            "warnings": self.warnings,
            "cost": self.cost._asdict(),
            "comparison": self.comparison,
        }
        return published(parts, self.program, schema)

    @staticmethod
    def schema(version: int = 1) -> dict[str, Any]:
        """The published JSON schema of ``to_dict(version)``."""
        return schema(version)

    def __str__(self) -> str:
        return render(self, TEXT)

    def _repr_markdown_(self) -> str:
        """The Markdown that a notebook shows for it."""
        return render(self, MARKDOWN)
