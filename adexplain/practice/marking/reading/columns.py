"""Recognize the columns of a table by their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from adexplain.practice.marking.reading.notation import BAR, DOT, Names


@dataclass(frozen=True, slots=True)
class Column:
    """The meaning of a column.

    Attributes:
        role: "name", "formula", "number", "running" (the sum so far) or "skip".
        kind: "" for values, "dot" for tangents, "bar" for adjoints.
        wrt: the input that its tangents are with respect to, if the heading names one.
        from_heading: whether a heading determined this.
    """

    role: str
    kind: str = ""
    wrt: str = ""
    from_heading: bool = False


_NUMERIC = re.compile(r"[-+−]?[\d.,/]+(?:e[-+]?\d+)?", re.I)
_WRT = re.compile(
    r"(?:∇|d\s*/\s*d\s?|∂\s*/\s*∂\s?|\bd/d|w\.?r\.?t\.?\s*|grad\s*)_?\s*\(?([^\W\d]\w*)"
)
_DERIVATIVE_OF = re.compile(r"⟨[^,⟩]*,([^⟩]+)⟩|d[\s.…]*/\s*d\s?(\w+)")
_ROLES: tuple[tuple[str, str, str | None], ...] = (
    (r"status|note|comment|why|span|left|right|message|kind|out.?of|check|reason", "skip", None),
    (r"elementary.*derivative|elem.*deriv|^partials?\b|partial value|local", "skip", None),
    (r"sum so far|running|total|accumulated", "running", BAR),
    (r"amount", "number", BAR),
    (r"contribution", "formula", BAR),
    (r"^numbers$|numbers inserted", "skip", None),
    (r"(adjoint|bar|reverse|backward).*value", "number", BAR),
    (r"(tangent|dot|derivative|forward).*value", "number", DOT),
    (r"adjoint|\bbar\b|reverse|backward|^\w?¯$", "formula", BAR),
    (r"tangent|\bdot\b|derivative|forward|^\w?˙", "formula", DOT),
    (r"^(|#|no\.?|nr\.?|row|name|node|variable|var\.?|trace|intermediate|i|k)$", "name", ""),
    (
        r"elementary|operation|formula|function|expression|definition|step|rule|primal trace",
        "formula",
        "",
    ),
    (r"current value|^value|numeric|primal|numerical|result|evaluat|^number$|^v$", "number", ""),
)
_COMPILED_ROLES = [(re.compile(pattern), role, kind) for pattern, role, kind in _ROLES]


def columns_of(cells: Sequence[str], names: Names) -> list[Column]:
    """The columns of a heading line; [] if the line is not a heading."""
    texts = [re.sub(r"\s+", " ", cell.strip().strip("*").lower()) for cell in cells]
    if any(_NUMERIC.fullmatch(text) for text in texts if text != "#"):
        return []
    if any(re.search(r"(?<![<>!])=", text.rstrip("= ")) for text in texts):
        return []
    found: list[Column | None] = []
    current = ""
    for text, cell in zip(texts, cells, strict=True):
        column = _column(text, cell.strip(), current, names)
        if column is not None and column.role != "skip":
            current = column.kind
        found.append(column)
    recognized = [c for c, text in zip(found, texts, strict=True) if c is not None and text]
    if not recognized or (names.has(cells[0].strip()) and cells[0].strip()):
        return []
    columns = [column or Column("skip") for column in found]
    if all(column.role != "name" for column in columns):
        columns[0] = Column("name")
    first = next(k for k, column in enumerate(columns) if column.role == "name")
    return [
        Column("formula", "", from_heading=True) if c.role == "name" and k != first else c
        for k, c in enumerate(columns)
    ]


def _column(text: str, cell: str, current: str, names: Names) -> Column | None:
    wrt = _WRT.search(cell) or _DERIVATIVE_OF.search(cell)
    if wrt:
        name = next((part for part in wrt.groups() if part), "")
        if names.has(name):
            return Column("formula", DOT, names.find(name), from_heading=True)
    for pattern, role, kind in _COMPILED_ROLES:
        if pattern.search(text):
            if role == "number" and not kind and re.search(r"^value|number|result|current", text):
                kind = current
            if role == "formula" and kind == "" and text.startswith("rule"):
                kind = current
            return Column(role, kind or "", from_heading=True)
    return None
