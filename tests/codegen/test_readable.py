"""Source for reading: as it is drawn, and that it computes what it says."""

import ast
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import adexplain as ad
from adexplain.codegen import CodeLine, compile, source, source_lines
from adexplain.errors import InputError
from tests.sizes import samples
from tests.strategies import points, programs

GRIEWANK = "v1 = x1/x2\nv2 = sin(v1)\nv3 = exp(x2)\nv4 = v1 - v3\nv5 = v2 + v4\nv6 = v5*v4"

ADJOINT = """\
from math import cos, exp, sin


def f_adjoint(x1, x2, v6_bar=1.0):
    v1 = x1 / x2
    v2 = sin(v1)
    v3 = exp(x2)
    v4 = v1 - v3
    v5 = v2 + v4
    v6 = v5 * v4
    v5_bar = v6_bar * v4
    v4_bar = v6_bar * v5
    v2_bar = v5_bar
    v4_bar += v5_bar
    v1_bar = v4_bar
    v3_bar = -v4_bar
    x2_bar = v3_bar * v3
    v1_bar += v2_bar * cos(v1)
    x1_bar = v1_bar / x2
    x2_bar += -v1_bar * v1 / x2
    return v6, (x1_bar, x2_bar)
"""

TANGENT = """\
from math import cos, exp, sin


def f_tangent(x1, x2, x1_dot=1.0, x2_dot=0.0):
    v1 = x1 / x2
    v2 = sin(v1)
    v3 = exp(x2)
    v4 = v1 - v3
    v5 = v2 + v4
    v6 = v5 * v4
    v1_dot = x1_dot / x2 - v1 / x2 * x2_dot
    v2_dot = cos(v1) * v1_dot
    v3_dot = v3 * x2_dot
    v4_dot = v1_dot - v3_dot
    v5_dot = v2_dot + v4_dot
    v6_dot = v4 * v5_dot + v5 * v4_dot
    return v6, v6_dot
"""

BRANCHES = """\
from math import log, sqrt


def f_adjoint(x, f_bar=1.0):
    v1 = x > 0
    if v1:
        v2 = log(x)
    else:
        v3 = -x
        v4 = sqrt(v3)
    v5 = v2 if v1 else v4
    v5_bar = f_bar
    if v1:
        v2_bar = v5_bar
    else:
        v4_bar = v5_bar
        v3_bar = v4_bar * 0.5 / v4
    x_bar = -v3_bar if not v1 else 0
    x_bar += v2_bar / x if v1 else 0
    return v5, (x_bar,)
"""


def run(text: str, mode: str = "reverse") -> Any:
    namespace: dict[str, Any] = {}
    exec(source(text, mode), namespace)
    return namespace[{"primal": "f", "forward": "f_tangent", "reverse": "f_adjoint"}[mode]]


def test_the_books_function_is_written_as_it_is_drawn() -> None:
    assert source(GRIEWANK) == ADJOINT
    assert source(GRIEWANK, "forward") == TANGENT


def test_only_the_branch_taken_is_evaluated() -> None:
    text = "where(x > 0, log(x), sqrt(-x))"
    assert source(text) == BRANCHES
    assert run(text)(2.0) == (math.log(2.0), (0.5,))
    assert run(text)(-4.0) == (2.0, (-0.25,))


def test_every_line_knows_its_row() -> None:
    lines = [line for line in source_lines(ad.parse(GRIEWANK)) if line.kind != "frame"]
    assert lines[0] == CodeLine("    v1 = x1 / x2", "primal", "v1")
    trace = ad.explain(GRIEWANK, [1.5, 0.5]).to_dict()
    adjoint = [line.target for line in lines if line.kind == "adjoint"]
    assert adjoint == [c["into"] for c in trace["contributions"]]


def test_one_contribution_for_each_use() -> None:
    assert source("x*x").count("x_bar += ") == source("x*x").count("x_bar = ") == 1


def test_several_outputs_come_as_tuples() -> None:
    assert run("[x*y, x + y, 3]")(2.0, 5.0) == ((10.0, 7.0, 3.0), (5.0, 2.0))
    assert run("[x*y, x + y]")(2.0, 5.0, f1_bar=0.0, f2_bar=1.0) == ((10.0, 7.0), (1.0, 1.0))
    assert run("[x*y, x]", "forward")(2.0, 5.0) == ((10.0, 2.0), (5.0, 1.0))
    assert run("[x*y, x]", "primal")(2.0, 5.0) == (10.0, 2.0)


@pytest.mark.parametrize(
    "text",
    [
        "lambda*x",
        "µ*μ + μ",  # the micro sign and the Greek letter
        "abs(sum) + print*list",
        "x_bar*x + x_dot*x_bar_bar",
        "f_bar*f + f_adjoint",
        "sinh(exp_)*power + share1 + math",
        "t1*hypot(t2, t1) + atan2(t1, t2)",
        "x_*x + x__",
        "Δx*θ",
        "dx*(x + dx)",
        "None1*True_*x",
        "match*case*type",
    ],
)
def test_names_never_collide(text: str) -> None:
    program = ad.parse(text)
    point = [0.5 + 0.25 * k for k in range(len(program.inputs))]
    at = dict(zip(program.input_names, point, strict=True))
    value, gradient = ad.value_and_grad(text)(at)
    slopes = tuple(gradient.values())
    assert run(text)(*point) == (value, pytest.approx(slopes, rel=1e-14))
    assert run(text, "primal")(*point) == value
    assert run(text, "forward")(*point) == (value, pytest.approx(slopes[0], rel=1e-14))


def test_whole_numbers_never_grow_without_end() -> None:
    with pytest.raises(OverflowError):
        run("9**9**9*x")(1.0)


def test_text_with_code_in_it_is_no_function() -> None:
    for text in ("__import__('os')", "x.__class__", "x; import os"):
        with pytest.raises(InputError):
            source(text)


def test_a_mode_that_does_not_exist() -> None:
    with pytest.raises(InputError, match="no mode"):
        source("x", "backward")


def test_long_and_deep_programs_stay_within_pythons_parser() -> None:
    deep = "sin(" * 300 + "x" + ")" * 300
    assert run(deep)(1.0)[1] == pytest.approx(compile(deep)(1.0)[1])
    long = "+".join(f"x{k}*x{k + 1}" for k in range(4000))
    assert ast.parse(source(long))


def same(a: float, b: float, largest: float) -> bool:
    # Readable code writes v̄·(1/b) as v̄/b, so that last digits and overflows may differ: of a sum
    # those of its largest term.
    finite = math.isfinite(a) and math.isfinite(b)
    return not finite or a == pytest.approx(b, rel=1e-9, abs=1e-13 * max(1.0, largest))


@settings(deadline=None, max_examples=samples(150))
@given(programs(), st.data())
def test_source_computes_what_the_evaluator_does(text: str, data: st.DataObject) -> None:
    point = data.draw(points(3))
    value, slopes = compile(text)(*point)
    names = ad.parse(text).input_names
    terms = ad.explain(text, dict(zip(names, point, strict=False)), mode="reverse").contributions
    largest = max((abs(term.amount) for term in terms if math.isfinite(term.amount)), default=0.0)
    calls = {"primal": [value], "forward": [value, slopes[0]], "reverse": [value, *slopes]}
    for mode, wanted in calls.items():
        try:
            found = run(text, mode)(*point)
        except (ArithmeticError, ValueError):
            continue  # outside the domain, where Python raises
        if mode == "primal":
            found = [found]
        elif mode == "reverse":
            found = [found[0], *found[1]]
        pairs = zip(found, wanted, strict=True)
        assert all(same(*pair, largest) for pair in pairs), source(text, mode)


def test_nested_branches_do_not_make_the_code_explode() -> None:
    text = "x"
    for k in range(9):
        text = f"where(x > {k} or y < {k}, {text}*x, sin({text}) + y)"
    assert len(source(text)) < 10_000
    assert run(text)(0.3, 0.2) == (
        pytest.approx(0.3 * 0.3**9, rel=1e-14),
        pytest.approx((10 * 0.3**9, 0.0), rel=1e-14),
    )


def test_a_row_that_several_branches_need_is_written_before_each() -> None:
    text = "t = log(x)\na = where(x > 1, t, 0)\nb = where(a > y, t, 1)\nb*2"
    assert run(text)(2.0, 0.5) == (2 * math.log(2.0), (1.0, 0.0))
    assert run(text)(-2.0, 0.5) == (2.0, (0.0, 0.0))


def test_a_condition_met_again_inside_its_own_branch() -> None:
    text = "where(x < y and x < 2, x, where(x < y and x < 2, x + x, x*y))"
    assert run(text)(3.0, 2.0) == (6.0, (2.0, 3.0))
    assert run(text)(1.0, 2.0) == (1.0, (1.0, 0.0))
