"""The verdict: do the methods agree, and where not, who is wrong and why.

A method is not blamed for disagreeing with another. A derivative (by AD, SymPy or a person) is
judged by the reference and by its own Taylor remainder; a difference quotient by the error its
step must have. So a bad step never convicts a right gradient, and a wrong gradient is not excused
by a bad step.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adexplain.compare.differences import Difference
from adexplain.compare.digits import matching_digits, yardstick
from adexplain.compare.sweep import Model
from adexplain.compare.taylor import Taylor
from adexplain.statuses import PartialStatus

RIGHT = 9
"""Matching digits from which a computed derivative counts as right."""
ROUNDING = 1e-13
"""Part of the size of its terms that a derivative may be off by rounding alone."""
ENOUGH = {"Forward difference": 3, "Central difference": 5, "Richardson": 6}
"""Matching digits that each difference quotient should reach; the others are derivatives."""
FLAT = {"Forward difference": 1e-7, "Central difference": 4e-11, "Richardson": 4e-11}
"""Error, as part of the function's general steepness, that says nothing against a difference: a
few times ε^(1/2), and ε^(2/3)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the methods agree, who is wrong, and why."""

    agree: bool
    claim: str
    reason: str

    def to_dict(self) -> dict[str, bool | str]:
        """The verdict as plain data."""
        return {"agree": self.agree, "claim": self.claim, "reason": self.reason}


@dataclass(slots=True)
class Evidence:
    """Everything known about one function at one point.

    Attributes:
        output: the output's name.
        values: method → input → the derivative found, or None.
        reference: input → the true derivative (an ``mpf``), or None.
        steepness: the general size of the derivatives.
        statuses: input → what is doubtful about that derivative.
        undefined: the sentence about the row that has no value ("" where the function has one).
        taylor: method → the Taylor test of its gradient.
        differences: method → input → the difference quotient.
        models: input → how the errors of forward and central differences depend on the step.
        magnitudes: input → the size of the terms that its derivative is the sum of.
    """

    output: str
    values: Mapping[str, Mapping[str, float | None]]
    reference: Mapping[str, Any]
    steepness: float = 1.0
    statuses: Mapping[str, PartialStatus] = field(default_factory=dict)
    undefined: str = ""
    taylor: Mapping[str, Taylor] = field(default_factory=dict)
    differences: Mapping[str, Mapping[str, Difference]] = field(default_factory=dict)
    models: Mapping[str, Mapping[str, Model]] = field(default_factory=dict)
    magnitudes: Mapping[str, float] = field(default_factory=dict)

    def digits(self, method: str, name: str) -> int | None:
        """Matching digits of one method's derivative by one input."""
        value, truth = self.values[method].get(name), self.reference.get(name)
        if value is None or truth is None:
            return None
        return matching_digits(value, truth, yardstick(truth, self.steepness))

    def is_small(self, method: str, name: str) -> bool:
        """Whether a difference is as good as differences get at a place where f is nearly flat.

        With no digit of a tiny slope right, its error can still be small for so steep a function.
        """
        value, truth = self.values[method].get(name), self.reference.get(name)
        if value is None or truth is None:
            return False
        return float(abs(truth - value)) <= FLAT[method] * self.steepness

    def is_rounding(self, method: str, name: str) -> bool:
        """Whether a derivative is as good as rounding of its terms allows."""
        value, truth = self.values[method][name], self.reference[name]
        assert value is not None
        return float(abs(truth - value)) <= ROUNDING * self.magnitudes.get(name, 0.0)


def judge(evidence: Evidence) -> Verdict:
    """Weigh the evidence."""
    doubtful = next(((n, s) for n, s in evidence.statuses.items() if s.kind != "ok"), None)
    if evidence.undefined:
        return _undefined(evidence)
    wrong = _wrong_derivatives(evidence)
    if doubtful is not None and (doubtful[1].kind != "cancellation" or wrong):
        return _doubtful(evidence, *doubtful)
    if wrong:
        return _blame(evidence, wrong)
    poor = _poor_differences(evidence)
    if poor:
        return _bad_steps(evidence, poor)
    return _agreed(evidence)


def _partial(evidence: Evidence, name: str) -> str:
    return f"∂{evidence.output}/∂{name}"


def _undefined(evidence: Evidence) -> Verdict:
    given = [
        f"{method} says {_short(value)}"
        for method, gradient in evidence.values.items()
        for value in gradient.values()
        if value is not None and math.isfinite(value)
    ]
    claim = f"{evidence.output} has no value here, so it has no derivative."
    if all(status.kind == "overflow" for status in evidence.statuses.values()):
        claim = (
            f"{evidence.output} is beyond the range of a float here, so nothing can be compared."
        )
        return Verdict(False, claim, evidence.undefined)
    still = f" {given[0]}, but that is only what the formula gives." if given else ""
    return Verdict(False, claim, evidence.undefined + still)


_KINDS = {
    "kink": "There is no single derivative: {} is at a kink.",
    "jump": "There is no derivative: {} is at a jump.",
    "vertical": "The tangent is vertical: {} is infinite.",
    "boundary": "{} is at the edge of the domain and has one side only.",
    "removable": "The function has a gap here; {} exists only if it is filled.",
    "undefined": "{} does not exist here.",
    "overflow": "{} is beyond the range of a float.",
    "cancellation": "AD differentiates correctly but {} has lost digits to rounding.",
    "program": "AD is wrong about {}, because of the way the function is written.",
}

_CALLED = {
    "Forward difference": "the forward difference",
    "Central difference": "the central difference",
    "Richardson": "Richardson's extrapolation",
    "Reverse AD": "reverse AD",
    "Forward AD": "forward AD",
    "Symbolic": "the symbolic derivative",
    "Complex step": "the complex step",
}


def _listed(words: Sequence[str]) -> str:
    """a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _names(methods: Sequence[str]) -> str:
    return _listed([_called(method) for method in methods])


def _called(method: str) -> str:
    """A method in the middle of a sentence; a claim by the name it was given."""
    return _CALLED.get(method) or f"“{method}”"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _doubtful(evidence: Evidence, name: str, status: PartialStatus) -> Verdict:
    claim = _KINDS[status.kind].format(_partial(evidence, name))
    answers: dict[str, list[str]] = {}
    for method, gradient in evidence.values.items():
        value = gradient.get(name)
        if value is not None:
            answers.setdefault(_short(value), []).append(method)
    said = "; ".join(f"{', '.join(methods)}: {value}" for value, methods in answers.items())
    reason = status.message
    if status.convention and status.kind != "program":
        reason += f" By convention AD answers with {status.convention}."
    if len(answers) > 1:
        reason += f" The methods answer differently ({said})."
    return Verdict(False, claim, reason)


def _wrong_derivatives(evidence: Evidence) -> list[tuple[str, str]]:
    """(method, input) of each computed derivative that is not right."""
    found = []
    for method in evidence.values:
        for name in evidence.reference if method not in ENOUGH else ():
            digits = evidence.digits(method, name)
            poor = digits is not None and digits < RIGHT
            if poor and not evidence.is_rounding(method, name):
                found.append((method, name))
    return found


def _blame(evidence: Evidence, wrong: Sequence[tuple[str, str]]) -> Verdict:
    culprits = list(dict.fromkeys(method for method, _ in wrong))
    method, name = wrong[0]
    value, truth = evidence.values[method][name], evidence.reference[name]
    assert value is not None
    partial = _partial(evidence, name)
    verb = "is" if len(culprits) == 1 else "are"
    claim = f"{_capital(_names(culprits))} {verb} wrong about {partial}."
    said = _capital(_called(method))
    reason = f"{said} says {_short(value)}; the derivative is {_short(float(truth))}."
    if all(culprit == "Complex step" for culprit in culprits):
        reason += " Rows that lose digits in complex arithmetic spoil it; AD is right."
        return Verdict(False, claim, reason)
    reason += _ratio(value, float(truth))
    test = evidence.taylor.get(method)
    if test is not None and test.slope is not None:
        reason += f" {test.message}"
    helpers = [m for m in evidence.values if m not in culprits and _is_fine(evidence, m, name)]
    if helpers:
        reason += f" {_capital(_names(helpers))} confirm{'s' if len(helpers) == 1 else ''} that."
    return Verdict(False, claim, reason)


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


def _bad_steps(evidence: Evidence, poor: Sequence[tuple[str, str]]) -> Verdict:
    methods = list(dict.fromkeys(method for method, _ in poor))
    inputs = dict.fromkeys(name for _, name in poor)
    claim = f"AD is right; {_names(methods)} {'is' if len(methods) == 1 else 'are'} not."
    reason = " ".join(_why(evidence, method, name) for method, name in _one_each(poor, methods))
    if len(inputs) > 1:
        reason += f" The same goes for {len(inputs) - 1} more of the inputs."
    return Verdict(False, claim, reason)


def _one_each(poor: Sequence[tuple[str, str]], methods: Sequence[str]) -> list[tuple[str, str]]:
    return [next(pair for pair in poor if pair[0] == method) for method in methods]


def _why(evidence: Evidence, method: str, name: str) -> str:
    """Why one difference quotient failed: its step against the model of its error."""
    digits = evidence.digits(method, name)
    difference = evidence.differences.get(method, {}).get(name)
    order = "forward" if method == "Forward difference" else "central"
    model = evidence.models.get(name, {}).get(order)
    count = f"{digits} digits" if digits != 1 else "1 digit"
    start = f"{_capital(_CALLED[method])} by {name} has {count} right"
    if difference is None or model is None:
        return f"{start}."
    h = abs(difference.step)
    if method == "Richardson":
        return f"{start}; its first step, {h:.2g}, is too large for this function to extrapolate."
    if "only" in difference.note:
        return f"{start}, as it can look to one side only."
    truncation, rounding = model.truncation * h**model.order, model.rounding / h
    hint = "" if model.best_step is None else f"; h near {model.best_step:.0e} would be best"
    if truncation >= rounding:
        return f"{start}: its step {h:.2g} is too large, the truncation is {truncation:.0e}{hint}."
    return (
        f"{start}: its step {h:.2g} is too small, nearly equal values cancel and leave a "
        f"rounding error of {rounding:.0e}{hint}."
    )


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
    parts = []
    if exact:
        match = "match" if len(exact) > 1 else "matches"
        parts.append(f"{_names(list(exact))} {match} to {_count(min(exact.values()))} digits")
    rough = [f"{_CALLED[m]} to {_count(least[m])}" for m in ENOUGH if m in least]
    if rough:
        parts.append(f"{_listed(rough)}, which is as much as their steps allow")
    lost = ""
    if exact and min(exact.values()) < RIGHT:
        lost = " More digits cancel where the terms of the derivative are added."
    return Verdict(True, "All methods agree.", _capital("; ".join(parts)) + "." + lost)


def _count(digits: int) -> str:
    return "at least 15" if digits >= 15 else str(digits)


def _short(value: float) -> str:
    return f"{value + 0.0:.6g}"
