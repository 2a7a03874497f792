"""Difference quotients: right inside the domain, and kept inside it at its edges."""

import math

import pytest

from adexplain.comparison import differences
from adexplain.comparison.complex_step import complex_step, is_analytic
from adexplain.comparison.differences import InputLine
from adexplain.evaluate.sweeps import compute_trace
from adexplain.language import parse
from adexplain.primitives.primitive import PRIMITIVES
from tests.comparison.test_symbolic import single
from tests.domains import smooth_points


def line(text: str, x: float) -> InputLine:
    return InputLine(parse(text), [x], 0, 0)


@pytest.mark.parametrize(
    ("text", "x", "slope"),
    [("sin(x)", 1.0, math.cos(1)), ("exp(x)", 3.0, math.exp(3)), ("x^3", -2.0, 12.0)],
)
def test_each_reaches_its_digits(text: str, x: float, slope: float) -> None:
    assert differences.forward(line(text, x)).value == pytest.approx(slope, rel=1e-6)
    assert differences.central(line(text, x)).value == pytest.approx(slope, rel=1e-9)
    assert differences.richardson(line(text, x)).value == pytest.approx(slope, rel=1e-11)


def test_steps_turn_or_shorten_at_the_edge_of_the_domain() -> None:
    at_end = line("sqrt(1 - x)*(1 - x)", 1.0)
    assert differences.forward(at_end).step < 0
    assert "to the left only" in differences.forward(at_end).note
    assert "to the left only" in differences.central(at_end).note
    assert abs(differences.central(at_end).value or 1) < 0.01
    near = differences.central(line("log(x)", 1e-10))
    assert "shortened" in near.note
    assert near.value == pytest.approx(1e10, rel=1e-2)
    assert differences.richardson(line("log(x)", 1e-10)).value == pytest.approx(1e10, rel=1e-8)


def test_overflow_beside_the_point_is_avoided() -> None:
    found = differences.central(line("exp(x)", 709.78))
    assert found.value == pytest.approx(math.exp(709.78), rel=1e-5)


@pytest.mark.parametrize("text", ["log(x)", "sqrt(x)", "asin(x - 5)"])
def test_outside_the_domain_there_is_a_message(text: str) -> None:
    for quotient in (differences.forward, differences.central, differences.richardson):
        found = quotient(line(text, -1.0))
        assert found.value is None
        assert found.message
    value, message = complex_step(parse(text), [-1.0], 0, 0)
    assert value is None
    assert message


@pytest.mark.parametrize("name", [n for n in PRIMITIVES if is_analytic(n)])
def test_the_complex_step_is_exact_for_every_analytic_primitive(name: str) -> None:
    count = PRIMITIVES[name].arity
    program = single(name, count)
    for whole in smooth_points(PRIMITIVES[name], count):
        point = whole[-len(program.inputs) :]
        trace = compute_trace(program, point, [0.0] * len(point), [1.0])
        for position, slot in enumerate(program.inputs):
            value, message = complex_step(program, point, 0, position)
            assert not message
            assert value == pytest.approx(trace.adjoints[slot], rel=2e-14)


@pytest.mark.parametrize(
    ("text", "point", "slope"),
    [("x^7", -1.7, 7 * 1.7**6), ("x^-3", -2.0, -3 / 16), ("cbrt(x)", -8.0, 1 / 12),
     ("hypot(x, 1e200)*1e-200", 1e200, 1e-200 / math.sqrt(2)), ("atan2(x, -1)", -0.5, -0.8),
     ("sigmoid(x)", -700.0, math.exp(-700)), ("lgamma(x)", -1.3, 3.2613979867)],
)  # fmt: skip
def test_the_complex_step_off_the_beaten_track(text: str, point: float, slope: float) -> None:
    value, message = complex_step(parse(text), [point], 0, 0)
    assert not message
    if text != "lgamma(x)":
        assert value == pytest.approx(slope, rel=1e-13)
    assert value == pytest.approx(differences.richardson(line(text, point)).value, rel=1e-7)


@pytest.mark.parametrize("text", ["|x|", "max(x, 1)", "where(x > 0, x, 2)", "floor(x)", "x < 1"])
def test_no_complex_step_through_what_is_not_analytic(text: str) -> None:
    value, message = complex_step(parse(text), [2.0], 0, 0)
    assert value is None
    assert "not analytic" in message
