"""SymPy differentiates every primitive's value; the table's partials must say the same."""

import math

import mpmath
import pytest

from adexplain import budgets
from adexplain.comparison.compare import compare
from adexplain.comparison.symbolic import Symbolic, derive, request
from adexplain.evaluate.sweeps import compute_trace
from adexplain.language import parse
from adexplain.primitives.primitive import PRIMITIVES, parameters
from adexplain.program import Builder, Program
from tests.domains import smooth_points, takes_order

L4 = "l1=x\nl2=4*l1*(1-l1)\nl3=4*l2*(1-l2)\nl4=4*l3*(1-l3)"


def single(name: str, count: int) -> Program:
    builder = Builder()
    names = parameters(PRIMITIVES[name], count)
    slots = [builder.input(n) for n in names]
    if takes_order(PRIMITIVES[name]):
        builder = Builder()
        slots = [builder.constant(2.0), builder.input("b")]
    return builder.build([builder.row(name, *slots)])


@pytest.mark.parametrize("name", [n for n in PRIMITIVES if n not in ("share", "ties")])
def test_every_primitive(name: str) -> None:
    primitive = PRIMITIVES[name]
    count = 3 if primitive.variadic else primitive.arity
    program = single(name, count)
    points = smooth_points(primitive, count)
    assert points
    for point in points:
        point = point[-len(program.inputs) :]
        found = derive(program, point, 0)
        assert not found.message
        trace = compute_trace(program, point, [0.0] * len(point), [1.0])
        for slot, symbol in zip(program.inputs, program.input_names, strict=True):
            truth = float(found.values.get(symbol, "0"))
            assert math.isclose(trace.adjoints[slot] or 0.0, truth, rel_tol=1e-14, abs_tol=1e-300)


def test_share_says_that_it_has_no_form() -> None:
    builder = Builder()
    slots = [builder.input(name) for name in "xyz"]
    found = derive(builder.build([builder.row("share", *slots)]), [1.0, 1.0, 1.0], 0)
    assert "no form for share" in found.message


def test_baydin_formula_and_forty_digits() -> None:
    found = derive(parse("ln(x1) + x1*x2 - sin(x2)"), [2.0, 5.0], 0)
    assert found.formulas["x1"].text == "x2 + 1/x1"
    assert found.formulas["x2"].text == "x1 - cos(x2)"
    assert found.values["x2"] == "1.716337814536773735533360828486442691666"
    assert found.formulas["x1"].latex == r"x_{2} + \frac{1}{x_{1}}"


@pytest.mark.parametrize(("steps", "operations"), [(1, 0), (2, 2), (3, 21), (4, 82)])
def test_expression_swell(steps: int, operations: int) -> None:
    """Baydin et al. 2018, table 1, with SymPy's own unsimplified derivative."""
    lines = ["l1=x"] + [f"l{k}=4*l{k - 1}*(1-l{k - 1})" for k in range(2, steps + 1)]
    found = derive(parse("\n".join(lines)), [0.2], 0)
    assert found.formulas["x"].operations == operations


def test_shared_rows_are_refused_where_written_out_they_would_fill_the_memory() -> None:
    lines = ["a0=sin(x)"] + [f"a{k}=a{k - 1}*a{k - 1}+a{k - 1}" for k in range(1, 31)]
    found = derive(parse("\n".join(lines)), [1e-9], 0)
    assert "a trace shares" in found.message


def test_sixty_doublings() -> None:
    lines = ["a0=x"] + [f"a{k}=a{k - 1}+a{k - 1}" for k in range(1, 61)]
    found = derive(parse("\n".join(lines)), [1.0], 0)
    assert found.formulas["x"].text == str(2**60)


@pytest.mark.parametrize(
    ("text", "point", "derivative"),
    [("abs(log(x))", 0.5, -2.0), ("where(x > 0, x^2, log(x))", 2.0, 4.0), ("x^2", -3.0, -6.0),
     ("floor(x)*x", 2.5, 2.0), ("sqrt(x^2)", -2.0, -1.0), ("sign(x)*x", -2.0, -1.0)],
)  # fmt: skip
def test_real_derivatives(text: str, point: float, derivative: float) -> None:
    assert float(derive(parse(text), [point], 0).values["x"]) == derivative


@pytest.mark.parametrize(("text", "point"), [("log(x)", -1.0), ("sqrt(x)", 0.0), ("1/x", 0.0)])
def test_no_number_where_there_is_no_derivative(text: str, point: float) -> None:
    found = derive(parse(text), [point], 0)
    assert not found.values
    assert found.message or found.messages["x"]


def test_digits_survive_cancellation() -> None:
    found = derive(parse("(1 - cos(x))/x^2"), [1e-9], 0)
    with mpmath.workdps(60):
        x = mpmath.mpf(1e-9)
        truth = mpmath.sin(x) / x**2 - 2 * (1 - mpmath.cos(x)) / x**3
        assert abs(mpmath.mpf(found.values["x"]) / truth - 1) < 1e-15


def test_names_that_sympy_or_python_would_confuse() -> None:
    found = derive(parse("lambda*I + S*μ*µ"), [2.0, 3.0, 5.0, 7.0, 11.0], 0)
    assert not found.message
    assert [float(v) for v in found.values.values()] in ([3, 2, 77, 55, 35], [3, 2, 49, 70])


def test_too_much_is_refused_at_once() -> None:
    long = parse("+".join(f"x^{k}" for k in range(2, budgets.SYMBOLIC_ROWS + 5)))
    refused = request(long, [1.0], 0)
    assert isinstance(refused, Symbolic)
    assert "400 rows" in refused.message


def test_deep_nesting_ends_in_a_message_or_a_value() -> None:
    found = derive(parse("sin(" * 350 + "x" + ")" * 350), [1.0], 0)
    assert found.values or found.message


def test_a_formula_shows_cases_and_no_distributions() -> None:
    formulas = compare("max(x, y) + relu(x)", [2.0, 1.0]).to_dict()["symbolic"]
    text = formulas["x"]["text"]
    assert "Piecewise" in text
    assert "Heaviside" not in text
    assert r"\theta" not in formulas["x"]["latex"]
