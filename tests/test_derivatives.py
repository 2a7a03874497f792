import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import adexplain as ad
from adexplain.derivatives import grad, hessian, hvp, jacobian, jvp, value_and_grad, vjp
from adexplain.errors import BudgetError, InputError
from tests.sizes import samples
from tests.strategies import points, programs

BAYDIN = "ln(x1) + x1*x2 - sin(x2)"
ROSENBROCK = "(1 - x)**2 + 100*(y - x**2)**2"


def test_the_gradient_of_baydins_function() -> None:
    value, slopes = value_and_grad(BAYDIN)([2, 5])
    assert value == pytest.approx(math.log(2) + 10 - math.sin(5), rel=1e-15)
    assert slopes == pytest.approx([5.5, 2 - math.cos(5)], rel=1e-15)


def test_an_answer_has_the_shape_of_the_point() -> None:
    assert grad("x*y")(2, 3) == [3.0, 2.0]
    assert grad("x*y")((2, 3)) == [3.0, 2.0]
    assert grad("x*y")({"y": 3, "x": 2}) == {"x": 3.0, "y": 2.0}
    assert grad("x**3")(2) == 12.0
    assert grad("x**3")([2]) == [12.0]
    assert grad("sin(x)")("pi/3") == pytest.approx(0.5)


def test_a_program_is_as_good_as_its_text() -> None:
    assert grad(ad.parse("x*y"))(2, 3) == grad("x*y")(2, 3)


def test_hessian_of_baydins_function() -> None:
    found = hessian(BAYDIN)(2, 5)
    assert found == [[-0.25, 1.0], [1.0, pytest.approx(math.sin(5), rel=1e-14)]]


def test_hessian_times_vector_of_rosenbrocks_function() -> None:
    # Pearlmutter's product at the usual start; exact in floating point up to rounding.
    assert hvp(ROSENBROCK, (-1.2, 1), (1, 0)) == pytest.approx([1330, 480], rel=1e-14)
    by_name = hvp(ROSENBROCK, {"x": -1.2, "y": 1}, {"x": 1})
    assert by_name == {"x": pytest.approx(1330), "y": pytest.approx(480)}


def test_jvp_and_vjp_of_several_outputs() -> None:
    assert jvp("[x*y, x + y]", (2, 3), {"x": 1}) == ([6.0, 5.0], [3.0, 1.0])
    assert jvp("x*y", (2, 3), (1, 1)) == (6.0, 5.0)
    values, pullback = vjp("[x*y, x + y]", 2, 3)
    assert values == [6.0, 5.0]
    assert pullback(1, 0) == [3.0, 2.0]
    assert pullback([0, 1]) == [1.0, 1.0]
    assert pullback({"f2": 2}) == [2.0, 2.0]
    value, pullback = vjp("x*y", {"x": 2, "y": 3})
    assert (value, pullback(), pullback(2)) == (6.0, {"x": 3.0, "y": 2.0}, {"x": 6.0, "y": 4.0})


@pytest.mark.parametrize("mode", [None, "forward", "reverse"])
def test_jacobian(mode: str | None) -> None:
    text = "[r*cos(t), r*sin(t), 7]"
    found = jacobian(text, mode)({"r": 2, "t": 0.5})
    c, s = math.cos(0.5), math.sin(0.5)
    assert found == [[c, -2 * s], [s, 2 * c], [0.0, 0.0]]


def test_an_undefined_value_has_no_derivative() -> None:
    assert math.isnan(grad("log(x)")(-1))
    assert math.isnan(hvp("log(x)", -1, 1))
    assert math.isnan(jacobian("[log(x), x]")(-1)[0][0])
    assert jacobian("[log(x), x]")(-1)[1] == [1.0]


def test_sixty_doublings() -> None:
    lines = ["v1 = x + x", *(f"v{k} = v{k - 1} + v{k - 1}" for k in range(2, 61))]
    assert grad("\n".join(lines))(1) == 2.0**60


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: grad("[x, y]"), "one output"),
        (lambda: hessian("[x, y]"), "one output"),
        (lambda: grad("x*y")(1), "1 value for 2 variables"),
        (lambda: grad("x*y")({"x": 1}), "`y` has no value"),
        (lambda: grad("x*y")(1, "two"), "variable two"),
        (lambda: grad("x")(None), "not a number"),
        (lambda: jvp("x*y", (1, 2), {"z": 1}), "`z` is no input"),
        (lambda: vjp("[x, x]", 1)[1](1), "1 weights for 2 outputs"),
        (lambda: vjp("[x, x]", 1)[1]({"z": 1}), "`z` is no output"),
        (lambda: jacobian("x", "sideways"), "no mode"),
    ],
)
def test_input_errors_say_what_to_do(call: object, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        call()  # type: ignore[operator]
    assert caught.value.hint


def test_a_hessian_that_is_too_large_is_refused() -> None:
    text = "+".join(f"x{k}" for k in range(1200))
    with pytest.raises(BudgetError, match="entries"):
        hessian(text)


@pytest.mark.parametrize("f", [math.sin, 3, None])
def test_what_is_no_function_yet(f: object) -> None:
    with pytest.raises(TypeError, match=r"text|Program"):
        grad(f)  # type: ignore[arg-type]


@settings(deadline=None, max_examples=samples(60))
@given(programs(smooth=True), st.data())
def test_hessians_are_symmetric(text: str, data: st.DataObject) -> None:
    point = data.draw(points(3))
    columns = [hvp(text, point, [float(k == j) for k in range(3)]) for j in range(3)]
    entries = [entry for column in columns for entry in column]
    assume(all(map(math.isfinite, entries)))
    size = max(1.0, *map(abs, entries))
    for i in range(3):
        for j in range(i):
            assert columns[i][j] == pytest.approx(columns[j][i], rel=1e-7, abs=1e-9 * size)


@settings(deadline=None, max_examples=samples(60))
@given(programs(smooth=True, outputs=2), st.data())
def test_forward_and_reverse_are_adjoint(text: str, data: st.DataObject) -> None:
    point, direction = data.draw(points(3)), data.draw(points(3))
    weights = data.draw(points(2))
    _, forward = jvp(text, point, direction)
    back = vjp(text, *point)[1](*weights)
    left = [w * d for w, d in zip(weights, forward, strict=True)]
    right = [b * d for b, d in zip(back, direction, strict=True)]
    assume(all(map(math.isfinite, [*left, *right])))
    size = max(1.0, *map(abs, [*left, *right]))
    assert math.fsum(left) == pytest.approx(math.fsum(right), rel=1e-7, abs=1e-9 * size)


@pytest.mark.parametrize("text", ["x**5", "sin(x)*exp(x)", "where(x > 1, x**3, x)", "tanh(x)/x"])
def test_derivative_of_the_derivative_is_the_hessian(text: str) -> None:
    program = ad.parse(text)
    from adexplain.transforms import tangent

    first = tangent(program)  # outputs f and f_dot, of x and x_dot
    _, slopes = ad.compile(first)(1.5, 1.0)
    assert slopes[1][0] == pytest.approx(hessian(text)(1.5)[0][0], rel=1e-12)
