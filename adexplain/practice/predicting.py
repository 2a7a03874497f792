"""Predict, then reveal: the question at a covered step, and the judgement of an answer.

A trace is covered from its first unanswered step on, because later steps would give the number
away. Answers are not scored, and giving up reveals the step as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import ADJOINT, PRIMAL
from adexplain.explanation.trace_index import index_of
from adexplain.narration.parts import (
    Narration,
    Part,
    Parts,
    formula,
    named,
    place_word,
    plain_text,
    sentence,
)
from adexplain.narration.rules import named_primal, output_partial, partial_symbol
from adexplain.narration.step import narrate
from adexplain.practice.answers import is_expressible, same_rule, same_value
from adexplain.practice.coverage import (
    CONTRIBUTIONS,
    GRADIENT,
    KINDS,
    RULES,
    VALUES,
    Question,
    completes,
    covers,
    next_question,
    question_at,
)
from adexplain.practice.equality import Match
from adexplain.practice.hints import hints, value_before
from adexplain.practice.remarks import remark, remark_on_rule

__all__ = [
    "CONTRIBUTIONS", "GRADIENT", "KINDS", "RULES", "VALUES", "Judgement", "first_covered", "judge",
    "prompt",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judgement of an answer.

    Attributes:
        match: whether it is right, right up to rounding, or wrong.
        words: the step in words, with its number.
        praise: for a right answer, a sentence on why it is right; else ().
        remark: for a wrong answer, what it is instead, if that is known; else ().
        hints: for a wrong answer, where to look and which rule to use; never the answer.
    """

    match: Match
    words: Narration
    praise: Parts = ()
    remark: Parts = ()
    hints: tuple[Parts, ...] = field(default=())

    @property
    def hint(self) -> str:
        """The first hint as text."""
        return plain_text(self.hints[0]) if self.hints else ""


def first_covered(explanation: Explanation, kind: str, revealed: int) -> int | None:
    """The first covered step after the revealed ones; None if no step is covered.

    Args:
        explanation: the trace.
        kind: one of :data:`KINDS`.
        revealed: the last step that is revealed; 0 before the first answer.
    """
    covered = next_question(explanation, kind, revealed)
    while (
        kind == RULES
        and covered
        and not is_expressible(explanation, question_at(explanation, covered))
    ):
        covered = next_question(explanation, kind, covered)
    return covered


def prompt(explanation: Explanation, kind: str, number: int) -> Parts:
    """The question at a covered step.

    Raises:
        IndexError: there is no such step.
        ValueError: ``kind`` does not cover this step.
    """
    if not covers(explanation, kind, number):
        raise ValueError(f"Step {number} is none of the {kind}.")
    question, program = question_at(explanation, number), explanation.program
    if kind == RULES:
        return _rule_prompt(explanation, question)
    if question.sweep == PRIMAL:
        return sentence("What is ", formula(*named_primal(program, question.slot)), "?")
    name = named(program, question.slot, "bar" if question.sweep == ADJOINT else "dot")
    if kind == GRADIENT:
        return sentence("What is ", name, " in the end", _partial_of(explanation, question), "?")
    if question.sweep != ADJOINT:
        return sentence("What is ", name, "?")
    if (
        value_before(explanation, question) is None
        and index_of(explanation).received[question.slot] == 1
    ):
        return sentence("What is ", name, "?")
    return sentence(
        "What is ", name, " after the contribution", _source(explanation, question), "?"
    )


def _source(explanation: Explanation, question: Question) -> Parts:
    """``from v5``; if v5 uses the argument more than once, also from which place."""
    program = explanation.program
    origin = named(program, question.row)
    assert question.incoming is not None
    if program.args[question.row].count(question.slot) == 1:
        return sentence(" from ", origin)
    return sentence(f" from the {place_word(question.incoming.position + 1)} place in ", origin)


def _partial_of(explanation: Explanation, question: Question) -> Parts:
    """``, that is ∂f/∂x1``, if the adjoint is the derivative of a single output."""
    program, weights = explanation.program, explanation.adjoint_seed
    if question.sweep != ADJOINT or sorted(weights) != [0.0] * (len(weights) - 1) + [1.0]:
        return ()
    output = program.output_names[weights.index(1.0)]
    return sentence(", that is ", output_partial(output, program.names[question.slot]))


def _rule_prompt(explanation: Explanation, question: Question) -> Parts:
    program = explanation.program
    row = formula(*named_primal(program, question.row))
    if question.sweep != ADJOINT:
        name = named(program, question.slot, "dot")
        return sentence("What is ", name, " as a formula, where ", row, "?")
    partial: Part | Parts = partial_symbol(program, question.row, question.slot)
    assert question.incoming is not None
    if program.args[question.row].count(question.slot) > 1:
        place = place_word(question.incoming.position + 1)
        return sentence("What is the partial of ", row, f" by its {place} place, as a formula?")
    return sentence("What is ", partial, " as a formula, where ", row, "?")


def judge(explanation: Explanation, step: int, kind: str, given: str) -> Judgement:
    """Judge an answer.

    Args:
        explanation: the trace.
        step: the step that is covered.
        kind: one of :data:`KINDS`, or "value" or "rule".
        given: the typed answer: a number, a fraction or an expression; for a rule, a formula.

    Raises:
        InputError: the answer cannot be read; the span is within ``given``.
        IndexError: there is no such step.
    """
    kind = {"rule": RULES, "value": CONTRIBUTIONS}.get(kind, kind)
    question = question_at(explanation, step)
    step_words = narrate(explanation, step)
    match = (same_rule if kind == RULES else same_value)(explanation, question, given)
    if match is not Match.WRONG:
        return Judgement(match, step_words, praise=_praise(explanation, kind, question, match))
    why = (remark_on_rule if kind == RULES else remark)(explanation, question, given)
    return Judgement(match, step_words, remark=why, hints=hints(explanation, kind, question))


def _praise(explanation: Explanation, kind: str, question: Question, match: Match) -> Parts:
    """The praise for a right answer, with what it completes."""
    right = "Right, up to rounding" if match is Match.ROUNDED else "Right"
    name = named(explanation.program, question.slot, "bar")
    if kind == RULES or question.sweep != ADJOINT:
        return sentence(right, ".")
    if value_before(explanation, question) is not None:
        return sentence(right, ": added to what ", name, " held before.")
    if completes(explanation, question):
        return sentence(right, ": ", name, " is complete.")
    return sentence(right, ".")
