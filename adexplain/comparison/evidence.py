"""``Evidence`` for a verdict: answers, reference, expected errors; and phrases for sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adexplain.comparison.differences import Difference, InputLine
from adexplain.comparison.digits import matching_digits, yardstick
from adexplain.comparison.step_sweep import ErrorModel
from adexplain.comparison.taylor import Taylor
from adexplain.statuses.status import PartialStatus

RIGHT_DIGITS = 9
"""Matching digits from which a computed derivative counts as right."""
ROUNDING_SHARE = 1e-13
"""Error, relative to the size of the derivative's terms, that rounding alone may cause."""
EXPECTED_DIGITS = {"Forward difference": 3, "Central difference": 5, "Richardson": 6}
"""Matching digits that each difference quotient should reach; other methods need RIGHT_DIGITS."""
NEGLIGIBLE_ERROR = {"Forward difference": 1e-6, "Central difference": 4e-11, "Richardson": 4e-11}
"""Error, relative to the function's steepness, that a good difference quotient may have: a few
times ε^(1/2) for forward differences, and ε^(2/3)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the methods agree, which of them are wrong, and why."""

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
        steepness: the size of the function's slopes at and beside the point.
        statuses: input → the status of that derivative.
        undefined: the sentence about the row that has no value ("" where the function has one).
        taylor: method → the Taylor test of its gradient.
        differences: method → input → the difference quotient.
        models: input → how the errors of forward and central differences depend on the step.
        magnitudes: input → the size of the terms that its derivative is the sum of.
        formula_right: inputs for which AD's own operations, done in high precision, give the
            reference, so that its rules are right even where its floats are not.
        lines: input → the function of that input alone.
        fix: how to write the function so that nothing overflows ("" where nothing is known).
    """

    output: str
    values: Mapping[str, Mapping[str, float | None]]
    reference: Mapping[str, Any]
    steepness: float = 1.0
    statuses: Mapping[str, PartialStatus] = field(default_factory=dict)
    undefined: str = ""
    taylor: Mapping[str, Taylor] = field(default_factory=dict)
    differences: Mapping[str, Mapping[str, Difference]] = field(default_factory=dict)
    models: Mapping[str, Mapping[str, ErrorModel]] = field(default_factory=dict)
    magnitudes: Mapping[str, float] = field(default_factory=dict)
    formula_right: frozenset[str] = frozenset()
    lines: Mapping[str, InputLine] = field(default_factory=dict)
    fix: str = ""

    def digits(self, method: str, name: str) -> int | None:
        """Matching digits of one method's derivative by one input."""
        value, truth = self.values[method].get(name), self.reference.get(name)
        if value is None or truth is None:
            return None
        return matching_digits(value, truth, yardstick(truth, self.steepness))

    def is_small(self, method: str, name: str) -> bool:
        """Whether a difference's error is negligible against the function's steepness.

        Where f is nearly flat, a good difference may have no digit of the tiny slope right.
        """
        value, truth = self.values[method].get(name), self.reference.get(name)
        if value is None or truth is None:
            return False
        return float(abs(truth - value)) <= NEGLIGIBLE_ERROR[method] * self.steepness

    def is_rounding(self, method: str, name: str) -> bool:
        """Whether the error of a derivative is no more than the rounding of its terms."""
        value, truth = self.values[method][name], self.reference[name]
        assert value is not None
        return float(abs(truth - value)) <= ROUNDING_SHARE * self.magnitudes.get(name, 0.0)

    def lost(self) -> list[str]:
        """Inputs for which AD's rules are right but its number has lost digits."""
        return [
            name
            for name in self.formula_right
            if any((self.digits(m, name) or 0) < RIGHT_DIGITS for m in ("Reverse AD", "Forward AD"))
        ]

    def partial(self, name: str) -> str:
        """∂f/∂x."""
        return f"∂{self.output}/∂{name}"


METHOD_PHRASES = {
    "Forward difference": "the forward difference",
    "Central difference": "the central difference",
    "Richardson": "Richardson's extrapolation",
    "Reverse AD": "reverse AD",
    "Forward AD": "forward AD",
    "Symbolic": "the symbolic derivative",
    "Complex step": "the complex step",
}


def listed(words: Sequence[str]) -> str:
    """a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def method_phrases(methods: Sequence[str]) -> str:
    """Methods in the middle of a sentence."""
    return listed([method_phrase(method) for method in methods])


def method_phrase(method: str) -> str:
    """A method in the middle of a sentence; a claim by the name it was given."""
    return METHOD_PHRASES.get(method) or f"“{method}”"


def capital(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def short(value: float, digits: int = 6) -> str:
    """A number in a sentence."""
    return f"{value + 0.0:.{digits}g}".replace("inf", "∞")


def distinct_texts(value: float, truth: float) -> tuple[str, str]:
    """Two numbers as text, with as many digits as it takes to distinguish them."""
    texts = [(short(value, digits), short(truth, digits)) for digits in range(6, 18)]
    return next((pair for pair in texts if pair[0] != pair[1]), texts[-1])
