"""The comparison: one bar of matching digits for each method and input, and the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from adexplain.comparison.digits import SURE, shown
from adexplain.server.explorer.panels.answer import partial_name
from adexplain.server.explorer.panels.step_size_chart import remainder, sweep
from adexplain.server.html.chart import Chart
from adexplain.server.html.mathml import typeset
from adexplain.server.html.numerals import Data, matching, to_float, unmatched

INPUTS_SHOWN = 8
SWEEPS_SHOWN = 2
LONG = 160
"""Characters of a formula, as text, beyond which it waits behind a click."""


@dataclass(frozen=True)
class Bar:
    """One method's answer for one input."""

    digits: int | None
    count: str
    right: str
    wrong: str
    full: str
    missing: str


@dataclass(frozen=True)
class Method:
    """One line of the comparison."""

    name: str
    note: str
    whole_note: str
    is_ad: bool
    bars: list[Bar]


@dataclass(frozen=True)
class Formula:
    """A symbolic derivative beside what the trace says: formula, value, operations."""

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
        """Whether there was a reference to count digits against."""
        return any(bar.digits is not None for method in self.methods for bar in method.bars)


def verdict(comparison: Data, latex: dict[str, str], operations: int | None = None) -> Verdict:
    """The comparison for the page.

    Args:
        comparison: ``Comparison.to_dict()``.
        latex: typesets the names of inputs and outputs.
        operations: what the trace takes for the whole gradient, function included.
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
    """Powers of ten in a sentence with a real minus and no more digits than they need."""
    return re.sub(r"(?<=\d)e([-+])0?(\d+)", lambda m: f"e{'−' if m[1] == '-' else ''}{m[2]}", text)


def _charts(comparison: Data, heads: list[tuple[str, Markup]]) -> list[Chart]:
    sweeps = comparison["sweep"] or {}
    drawn = [
        sweep(sweeps[name], head, name) for name, head in heads[:SWEEPS_SHOWN] if sweeps.get(name)
    ]
    if comparison["taylor"]:
        drawn.append(remainder(comparison["taylor"]))
    return [drawing for drawing in drawn if drawing]


def _taylor(comparison: Data, charts: list[Chart]) -> str:
    """What the Taylor remainder says, where no drawing says it."""
    message: str = (comparison["taylor"] or {}).get("message") or ""
    return "" if any(drawn.sentence == message for drawn in charts) else message


def _formulas(comparison: Data, heads: list[tuple[str, Markup]]) -> list[Formula]:
    """The symbolic derivatives, each with its value and the trace's."""
    symbolic = comparison["symbolic"] or {}
    answers = {method["name"]: method["gradient"] for method in comparison["methods"]}
    found = []
    for name, head in heads:
        item = symbolic.get(name)
        if item:
            values = [to_float(answers[who].get(name)) for who in ("Symbolic", "Reverse AD")]
            value, trace = ("–" if v is None else unmatched(v + 0.0) for v in values)
            found.append(
                Formula(
                    head,
                    # A formula beyond all bounds is counted, not shown.
                    typeset(item["latex"], display=True) if item["latex"] else Markup(),
                    len(item["text"] or "") > LONG,
                    powers(value),
                    item["operations"],
                    powers(trace),
                )
            )
    return found


def _swell(comparison: Data, operations: int | None) -> str:
    """The formulas' operations beside the trace's."""
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
    right, wrong = matching(value, reference) if reference else (unmatched(value), "")
    if digits is not None and digits >= SURE:
        right, wrong = right + wrong, ""
    count = "" if digits is None else shown(digits)
    return Bar(digits, count, powers(right), powers(wrong), repr(value), "")
