"""The error of difference quotients against their step: a V on logarithmic axes.

On the right the truncation error C·hᵖ falls with h; on the left the rounding error of two nearly
equal values grows as the steps that divide it shrink. Source: Baydin et al., Automatic
differentiation in machine learning: a survey (2018), figure 3.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from adexplain.comparison.differences import EPSILON, SWEEP_STEPS, InputLine
from adexplain.evaluate.high_precision import DIGITS, mp_outputs


@dataclass(frozen=True, slots=True)
class ErrorModel:
    """error ≈ truncation·h^order + rounding/h, its lowest point, and the error there."""

    order: int
    truncation: float
    rounding: float
    best_step: float | None
    best_error: float | None

    def to_dict(self) -> dict[str, float | int | None]:
        """The model as plain data."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class StepSweep:
    """Errors of forward and central differences at each step; None where there is no value."""

    steps: list[float]
    forward: list[float | None]
    central: list[float | None]
    models: dict[str, ErrorModel]

    def best(self, method: str) -> float | None:
        """The step with the smallest error."""
        errors = self.forward if method == "forward" else self.central
        found = [(error, h) for error, h in zip(errors, self.steps, strict=True) if error]
        return min(found)[1] if found else None

    def to_dict(self) -> dict[str, Any]:
        """The sweep as plain data."""
        return {
            "h": self.steps,
            "forward": self.forward,
            "central": self.central,
            "best": {name: self.best(name) for name in ("forward", "central")},
            "model": {name: model.to_dict() for name, model in self.models.items()},
        }


def step_sweep(
    line: InputLine, reference: Any, known: Mapping[str, ErrorModel] | None = None
) -> StepSweep:
    """Errors against a reference (an ``mpf``) for steps of 0.1 down to 1e-16, four a decade."""
    steps = [h * line.scale for h in SWEEP_STEPS]
    forward = [_error(_quotient(line.forward, h), reference) for h in steps]
    central = [_error(_quotient(line.central, h), reference) for h in steps]
    return StepSweep(steps, forward, central, dict(known or error_models(line)))


def _quotient(quotient: Any, h: float) -> float:
    return float(quotient(h))


def _error(value: float, reference: Any) -> float | None:
    return float(abs(reference - value)) if math.isfinite(value) else None


def error_models(line: InputLine) -> dict[str, ErrorModel]:
    """The error models of both quotients, from higher derivatives taken in high precision."""
    second, third = _higher_derivatives(line)
    rounding = _rounding(line)
    return {
        "forward": _error_model(line, 1, abs(second) / 2.0, 2.0 * rounding),
        "central": _error_model(line, 2, abs(third) / 6.0, rounding),
    }


def _error_model(line: InputLine, order: int, truncation: float, rounding: float) -> ErrorModel:
    without_best = ErrorModel(
        order, truncation if math.isfinite(truncation) else 0.0, rounding, None, None
    )
    if not (math.isfinite(truncation) and truncation > 0.0 and rounding > 0.0):
        return without_best
    best = (rounding / (order * truncation)) ** (1.0 / (order + 1))
    # A step too small to change x, or one that leaves the neighbourhood, is no advice.
    if not 4.0 * EPSILON * abs(line.x) < best < line.scale or not line.defined(best):
        return without_best
    return ErrorModel(order, truncation, rounding, best, truncation * best**order + rounding / best)


def _higher_derivatives(line: InputLine) -> tuple[float, float]:
    """f″ and f‴ along the line, by differences in high precision; nan where there are none."""
    import mpmath

    size = min(1.0, abs(line.x)) or 1.0
    # Near 0 the step shrinks with x, and precision grows so that its cube is still resolved.
    step, dps = Fraction(size) / 10**12, 100 + 3 * round(-math.log10(size))
    with mpmath.workdps(dps):
        f = [_exactly(line, k * step, dps) for k in (-2, -1, 0, 1, 2)]
        h = mpmath.mpf(step.numerator) / step.denominator
        noise = max(1, *map(abs, f)) * mpmath.mpf(10) ** (20 - dps)
        second = f[3] - 2 * f[2] + f[1]
        third = f[4] - 2 * f[3] + 2 * f[1] - f[0]
        found = [0 if abs(part) < noise else part for part in (second, third)]
        return float(found[0] / h**2), float(found[1] / (2 * h**3))


def _exactly(line: InputLine, shift: Fraction, dps: int = DIGITS) -> Any:
    point: list[Any] = list(line.point)
    point[line.variable] = Fraction(line.x) + shift
    position = line.program.outputs.index(line.slot)
    return mp_outputs(line.program, point, dps)[position]


def _rounding(line: InputLine) -> float:
    """Typical error of a computed value: at least half a unit in its last place, more where the
    program itself loses digits.
    """
    found = EPSILON / 2.0 * abs(line(line.x))
    for k in (0, 1, 2):
        x = line.x + k * 1e-9 * line.scale
        value = line(x)
        if math.isfinite(value):
            error = float(abs(_exactly(line, Fraction(x) - Fraction(line.x)) - value))
            found = max(found, error) if math.isfinite(error) else found
    return found
