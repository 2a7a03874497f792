"""Numbers in lessons that no trace on the page computes: each claim has a check here.

``claims.toml`` beside a lesson names the function that checks a text of the lesson.
"""

from __future__ import annotations

import importlib.util
import math
import tomllib
from functools import cache

import sympy

import adexplain
from adexplain.comparison.step_sweep import StepSweep
from adexplain.paths import folder

BAYDIN = "64*x*(1-x)*(1-2*x)^2*(1-8*x+8*x^2)^2"
"""The function of figure 3 in the survey, looked at in x = 0.2."""

GRIEWANK_WALTHER = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"
"""The running example of their book, and of the tutorial with the erratum."""


@cache
def _curve() -> StepSweep:
    return adexplain.compare(BAYDIN, {"x": 0.2}).sweeps["x"]


def best_error_of_the_central_difference() -> None:
    """Below 1e-10 on the survey's function."""
    assert 1e-11 < min(error for error in _curve().central if error) < 1e-10


def best_error_of_the_forward_difference() -> None:
    """Near 2e-8 on the survey's function."""
    assert 1.5e-8 < min(error for error in _curve().forward if error) < 3e-8


def best_step_of_the_forward_difference() -> None:
    """About 2e-9 on the survey's function, by the model and on the curve."""
    model = _curve().models["forward"].best_step
    seen = _curve().best("forward")
    assert model is not None
    assert seen is not None
    assert 1.5e-9 < model < 3e-9
    assert 1.5e-9 < seen < 3e-9


def forward_is_closer_at_a_tenth() -> None:
    """With h = 1/10 the forward difference is off by about 2, the central by more than 5."""
    curve = _curve()
    assert abs(curve.steps[0] - 0.1) < 1e-12
    forward, central = curve.forward[0], curve.central[0]
    assert forward is not None
    assert central is not None
    assert 1.9 < forward < 2.1
    assert 5.0 < central < 6.0


def operations_in_derivatives_of_the_logistic_map() -> None:
    """0, 2, 21, 82, 264 and 768 in SymPy's derivatives of l1 to l6, unsimplified."""
    x = sympy.Symbol("x")
    form, counts = x, []
    for _ in range(6):
        counts.append(int(form.diff(x).count_ops()))
        form = 4 * form * (1 - form)
    assert counts == [0, 2, 21, 82, 264, 768]


def multiplications_in_speelpennings_gradient() -> None:
    """n(n − 2) where each entry is written out as the product of the others."""
    for n in range(2, 12):
        factors = sympy.symbols(f"x1:{n + 1}")
        gradient = [sympy.Mul(*factors).diff(factor) for factor in factors]
        assert sum(int(entry.count_ops()) for entry in gradient) == n * (n - 2)


def conventions_at_kinks() -> None:
    """|x|, relu(x) and max(x, 0) at 0: 0, 0 and 0.5 here; frameworks where there are any."""
    ours = [adexplain.grad(f)(0.0) for f in ("abs(x)", "relu(x)", "max(x, 0)")]
    assert ours == [0.0, 0.0, 0.5]
    if importlib.util.find_spec("jax"):
        import jax

        functions = (jax.numpy.abs, jax.nn.relu, lambda x: jax.numpy.maximum(x, 0.0))
        assert [float(jax.grad(f)(0.0)) for f in functions] == [1.0, 0.0, 0.5]
    if importlib.util.find_spec("torch"):
        import torch

        zero = torch.tensor(0.0)
        for f, slope in (
            (torch.abs, 0.0),
            (torch.relu, 0.0),
            (lambda x: torch.maximum(x, zero), 0.5),
        ):
            x = torch.tensor(0.0, requires_grad=True)
            f(x).backward()
            assert x.grad is not None
            assert float(x.grad) == slope


def _published(key: str, year: int) -> None:
    """The list of sources says that a work is of that year."""
    works = tomllib.loads((folder("lessons") / "sources.toml").read_text("utf-8"))
    assert str(year) in works[key]["text"]


def years_of_the_first_reverse_modes() -> None:
    """Linnainmaa 1976, Speelpenning 1980."""
    _published("linnainmaa1976", 1976)
    _published("speelpenning1980", 1980)


def year_of_the_report_on_cosh() -> None:
    """The slip of casadi2585 gives 1/e in the place of e for x cosh x at 1; reported in 2020."""
    _published("casadi2585", 2020)
    right = adexplain.grad("x*cosh(x)")(1.0)
    assert abs(right - math.e) < 1e-14
    assert abs(math.cosh(1) - math.sinh(1) - 1 / math.e) < 1e-15


def rounds_in_the_report_on_tanh() -> None:
    """The report says "over 8000 iterations" for XOR; here, that the slip is not a small one."""
    _published("neural2d40", 2018)
    slope = adexplain.grad("tanh(x)")(0.8)
    assert math.isclose(slope, 1 - math.tanh(0.8) ** 2)
    assert 1 - math.tanh(math.tanh(0.8)) ** 2 > 1.18 * slope


def the_erratum_with_its_minus() -> None:
    """−2.9578 where the tangent is 3.0118, and a difference tells the two apart."""
    at = {"x1": 1.5, "x2": 0.5}
    value, speed = {}, {}
    for row in adexplain.explain(GRIEWANK_WALTHER, at).rows:
        assert row.value is not None
        assert row.tangent is not None
        value[row.name], speed[row.name] = row.value, row.tangent
    minus = speed["v5"] * value["v4"] - speed["v4"] * value["v5"]
    assert f"{minus:.4f}" == "-2.9578"
    assert f"{speed['v6']:.4f}" == "3.0118"
    moved = adexplain.explain(GRIEWANK_WALTHER, {"x1": 1.501, "x2": 0.5}).outputs[0].value
    assert moved is not None
    difference = (moved - value["v6"]) / 0.001
    assert abs(difference - speed["v6"]) < 0.001 < abs(difference - minus)


def year_of_the_first_program_that_differentiates() -> None:
    """Wengert's list of steps."""
    _published("wengert1964", 1964)
