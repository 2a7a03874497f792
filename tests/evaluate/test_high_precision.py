"""Values in mpmath: equal to the float kernels, more exact, and never an exception."""

import math
from fractions import Fraction
from itertools import product

import mpmath
import pytest

from adexplain.evaluate.high_precision import arithmetic, mp_outputs, mp_values
from adexplain.language import parse
from adexplain.primitives.ieee import IEEE
from adexplain.primitives.primitive import PRIMITIVES

POINTS = (-1e300, -1000.0, -3.7, -3.0, -1.0, -0.5, -1e-9, 0.0, 1e-9, 0.3, 0.5, 1.0, 1.5, 2.0, 2.5,
          7.0, 700.0, 1e10, 1e300)  # fmt: skip


def same(kernel: float, exact: float, name: str) -> bool:
    if math.isnan(kernel) or math.isnan(exact):
        return math.isnan(kernel) and math.isnan(exact)
    if name == "mod" and math.isfinite(kernel):
        return kernel == exact or abs(kernel - exact) <= 1e-9 * abs(exact) + 1e-300
    return kernel == exact or abs(kernel - exact) <= 1e-13 * abs(exact) + 1e-70


@pytest.mark.parametrize("name", [n for n in PRIMITIVES if n not in ("share", "ties")])
def test_every_primitive_agrees_with_its_kernel(name: str) -> None:
    primitive = PRIMITIVES[name]
    count = 3 if primitive.variadic else primitive.arity
    points = {1: POINTS, 2: POINTS[::2], 3: POINTS[::5]}[count]
    with mpmath.workdps(70):
        for arguments in product(points, repeat=count):
            exact = arithmetic().functions[name](*map(mpmath.mpf, arguments))
            assert same(IEEE[name](*arguments), float(exact), name), arguments


def test_constants_are_what_was_typed() -> None:
    (value,) = mp_outputs(parse("0.1 + x"), [Fraction(1, 5)], 50)
    with mpmath.workdps(50):
        assert abs(value - mpmath.mpf(3) / 10) < mpmath.mpf(10) ** -49
    (value,) = mp_outputs(parse("pi*x"), [1.0], 50)
    assert mpmath.nstr(value, 40) == "3.141592653589793238462643383279502884197"


def test_the_branch_not_taken_is_not_evaluated() -> None:
    program = parse("where(x > 0, x, log(x))")
    values = mp_values(program, [2.0])
    assert values[program.ops.index("log")] is None
    assert values[program.outputs[0]] == 2


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [("log(x)", -1.0, "nan"), ("1/x", 0.0, "inf"), ("-1/x", 0.0, "-inf"), ("x^0.5", -1.0, "nan"),
     ("exp(exp(exp(exp(x))))", 9.0, "inf"), ("sin(exp(exp(exp(x))))", 9.0, "nan"),
     ("gamma(x)", -2.0, "nan"), ("0/x", 0.0, "nan"), ("x^x^x^x^x^x", 9.0, "inf")],
)  # fmt: skip
def test_nothing_raises(text: str, x: float, expected: str) -> None:
    (value,) = mp_outputs(parse(text), [x])
    assert str(float(value)) == expected


def test_the_users_precision_is_left_alone() -> None:
    mpmath.mp.dps = 20
    try:
        mp_outputs(parse("sin(x)"), [1.0])
        assert mpmath.mp.dps == 20
    finally:
        mpmath.mp.dps = 15
