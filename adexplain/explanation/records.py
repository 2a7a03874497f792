"""The records an ``Explanation`` is made of. Their field names are those of the JSON schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from adexplain.plain_data import Record

Exact = Mapping[str, str] | None
"""Exact numbers under the names of the floats, as text and as LaTeX (value_latex …), or None."""


@dataclass(slots=True)
class InputRow(Record):
    """An independent variable. ``adjoint`` is the derivative for the adjoint seed shown."""

    name: str
    latex: str
    value: float
    tangent: float | None
    adjoint: float | None
    exact: Exact


@dataclass(slots=True)
class Row(Record):
    """One elementary step. None means "not computed": a branch not taken, or the other mode.

    ``adjoint`` is also None where nothing flows back. ``begins`` says that the status begins here
    rather than following from an earlier row. ``span`` is (start, end) in the text.
    """

    name: str
    name_latex: str | None
    op: str
    text: str
    latex: str | None
    value: float | None
    tangent: float | None
    tangent_latex: str | None
    adjoint: float | None
    status: str
    message: str | None
    begins: bool
    span: tuple[int, int] | None
    exact: Exact


@dataclass(slots=True)
class ContributionRow(Record):
    """One ``v̄ += …``: ``into`` receives ``amount`` from ``out_of`` and then stands at ``total``."""

    into: str
    out_of: str
    output: str | None
    partial: str | None
    partial_latex: str | None
    latex: str | None
    partial_value: float
    amount: float
    total: float
    status: str
    exact: Exact


@dataclass(slots=True)
class OutputRow(Record):
    """A result, and the name of the row (or input) that computes it."""

    name: str
    latex: str
    row: str
    value: float


@dataclass(slots=True)
class PartialRow(Record):
    """One partial of the answer, with its status and one-sided derivatives where they exist."""

    output: str
    input: str
    value: float
    status: str
    message: str | None
    left: float | None
    right: float | None
    convention: str | None
