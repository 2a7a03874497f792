"""Predict, then reveal: what is asked at a step, and what to say of an answer.

A trace is covered from its first unanswered step on: what comes later would give the number away.
Nothing is counted against anybody; giving up is one more way to go on.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from adexplain.explanation.explain import Explanation
from adexplain.explanation.index import index_of
from adexplain.explanation.stepping import ADJOINT, PRIMAL
from adexplain.narration.parts import (
    Part,
    Parts,
    Words,
    formula,
    named,
    place_word,
    sentence,
    spoken,
)
from adexplain.narration.rules import named_primal, output_partial, partial_symbol
from adexplain.narration.step import words
from adexplain.practice.answers import can_be_told, same_rule, same_value
from adexplain.practice.coverage import (
    CONTRIBUTIONS,
    GRADIENT,
    KINDS,
    RULES,
    VALUES,
    Asked,
    asked_at,
    asks,
    completes,
    next_asked,
)
from adexplain.practice.equality import Match
from adexplain.practice.hints import held, hints
from adexplain.practice.remarks import remark, remark_on_rule

__all__ = [
    "CONTRIBUTIONS", "GRADIENT", "KINDS", "RULES", "VALUES", "Judgement", "first_covered", "judge",
    "question",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be said of an answer.

    Attributes:
        match: whether it is right, right up to rounding, or wrong.
        praise: why it is right, in a sentence; () where it is wrong.
        remark: what a wrong answer is instead, where that can be seen, else ().
        hints: where to look, and the rule; never the answer.
        words: the step, to be shown with its number.
    """

    match: Match
    words: Words
    praise: Parts = ()
    remark: Parts = ()
    hints: tuple[Parts, ...] = field(default=())

    @property
    def hint(self) -> str:
        """The first hint as text."""
        return spoken(self.hints[0]) if self.hints else ""


def first_covered(explanation: Explanation, kind: str, told: int) -> int | None:
    """The first step that is covered when the steps up to ``told`` are not; None where none is.

    Args:
        explanation: the trace.
        kind: one of :data:`KINDS`.
        told: a step; 0 before anything was answered.
    """
    covered = next_asked(explanation, kind, told)
    while (
        kind == RULES and covered and not can_be_told(explanation, asked_at(explanation, covered))
    ):
        covered = next_asked(explanation, kind, covered)
    return covered


def question(explanation: Explanation, kind: str, number: int) -> Parts:
    """What is asked at a step.

    Raises:
        IndexError: there is no such step.
        ValueError: ``kind`` does not ask for this step.
    """
    if not asks(explanation, kind, number):
        raise ValueError(f"Step {number} is none of the {kind}.")
    asked, program = asked_at(explanation, number), explanation.program
    if kind == RULES:
        return _rule_question(explanation, asked)
    if asked.sweep == PRIMAL:
        return sentence("What is ", formula(*named_primal(program, asked.slot)), "?")
    name = named(program, asked.slot, "bar" if asked.sweep == ADJOINT else "dot")
    if kind == GRADIENT:
        return sentence("What is ", name, " in the end", _partial_of(explanation, asked), "?")
    if asked.sweep != ADJOINT:
        return sentence("What is ", name, "?")
    if held(explanation, asked) is None and index_of(explanation).received[asked.slot] == 1:
        return sentence("What is ", name, "?")
    return sentence("What is ", name, " after the contribution", _from(explanation, asked), "?")


def _from(explanation: Explanation, asked: Asked) -> Parts:
    """``from v5``; where that uses the argument more than once, from which place."""
    program = explanation.program
    origin = named(program, asked.row)
    assert asked.arrival is not None
    if program.args[asked.row].count(asked.slot) == 1:
        return sentence(" from ", origin)
    return sentence(f" from the {place_word(asked.arrival.position + 1)} place in ", origin)


def _partial_of(explanation: Explanation, asked: Asked) -> Parts:
    """``, that is ∂f/∂x1``, where the adjoint is just that."""
    program, weights = explanation.program, explanation.adjoint_seed
    if asked.sweep != ADJOINT or sorted(weights) != [0.0] * (len(weights) - 1) + [1.0]:
        return ()
    output = program.output_names[weights.index(1.0)]
    return sentence(", that is ", output_partial(output, program.names[asked.slot]))


def _rule_question(explanation: Explanation, asked: Asked) -> Parts:
    program = explanation.program
    row = formula(*named_primal(program, asked.row))
    if asked.sweep != ADJOINT:
        name = named(program, asked.slot, "dot")
        return sentence("What is ", name, " as a formula, where ", row, "?")
    partial: Part | Parts = partial_symbol(program, asked.row, asked.slot)
    assert asked.arrival is not None
    if program.args[asked.row].count(asked.slot) > 1:
        place = place_word(asked.arrival.position + 1)
        return sentence("What is the partial of ", row, f" by its {place} place, as a formula?")
    return sentence("What is ", partial, " as a formula, where ", row, "?")


def judge(explanation: Explanation, step: int, kind: str, given: str) -> Judgement:
    """Judge an answer.

    Args:
        explanation: the trace.
        step: the step that is covered.
        kind: one of :data:`KINDS`; "value" and "rule" will do.
        given: what was typed: a number, a fraction, an expression; for a rule a formula.

    Raises:
        InputError: the answer cannot be read; the span is within ``given``.
        IndexError: there is no such step.
    """
    kind = {"rule": RULES, "value": CONTRIBUTIONS}.get(kind, kind)
    asked = asked_at(explanation, step)
    told = words(explanation, step)
    match = (same_rule if kind == RULES else same_value)(explanation, asked, given)
    if match is not Match.WRONG:
        return Judgement(match, told, praise=_praise(explanation, kind, asked, match))
    why = (remark_on_rule if kind == RULES else remark)(explanation, asked, given)
    return Judgement(match, told, remark=why, hints=hints(explanation, kind, asked))


def _praise(explanation: Explanation, kind: str, asked: Asked, match: Match) -> Parts:
    """Right, and what was done right."""
    right = "Right, up to rounding" if match is Match.ROUNDED else "Right"
    name = named(explanation.program, asked.slot, "bar")
    if kind == RULES or asked.sweep != ADJOINT:
        return sentence(right, ".")
    if held(explanation, asked) is not None:
        return sentence(right, ": added to what ", name, " held before.")
    if completes(explanation, asked):
        return sentence(right, ": ", name, " is complete.")
    return sentence(right, ".")
