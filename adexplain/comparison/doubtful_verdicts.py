"""Verdicts for doubtful points: there is no value or no derivative, or rounding took the digits."""

from __future__ import annotations

import math
from collections.abc import Sequence

from adexplain.comparison.evidence import (
    RIGHT_DIGITS,
    Evidence,
    Verdict,
    distinct_texts,
    listed,
    short,
)
from adexplain.statuses.status import PartialStatus


def cancellation_verdict(evidence: Evidence, lost: Sequence[str]) -> Verdict:
    """The verdict where AD's rules are right and rounding has taken digits, for these inputs."""
    name = next(name for name in evidence.reference if name in lost)
    value, truth = evidence.values["Reverse AD"][name], evidence.reference[name]
    assert value is not None
    ad_text, true_text = distinct_texts(value, float(truth))
    reason = f"Rounding errors have eaten the digits: the true derivative is {true_text}; "
    reason += f"AD says {ad_text}, with {_digits(evidence.digits('Reverse AD', name))} right. "
    reason += "Its rules are right: the same operations in high precision give the true derivative."
    others = _methods_by_answer(evidence, name)
    if len(others) > 1:
        reason += f" The methods answer differently ({_answers_text(others)})."
    return Verdict(False, _CLAIMS["cancellation"].format(evidence.partial(name)), reason)


def _digits(count: int | None) -> str:
    return "no digit" if not count else f"{count} digit{'s' if count > 1 else ''}"


def overflowed_inputs(evidence: Evidence) -> list[str]:
    """Inputs whose true derivative is known although an intermediate value is out of range."""
    return [
        name
        for name, truth in evidence.reference.items()
        if truth is not None and (evidence.undefined or evidence.statuses[name].kind == "overflow")
    ]


_LOSS_WORDS = {"underflows": "too small for a float", "cancels": "cancels to 0"}
"""How a value was lost, as a verb for the claim → the words of its message that say so."""


def overflow_verdict(evidence: Evidence, inputs: Sequence[str]) -> Verdict:
    """The verdict where the derivative exists and an intermediate value is out of range."""
    wrong = [n for n in inputs if (evidence.digits("Reverse AD", n) or 0) < RIGHT_DIGITS]
    partials = listed([evidence.partial(name) for name in wrong or inputs])
    verb = "is" if len(wrong or inputs) == 1 else "are"
    message = evidence.undefined or evidence.statuses[inputs[0]].message
    what = f"A {'slope' if message.startswith('The slope') else 'value'} inside {evidence.output}"
    how = next((verb for verb, sign in _LOSS_WORDS.items() if sign in message), "overflows")
    claim = f"{what} {how}: AD is wrong about {partials}."
    if not wrong:
        claim = f"{what} {how}, yet AD's {partials} {verb} right."
    true_values = [f"{evidence.partial(n)} = {short(float(evidence.reference[n]))}" for n in inputs]
    plural = "s are" if len(inputs) > 1 else " is"
    reason = f"{message} The true derivative{plural} {listed(true_values)}."
    if wrong:
        values = [evidence.values["Reverse AD"].get(name) for name in wrong]
        answers = listed(["nothing" if value is None else short(value) for value in values])
        reason += f" AD answers {answers}."
    return Verdict(False, claim, f"{reason} {evidence.fix}".rstrip())


def undefined_verdict(evidence: Evidence) -> Verdict:
    """The verdict where the function has no value."""
    answers = [
        f"{method} says {short(value)}"
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
    formula_note = f" {answers[0]}, but that is only what the formula gives." if answers else ""
    return Verdict(False, claim, evidence.undefined + formula_note)


_CLAIMS = {
    "kink": "There is no single derivative {}: {} has a kink here.",
    "jump": "There is no derivative {}: {} jumps here.",
    "vertical": "The tangent is vertical: {} is infinite.",
    "cusp": "There is no derivative {}: {} has a cusp here.",
    "boundary": "{} is at the edge of the domain and has one side only.",
    "removable": "The function has a gap here; {} exists only if it is filled.",
    "undefined": "{} does not exist here.",
    "overflow": "{} is beyond the range of a float.",
    "cancellation": "AD differentiates correctly but {} has lost digits to rounding.",
    "program": "AD is wrong about {}, because of the way the function is written.",
}


def doubtful_verdict(evidence: Evidence, name: str, status: PartialStatus) -> Verdict:
    """The verdict where the derivative by an input does not exist, or is not what AD answers."""
    cusp = status.kind == "vertical" and _is_cusp(status)
    claim = _CLAIMS["cusp" if cusp else status.kind].format(evidence.partial(name), evidence.output)
    reason = status.message
    value = evidence.values.get("Reverse AD", {}).get(name)
    if value is not None and status.kind != "program" and "AD's" not in reason:
        # The primitive's convention is the cause only where AD's answer is that number.
        conventional = status.convention and status.convention.replace("inf", "∞") == short(value)
        reason += f" {'By convention AD' if conventional else 'AD'} answers with {short(value)}."
    answers = _methods_by_answer(evidence, name)
    if len(answers) > 1:
        reason += f" The methods answer differently ({_answers_text(answers)})."
    return Verdict(False, claim, reason)


def _is_cusp(status: PartialStatus) -> bool:
    left, right = status.left, status.right
    return left is not None and right is not None and math.isinf(left) and left == -right


def _methods_by_answer(evidence: Evidence, name: str) -> dict[str, list[str]]:
    """Answer → the methods that give it."""
    answers: dict[str, list[str]] = {}
    for method, gradient in evidence.values.items():
        value = gradient.get(name)
        if value is not None:
            answers.setdefault(short(value), []).append(method)
    return answers


def _answers_text(answers: dict[str, list[str]]) -> str:
    return "; ".join(f"{', '.join(methods)}: {value}" for value, methods in answers.items())
