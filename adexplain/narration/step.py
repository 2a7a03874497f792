"""The step in words: what one step of a trace does and why, for a person who reads along.

Sentences, formulas and numbers are made from the rule table and the trace; no primitive has words
of its own but those in its row of the table.
"""

from __future__ import annotations

from adexplain.explanation.explain import Explanation
from adexplain.explanation.index import index_of
from adexplain.explanation.stepping import PRIMAL, TANGENT
from adexplain.narration.adjoint import contribution_words, seed_words
from adexplain.narration.parts import Part, Parts, Words
from adexplain.narration.primal import primal_words
from adexplain.narration.tangent import tangent_words

__all__ = ["Part", "Parts", "Words", "words"]


def words(explanation: Explanation, number: int) -> Words:
    """The step of that number in words.

    Args:
        explanation: the trace.
        number: from 1 to ``explanation.stepping.total``.

    Raises:
        IndexError: there is no such step.
    """
    stepping = explanation.stepping
    step = stepping.at(number)
    sweep = step.sweep
    label = f"{sweep.capitalize()} sweep, step {step.position:,} of {stepping.counts[sweep]:,}"
    index = index_of(explanation)
    if sweep == PRIMAL:
        return primal_words(explanation, index, index.rows[step.position - 1], label)
    if sweep == TANGENT:
        return tangent_words(explanation, index.rows[step.position - 1], label)
    if step.contribution is not None:
        return contribution_words(explanation, index, step.contribution, label)
    slot = stepping.seeds[step.position - 1]
    return seed_words(explanation, index, slot, label, step.position == 1)
