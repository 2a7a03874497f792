"""The U-curve of Baydin et al. 2018, figure 3: the logistic map's fourth step at 0.2."""

import math

import mpmath
import pytest

from adexplain.comparison.complex_step import complex_step
from adexplain.comparison.differences import InputLine
from adexplain.comparison.step_sweep import StepSweep, step_sweep
from adexplain.language import parse

BAYDIN = "64*x*(1-x)*(1-2*x)^2*(1-8*x+8*x^2)^2"
TRUE = "9.066086400000000748241291148587817964696"


@pytest.fixture(scope="module")
def curve() -> StepSweep:
    with mpmath.workdps(50):
        return step_sweep(InputLine(parse(BAYDIN), [0.2], 0, 0), mpmath.mpf(TRUE))


def slope(steps: list[float], errors: list[float | None], low: float, high: float) -> float:
    pairs = [
        (math.log10(h), math.log10(e))
        for h, e in zip(steps, errors, strict=True)
        if e and low <= h <= high
    ]
    x, y = (sum(values) / len(pairs) for values in zip(*pairs, strict=True))
    return sum((p - x) * (q - y) for p, q in pairs) / sum((p - x) ** 2 for p, _ in pairs)


def test_slopes_to_the_right_are_1_and_2(curve: StepSweep) -> None:
    assert slope(curve.steps, curve.forward, 1e-7, 1e-3) == pytest.approx(1, abs=0.05)
    assert slope(curve.steps, curve.central, 1e-5, 1e-3) == pytest.approx(2, abs=0.05)


def test_slopes_to_the_left_are_minus_1(curve: StepSweep) -> None:
    assert slope(curve.steps, curve.forward, 1e-15, 1e-10) == pytest.approx(-1, abs=0.2)
    assert slope(curve.steps, curve.central, 1e-15, 1e-8) == pytest.approx(-1, abs=0.2)


def test_best_errors(curve: StepSweep) -> None:
    assert 1e-9 < min(e for e in curve.forward if e) < 3e-7
    assert 1e-12 < min(e for e in curve.central if e) < 1e-9


def test_the_root_of_epsilon_is_not_the_best_step(curve: StepSweep) -> None:
    best = curve.best("forward")
    assert best is not None
    assert best < 0.7 * 2.0**-26


def test_at_a_tenth_central_is_worse_than_forward(curve: StepSweep) -> None:
    assert curve.steps[0] == pytest.approx(0.1)
    assert (curve.central[0] or 0) > (curve.forward[0] or 0)


def test_the_model_finds_the_bottom(curve: StepSweep) -> None:
    for method, errors in (("forward", curve.forward), ("central", curve.central)):
        model, best = curve.models[method], curve.best(method)
        assert model.best_step is not None
        assert best is not None
        assert abs(math.log10(model.best_step / best)) < 1.2
        place = curve.steps.index(min(curve.steps, key=lambda h: abs(math.log(h / 1e-4))))
        assert errors[place] == pytest.approx(model.truncation * 1e-4**model.order, rel=0.1)


def test_the_complex_step_is_exact_to_rounding() -> None:
    value, _ = complex_step(parse(BAYDIN), [0.2], 0, 0)
    assert value == pytest.approx(float(TRUE), rel=2e-15)
