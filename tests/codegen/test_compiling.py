"""Callables to run: the evaluator's numbers to the bit, and never an exception."""

import builtins
import inspect
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import adexplain as ad
from adexplain.codegen import compile
from adexplain.codegen.arrays import CHUNK
from adexplain.codegen.compiling import BACKENDS
from adexplain.codegen.fast import python_source
from adexplain.codegen.readable import MODES
from adexplain.errors import InputError, MissingPackageError
from adexplain.evaluate.run import evaluate
from adexplain.evaluate.sweeps import compute_trace, jacobian
from adexplain.primitives.primitive import PRIMITIVES
from tests.sizes import samples
from tests.strategies import points, programs

np = pytest.importorskip("numpy")


def same(a: float, b: float) -> bool:
    return a == b or (a != a and b != b)


@settings(deadline=None, max_examples=samples(200))
@given(programs(), st.booleans(), st.data())
def test_compiled_is_the_first_look_to_the_bit(text: str, wild: bool, data: st.DataObject) -> None:
    program = ad.parse(text)
    point, direction = data.draw(points(3, wild=wild)), data.draw(points(3))
    trace = compute_trace(program, point, direction, [1.0])
    value = trace.values[program.outputs[0]]
    found, slopes = compile(program)(*point)
    assert type(found) is float
    assert same(found, value)
    assert all(map(same, slopes, [trace.adjoints[slot] for slot in program.inputs]))
    found, slope = compile(program, mode="forward")(*point, *direction)
    assert same(found, value)
    assert same(slope, trace.tangents[program.outputs[0]])
    assert same(compile(program, mode="primal")(*point), value)


def close(a: float, b: float) -> bool:
    return same(a, b) or abs(a - b) <= 1e-9 * max(abs(a), abs(b)) + 1e-14


@settings(deadline=None, max_examples=samples(100))
@given(programs(outputs=2), st.booleans(), st.data())
def test_arrays_hold_what_floats_do(text: str, wild: bool, data: st.DataObject) -> None:
    places = [data.draw(points(3, wild=wild)) for _ in range(3)]
    columns = np.array(places).T
    values, rows = compile(text, "numpy")(*columns)
    scalar = compile(text)
    for k, point in enumerate(places):
        wanted, slopes = scalar(*point)
        assert all(close(values[i][k], wanted[i]) for i in range(2))
        assert all(close(rows[i][j][k], slopes[i][j]) for i in range(2) for j in range(3))


@settings(deadline=None, max_examples=samples(50))
@given(programs(), st.data())
def test_arrays_in_forward_mode(text: str, data: st.DataObject) -> None:
    point, direction = data.draw(points(3)), data.draw(points(3))
    value, slope = compile(text, mode="forward")(*point, *direction)
    arrays = [np.full(2, number) for number in (*point, *direction)]
    values, slopes = compile(text, "numpy", "forward")(*arrays)
    assert close(values[1], value)
    assert close(slopes[1], slope)
    assert close(compile(text, "numpy", "primal")(*arrays[:3])[0], value)


CALLS = [
    (primitive, count)
    for primitive in PRIMITIVES.values()
    if primitive.spellings
    for count in ([3, 4] if primitive.variadic else [primitive.arity])
]


@pytest.mark.parametrize(("primitive", "count"), CALLS, ids=lambda x: getattr(x, "name", str(x)))
def test_every_primitive_on_arrays(primitive: Any, count: int) -> None:
    if primitive.name in ("sphbessel", "polygamma"):
        text = f"{primitive.spellings[0]}(2, x)"
    else:
        text = f"{primitive.spellings[0]}({', '.join('wxyz'[:count])})"
    program = ad.parse(text)
    numbers = [0.0, 0.3, 0.75, 1.0, 1.6, 2.0, -0.4, -1.0, -2.5, 30.0, -30.0, 1e200]
    columns = [np.roll(numbers, 5 * k) for k in range(len(program.inputs))]
    values, slopes = compile(program, "numpy")(*columns)
    for k in range(len(numbers)):
        value, wanted = compile(program)(*(float(column[k]) for column in columns))
        assert close(values[k], value)
        assert all(close(slope[k], one) for slope, one in zip(slopes, wanted, strict=True))


OUTSIDE = [
    "1/x",
    "log(x)",
    "sqrt(-1 - x)",
    "x**(-2)",
    "(x - 8)**(1/3)",
    "exp(1000 + x)",
    "asin(2 + x)",
]


@pytest.mark.parametrize("text", [*OUTSIDE, "x*log(x)", "gamma(x)", "mod(1, x)", "(1e300 + x)**2"])
@pytest.mark.parametrize("x", [0.0, -0.0, -1.0, math.inf, -math.inf, math.nan])
def test_no_float_raises_and_nothing_is_complex(text: str, x: float) -> None:
    program = ad.parse(text)
    value = evaluate(program, [x])[program.outputs[0]]
    found, (slope,) = compile(text)(x)
    assert type(found) is type(slope) is float
    assert same(found, value)
    assert close(float(compile(text, "numpy")(x)[0]), found)


def test_several_outputs_give_the_rows_of_the_jacobian() -> None:
    program = ad.parse("[x*y, sin(x), 4]")
    trace = compute_trace(program, [2.0, 5.0], [0.0, 0.0], [1.0, 0.0, 0.0])
    values, rows = compile(program)(2.0, 5.0)
    assert values == (10.0, math.sin(2.0), 4.0)
    assert [list(row) for row in rows] == jacobian(trace)


def test_small_expressions_are_written_where_they_are_used() -> None:
    text = python_source(ad.parse("log(x1) + x1*x2 - sin(x2)"), "reverse")
    assert "log(x1) + x1 * x2 - sin(x2)" in text


@pytest.mark.parametrize("text", ["sin(" * 400 + "x" + ")" * 400, "+".join(["x"] * 20_000)])
def test_deep_and_long_programs(text: str) -> None:
    trace = compute_trace(ad.parse(text), [1.0], [1.0], [1.0])
    assert compile(text)(1.0)[1] == (trace.adjoints[trace.program.inputs[0]],)


def test_many_inputs() -> None:
    text = "*".join(f"x{k}" for k in range(500))
    value, slopes = compile(text)(*[1.0] * 499, 0.0)
    assert (value, sum(slopes), slopes[-1]) == (0.0, 1.0, 1.0)


def test_a_composition_of_programs() -> None:
    from adexplain.transforms import adjoint, tangent

    second = tangent(adjoint(ad.parse("x**3*y")))
    names = dict(zip(second.input_names, (2.0, 3.0, 1.0, 1.0, 0.0, 0.0), strict=True))
    found = compile(second, mode="primal")(*names.values())
    assert found[-2:] == (6 * 2.0 * 3.0, 3 * 2.0**2)  # H (1, 0)


def test_scalars_are_broadcast_and_shapes_kept() -> None:
    f = compile("x*y + 2", "numpy")
    x = np.arange(6.0).reshape(2, 3)
    value, (dx, dy) = f(x, 2)
    assert value.shape == dx.shape == dy.shape == (2, 3)
    assert (value == 2 * x + 2).all()
    assert (dx == 2).all()
    assert (dy == x).all()
    value, (dx, dy) = f(np.arange(2.0)[:, None], np.arange(3.0))
    assert value.shape == (2, 3)
    assert f(3, 4) == (14.0, (4.0, 3.0))
    with pytest.raises(TypeError, match="2 needed"):
        f(1.0)


def test_more_points_than_one_piece_holds() -> None:
    x = np.linspace(-3, 3, 2 * CHUNK + 17)
    value, (slope,) = compile("sin(x)*x", "numpy")(x)
    assert np.allclose(value, np.sin(x) * x, rtol=1e-14)
    assert np.allclose(slope, np.cos(x) * x + np.sin(x), rtol=1e-13, atol=1e-15)


def test_the_branch_not_taken_stays_out_of_an_array() -> None:
    x = np.array([-1.0, 0.0, 4.0])
    value, (slope,) = compile("where(x > 0, sqrt(x), 0)", "numpy")(x)
    assert value.tolist() == [0.0, 0.0, 2.0]
    assert slope.tolist() == [0.0, 0.0, 0.25]


def test_nothing_times_infinity_is_nothing_along_an_edge() -> None:
    for backend in ("python", "numpy"):
        _, (slope,) = compile("0*sqrt(x) + sqrt(x*x)", backend)(0.0)
        assert not math.isinf(float(slope))


def test_numpy_that_is_missing_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    importing = builtins.__import__

    def without(name: str, *arguments: Any, **options: Any) -> Any:
        if name == "numpy":
            raise ImportError(name)
        return importing(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingPackageError, match=r"adexplain\[numpy\]"):
        compile("x", "numpy")


def test_what_is_asked_for_must_exist() -> None:
    with pytest.raises(InputError, match="no mode"):
        compile("x", mode="both")
    with pytest.raises(InputError, match="no backend"):
        compile("x", "fortran")


OPEN = "100*(y - x^2)^2 + (1 - x)^2"
"""Positions are refused for it: y appears before x."""


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("text", ["x*sin(y)", "[x*y, x + y]", "f(y, x) = x*sin(y)"])
def test_arguments_by_name(text: str, mode: str, backend: str) -> None:
    function = compile(text, backend, mode)
    names = list(inspect.signature(function).parameters)
    values = [2.0 + k for k in range(len(names))]
    assert names[:2] == (["y", "x"] if text.startswith("f(y") else ["x", "y"])
    assert names[2:] == ([f"{name}_dot" for name in names[:2]] if mode == "forward" else [])
    found = function(*values)
    by_name = dict(zip(names, values, strict=True))
    assert function(**by_name) == found
    assert function(**dict(reversed(by_name.items()))) == found
    assert function(values[0], **dict(zip(names[1:], values[1:], strict=True))) == found


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(
    "arguments",
    [((1.0,), {"x": 1.0}), ((1.0,), {}), ((), {"x": 1.0}), ((1.0,), {"z": 1.0}), ((1, 2, 3), {})],
)
def test_arguments_that_do_not_fit(arguments: Any, backend: str) -> None:
    positions, named = arguments
    with pytest.raises(TypeError):
        compile("x*y", backend)(*positions, **named)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("f", [OPEN, ad.parse(OPEN)], ids=["text", "Program"])
def test_arguments_whose_order_is_open_must_have_names(f: Any, mode: str, backend: str) -> None:
    function = compile(f, backend, mode)
    point, direction = {"y": 1.0, "x": -1.2}, {"y_dot": 0.0, "x_dot": 1.0}
    named = point | direction if mode == "forward" else point
    with pytest.raises(InputError, match="order of appearance they are y, x"):
        function(*named.values())
    with pytest.raises(InputError, match="order of appearance they are y, x"):
        function(1.0, x=-1.2)
    with pytest.raises(TypeError, match="x"):
        function(y=1.0)
    found = function(**named)
    value = pytest.approx(24.2)
    slope, other = pytest.approx(-215.6), pytest.approx(-88)
    wanted = {"primal": value, "forward": (value, slope)}
    assert found == wanted.get(mode, (value, {"x": slope, "y": other}))


def test_gradients_of_several_outputs_have_names_where_the_order_is_open() -> None:
    values, rows = compile("[y - x, x]")(x=1.0, y=3.0)
    assert (values, rows) == ((2.0, 1.0), ({"y": 1.0, "x": -1.0}, {"y": 0.0, "x": 1.0}))


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("abs(sum) + t*x", ["sum", "t", "x"]),  # Python's own, and names of the generated code
        ("match*v1*v2 + v3", ["match", "v1", "v2", "v3"]),
        ("compiled*expm1_*math", ["compiled", "expm1_", "math"]),
        ("lambda*x", ["lambda", "x"]),
        ("None*x", ["None", "x"]),
    ],
)
def test_names_that_generated_code_cannot_have(text: str, names: list[str], backend: str) -> None:
    point = {name: 0.5 + 0.25 * k for k, name in enumerate(names)}
    function = compile(text, backend)
    value, slopes = function(*point.values())
    assert function(**point) == (value, slopes)
    assert dict(zip(names, slopes, strict=True)) == pytest.approx(ad.explain(text, point).gradient)


@pytest.mark.parametrize("backend", BACKENDS)
def test_letters_that_python_changes(backend: str) -> None:
    found = compile("x*µ", backend)(µ=2.0, x=3.0)  # the micro sign, a Greek mu to Python
    assert found == (6.0, (2.0, 3.0))
    both = compile("f(µ, μ) = µ + 2*μ", backend)
    assert both(**{"µ": 1.0, "μ": 2.0}) == (5.0, (1.0, 2.0))


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(
    ("mode", "name", "says"),
    [
        ("primal", "f", "value of ``x*y``"),
        ("forward", "f_tangent", "directional derivative of ``x*y``"),
        ("reverse", "f_adjoint", "gradient of ``x*y``"),
    ],
)
def test_a_callable_says_what_it_is(mode: str, name: str, says: str, backend: str) -> None:
    found = compile("x*y", backend, mode)
    assert found.__name__ == found.__qualname__ == name
    assert says in str(found.__doc__)
    found = compile("y*x", backend, mode)
    assert (found.__name__, "values by name" in str(found.__doc__)) == (name, True)
    assert str(inspect.signature(found)).startswith("(*, y, x")
