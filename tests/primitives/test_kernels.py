"""The kernels Python lacks, and what arithmetic answers where Python raises."""

from __future__ import annotations

import inspect
import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adexplain.primitives import kernels
from adexplain.primitives.ieee import IEEE, KERNELS, apply_primitive
from adexplain.primitives.kernel import AT_FAILURE
from adexplain.primitives.kernel import KERNELS as DECLARED
from adexplain.primitives.primitive import PRIMITIVES
from tests.domains import takes_order

SPECIAL = [0.0, 5e-324, 1e-300, 0.5, 1.0, 1.5, 2.0, 3.0, 700.0, 2.0**53, 1e300, math.inf]
SPECIAL = [*SPECIAL, *(-x for x in SPECIAL), math.nan]

NUMPY = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "div": np.divide,
    "pow": np.power,
    "exp": np.exp,
    "exp2": np.exp2,
    "expm1": np.expm1,
    "log": np.log,
    "log1p": np.log1p,
    "log2": np.log2,
    "log10": np.log10,
    "logaddexp": np.logaddexp,
    "sqrt": np.sqrt,
    "cbrt": np.cbrt,
    "square": np.square,
    "reciprocal": np.reciprocal,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
    "atan2": np.arctan2,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "asinh": np.arcsinh,
    "acosh": np.arccosh,
    "atanh": np.arctanh,
    "hypot": np.hypot,
    "abs": np.abs,
    "sign": np.sign,
    "min": np.minimum,
    "max": np.maximum,
    "floor": np.floor,
    "ceil": np.ceil,
    "round": np.rint,
    "deg2rad": np.deg2rad,
    "rad2deg": np.rad2deg,
}
"""Primitive → the NumPy function that follows IEEE 754."""


def same(got: float, want: float) -> bool:
    """Equal to a few units in the last place; nan is nan, an infinity has its sign."""
    if math.isnan(want) or math.isinf(want):
        return got == want or (math.isnan(got) and math.isnan(want))
    return abs(got - want) <= 4 * 2.0**-53 * abs(want) + 5e-324


@pytest.mark.parametrize("name", NUMPY)
def test_special_values_are_those_of_numpy(name: str) -> None:
    function = NUMPY[name]
    for point in itertools.product(SPECIAL, repeat=function.nin):
        with np.errstate(all="ignore"):
            want = float(function(*map(np.float64, point)))
        if (name, *point) == ("pow", -math.inf, 0.5):
            want = math.inf  # as C has it; NumPy takes a square root here
        found = apply_primitive(name, point)
        assert same(found, want), (name, point, found, want)


def test_zero_keeps_its_sign_in_a_quotient() -> None:
    assert apply_primitive("div", (1.0, -0.0)) == -math.inf
    assert apply_primitive("reciprocal", (-0.0,)) == -math.inf
    assert apply_primitive("pow", (-0.0, -1.0)) == -math.inf
    assert apply_primitive("pow", (-0.0, -2.0)) == math.inf
    assert math.copysign(1.0, apply_primitive("sqrt", (-0.0,))) == -1.0
    assert apply_primitive("gamma", (-0.0,)) == -math.inf


@pytest.mark.parametrize(
    ("name", "point", "want"),
    [
        ("sec", (math.inf,), math.nan),
        ("csc", (0.0,), math.inf),
        ("csc", (-0.0,), -math.inf),
        ("cot", (-0.0,), -math.inf),
        ("csch", (-0.0,), -math.inf),
        ("csch", (1000.0,), 0.0),
        ("coth", (0.0,), math.inf),
        ("coth", (-1000.0,), -1.0),
        ("sech", (-1000.0,), 0.0),
        ("asec", (0.5,), math.nan),
        ("acsc", (0.0,), math.nan),
        ("asec", (-math.inf,), math.pi / 2),
        ("acot", (0.0,), math.pi / 2),
        ("acot", (-1e300,), -1e-300),
        ("asech", (0.0,), math.inf),
        ("asech", (1.5,), math.nan),
        ("acsch", (-0.0,), -math.inf),
        ("acoth", (1.0,), math.inf),
        ("acoth", (-1.0,), -math.inf),
        ("acoth", (0.5,), math.nan),
        ("log_base", (8.0, 1.0), math.inf),
        ("log_base", (0.5, 1.0), -math.inf),
        ("log_base", (1.0, 1.0), math.nan),
        ("log_base", (0.0, 2.0), -math.inf),
        ("log_base", (0.0, 0.5), math.inf),
        ("log_base", (-1.0, 2.0), math.nan),
        ("log_base", (0.0, 0.0), math.nan),
        ("mod", (1.0, 0.0), math.nan),
        ("mod", (-7.0, 3.0), 2.0),
        ("mod", (7.0, -3.0), -2.0),
        ("sinc", (1.0,), 0.0),
        ("sinc", (1e16,), 0.0),
        ("sinpi", (1e300,), 0.0),
        ("sinpi", (-2.5,), -1.0),
        ("cospi", (-0.5,), 0.0),
        ("cospi", (1e300,), 1.0),
        ("sphbessel", (0.0, 0.0), 1.0),
        ("sphbessel", (2.0, 0.0), 0.0),
        ("sphbessel", (0.5, 1.0), math.nan),
        ("polygamma", (-1.0, 1.0), math.nan),
        ("polygamma", (1.0, -2.0), math.nan),
        ("gamma", (-3.0,), math.nan),
        ("gamma", (200.0,), math.inf),
        ("lgamma", (-3.0,), math.inf),
        ("lgamma", (1.0,), 0.0),
        ("digamma", (0.0,), math.nan),
        ("sigmoid", (-1000.0,), 0.0),
        ("sigmoid", (1000.0,), 1.0),
        ("softplus", (1000.0,), 1000.0),
        ("softplus", (-math.inf,), 0.0),
        ("relu", (-math.inf,), 0.0),
        ("relu", (math.nan,), math.nan),
        ("logaddexp", (1e200, 1e200), 1e200),
        ("hypot", (3e200, 4e200), 5e200),
        ("share", (2.0, 2.0, 2.0, 2.0), 0.5),
        ("share", (2.0, 1.0, 1.0, 2.0), 0.0),
        ("share", (math.nan, 1.0, 1.0, math.nan), math.nan),
        ("ties", (2.0, 2.0, 1.0, 2.0), 2.0),
        ("ties", (math.nan, 1.0, math.nan), 0.0),
        ("hypot", (2.0, 3.0, 6.0), 7.0),
        ("round", (2.5,), 2.0),
        ("round", (-0.5,), 0.0),
    ],
)
def test_ends_and_poles(name: str, point: tuple[float, ...], want: float) -> None:
    got = apply_primitive(name, point)
    assert same(got, want), got


def test_a_vanishing_ramp_is_plus_zero() -> None:
    assert math.copysign(1.0, kernels.relu(-2.0)) == 1.0


def test_every_answer_at_a_failure_belongs_to_a_primitive_that_fails() -> None:
    for name in AT_FAILURE:
        count = PRIMITIVES[name].arity
        points = itertools.product([*SPECIAL, -1.0, 1000.0], repeat=count)
        assert any(_fails(name, point) for point in points), name


def _fails(name: str, point: tuple[float, ...]) -> bool:
    try:
        KERNELS[name](*point)
    except (ArithmeticError, ValueError):
        return True
    return False


def test_every_kernel_belongs_to_a_row() -> None:
    assert DECLARED.keys() <= PRIMITIVES.keys()
    assert AT_FAILURE.keys() <= DECLARED.keys()
    assert all(inspect.isroutine(KERNELS[name]) for name in PRIMITIVES)


@pytest.mark.parametrize("name", PRIMITIVES)
@given(data=st.data())
def test_no_float_raises_or_turns_complex(name: str, data: st.DataObject) -> None:
    row = PRIMITIVES[name]
    count = row.arity + 2 * row.variadic
    whole = st.integers(-2, 30).map(float)
    first = whole if takes_order(row) else st.floats()
    point = [data.draw(first), *(data.draw(st.floats() | whole) for _ in range(count - 1))]
    assert type(IEEE[name](*point)) is float
