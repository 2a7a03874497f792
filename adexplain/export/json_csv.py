"""Writes JSON and CSV, with all digits, and an ``Explanation`` as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adexplain.explanation.explain import Explanation
from adexplain.export.wording import sweep_lines
from adexplain.plain_data import plain

COLUMNS = (
    "kind", "name", "step", "value", "tangent", "adjoint", "out_of", "partial", "amount", "total",
    "left", "right", "status", "message",
)  # fmt: skip
"""Columns of the CSV. ``kind`` is input, row, output, seed, contribution or partial."""


def json_text(data: Mapping[str, Any], ascii_only: bool = False) -> str:
    """Plain data as indented JSON."""
    return json.dumps(data, ensure_ascii=ascii_only, allow_nan=False, indent=2) + "\n"


def csv_text(columns: Sequence[str], lines: Iterator[Mapping[str, Any]]) -> str:
    """Lines as CSV with a heading; missing values and None are empty."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for line in lines:
        writer.writerow(line)
    return out.getvalue()


def explanation_csv(explanation: Explanation) -> str:
    """Inputs, rows, outputs, the adjoint sweep and the partials, one line each."""
    return csv_text(COLUMNS, map(plain, _lines(explanation)))


def _lines(explanation: Explanation) -> Iterator[dict[str, Any]]:
    for item in explanation.inputs:
        numbers = {"value": item.value, "tangent": item.tangent, "adjoint": item.adjoint}
        yield {"kind": "input", "name": item.name, **numbers}
    for row in explanation.rows:
        yield {
            "kind": "row",
            "name": row.name,
            "step": f"{row.name} = {row.text}",
            "value": row.value,
            "tangent": row.tangent,
            "adjoint": row.adjoint,
            "status": row.status,
            "message": row.message,
        }
    for output in explanation.outputs:
        step = f"{output.name} = {output.row}"
        yield {"kind": "output", "name": output.name, "step": step, "value": output.value}
    for line in sweep_lines(explanation):
        received = {"name": f"{line.into}_bar", "amount": line.amount, "total": line.total}
        if line.contribution is None:
            yield {"kind": "seed", **received}
            continue
        edge = line.contribution
        yield {
            "kind": "contribution",
            "step": f"{line.into}_bar += {edge.out_of}_bar * ({edge.partial})"
            if edge.partial
            else None,
            "out_of": edge.out_of,
            "partial": edge.partial_value,
            "status": edge.status,
            **received,
        }
    for entry in explanation.partials:
        yield {
            "kind": "partial",
            "name": f"d{entry.output}/d{entry.input}",
            "value": entry.value,
            "left": entry.left,
            "right": entry.right,
            "status": entry.status,
            "message": entry.message,
        }
