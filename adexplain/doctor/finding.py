"""A finding of the gradient doctor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_PUBLISHED = {"fix": "mend"}
"""Field → its published key, where they differ."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with one number of the answer.

    Attributes:
        symptom: such as "∂f/∂x is NaN".
        kind: "nan", "infinite", "zero", "vanishing" or "missing"; "wrong" where it is finite and
            not right, "doubtful" where the function has no one slope.
        output, input: which derivative; the input is None where it is the output's value.
        cause: a key of the table in ``fixes.py``, or the status of the partial; "stationary",
            "factor", "cancelled", "smaller" and "constant" for a zero that is right.
        sweep: where it began, "primal", "tangent" or "adjoint"; None where no sweep is to blame.
        row: the row where it began.
        operation: that row with its numbers.
        partial: the partial concerned, with its number; "" in the primal sweep.
        why: the reason, as a sentence.
        fix: what to write instead; "" where nothing needs to be fixed. Published as "mend".
        quiet: whether the number is right or a convention, so that one line about it is enough.
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
    fix: str
    quiet: bool
    step: int | None

    @classmethod
    def published_keys(cls) -> tuple[str, ...]:
        """The keys of ``to_dict``, in order."""
        return tuple(_PUBLISHED.get(name, name) for name in cls.__slots__)

    def to_dict(self) -> dict[str, Any]:
        """The finding under its published keys, for JSON and CSV."""
        values = (getattr(self, name) for name in self.__slots__)
        return dict(zip(self.published_keys(), values, strict=True))
