"""The answer panel: value, gradient or Jacobian, and warnings about them."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from adexplain.server.explorer.panels.table import LONGEST_NAME
from adexplain.server.html.mathml import typeset
from adexplain.server.html.numerals import Data, Numeral, in_exact_form, numeral

PARTIALS_SHOWN = 24
"""The most inputs, and the most outputs, that the answer shows."""


@dataclass(frozen=True)
class Partial:
    """One entry of the gradient or Jacobian; ``left`` and ``right`` are one-sided derivatives."""

    name: Markup
    value: Numeral | None
    status: str
    left: Numeral | None
    right: Numeral | None


@dataclass(frozen=True)
class Answer:
    """The answer as the template prints it."""

    formula: list[Markup]
    outputs: list[tuple[Markup, Numeral | None]]
    point: list[tuple[Markup, Numeral | None]]
    partials: list[Partial]
    inputs: list[Markup]
    jacobian: list[tuple[Markup, list[Numeral | None]]]
    status: str
    status_row: str
    message: str
    warnings: list[str]
    notes: list[str]
    left_out: str


def answer(data: Data) -> Answer:
    """The answer of an explanation."""
    inputs = [_name(item) for item in data["inputs"][:PARTIALS_SHOWN]]
    by_name = {item["name"]: item for item in (*data["inputs"], *data["rows"])}
    outputs = [
        (_name(item), in_exact_form(numeral(item["value"]), by_name.get(item["row"]), "value"))
        for item in data["outputs"][:PARTIALS_SHOWN]
    ]
    several = len(data["outputs"]) > 1
    matrix = data["jacobian"] if several and data["jacobian"] else []
    return Answer(
        formula=[typeset(line, display=True) for line in data["formula"]],
        outputs=outputs,
        point=[(_name(item), numeral(item["value"], given=True)) for item in data["inputs"][:8]],
        partials=_partials(data),
        inputs=inputs,
        jacobian=[
            (name, [numeral(value) for value in row[:PARTIALS_SHOWN]])
            for (name, _), row in zip(outputs, matrix, strict=False)
        ],
        status=data["status"]["kind"],
        status_row=data["status"]["row"] or "",
        message=data["status"]["message"] or "",
        warnings=list(data["warnings"]),
        notes=[note["message"] for note in data["notes"]],
        left_out=_left_out(len(data["inputs"]), len(data["outputs"])),
    )


def partial_name(output: str, input_: str) -> Markup:
    """``∂f/∂x₁`` from the LaTeX of both names."""
    return typeset(rf"\partial {output} / \partial {input_}")


def _name(item: Data) -> Markup:
    name = str(item["name"])
    if len(name) > LONGEST_NAME:
        return Markup("<span class='long'>{}…</span>").format(name[:LONGEST_NAME])
    return typeset(item["latex"])


def _partials(data: Data) -> list[Partial]:
    """The entries of a gradient; of a Jacobian, which has a table, those with a status only."""
    latex = {item["name"]: item["latex"] for item in (*data["inputs"], *data["outputs"])}
    chosen = data["partials"]
    if len(data["outputs"]) > 1:
        chosen = [item for item in chosen if item["status"] != "ok"]
    # With the default seed the partials are the inputs' adjoints, whose exact form is known.
    is_default = data["seed"]["adjoint"] == {data["outputs"][0]["name"]: 1.0}
    shown = {item["name"]: item for item in data["inputs"]} if is_default else {}
    return [
        Partial(
            partial_name(latex[item["output"]], latex[item["input"]]),
            in_exact_form(numeral(item["value"]), shown.get(item["input"]), "adjoint"),
            item["status"],
            numeral(item["left"]),
            numeral(item["right"]),
        )
        for item in chosen[:PARTIALS_SHOWN]
    ]


def _left_out(inputs: int, outputs: int) -> str:
    if max(inputs, outputs) <= PARTIALS_SHOWN:
        return ""
    return f"The first {PARTIALS_SHOWN} of {max(inputs, outputs):,} are shown; all are in the JSON."
