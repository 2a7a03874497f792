"""The verdict: do the methods agree, and where not, who is wrong and why.

A method is not blamed for disagreeing with another. A derivative (by AD, SymPy or a person) is
judged by the reference and by its own Taylor remainder; a difference quotient by the error its
step must have. So a bad step never convicts a right gradient, and a wrong gradient is not excused
by a bad step.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from adexplain.comparison.complex_step import STEP
from adexplain.comparison.digits import SURE
from adexplain.comparison.doubts import cancellation, doubtful, overflow, overflown, undefined
from adexplain.comparison.evidence import (
    CALLED,
    ENOUGH,
    RIGHT,
    Evidence,
    Verdict,
    apart,
    called,
    capital,
    listed,
    names,
)
from adexplain.comparison.step_faults import bad_steps
from adexplain.statuses.statuses import PartialStatus

_SMALLEST = 1e-306
"""Size below which floats begin to lose digits."""


def judge(evidence: Evidence) -> Verdict:
    """Weigh the evidence."""
    if not any(evidence.values.values()):
        return Verdict(False, "There is nothing to compare.", "The function has no variable.")
    beyond = overflown(evidence)
    if beyond:
        return overflow(evidence, beyond)
    if evidence.undefined:
        return undefined(evidence)
    doubts = [(n, s) for n, s in evidence.statuses.items() if _is_serious(evidence, n, s)]
    if doubts:
        return doubtful(evidence, *doubts[0])
    wrong, lost = _wrong_derivatives(evidence), evidence.lost()
    if wrong:
        return _blame(evidence, wrong)
    if lost:
        return cancellation(evidence, lost)
    poor = _poor_differences(evidence)
    if poor:
        return bad_steps(evidence, poor)
    return _agreed(evidence)


def _is_serious(evidence: Evidence, name: str, status: PartialStatus) -> bool:
    """Whether a derivative does not exist, or AD's is wrong by more than lost digits."""
    lost = status.kind == "cancellation" or name in evidence.formula_right
    return status.kind != "ok" and not lost


def _wrong_derivatives(evidence: Evidence) -> list[tuple[str, str]]:
    """(method, input) of each computed derivative that is not right."""
    found = []
    for method in evidence.values:
        for name in evidence.reference if method not in ENOUGH else ():
            digits = evidence.digits(method, name)
            poor = digits is not None and digits < RIGHT
            if poor and not _is_excused(evidence, method, name):
                found.append((method, name))
    return found


def _is_excused(evidence: Evidence, method: str, name: str) -> bool:
    """Whether digits were lost to rounding: of AD's operations, which a complex step shares."""
    ad = method in ("Reverse AD", "Forward AD")
    if name in evidence.formula_right and (
        ad or (method == "Complex step" and name in evidence.lost())
    ):
        return True
    return evidence.is_rounding(method, name)


def _blame(evidence: Evidence, wrong: Sequence[tuple[str, str]]) -> Verdict:
    culprits = list(dict.fromkeys(method for method, _ in wrong))
    method, name = wrong[0]
    value, truth = evidence.values[method][name], evidence.reference[name]
    assert value is not None
    partial = evidence.partial(name)
    verb = "is" if len(culprits) == 1 else "are"
    claim = f"{capital(names(culprits))} {verb} wrong about {partial}."
    said, true = apart(value, float(truth))
    reason = f"{capital(called(method))} says {said}; the derivative is {true}."
    if all(culprit == "Complex step" for culprit in culprits):
        reason += f" {_complex_fault(evidence, name)}; AD is right."
        poor = _poor_differences(evidence)
        if poor:
            worse = bad_steps(evidence, poor)
            both = [*culprits, *dict.fromkeys(m for m, _ in poor)]
            return Verdict(
                False, f"AD is right; {names(both)} are not.", f"{reason} {worse.reason}"
            )
        return Verdict(False, claim, reason)
    reason += _ratio(value, float(truth))
    test = evidence.taylor.get(method)
    if test is not None and test.slope is not None:
        reason += f" {test.message}"
    helpers = [m for m in evidence.values if m not in culprits and _is_fine(evidence, m, name)]
    if helpers:
        reason += f" {capital(names(helpers))} confirm{'s' if len(helpers) == 1 else ''} that."
    return Verdict(False, claim, reason)


def _complex_fault(evidence: Evidence, name: str) -> str:
    """Why a complex step fails where its idea is sound."""
    line, truth = evidence.lines.get(name), abs(float(evidence.reference[name]))
    if truth * STEP < _SMALLEST:
        return "Its imaginary parts are too small for a float here"
    if line is not None and 0.0 < abs(line.x) <= STEP:
        return f"Its step {STEP:.0e} is too large here, larger than {line.x:.2g} itself"
    return "Its complex arithmetic loses digits here"


def _ratio(value: float, truth: float) -> str:
    """The slip behind a wrong number, where it shows."""
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


def _is_fine(evidence: Evidence, method: str, name: str) -> bool:
    digits = evidence.digits(method, name)
    return digits is not None and digits >= ENOUGH.get(method, RIGHT)


def _poor_differences(evidence: Evidence) -> list[tuple[str, str]]:
    """(method, input) of each difference quotient that falls short of what it should reach."""
    found = []
    for method, enough in ENOUGH.items():
        for name in evidence.reference if method in evidence.values else ():
            digits = evidence.digits(method, name)
            poor = digits is not None and digits < enough
            if poor and not evidence.is_small(method, name):
                found.append((method, name))
    return found


def _without_reference(evidence: Evidence) -> Verdict:
    """The methods held against AD alone, where nothing is known to many digits."""
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


def _agreed(evidence: Evidence) -> Verdict:
    counts = {
        method: [d for name in gradient if (d := evidence.digits(method, name)) is not None]
        for method, gradient in evidence.values.items()
    }
    least = {method: min(found) for method, found in counts.items() if found}
    if not least:
        return _without_reference(evidence)
    exact = {method: d for method, d in least.items() if method not in ENOUGH}
    rough = {method: least[method] for method in ENOUGH if method in least}
    if exact and min(exact.values()) >= SURE:  # a difference that is as good stands with the best
        exact |= {method: d for method, d in rough.items() if d >= SURE}
        rough = {method: d for method, d in rough.items() if d < SURE}
    parts = []
    if exact:
        match = "match" if len(exact) > 1 else "matches"
        parts.append(f"{_together(list(exact))} {match} to {_count(min(exact.values()))} digits")
    if rough:
        reached = [f"{CALLED[method]} to {_count(digits)}" for method, digits in rough.items()]
        allow = "its step allows" if len(rough) == 1 else "their steps allow"
        parts.append(f"{listed(reached)}, which is as much as {allow}")
    note = ""
    if exact and min(exact.values()) < RIGHT:
        note = " More digits cancel where the terms of the derivative are added."
    if any(truth == 0 for truth in evidence.reference.values() if truth is not None):
        note += " Where the derivative is 0, digits are counted against the function's steepness."
    flat = [m for m in ENOUGH if m in least and least[m] < ENOUGH[m]]
    if flat:
        error = "the error" if len(flat) == 1 else "the errors"
        verb = "is" if len(flat) == 1 else "are"
        note += (
            f" The function is far steeper beside the point than at it, and against that {error} "
            f"of {names(flat)} {verb} negligible."
        )
    return Verdict(True, "All methods agree.", capital("; ".join(parts)) + "." + note)


def _together(methods: list[str]) -> str:
    """Methods in a sentence, the two modes of AD as one."""
    if {"Reverse AD", "Forward AD"} <= set(methods):
        others = [called(m) for m in methods if m not in ("Reverse AD", "Forward AD")]
        return listed(["both AD modes", *others])
    return names(methods)


def _count(digits: int) -> str:
    return "at least 15" if digits >= 15 else str(digits)
