"""The step in words: what one step of a trace does and why, for a person who reads along.

Sentences, formulas and numbers are made from the rule table and the trace; no primitive has words
of its own but those in its row of the table.
"""

from __future__ import annotations

from adexplain.explain import Explanation
from adexplain.stepping import PRIMAL, TANGENT
from adexplain.words_adjoint import contribution_words, seed_words
from adexplain.words_index import index_of
from adexplain.words_parts import Part, Parts, Words
from adexplain.words_primal import primal_words
from adexplain.words_tangent import tangent_words

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
