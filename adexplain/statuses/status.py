"""The statuses: what may be doubtful about a row, or about a partial of the function."""

from __future__ import annotations

from dataclasses import dataclass

OK = "ok"
KINDS = (
    "ok", "kink", "jump", "vertical", "boundary", "removable", "undefined", "overflow",
    "cancellation", "program",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowStatus:
    """The status of one row.

    Attributes:
        kind: one of KINDS.
        message: a sentence ("" for ok).
        begins: whether it begins at this row; False where it follows from an earlier row.
        convention: the derivative that is used at a kink or the like, "" if none is chosen.
    """

    kind: str = OK
    message: str = ""
    begins: bool = False
    convention: str = ""


@dataclass(frozen=True, slots=True)
class PartialStatus:
    """The status of one partial derivative of the function, with the one-sided derivatives."""

    kind: str = OK
    message: str = ""
    left: float | None = None
    right: float | None = None
    convention: str = ""
