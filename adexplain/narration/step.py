"""``narrate``: one step of a trace in words, with what it does and why.

Sentences, formulas and numbers are made from the rule table and the trace; the only text that
belongs to a single primitive is that in its row of the table.
"""

from __future__ import annotations

from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import PRIMAL, TANGENT
from adexplain.explanation.trace_index import index_of
from adexplain.narration.adjoint import narrate_contribution, narrate_seed
from adexplain.narration.parts import Narration, Part, Parts
from adexplain.narration.primal import narrate_primal
from adexplain.narration.tangent import narrate_tangent

__all__ = ["Narration", "Part", "Parts", "narrate"]


def narrate(explanation: Explanation, number: int) -> Narration:
    """One step of a trace in words.

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
        return narrate_primal(explanation, index, index.rows[step.position - 1], label)
    if sweep == TANGENT:
        return narrate_tangent(explanation, index.rows[step.position - 1], label)
    if step.contribution is not None:
        return narrate_contribution(explanation, index, step.contribution, label)
    slot = stepping.seeds[step.position - 1]
    return narrate_seed(explanation, index, slot, label, step.position == 1)
