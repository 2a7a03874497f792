"""What a verdict rests on: the answers, the truth, and what is known about each method's error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adexplain.comparison.differences import Difference, Line
from adexplain.comparison.digits import matching_digits, yardstick
from adexplain.comparison.sweep import Model
from adexplain.comparison.taylor import Taylor
from adexplain.statuses.statuses import PartialStatus

RIGHT = 9
"""Matching digits from which a computed derivative counts as right."""
ROUNDING = 1e-13
"""Part of the size of its terms that a derivative may be off by rounding alone."""
ENOUGH = {"Forward difference": 3, "Central difference": 5, "Richardson": 6}
"""Matching digits that each difference quotient should reach; the others are derivatives."""
FLAT = {"Forward difference": 1e-6, "Central difference": 4e-11, "Richardson": 4e-11}
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
        formula_right: inputs for which AD's own operations, done in high precision, give the
            reference: whatever its floats say, the rules are right.
        lines: input → the function along it.
        mend: how to write the function so that nothing overflows ("" where nothing is known).
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
    formula_right: frozenset[str] = frozenset()
    lines: Mapping[str, Line] = field(default_factory=dict)
    mend: str = ""

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

    def lost(self) -> list[str]:
        """Inputs for which AD's rules are right and its number is not."""
        return [
            name
            for name in self.formula_right
            if any((self.digits(m, name) or 0) < RIGHT for m in ("Reverse AD", "Forward AD"))
        ]

    def partial(self, name: str) -> str:
        """∂f/∂x."""
        return f"∂{self.output}/∂{name}"


CALLED = {
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


def names(methods: Sequence[str]) -> str:
    """Methods in the middle of a sentence."""
    return listed([called(method) for method in methods])


def called(method: str) -> str:
    """A method in the middle of a sentence; a claim by the name it was given."""
    return CALLED.get(method) or f"“{method}”"


def capital(text: str) -> str:
    """The text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def short(value: float, digits: int = 6) -> str:
    """A number in a sentence."""
    return f"{value + 0.0:.{digits}g}".replace("inf", "∞")


def apart(value: float, truth: float) -> tuple[str, str]:
    """Two numbers with as many digits as it takes to tell them apart."""
    texts = [(short(value, digits), short(truth, digits)) for digits in range(6, 18)]
    return next((pair for pair in texts if pair[0] != pair[1]), texts[-1])
