"""The verdict panel: the comparison of all methods, as bars of matching digits and a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from adexplain.comparison.digits import DISPLAY_CAP, digits_text
from adexplain.server.explorer.panels.answer import partial_name
from adexplain.server.explorer.panels.step_size_chart import error_chart, remainder_chart
from adexplain.server.html.chart import Chart
from adexplain.server.html.mathml import typeset
from adexplain.server.html.numerals import Data, significant_digits, split_at_mismatch, to_float

INPUTS_SHOWN = 8
SWEEPS_SHOWN = 2
LONG = 160
"""The longest formula, in characters of its text, that is not folded away."""


@dataclass(frozen=True)
class Bar:
    """The answer of one method for one input.

    Attributes:
        digits: how many digits match the reference; None where that cannot be counted.
        count: the same as text.
        right, wrong: the matching digits of the answer, and the others.
        full: all its digits.
        missing: why there is no answer, or "".
    """

    digits: int | None
    count: str
    right: str
    wrong: str
    full: str
    missing: str


@dataclass(frozen=True)
class Method:
    """One row of the comparison; ``note`` is the beginning of ``whole_note``."""

    name: str
    note: str
    whole_note: str
    is_ad: bool
    bars: list[Bar]


@dataclass(frozen=True)
class Formula:
    """A symbolic derivative, with its value and operations and the value of the trace."""

    head: Markup
    latex: Markup
    long: bool
    value: str
    operations: int
    trace: str


@dataclass(frozen=True)
class Verdict:
    """The comparison as the template prints it."""

    agree: bool
    claim: str
    reason: str
    output: str
    reference: str
    inputs: list[tuple[str, Markup]]
    names: list[Markup]
    methods: list[Method]
    symbolic: list[Formula]
    swell: str
    charts: list[Chart]
    taylor: str
    left_out: str

    @property
    def measured(self) -> bool:
        """Whether the digits of any answer could be counted."""
        return any(bar.digits is not None for method in self.methods for bar in method.bars)


def verdict(comparison: Data, latex: dict[str, str], operations: int | None = None) -> Verdict:
    """The comparison for the page.

    Args:
        comparison: ``Comparison.to_dict()``.
        latex: name of an input or output → its LaTeX.
        operations: those of the trace for the function and its whole gradient, if known.
    """
    names = list(comparison["inputs"])
    shown = names[:INPUTS_SHOWN]
    output = comparison["output"]
    heads = [(name, partial_name(latex.get(output, "f"), latex.get(name, name))) for name in shown]
    formulas = _formulas(comparison, heads)
    charts = _charts(comparison, heads)
    return Verdict(
        agree=comparison["verdict"]["agree"],
        claim=powers(comparison["verdict"]["claim"]),
        reason=powers(comparison["verdict"]["reason"]),
        output=output,
        reference=comparison["reference"]["name"],
        inputs=heads,
        names=[typeset(latex.get(name, name)) for name in shown],
        methods=[
            _method(method, shown, comparison["reference"]["digits"])
            for method in comparison["methods"]
        ],
        symbolic=formulas,
        swell=_swell(comparison, operations),
        charts=charts,
        taylor=_taylor(comparison, charts),
        left_out=(
            f"The first {INPUTS_SHOWN} of {len(names):,} inputs are shown; all are in the JSON."
            if len(names) > INPUTS_SHOWN
            else ""
        ),
    )


def powers(text: str) -> str:
    """A sentence whose powers of ten have a real minus and no leading zero: 1e-07 as 1e−7."""
    return re.sub(r"(?<=\d)e([-+])0?(\d+)", lambda m: f"e{'−' if m[1] == '-' else ''}{m[2]}", text)


def _charts(comparison: Data, heads: list[tuple[str, Markup]]) -> list[Chart]:
    sweeps = comparison["sweep"] or {}
    drawn = [
        error_chart(sweeps[name], head, name)
        for name, head in heads[:SWEEPS_SHOWN]
        if sweeps.get(name)
    ]
    if comparison["taylor"]:
        drawn.append(remainder_chart(comparison["taylor"]))
    return [drawing for drawing in drawn if drawing]


def _taylor(comparison: Data, charts: list[Chart]) -> str:
    """The message on the Taylor remainder, or "" where a chart shows it."""
    message: str = (comparison["taylor"] or {}).get("message") or ""
    return "" if any(drawn.sentence == message for drawn in charts) else message


def _formulas(comparison: Data, heads: list[tuple[str, Markup]]) -> list[Formula]:
    """The symbolic derivatives, each with its value and that of the trace."""
    symbolic = comparison["symbolic"] or {}
    answers = {method["name"]: method["gradient"] for method in comparison["methods"]}
    shown_formulas = []
    for name, head in heads:
        item = symbolic.get(name)
        if item:
            values = [to_float(answers[method].get(name)) for method in ("Symbolic", "Reverse AD")]
            value, trace = ("–" if v is None else significant_digits(v + 0.0) for v in values)
            shown_formulas.append(
                Formula(
                    head,
                    # A formula that is too long has no LaTeX: only its operations are shown.
                    typeset(item["latex"], display=True) if item["latex"] else Markup(),
                    len(item["text"] or "") > LONG,
                    powers(value),
                    item["operations"],
                    powers(trace),
                )
            )
    return shown_formulas


def _swell(comparison: Data, operations: int | None) -> str:
    """A sentence that compares the operations of the formulas with those of the trace."""
    counts = [item["operations"] for item in (comparison["symbolic"] or {}).values() if item]
    if not counts or operations is None:
        return ""
    formulas = "formula takes" if len(counts) == 1 else f"{len(counts)} formulas take"
    sentence = (
        f"The {formulas} {_operations(sum(counts))}; the trace takes {_operations(operations)} for "
        "the function and its whole gradient together"
    )
    if sum(counts) > 2 * operations:
        return f"{sentence}: formulas repeat what a trace computes once (expression swell)."
    return f"{sentence}."


def _operations(count: int) -> str:
    return f"{count:,} operation{'' if count == 1 else 's'}"


def _method(method: Data, inputs: list[str], reference: dict[str, str]) -> Method:
    note = powers(method["note"] or "")
    return Method(
        method["name"],
        note.partition(";")[0] + (" …" if ";" in note else ""),
        note,
        method["name"].endswith(" AD"),
        [_bar(method, name, reference.get(name) or "") for name in inputs],
    )


def _bar(method: Data, name: str, reference: str) -> Bar:
    value = to_float(method["gradient"].get(name))
    digits: Any = method["digits"].get(name)
    if value is None:
        return Bar(None, "", "", "", "", method["message"] or "no answer")
    value += 0.0  # no sign on zero
    right, wrong = significant_digits(value), ""
    if reference:
        right, wrong = split_at_mismatch(value, reference)
    if digits is not None and digits >= DISPLAY_CAP:
        right, wrong = right + wrong, ""
    count = "" if digits is None else digits_text(digits)
    return Bar(digits, count, powers(right), powers(wrong), repr(value), "")
