"""A finding of the gradient doctor."""

from __future__ import annotations

from dataclasses import dataclass

from adexplain.plain_data import Record


@dataclass(frozen=True, slots=True)
class Finding(Record):
    """What is wrong with one number of the answer.

    Attributes:
        symptom: such as "∂f/∂x is NaN".
        kind: "nan", "infinite", "zero", "vanishing" or "missing"; "wrong" where it is finite and
            not right, "doubtful" where the function has no one slope.
        output, input: which number; no input where it is the output's value.
        cause: in a word, as ``mends.py`` has it, or the status of the partial; "stationary",
            "factor", "cancelled", "smaller" and "constant" for a zero that is right.
        sweep: the pass in which it began, "primal", "tangent" or "adjoint"; None where nothing did.
        row: the row where it began.
        operation: that row with its numbers.
        partial: the partial concerned, with its number; "" in the primal pass.
        why: a sentence.
        mend: what to write instead; "" where nothing needs mending.
        quiet: whether it is as it should be, and only worth a line.
        step: the step of the trace where it began.
    """

    symptom: str
    kind: str
    output: str
    input: str | None
    cause: str
    sweep: str | None
    row: str | None
    operation: str
    partial: str
    why: str
    mend: str
    quiet: bool
    step: int | None
