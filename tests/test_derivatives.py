import inspect
import math
from array import array
from typing import Any

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


OPEN = "100*(y - x^2)^2 + (1 - x)^2"
"""Positions are refused for it: y appears before x."""
CALLS = {
    "grad": lambda f, *at, **named: grad(f)(*at, **named),
    "value_and_grad": lambda f, *at, **named: value_and_grad(f)(*at, **named),
    "jacobian": lambda f, *at, **named: jacobian(f)(*at, **named),
    "hessian": lambda f, *at, **named: hessian(f)(*at, **named),
    "vjp": lambda f, *at, **named: vjp(f, *at, **named)[1](),
}
NAMED = {"x": -1.2, "y": 1}
POINTS = {
    "jvp": lambda f, at: jvp(f, at, {"x": 1}),
    "tangents of jvp": lambda f, at: jvp(f, NAMED, at),
    "hvp": lambda f, at: hvp(f, at, {"x": 1}),
    "vector of hvp": lambda f, at: hvp(f, NAMED, at),
    "explain": lambda f, at: ad.explain(f, at).gradient,
    "compare": lambda f, at: ad.compare(f, at).verdict.claim,
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("f", [OPEN, ROSENBROCK, f"f(y, x) = {OPEN}", ad.parse(OPEN)])
def test_a_call_by_name_is_one_with_a_mapping(call: Any, f: Any) -> None:
    found = call(f, y=1, x=-1.2)
    assert found == call(f, x=-1.2, y=1) == call(f, NAMED) == call(f, {"y": 1}, x=-1.2)
    assert found == call(f, **NAMED)


def test_the_answer_to_a_call_by_name_has_names() -> None:
    assert grad(OPEN)(x=-1.2, y=1) == {"x": pytest.approx(-215.6), "y": pytest.approx(-88)}
    assert value_and_grad("x*y")(2, y=3) == (6.0, {"x": 3.0, "y": 2.0})
    assert vjp("x*y", x=2, y="3")[1](2) == {"x": 6.0, "y": 4.0}
    assert grad("x**3")(x=2) == {"x": 12.0}
    assert hessian("x^2*y")(x=3, y=4) == [[8.0, 6.0], [6.0, 0.0]]


def test_weights_of_outputs_by_name() -> None:
    _, pullback = vjp("[f*g, f + g]", f=2, g=3)
    assert pullback(f1=1, f2=2) == pullback(1, 2) == pullback(1, f2=2) == {"f": 5.0, "g": 4.0}
    assert pullback(f2=1) == pullback({"f2": 1}) == {"f": 1.0, "g": 1.0}
    assert pullback({"f1": 1}, f2=2) == pullback(1, 2)
    assert vjp("x*y", 2, 3)[1](f=2) == [6.0, 4.0]
    with pytest.raises(TypeError, match="`f1` is given twice"):
        pullback(1, f1=1)
    with pytest.raises(TypeError, match="no output `f3`"):
        pullback(f3=1)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize(
    ("at", "named", "said"),
    [
        ((2,), {"x": 2}, "`x` is given twice"),
        (({"x": 2},), {"x": 2, "y": 1}, "`x` is given twice"),
        ((2,), {"z": 2}, "no input `z`"),
        ((2, 3, 4), {"y": 2}, "3 values for 2 inputs"),
        ((), {"x": 2}, "`y` has no value"),
        (([2],), {"y": 3}, "x is not a number"),
    ],
)
def test_calls_that_do_not_fit(call: Any, at: Any, named: Any, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        call("x*y", *at, **named)
    assert caught.value.hint


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_errors_of_calls_are_those_of_python_too(call: Any) -> None:
    for at, named in (((2,), {"x": 2}), ((2,), {"z": 2}), ((2, 3, 4), {"y": 2})):
        with pytest.raises(TypeError):
            call("x*y", *at, **named)


def test_names_that_python_does_not_allow_go_in_a_mapping() -> None:
    assert grad("lambda*x")({"lambda": 2, "x": 3}) == {"lambda": 3.0, "x": 2.0}
    assert grad("lambda*x")({"lambda": 2}, x=3) == {"lambda": 3.0, "x": 2.0}
    assert grad("µ*x")(µ=2, x=3) == {"µ": 3.0, "x": 2.0}  # Python makes the micro sign a Greek mu
    both = {"µ": 2, "μ": 3}
    assert grad("µ*μ")(both) == {"µ": 3.0, "μ": 2.0}
    assert grad("f*at*named")(f=2, at=3, named=5) == {"f": 15.0, "at": 10.0, "named": 6.0}


@pytest.mark.parametrize("door", [*CALLS, *POINTS])
@pytest.mark.parametrize("kind", [list, tuple, lambda at: array("d", at), None])
@pytest.mark.parametrize("f", [OPEN, ad.parse(OPEN)], ids=["text", "Program"])
def test_values_whose_order_is_open_are_refused(door: str, kind: Any, f: Any) -> None:
    at = (1.0, -1.2)
    arguments = (kind(at),) if kind else at if door in CALLS else (at,)
    with pytest.raises(InputError, match="order of appearance they are y, x; in alph") as caught:
        (CALLS | POINTS)[door](f, *arguments)
    assert "x=…, y=…" in caught.value.hint
    assert "f(x, y) = …" in caught.value.hint


def test_mixed_values_whose_order_is_open_are_refused() -> None:
    for call in CALLS.values():
        with pytest.raises(InputError, match="order of appearance"):
            call(OPEN, 1, x=2)


@pytest.mark.parametrize("door", sorted({*CALLS, *POINTS} - {"value_and_grad"}))
def test_positions_follow_the_head(door: str) -> None:
    function = (CALLS | POINTS)[door]
    by_name = function("f(x, y) = " + OPEN, {"x": -1.2, "y": 1})
    for head, at in (("f(x, y) = ", [-1.2, 1]), ("f(y, x) = ", [1, -1.2])):
        found = function(head + OPEN, at)
        assert found == pytest.approx(as_in(door, by_name, head)), head


def as_in(door: str, by_name: Any, head: str) -> Any:
    """What was answered by name, as it is answered to positions in the order of the head."""
    turned = slice(None, None, -1 if head.startswith("f(y") else 1)
    if door in ("grad", "vjp", "hvp"):
        return [by_name[name] for name in ("x", "y")][turned]
    if door in ("jacobian", "hessian"):
        return [pytest.approx(row[turned]) for row in by_name][turned]
    return by_name


def test_an_order_that_is_long_is_shown_where_it_is_open() -> None:
    names = [f"x{k}" for k in range(1, 30)]
    assert grad("+".join(names))([1.0] * 29) == [1.0] * 29
    names[19], names[20] = names[20], names[19]
    with pytest.raises(InputError, match=r"are …, x19, x21, x20, .* order, …, x19, x20, x21") as e:
        grad("+".join(names))([1.0] * 29)
    assert "x1=…, x2=…, x3=…, …, or" in e.value.hint


def test_a_missing_point_is_not_a_question_of_order() -> None:
    with pytest.raises(InputError, match="0 values for 2 variables"):
        grad(OPEN)()


MADE = {
    "gradient": grad,
    "value_and_gradient": value_and_grad,
    "jacobian": jacobian,
    "hessian": hessian,
}


@pytest.mark.parametrize(("name", "make"), MADE.items(), ids=MADE)
def test_a_function_says_what_it_is_and_takes(name: str, make: Any) -> None:
    found = make("x*y")
    assert str(inspect.signature(found)) == "(x, y)"
    assert found.__name__ == found.__qualname__ == name
    assert "of ``x*y`` at a point" in found.__doc__
    assert str(inspect.signature(make("f(y, x) = x*y"))) == "(y, x)"
    assert str(inspect.signature(make(OPEN))) == "(*, y, x)"
    assert "given by name" in make(OPEN).__doc__
    assert len(make("+".join(f"x{k}" for k in range(500))).__doc__) < 150


def test_a_pullback_says_what_it_is_and_takes() -> None:
    pullback = vjp("[x*y, x]", 2, 3)[1]
    assert str(inspect.signature(pullback)) == "(f1=0.0, f2=0.0)"
    assert (pullback.__name__, "``[x*y, x]``" in pullback.__doc__) == ("pullback", True)
    assert str(inspect.signature(vjp("g(x) = x^2", 2)[1])) == "(g=1.0)"


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
