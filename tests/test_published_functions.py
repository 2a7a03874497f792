"""Gradients of published test functions, against differences at 60 digits of the exact forms."""

from __future__ import annotations

from collections.abc import Sequence

import mpmath
import pytest
from mpmath import mp, mpf

from adexplain.evaluate.run import NumberType, evaluate, run
from adexplain.evaluate.sweeps import compute_trace
from adexplain.language import parse
from adexplain.program import Program
from adexplain.transforms import adjoint, tangent
from tests import oracle
from tests.published_functions import FUNCTIONS

DIGITS = 60
MP = oracle.FUNCTIONS | {
    "hypot": lambda a, b: mpmath.sqrt(a * a + b * b),
    "log1p": lambda a: mpmath.log(1 + a),
    "expm1": lambda a: mpmath.exp(a) - 1,
    "sigmoid": lambda a: 1 / (1 + mpmath.exp(-a)),
    "softplus": lambda a: mpmath.log(1 + mpmath.exp(a)),
    "logaddexp": lambda a, b: a + mpmath.log(1 + mpmath.exp(b - a)),
}
"""The textbook formulas: with thousands of digits they cannot cancel."""


def exactly(program: Program, point: Sequence[mpf]) -> mpf:
    values = run(program, point, NumberType(MP, oracle.constant, mpf))
    value = values[program.outputs[0]]
    assert isinstance(value, mpf)
    return value


def exact_gradient(program: Program, point: Sequence[float]) -> list[mpf]:
    """Central differences with a step of 10^-60 at 200 digits: some hundred of them are right."""
    with mp.workdps(200):
        found = []
        for k in range(len(point)):
            ends = []
            for side in (1, -1):
                at = [mpf(x) for x in point]
                step = mpf(10) ** -DIGITS * max(abs(at[k]), mpf(10) ** -20)
                at[k] += side * step
                ends.append(exactly(program, at))
            found.append((ends[0] - ends[1]) / (2 * step))
        return found


def assert_gradient(text: str, point: Sequence[float]) -> None:
    program = parse(text)
    at = [float(x) for x in point]
    want = exact_gradient(program, at)
    trace = compute_trace(program, at, [1.0] + [0.0] * (len(at) - 1), [1.0])
    with mp.workdps(50):
        # Each partial to 1e-12, relative to itself, or to what its contributions cancelled from.
        for slot, slope in zip(program.inputs, want, strict=True):
            received = [abs(c[3]) for c in trace.contributions if c[0] == slot]
            size = max(abs(slope), max(received, default=0.0) / 100)
            got = trace.adjoints[slot]
            assert got is not None
            assert abs(got - slope) <= mpf("1e-12") * size, (slot, got, mp.nstr(slope, 20))
        first = trace.tangents[program.outputs[0]]
        assert first is not None
        total = sum(map(abs, want))
        assert abs(first - want[0]) <= mpf("1e-12") * max(abs(want[0]), total / 100)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_gradient_at_the_standard_start_and_beside_it(name: str) -> None:
    function = FUNCTIONS[name]
    assert_gradient(function.text, function.start)
    assert_gradient(function.text, [1.07 * x + 0.013 * k for k, x in enumerate(function.start, 1)])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_values_are_those_published(name: str) -> None:
    """What was typed is the function of the paper: its value at the start, and its minimum."""
    function = FUNCTIONS[name]
    program = parse(function.text)
    assert len(program.inputs) == len(function.start)
    if function.value is not None:
        value = compute_trace(program, function.start, [0.0] * len(function.start), [1.0])
        assert value.values[program.outputs[0]] == pytest.approx(function.value, rel=2e-6)
    if function.minimizer:
        trace = compute_trace(program, function.minimizer, [0.0] * len(function.minimizer), [1.0])
        assert trace.values[program.outputs[0]] == pytest.approx(function.minimum, abs=2e-5)
        assert all(abs(trace.adjoints[slot] or 0.0) < 2e-4 for slot in program.inputs)
    assert function.value is not None or function.minimizer or name in UNCHECKED


UNCHECKED = {"HS 103", "Hairy", "Schwefel", "Easom"}
"""Functions whose sources give no value here; their gradients are checked all the same."""


def test_the_pool_is_wide_enough() -> None:
    collections = {function.source.split()[0].strip(",") for function in FUNCTIONS.values()}
    assert collections == {"MGH", "HS", "CUTE", "SB", "JY"}
    assert len(FUNCTIONS) >= 25


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("x/y", (1e-200, 1e-200)),
        ("x/y", (1e200, 1e150)),
        ("x/y", (3e-160, 1e-170)),
        ("hypot(x, y)", (1e200, 3e200)),
        ("hypot(x, y)", (1e-200, 3e-200)),
        ("log1p(x)/y", (1e-18, 1e-18)),
        ("log1p(expm1(x))*y", (1e-18, 1.0)),
        ("expm1(x)*log1p(y)", (-1e-18, 1e-300)),
        ("atan2(x, y)", (1e200, 1e200)),
        ("atan2(x, y)", (1e-170, -1e-170)),
        ("tanh(x)*y", (300.0, 1.0)),
        ("sigmoid(x)*sigmoid(-y)", (-600.0, 30.0)),
        ("softplus(x) + softplus(-y)", (-600.0, 600.0)),
        ("logaddexp(x, y)", (1e5, 1e5 + 3.0)),
        ("x^y", (1e200, 1.5)),
        ("acosh(x) + y", (1.0000000000000002, 0.0)),
        ("asin(x)*y", (0.9999999999999999, 1.0)),
        ("erfc(x)*y", (20.0, 1.0)),
        ("sinh(x)/cosh(y)", (700.0, 700.0)),
    ],
)
def test_where_naive_formulas_cancel_or_overflow(text: str, point: tuple[float, float]) -> None:
    program = parse(f"f(x, y) = {text}")
    want = exact_gradient_near(program, point)
    trace = compute_trace(program, point, [1.0, 0.0], [1.0])
    derived = {
        "reverse": [trace.adjoints[slot] for slot in program.inputs],
        "transformed": _outputs(adjoint(program), [*point, 1.0])[1:],
        "forward": [_outputs(tangent(program), [*point, *s])[1] for s in ((1.0, 0.0), (0.0, 1.0))],
    }
    with mp.workdps(50):
        for way, slopes in derived.items():
            for got, slope in zip(slopes, want, strict=True):
                assert got is not None
                assert abs(got - slope) <= mpf("1e-12") * abs(slope), (way, got, mp.nstr(slope, 20))


def _outputs(program: Program, point: Sequence[float]) -> list[float]:
    values = evaluate(program, point)
    return [values[slot] for slot in program.outputs]


def exact_gradient_near(program: Program, point: Sequence[float]) -> list[mpf]:
    """As ``exact_gradient``, with steps relative to the point and digits for any exponential."""
    with mp.workdps(2000):
        found = []
        for k, x in enumerate(point):
            step = mpf(10) ** -600 * (abs(mpf(x)) or 1)
            ends = []
            for side in (1, -1):
                at = [mpf(x) for x in point]
                at[k] += side * step
                values = run(program, at, NumberType(MP, oracle.constant, mpf))
                ends.append(values[program.outputs[0]])
            found.append((ends[0] - ends[1]) / (2 * step))
        return found
