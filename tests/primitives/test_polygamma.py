"""Polygamma functions far to the left, where mpmath alone would take a step for each unit."""

import mpmath
import pytest

import adexplain as ad
from adexplain.primitives.polygamma import polygamma


@pytest.mark.parametrize("order", [0, 1, 2, 5, 17])
@pytest.mark.parametrize("b", [-50.25, -99.999, -1000.3])
def test_reflected_it_is_the_same(order: int, b: float) -> None:
    with mpmath.workdps(40):
        want = mpmath.psi(order, mpmath.mpf(b))
        assert abs(polygamma(order, mpmath.mpf(b)) - want) <= abs(want) * mpmath.mpf(10) ** -37


def test_far_to_the_left_it_ends() -> None:
    b = -65598122012.29459
    explanation = ad.explain("polygamma(17, x)", {"x": b})
    with mpmath.workdps(40):  # the sum over the poles, of which only near ones count
        away = [1 / (mpmath.mpf(b) - mpmath.floor(b) + k) ** 18 for k in range(-60, 61)]
        want = float(mpmath.factorial(17) * sum(away))
    assert explanation.outputs[0].value == pytest.approx(want, rel=1e-14)
    assert explanation.status["kind"] == "ok"
