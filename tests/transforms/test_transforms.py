"""Derived programs: equal to the fast loop to the bit, right at second order, without dead rows."""

from __future__ import annotations

import itertools
import math

import mpmath
import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st
from mpmath import mp, mpf

from adexplain.evaluate.run import evaluate
from adexplain.evaluate.sweeps import Trace, compute_trace, jacobian
from adexplain.language import parse
from adexplain.program import Builder, Program
from adexplain.transforms import adjoint, tangent
from adexplain.transforms.simplify import Simplifier
from tests import oracle
from tests.strategies import points, programs

SEEDS = st.sampled_from([1.0, -1.0, 0.5, 3.0, 0.1])


def outputs_of(program: Program, point: list[float]) -> list[float]:
    values = evaluate(program, point)
    found = [values[slot] for slot in program.outputs]
    assert all(value is not None for value in found)
    return [value for value in found if value is not None]


def look(program: Program, point: list[float], dots: list[float], bars: list[float]) -> Trace:
    return compute_trace(program, point, dots, bars)


def all_finite(trace: Trace) -> bool:
    numbers = [*trace.values, *trace.tangents, *trace.adjoints]
    numbers += [partial for partials in trace.partials for partial in partials]
    return all(number is None or math.isfinite(number) for number in numbers)


def bits(number: float | None) -> float:
    """Plus and minus zero are the same number; everything else must agree to the last bit."""
    assert number is not None
    return number + 0.0


@given(st.data(), st.integers(1, 2))
def test_derived_programs_equal_the_fast_loop_to_the_bit(data: st.DataObject, outputs: int) -> None:
    program = parse(data.draw(programs(outputs=outputs, slow=True)))
    point = data.draw(points(3))
    dots = data.draw(st.lists(SEEDS, min_size=3, max_size=3))
    bars = data.draw(st.lists(SEEDS, min_size=outputs, max_size=outputs))
    trace = look(program, point, dots, bars)
    assume(all_finite(trace))
    primal = [bits(trace.values[slot]) for slot in program.outputs]
    forward = outputs_of(tangent(program), [*point, *dots])
    assert forward == primal + [bits(trace.tangents[slot]) for slot in program.outputs]
    reverse = outputs_of(adjoint(program), [*point, *bars])
    assert reverse == primal + [bits(trace.adjoints[slot]) for slot in program.inputs]


@given(st.data())
def test_forward_equals_reverse(data: st.DataObject) -> None:
    """⟨u, Jv⟩ = ⟨Jᵀu, v⟩, and the Jacobian by rows is the Jacobian by columns."""
    program = parse(data.draw(programs(outputs=2)))
    point = data.draw(points(3))
    dots = data.draw(st.lists(SEEDS, min_size=3, max_size=3))
    bars = data.draw(st.lists(SEEDS, min_size=2, max_size=2))
    trace = look(program, point, dots, bars)
    assume(all_finite(trace))
    by_rows, by_columns = jacobian(trace, "reverse"), jacobian(trace, "forward")
    left = sum(
        u * (trace.tangents[slot] or 0.0) for u, slot in zip(bars, program.outputs, strict=True)
    )
    right = sum((trace.adjoints[s] or 0.0) * v for s, v in zip(program.inputs, dots, strict=True))
    # Rounding is relative to the paths' sizes, which may cancel in the sums.
    size = path_size(trace)
    assert abs(left - right) <= 1e-12 * size * sum(map(abs, bars)) * sum(map(abs, dots))
    for row, other in zip(by_rows, by_columns, strict=True):
        assert all(abs(a - b) <= 1e-12 * size for a, b in zip(row, other, strict=True))


def path_size(trace: Trace) -> float:
    """The sum over all paths of the product of the partials' sizes."""
    sizes = [0.0] * len(trace.values)
    for slot in trace.program.inputs:
        sizes[slot] = 1.0
    for slot in trace.program.rows:
        for arg, partial in zip(trace.edges[slot], trace.partials[slot], strict=True):
            sizes[slot] += sizes[arg] * abs(partial)
    return max(sizes) + sum(sizes[slot] for slot in trace.program.outputs)


@given(st.data())
def test_the_hessian_is_symmetric(data: st.DataObject) -> None:
    program = parse(data.draw(programs(smooth=True)))
    point = data.draw(points(3))
    reverse = adjoint(program)
    trace = look(reverse, [*point, 1.0], [1.0, 0.0, 0.0, 0.0], [1.0] * 4)
    assume(all_finite(trace))
    table = jacobian(trace, "reverse")[1:]
    size = path_size(trace)
    for i, j in itertools.combinations(range(3), 2):
        assert abs(table[i][j] - table[j][i]) <= 1e-11 * size


@given(programs(outputs=2, slow=True))
def test_derived_programs_have_no_dead_rows(text: str) -> None:
    for derived in (tangent(parse(text)), adjoint(parse(text)), adjoint(tangent(parse(text)))):
        needed = set(derived.outputs)
        for slot in range(len(derived.ops) - 1, -1, -1):
            if slot in needed:
                needed.update(derived.args[slot])
        assert set(derived.rows) <= needed
        assert set(derived.constants) <= needed


# --- derivatives of derivatives ---------------------------------------------------------------

SECOND_ORDER = {
    "x^3*y^2": (1.5, -0.7),
    "sin(x*y) + exp(x)/y": (0.3, 1.1),
    "ln(x^2 + y^2)": (0.6, -1.2),
    "atan2(y, x)": (0.8, 0.3),
    "x^y": (1.7, 0.4),
    "tanh(x)*sigmoid(y) + erf(x*y)": (0.2, -0.9),
    "sqrt(x + y^4)/(1 + x)": (2.0, 0.5),
    "hypot(x, y)*log(x, 3)": (3.0, 4.0),
    "gamma(x)*digamma(y)": (2.5, 1.3),
}


@pytest.mark.parametrize("text", SECOND_ORDER)
def test_hessian_and_third_derivatives_against_sympy(text: str) -> None:
    program = parse(text)
    names = program.input_names
    symbols = sympy.symbols("x y", positive=True)
    by_name = [symbols["xy".index(name)] for name in names]
    point = [SECOND_ORDER[text]["xy".index(name)] for name in names]
    expression = _sympy_of(program, by_name)
    slots = dict(zip(symbols, map(sympy.Rational, SECOND_ORDER[text]), strict=True))
    twice, thrice = tangent(adjoint(program)), tangent(tangent(tangent(program)))
    for i, j in itertools.product(range(2), repeat=2):
        seed = [float(k == j) for k in range(2)]
        got = outputs_of(twice, [*point, 1.0, *seed, 0.0])[-2 + i]
        want = sympy.diff(expression, by_name[i], by_name[j]).subs(slots).evalf(30)
        assert abs(got - want) <= 1e-12 * max(1, abs(want))
    for i in range(2):
        seed = [float(k == i) for k in range(2)]
        zero = [0.0, 0.0]
        got = outputs_of(thrice, [*point, *seed, *seed, *zero, *seed, *zero, *zero, *zero])[-1]
        want = sympy.diff(expression, by_name[i], 3).subs(slots).evalf(30)
        assert abs(got - want) <= 1e-11 * max(1, abs(want))


def _sympy_of(program: Program, symbols: list[sympy.Symbol]) -> sympy.Expr:
    known = oracle.SYMPY | {
        "hypot": lambda a, b: sympy.sqrt(a**2 + b**2),
        "log_base": lambda a, b: sympy.log(a) / sympy.log(b),
        "sigmoid": lambda a: 1 / (1 + sympy.exp(-a)),
    }
    values: list[sympy.Expr] = [0] * len(program.ops)
    for slot, symbol in zip(program.inputs, symbols, strict=True):
        values[slot] = symbol
    for slot, number in program.constants.items():
        values[slot] = sympy.Rational(str(number.fraction))
    for slot in program.rows:
        values[slot] = known[program.ops[slot]](*(values[arg] for arg in program.args[slot]))
    return values[program.outputs[0]]


def test_the_fifth_derivative_of_a_sine() -> None:
    program = parse("sin(x)")
    for _ in range(5):
        program = tangent(program)
    # Seed 1 for each first tangent of x, 0 for the tangents of tangents.
    single = {"x" + "_dot" + "_" * k for k in range(5)}
    point = [0.7 if n == "x" else float(n in single) for n in program.input_names]
    assert sum(point[1:]) == 5
    assert outputs_of(program, point)[-1] == pytest.approx(math.cos(0.7), rel=1e-14)


# --- choices ------------------------------------------------------------------------------------

GUARDED = {
    # text → point → gradient
    "where(x > 0, log(x), x^2)": {(2.0,): [0.5], (-3.0,): [-6.0], (0.0,): [0.0]},
    "where(x > 0, x*log(x), 0)": {(0.0,): [0.0], (1.0,): [1.0]},
    "where(x == 0, 1, sin(x)/x)": {(0.0,): [0.0], (math.pi,): [-1 / math.pi]},
    "where(x > 0, sqrt(x), 0) + x": {(0.0,): [1.0], (4.0,): [1.25]},
    "where(x > 0, sqrt(x), x) * y": {(0.0, 2.0): [2.0, 0.0], (4.0, 2.0): [0.5, 2.0]},
    "where(x > 0 and log(x) > 0, log(log(x)), x)": {
        (-1.0,): [1.0],
        (0.5,): [1.0],
        (math.e**2,): [1 / (2 * math.e**2)],
    },
    "where(x <= 0 or log(x) <= 0, x, sqrt(log(x)))": {
        (-1.0,): [1.0],
        (0.0,): [1.0],
        (math.e**4,): [1 / (4 * math.e**4)],
    },
    # Nested: the inner condition is undefined where the outer one fails.
    "where(x > 0, where(log(x) > 0, 1/log(x), x), x^3)": {
        (-2.0,): [12.0],
        (0.0,): [0.0],
        (0.5,): [1.0],
        (math.e,): [-1 / math.e],
    },
    "where(x > 1, where(y > 0, x/y, x*y), where(y > 0, log(y), y))": {
        (2.0, 4.0): [0.25, -0.125],
        (2.0, 0.0): [0.0, 2.0],
        (0.0, 4.0): [0.0, 0.25],
        (0.0, 0.0): [0.0, 1.0],
    },
    # A row shared by branches, and by a branch and the rest.
    "t = 1/x\nwhere(x > 0, t, where(x < 0, -t, 0))": {
        (2.0,): [-0.25],
        (-2.0,): [0.25],
        (0.0,): [0.0],
    },
    "t = 1/x\nu = log(t)\nwhere(x > 0, t*u, 0) + y": {
        (0.0, 1.0): [0.0, 1.0],
        (1.0, 1.0): [-1.0, 1.0],
    },
    "t = sqrt(x)\nwhere(y > 0, t, 0) + where(y < 0, t^2, 0)": {
        (4.0, 1.0): [0.25, 0.0],
        (4.0, -1.0): [1.0, 0.0],
        (0.0, 0.0): [0.0, 0.0],
    },
    "t = x*y\nwhere(x > 0, log(t), t)": {(0.0, 3.0): [3.0, 0.0], (1.0, 2.0): [1.0, 0.5]},
}
"""Functions whose untaken branch is undefined or infinitely steep, with their gradients."""

CASES = [(text, point) for text, cases in GUARDED.items() for point in cases]


@pytest.mark.parametrize(("text", "point"), CASES)
def test_the_branch_not_taken_never_leaks(text: str, point: tuple[float, ...]) -> None:
    program = parse(text)
    want = GUARDED[text][point]
    trace = look(program, [*point], [1.0] * len(point), [1.0])
    assert [trace.adjoints[slot] for slot in program.inputs] == pytest.approx(want, rel=1e-14)
    assert trace.tangents[program.outputs[0]] == pytest.approx(sum(want), rel=1e-14)
    assert outputs_of(adjoint(program), [*point, 1.0])[1:] == pytest.approx(want, rel=1e-14)
    for k, slope in enumerate(want):
        seed = [float(i == k) for i in range(len(point))]
        assert outputs_of(tangent(program), [*point, *seed])[1] == pytest.approx(slope, rel=1e-14)


@pytest.mark.parametrize(("text", "point"), CASES)
def test_second_derivatives_of_a_choice_stay_finite(text: str, point: tuple[float, ...]) -> None:
    twice = tangent(adjoint(parse(text)))
    count = len(point)
    for k in range(count):
        seed = [float(i == k) for i in range(count)]
        assert all(map(math.isfinite, outputs_of(twice, [*point, 1.0, *seed, 0.0])))


# --- the simplifier -------------------------------------------------------------------------------

ATOMS = st.sampled_from(["x", "y", 0.0, 1.0, -1.0, 2.0, 0.5])


@given(st.data())
def test_simplifying_keeps_values_to_the_bit(data: st.DataObject) -> None:
    plain, simple = Builder(share=False), Simplifier()
    slots = []
    for _ in range(data.draw(st.integers(2, 5))):
        atom = data.draw(ATOMS)
        make = (
            (lambda b, a=atom: b.input(a))
            if isinstance(atom, str)
            else (lambda b, a=atom: b.constant(a))
        )
        slots.append((make(plain), make(simple)))
    for _ in range(data.draw(st.integers(1, 8))):
        op = data.draw(st.sampled_from(["add", "sub", "mul", "div", "neg", "pow", "where", "and"]))
        count = {"neg": 1, "where": 3}.get(op, 2)
        chosen = [data.draw(st.sampled_from(slots)) for _ in range(count)]
        slots.append(
            (plain.row(op, *(p for p, _ in chosen)), simple.row(op, *(s for _, s in chosen)))
        )
    for builder in (plain, simple):
        builder.input("x")
        builder.input("y")
    a = plain.build([slots[-1][0]])
    b = simple.build([slots[-1][1]])
    values = {"x": data.draw(points(1))[0], "y": data.draw(points(1))[0]}
    whole = evaluate(a, [values[name] for name in a.input_names])
    assume(all(value is None or math.isfinite(value) for value in whole))
    (left,) = outputs_of(a, [values[name] for name in a.input_names])
    (right,) = outputs_of(b, [values[name] for name in b.input_names])
    assert bits(left) == bits(right)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("x + y", ["x_bar = f_bar", "y_bar = f_bar"]),
        ("2*x", ["v1 = 2 * x", "x_bar = f_bar * 2"]),
        ("sin(x)", ["v1 = sin(x)", "v2 = cos(x)", "x_bar = f_bar * v2"]),
    ],
)
def test_derived_programs_leave_out_what_does_nothing(text: str, lines: list[str]) -> None:
    printed = adjoint(parse(text)).to_text().splitlines()
    assert set(lines) <= set(printed)


def test_derivatives_hold_where_the_exact_form_is_far_from_the_floats() -> None:
    """-(x/y)/y does not overflow, hypot takes 1e200, log1p and expm1 the smallest arguments."""
    cases = {
        "x/y": (1e-200, 1e-200),
        "hypot(x, y)": (1e200, 3e200),
        "log1p(x)*y": (1e-18, 1.0),
        "expm1(x)*y": (1e-18, 1.0),
    }
    for text, point in cases.items():
        program = parse(text)
        trace = look(program, [*point], [1.0, 0.0], [1.0])
        with mp.workdps(50):
            x, y = map(mpf, point)
            want = {
                "x/y": (1 / y, -x / y / y),
                "hypot(x, y)": (x / mpmath.hypot(x, y), y / mpmath.hypot(x, y)),
                "log1p(x)*y": (y / (1 + x), mpmath.log1p(x)),
                "expm1(x)*y": (y * mpmath.exp(x), mpmath.expm1(x)),
            }[text]
            for slot, slope in zip(program.inputs, want, strict=True):
                assert abs(trace.adjoints[slot] - slope) <= 1e-15 * abs(slope)
