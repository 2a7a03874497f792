"""The comparison: one bar of matching digits for each method and input, and the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from adexplain.compare.digits import SURE, shown

from .answer_view import partial_name
from .mathml import typeset
from .numerals import matching, to_float, unmatched
from .sweep_view import Sweep, sweep
from .trace_view import Data

INPUTS_SHOWN = 8
SWEEPS_SHOWN = 2


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
    symbolic: list[tuple[Markup, Markup]]
    sweeps: list[Sweep]
    taylor: str
    left_out: str

    @property
    def measured(self) -> bool:
        """Whether there was a reference to count digits against."""
        return any(bar.digits is not None for method in self.methods for bar in method.bars)


def verdict(comparison: Data, latex: dict[str, str]) -> Verdict:
    """The comparison for the page; ``latex`` typesets the names of inputs and outputs."""
    names = list(comparison["inputs"])
    shown = names[:INPUTS_SHOWN]
    output = comparison["output"]
    heads = [(name, partial_name(latex.get(output, "f"), latex.get(name, name))) for name in shown]
    symbolic = comparison["symbolic"] or {}
    return Verdict(
        agree=comparison["verdict"]["agree"],
        claim=comparison["verdict"]["claim"],
        reason=comparison["verdict"]["reason"],
        output=output,
        reference=comparison["reference"]["name"],
        inputs=heads,
        names=[typeset(latex.get(name, name)) for name in shown],
        methods=[
            _method(method, shown, comparison["reference"]["digits"])
            for method in comparison["methods"]
        ],
        symbolic=[
            (head, typeset(symbolic[name]["latex"], display=True))
            for name, head in heads
            if symbolic.get(name)
        ],
        sweeps=_sweeps(comparison, heads),
        taylor=(comparison["taylor"] or {}).get("message") or "",
        left_out=(
            f"The first {INPUTS_SHOWN} of {len(names):,} inputs are shown; all are in the JSON."
            if len(names) > INPUTS_SHOWN
            else ""
        ),
    )


def _sweeps(comparison: Data, heads: list[tuple[str, Markup]]) -> list[Sweep]:
    sweeps = comparison["sweep"] or {}
    drawn = [sweep(sweeps[name], head) for name, head in heads[:SWEEPS_SHOWN] if sweeps.get(name)]
    return [drawing for drawing in drawn if drawing]


def _method(method: Data, inputs: list[str], reference: dict[str, str]) -> Method:
    note = re.sub(r"e-0?(\d)", r"e−\1", method["note"] or "")
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
    right, wrong = matching(value, reference) if reference else (unmatched(value), "")
    if digits is not None and digits >= SURE:
        right, wrong = right + wrong, ""
    count = "" if digits is None else shown(digits)
    return Bar(digits, count, right, wrong, repr(value), "")
