"""Which steps of a trace are covered, and what each covered step asks for."""

from __future__ import annotations

import math
from dataclasses import dataclass

from adexplain.evaluate.branches import edge_positions
from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import ADJOINT, PRIMAL, TANGENT
from adexplain.explanation.trace_index import IncomingContribution, index_of
from adexplain.program import INPUT

VALUES, RULES, CONTRIBUTIONS, GRADIENT = KINDS = ("values", "rules", "contributions", "gradient")
"""What can be covered: every value; the rule of every derivative; every number of the derivative
sweeps (tangents and contributions); or only the steps that complete a derivative."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a step of a trace asks for.

    Attributes:
        number: the number of the step.
        sweep: "primal", "tangent" or "adjoint".
        slot: the row or input whose number the step computes or adds to.
        row: the row whose rule the step uses; of a contribution, the row it comes from.
        edge: the position of the contribution in ``trace.contributions``, else None.
        incoming: which of the contributions into ``slot`` it is, else None.
        value: the number in ``slot`` after the step, if there is one.
    """

    number: int
    sweep: str
    slot: int
    row: int
    edge: int | None
    incoming: IncomingContribution | None
    value: float | None

    @property
    def is_seed(self) -> bool:
        """Whether the step sets a seed, which cannot be predicted."""
        return self.sweep == ADJOINT and self.edge is None


def question_at(explanation: Explanation, number: int) -> Question:
    """What a step of the trace asks for.

    Raises:
        IndexError: there is no such step.
    """
    step, index, trace = explanation.stepping.at(number), index_of(explanation), explanation.trace
    if step.sweep == PRIMAL:
        slot = index.rows[step.position - 1]
        return Question(number, PRIMAL, slot, slot, None, None, trace.values[slot])
    if step.sweep == TANGENT:
        slot = index.rows[step.position - 1]
        return Question(number, TANGENT, slot, slot, None, None, trace.tangents[slot])
    if step.contribution is None:
        slot = explanation.stepping.seeds[step.position - 1]
        return Question(number, ADJOINT, slot, slot, None, None, index.seeds[slot])
    into, out_of, _, _, total = trace.contributions[step.contribution]
    incoming = index.incoming[step.contribution]
    return Question(number, ADJOINT, into, out_of, step.contribution, incoming, total)


def covers(explanation: Explanation, kind: str, number: int) -> bool:
    """Whether ``kind`` covers a step. A step without a finite number is never covered."""
    question = question_at(explanation, number)
    if question.is_seed or question.value is None or not math.isfinite(question.value):
        return False
    if kind == VALUES or question.sweep == PRIMAL:
        return kind == VALUES and question.sweep == PRIMAL
    if question.edge is None and not explanation.trace.edges[question.slot]:
        return False  # the row is constant: its tangent has no terms
    return kind != GRADIENT or completes(explanation, question)


def completes(explanation: Explanation, question: Question) -> bool:
    """Whether a step completes a derivative of the function: nothing is added to it later."""
    program, index = explanation.program, index_of(explanation)
    if question.sweep == TANGENT:
        return question.slot in index.outputs
    is_last = (
        question.incoming is not None and question.incoming.place == index.received[question.slot]
    )
    return is_last and program.ops[question.slot] is INPUT


def next_question(explanation: Explanation, kind: str, revealed: int) -> int | None:
    """The first step after ``revealed`` that ``kind`` covers; None if there is none left."""
    stepping = explanation.stepping
    first, last = revealed + 1, stepping.total
    if kind == VALUES:
        last = stepping.counts[PRIMAL]
    else:
        first = max(first, stepping.counts[PRIMAL] + 1)
    return next((n for n in range(first, last + 1) if covers(explanation, kind, n)), None)


def arguments(explanation: Explanation, question: Question) -> list[tuple[int, int]]:
    """(argument slot, position in the row) of each derivative in the rule of a step."""
    trace, program = explanation.trace, explanation.program
    if question.incoming is not None:
        return [
            (program.args[question.row][question.incoming.position], question.incoming.position)
        ]
    return list(
        zip(
            trace.edges[question.row],
            edge_positions(trace.program, question.row, trace.values),
            strict=True,
        )
    )
