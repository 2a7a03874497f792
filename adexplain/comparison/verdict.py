"""The verdict: whether the methods agree and, where not, which of them are wrong and why.

A method is not called wrong for disagreeing with another. A derivative (by AD, SymPy or a person)
is judged by the reference and by its own Taylor remainder; a difference quotient by the error that
is expected of its step. So a bad step does not count against a right gradient, nor for a wrong one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from adexplain.comparison.complex_step import STEP
from adexplain.comparison.digits import DISPLAY_CAP
from adexplain.comparison.doubtful_verdicts import (
    cancellation_verdict,
    doubtful_verdict,
    overflow_verdict,
    overflowed_inputs,
    undefined_verdict,
)
from adexplain.comparison.evidence import (
    EXPECTED_DIGITS,
    METHOD_PHRASES,
    RIGHT_DIGITS,
    Evidence,
    Verdict,
    capital,
    distinct_texts,
    listed,
    method_phrase,
    method_phrases,
)
from adexplain.comparison.step_faults import bad_steps_verdict
from adexplain.statuses.status import PartialStatus

_SMALLEST = 1e-306
"""Size below which floats begin to lose digits."""


def judge(evidence: Evidence) -> Verdict:
    """The verdict for this evidence: the most serious problem, or that all methods agree."""
    if not any(evidence.values.values()):
        return Verdict(False, "There is nothing to compare.", "The function has no variable.")
    overflowed = overflowed_inputs(evidence)
    if overflowed:
        return overflow_verdict(evidence, overflowed)
    if evidence.undefined:
        return undefined_verdict(evidence)
    doubts = [(n, s) for n, s in evidence.statuses.items() if _is_serious(evidence, n, s)]
    if doubts:
        return doubtful_verdict(evidence, *doubts[0])
    wrong, lost = _wrong_derivatives(evidence), evidence.lost()
    if wrong:
        return _wrong_verdict(evidence, wrong)
    if lost:
        return cancellation_verdict(evidence, lost)
    poor = _poor_differences(evidence)
    if poor:
        return bad_steps_verdict(evidence, poor)
    return _agreement(evidence)


def _is_serious(evidence: Evidence, name: str, status: PartialStatus) -> bool:
    """Whether a derivative does not exist, or AD's is wrong by more than lost digits."""
    lost = status.kind == "cancellation" or name in evidence.formula_right
    return status.kind != "ok" and not lost


def _wrong_derivatives(evidence: Evidence) -> list[tuple[str, str]]:
    """(method, input) of each computed derivative that is not right."""
    found = []
    for method in evidence.values:
        for name in evidence.reference if method not in EXPECTED_DIGITS else ():
            digits = evidence.digits(method, name)
            poor = digits is not None and digits < RIGHT_DIGITS
            if poor and not _is_excused(evidence, method, name):
                found.append((method, name))
    return found


def _is_excused(evidence: Evidence, method: str, name: str) -> bool:
    """Whether rounding, of AD's operations or of the derivative's terms, explains the error."""
    ad = method in ("Reverse AD", "Forward AD")
    if name in evidence.formula_right and (
        ad or (method == "Complex step" and name in evidence.lost())
    ):
        return True
    return evidence.is_rounding(method, name)


def _wrong_verdict(evidence: Evidence, wrong: Sequence[tuple[str, str]]) -> Verdict:
    wrong_methods = list(dict.fromkeys(method for method, _ in wrong))
    method, name = wrong[0]
    value, truth = evidence.values[method][name], evidence.reference[name]
    assert value is not None
    partial = evidence.partial(name)
    verb = "is" if len(wrong_methods) == 1 else "are"
    claim = f"{capital(method_phrases(wrong_methods))} {verb} wrong about {partial}."
    answer_text, true_text = distinct_texts(value, float(truth))
    reason = f"{capital(method_phrase(method))} says {answer_text}; the derivative is {true_text}."
    if all(method_name == "Complex step" for method_name in wrong_methods):
        reason += f" {_complex_step_fault(evidence, name)}; AD is right."
        poor = _poor_differences(evidence)
        if poor:
            steps_verdict = bad_steps_verdict(evidence, poor)
            all_wrong = [*wrong_methods, *dict.fromkeys(m for m, _ in poor)]
            return Verdict(
                False,
                f"AD is right; {method_phrases(all_wrong)} are not.",
                f"{reason} {steps_verdict.reason}",
            )
        return Verdict(False, claim, reason)
    reason += _ratio_hint(value, float(truth))
    test = evidence.taylor.get(method)
    if test is not None and test.slope is not None:
        reason += f" {test.message}"
    helpers = [
        m for m in evidence.values if m not in wrong_methods and _is_right(evidence, m, name)
    ]
    if helpers:
        reason += (
            f" {capital(method_phrases(helpers))} confirm{'s' if len(helpers) == 1 else ''} that."
        )
    return Verdict(False, claim, reason)


def _complex_step_fault(evidence: Evidence, name: str) -> str:
    """Why a complex step fails for an analytic function."""
    line, truth = evidence.lines.get(name), abs(float(evidence.reference[name]))
    if truth * STEP < _SMALLEST:
        return "Its imaginary parts are too small for a float here"
    if line is not None and 0.0 < abs(line.x) <= STEP:
        return f"Its step {STEP:.0e} is too large here, larger than {line.x:.2g} itself"
    return "Its complex arithmetic loses digits here"


def _ratio_hint(value: float, truth: float) -> str:
    """A guess at the mistake from the ratio to the true number: sign, or a whole factor; or ""."""
    if truth == 0.0 or value == 0.0:
        return " The contribution is missing." if value == 0.0 else ""
    ratio = value / truth
    if not math.isfinite(ratio):
        return ""
    if abs(ratio + 1.0) < 1e-9:
        return " The sign is wrong."
    if abs(ratio - round(ratio)) < 1e-9 and 1 < ratio < 100:
        return f" It is {round(ratio)} times too large."
    if abs(1 / ratio - round(1 / ratio)) < 1e-9 and 0.01 < ratio < 1:
        return f" It is {round(1 / ratio)} times too small."
    return ""


def _is_right(evidence: Evidence, method: str, name: str) -> bool:
    digits = evidence.digits(method, name)
    return digits is not None and digits >= EXPECTED_DIGITS.get(method, RIGHT_DIGITS)


def _poor_differences(evidence: Evidence) -> list[tuple[str, str]]:
    """(method, input) of each difference quotient that falls short of what it should reach."""
    found = []
    for method, enough in EXPECTED_DIGITS.items():
        for name in evidence.reference if method in evidence.values else ():
            digits = evidence.digits(method, name)
            poor = digits is not None and digits < enough
            if poor and not evidence.is_small(method, name):
                found.append((method, name))
    return found


def _without_reference(evidence: Evidence) -> Verdict:
    """The verdict where there is no reference: the other methods compared with AD only."""
    found = [
        (value, evidence.values["Reverse AD"].get(name))
        for method, gradient in evidence.values.items()
        for name, value in gradient.items()
        if value is not None and method not in ("Reverse AD", "Forward AD")
    ]
    pairs = [(value, ad) for value, ad in found if ad is not None]
    if not pairs:
        return Verdict(False, "Nothing was checked.", "No other method has an answer here.")
    close = all(abs(value - ad) <= 1e-3 * max(abs(ad), abs(value)) for value, ad in pairs)
    claim = "The methods agree roughly." if close else "The methods do not agree."
    reason = "The function is too large for a reference of many digits, so none are counted."
    return Verdict(close, claim, reason)


def _agreement(evidence: Evidence) -> Verdict:
    counts = {
        method: [d for name in gradient if (d := evidence.digits(method, name)) is not None]
        for method, gradient in evidence.values.items()
    }
    least = {method: min(found) for method, found in counts.items() if found}
    if not least:
        return _without_reference(evidence)
    exact = {method: d for method, d in least.items() if method not in EXPECTED_DIGITS}
    approximate = {method: least[method] for method in EXPECTED_DIGITS if method in least}
    if exact and min(exact.values()) >= DISPLAY_CAP:  # list differences this good with them
        exact |= {method: d for method, d in approximate.items() if d >= DISPLAY_CAP}
        approximate = {method: d for method, d in approximate.items() if d < DISPLAY_CAP}
    parts = []
    if exact:
        match = "match" if len(exact) > 1 else "matches"
        parts.append(
            f"{_method_list(list(exact))} {match} to {_digits_text(min(exact.values()))} digits"
        )
    if approximate:
        reached = [
            f"{METHOD_PHRASES[method]} to {_digits_text(digits)}"
            for method, digits in approximate.items()
        ]
        allow = "its step allows" if len(approximate) == 1 else "their steps allow"
        parts.append(f"{listed(reached)}, which is as much as {allow}")
    note = ""
    if exact and min(exact.values()) < RIGHT_DIGITS:
        note = " More digits cancel where the terms of the derivative are added."
    if any(truth == 0 for truth in evidence.reference.values() if truth is not None):
        note += " Where the derivative is 0, digits are counted against the function's steepness."
    flat = [m for m in EXPECTED_DIGITS if m in least and least[m] < EXPECTED_DIGITS[m]]
    if flat:
        error = "the error" if len(flat) == 1 else "the errors"
        verb = "is" if len(flat) == 1 else "are"
        note += (
            f" The function is far steeper beside the point than at it, and against that {error} "
            f"of {method_phrases(flat)} {verb} negligible."
        )
    return Verdict(True, "All methods agree.", capital("; ".join(parts)) + "." + note)


def _method_list(methods: list[str]) -> str:
    """Methods as a list in a sentence, with "both AD modes" for the two of them."""
    if {"Reverse AD", "Forward AD"} <= set(methods):
        others = [method_phrase(m) for m in methods if m not in ("Reverse AD", "Forward AD")]
        return listed(["both AD modes", *others])
    return method_phrases(methods)


def _digits_text(digits: int) -> str:
    return "at least 15" if digits >= 15 else str(digits)
