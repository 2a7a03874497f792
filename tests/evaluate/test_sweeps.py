"""The textbook tables number by number, and the sweeps on programs of every shape."""

from __future__ import annotations

import math

import pytest

from adexplain.evaluate.run import evaluate
from adexplain.evaluate.sweeps import (
    Contribution,
    Trace,
    compute_trace,
    jacobian,
    sweep_adjoints,
    sweep_tangents,
)
from adexplain.language import parse
from adexplain.program import Program

# Griewank & Walther, Evaluating Derivatives (2nd ed. 2008), Tables 1.1-1.3.
GRIEWANK_WALTHER = """v1 = x1/x2
v2 = sin(v1)
v3 = exp(x2)
v4 = v1 - v3
v5 = v2 + v4
v6 = v5*v4"""
ONE_LINE = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"
LEFT_TO_RIGHT = "(sin(x1/x2) + x1/x2 - exp(x2))*(x1/x2 - exp(x2))"
AT = (1.5, 0.5)
PRIMAL = [3.0000, 0.1411, 1.6487, 1.3513, 1.4924, 2.0166]
TANGENT_X1 = [2.0000, -1.9800, 0.0, 2.0000, 0.0200, 3.0118]
GRADIENT = [3.0118433277, -13.7239615093]


def look(
    program: Program, at: tuple[float, ...], *seed: float, weights: tuple[float, ...] = (1.0,)
) -> Trace:
    return compute_trace(program, at, seed or [1.0] + [0.0] * (len(at) - 1), weights)


def rows(trace: Trace, values: list[float | None]) -> list[float | None]:
    return [values[slot] for slot in trace.program.rows]


def gradient(trace: Trace) -> list[float | None]:
    return [trace.adjoints[slot] for slot in trace.program.inputs]


@pytest.mark.parametrize("text", [GRIEWANK_WALTHER, ONE_LINE])
def test_griewank_walther_has_the_books_six_rows(text: str) -> None:
    program = parse(text)
    trace = look(program, AT)
    assert len(program.rows) == 6
    assert [program.names[slot] for slot in program.rows] == ["v1", "v2", "v3", "v4", "v5", "v6"]
    assert rows(trace, trace.values) == pytest.approx(PRIMAL, abs=5e-5)
    assert rows(trace, trace.tangents) == pytest.approx(TANGENT_X1, abs=5e-5)
    assert trace.values[program.outputs[0]] == pytest.approx(2.0166466694, abs=5e-11)
    assert gradient(trace) == pytest.approx(GRADIENT, abs=5e-11)


def test_griewank_walther_other_seed() -> None:
    trace = look(parse(GRIEWANK_WALTHER), AT, 0.0, 1.0)
    # v1' = -v1/x2, v2' = cos(v1) v1', v3' = exp(x2), and so on; computed by hand.
    v1, c, e = -6.0, math.cos(3.0), math.exp(0.5)
    v4 = v1 - e
    v5 = c * v1 + v4
    want = [v1, c * v1, e, v4, v5, v5 * (3 - e) + (math.sin(3.0) + 3 - e) * v4]
    assert rows(trace, trace.tangents) == pytest.approx(want, rel=1e-14)
    assert want[-1] == pytest.approx(GRADIENT[1], abs=5e-11)


CONTRIBUTIONS = [
    # into, out of, amount, running sum: Table 1.3 read upwards
    ("v5", "v6", 1.3513, 1.3513),
    ("v4", "v6", 1.4924, 1.4924),
    ("v2", "v5", 1.3513, 1.3513),
    ("v4", "v5", 1.3513, 2.8437),
    ("v1", "v4", 2.8437, 2.8437),
    ("v3", "v4", -2.8437, -2.8437),
    ("x2", "v3", -4.6884, -4.6884),
    ("v1", "v2", -1.3378, 1.5059),
    ("x1", "v1", 3.0118, 3.0118),
    ("x2", "v1", -9.0355, -13.7240),
]


@pytest.mark.parametrize("text", [GRIEWANK_WALTHER, ONE_LINE])
def test_griewank_walther_contributions_in_order_with_running_sums(text: str) -> None:
    program = parse(text)
    found = look(program, AT).contributions
    names = program.names
    assert [(names[into], names[out_of]) for into, out_of, *_ in found] == [
        c[:2] for c in CONTRIBUTIONS
    ]
    assert [amount for *_, amount, _ in found] == pytest.approx(
        [c[2] for c in CONTRIBUTIONS], abs=6e-5
    )
    assert [total for *_, total in found] == pytest.approx([c[3] for c in CONTRIBUTIONS], abs=6e-5)
    twice = [name for name in ("v4", "v1", "x2", "x1", "v5") if _count(program, found, name) == 2]
    assert twice == ["v4", "v1", "x2"]


def _count(program: Program, found: list[Contribution], name: str) -> int:
    return sum(program.names[into] == name for into, *_ in found)


@pytest.mark.parametrize(("share", "count"), [(True, 7), (False, 10)])
def test_left_to_right_has_more_rows_and_the_same_gradient(share: bool, count: int) -> None:
    program = parse(LEFT_TO_RIGHT, share)
    assert len(program.rows) == count
    assert gradient(look(program, AT)) == pytest.approx(GRADIENT, abs=5e-11)


def test_the_minus_of_the_video_gives_the_number_it_must_not() -> None:
    trace = look(parse(GRIEWANK_WALTHER), AT)
    v4, v5 = (trace.values[slot] for slot in trace.program.rows[3:5])
    d4, d5 = (trace.tangents[slot] for slot in trace.program.rows[3:5])
    assert None not in (v4, v5, d4, d5)
    assert d5 * v4 - d4 * v5 == pytest.approx(-2.9578, abs=5e-5)
    assert trace.tangents[trace.program.outputs[0]] == pytest.approx(d5 * v4 + d4 * v5)


# Baydin, Pearlmutter, Radul & Siskind, Automatic differentiation in machine learning (2018),
# Tables 2 and 3.
def test_baydin_tables_2_and_3() -> None:
    program = parse("ln(x1) + x1*x2 - sin(x2)")
    trace = look(program, (2.0, 5.0))
    assert rows(trace, trace.values) == pytest.approx([0.693, 10, -0.959, 10.693, 11.652], abs=5e-4)
    assert rows(trace, trace.tangents) == pytest.approx([0.5, 5, 0, 5.5, 5.5])
    assert gradient(trace) == pytest.approx([5.5, 1.716], abs=5e-4)
    names = program.names
    found = [(names[into], amount, total) for into, _, _, amount, total in trace.contributions]
    c5 = -math.cos(5.0)
    assert found == [
        ("v4", 1.0, 1.0),
        ("v3", -1.0, -1.0),
        ("v1", 1.0, 1.0),
        ("v2", 1.0, 1.0),
        ("x2", c5, c5),
        ("x1", 5.0, 5.0),
        ("x2", 2.0, c5 + 2.0),
        ("x1", 0.5, 5.5),
    ]


def test_baydin_table_1_logistic_map() -> None:
    """Baydin et al. 2018, Table 1: l4 = 64x(1-x)(1-2x)²(1-8x+8x²)² and its derivative at 0.2."""
    text = "l1 = x\n" + "\n".join(f"l{n + 1} = 4*l{n}*(1 - l{n})" for n in (1, 2, 3))
    trace = look(parse(text), (0.2,))
    assert trace.values[trace.program.outputs[0]] == pytest.approx(0.28901376, rel=1e-14)
    assert gradient(trace) == pytest.approx([9.0660864], rel=1e-14)
    assert len(trace.program.rows) == 9


def test_a_square_written_as_a_product_has_two_contributions() -> None:
    trace = look(parse("x*x"), (3.0,))
    x, y = trace.program.inputs[0], trace.program.outputs[0]
    assert trace.contributions == [
        (x, y, 3.0, 3.0, 3.0),
        (x, y, 3.0, 3.0, 6.0),
    ]


def test_sixty_doublings_are_sixty_rows() -> None:
    text = "x0 = x + x\n" + "\n".join(f"x{k} = x{k - 1} + x{k - 1}" for k in range(1, 60))
    trace = look(parse(text), (1.0,))
    assert len(trace.program.rows) == 60
    assert len(trace.contributions) == 120
    assert gradient(trace) == [2.0**60] == [trace.tangents[trace.program.outputs[0]]]


def test_a_sum_of_a_hundred_thousand_terms() -> None:
    trace = look(parse("+".join(["x"] * 100_000)), (0.5,))
    assert trace.values[trace.program.outputs[0]] == 50_000.0
    assert gradient(trace) == [100_000.0]
    assert trace.contributions[-1][-1] == 100_000.0


@pytest.mark.parametrize("zero", [None, 3])
def test_speelpennings_product(zero: int | None) -> None:
    """Griewank & Walther 2008, Exercise 3.6; dividing f by a factor fails where that is 0."""
    n = 30
    at = [0.5 + k / n for k in range(n)]
    if zero is not None:
        at[zero] = 0.0
    trace = look(parse("*".join(f"x{k}" for k in range(n))), tuple(at))
    want = [math.prod(at[:k] + at[k + 1 :]) for k in range(n)]
    assert gradient(trace) == pytest.approx(want, rel=1e-14)
    assert len(trace.contributions) == 2 * (n - 1)


# --- several outputs, seeds -------------------------------------------------------------------


def test_several_outputs_seeds_and_the_jacobian() -> None:
    program = parse("[x*y, sin(x), x, x*y]")
    trace = look(program, (2.0, 3.0), 1.0, -1.0, weights=(1.0, 2.0, 3.0, 4.0))
    c = math.cos(2.0)
    assert [trace.tangents[slot] for slot in program.outputs] == [1.0, c, 1.0, 1.0]
    assert gradient(trace) == pytest.approx([5 * 3 + 2 * c + 3, 5 * 2])
    assert jacobian(trace, "reverse") == [[3.0, 2.0], [c, 0.0], [1.0, 0.0], [3.0, 2.0]]
    assert jacobian(trace, "forward") == jacobian(trace, "reverse") == jacobian(trace)


def test_sweeps_for_other_seeds_need_no_new_partials() -> None:
    program = parse(GRIEWANK_WALTHER)
    trace = look(program, AT)
    again = look(program, AT, 0.0, 1.0, weights=(2.5,))
    assert sweep_tangents(trace, [0.0, 1.0]) == again.tangents
    assert sweep_adjoints(trace, [2.5]) == (again.adjoints, again.contributions)


def test_inactive_rows_have_no_edges_and_unused_inputs_the_adjoint_0() -> None:
    program = parse("f(x, y) = sin(2)*x + log(3)")
    trace = look(program, (1.5, 7.0))
    assert gradient(trace) == [math.sin(2.0), 0.0]
    assert [program.ops[out_of] for _, out_of, *_ in trace.contributions] == ["add", "mul"]
    constant = program.rows[0]
    assert trace.adjoints[constant] is None
    assert trace.tangents[constant] == 0.0


def test_a_power_of_a_negative_base_never_touches_its_logarithm() -> None:
    trace = look(parse("x**2"), (-3.0,))
    assert trace.values[trace.program.outputs[0]] == 9.0
    assert gradient(trace) == [-6.0]
    both = look(parse("x**n"), (-3.0, 2.0))
    assert both.values[both.program.outputs[0]] == 9.0
    assert both.adjoints[both.program.inputs[0]] == -6.0
    assert math.isnan(both.adjoints[both.program.inputs[1]] or 0.0)


# --- where, infinities --------------------------------------------------------------------------


def test_rows_of_the_branch_not_taken_are_none() -> None:
    program = parse("where(x > 0, log(x), x^2)")
    names = dict(zip(program.names, evaluate(program, [-3.0]), strict=True))
    assert names["v1"] == 0.0
    assert names["v2"] is None
    assert names["v3"] == 9.0
    trace = look(program, (-3.0,))
    log = program.ops.index("log")
    assert (trace.values[log], trace.tangents[log], trace.adjoints[log]) == (None, None, None)
    assert gradient(trace) == [-6.0]


def test_and_and_or_look_at_the_second_condition_only_when_needed() -> None:
    program = parse("where(x > 0 and log(x) > 1 or x < -5 and sqrt(-x) > 3, 1, 0)*x")
    for x, sought in ((-1.0, {"log": False, "sqrt": False}), (4.0, {"log": True, "sqrt": False})):
        values = evaluate(program, [x])
        for op, evaluated in sought.items():
            assert (values[program.ops.index(op)] is not None) is evaluated


@pytest.mark.parametrize(
    ("text", "at", "want"),
    [
        ("0*sqrt(x)", (0.0,), [0.0]),
        ("sqrt(x)*y", (0.0, 0.0), [0.0, 0.0]),
        ("sqrt(x^2)*0 + x", (0.0,), [1.0]),
        ("sqrt(x) + y", (0.0, 1.0), [math.inf, 1.0]),
        ("floor(1/x)*x", (4.0,), [0.0]),
    ],
)
def test_nothing_times_infinity_is_nothing(
    text: str, at: tuple[float, ...], want: list[float]
) -> None:
    trace = look(parse(text), at, *([1.0] * len(at)))
    assert gradient(trace) == want
    assert jacobian(trace, "forward") == [want]


@pytest.mark.parametrize(
    ("text", "at", "value"),
    [
        ("9**9**9*x", (1.0,), math.inf),
        ("exp(x)", (1000.0,), math.inf),
        ("-exp(x)", (1000.0,), -math.inf),
        ("1/x", (-0.0,), -math.inf),
        ("log(x)", (0.0,), -math.inf),
        ("log(x)", (-1.0,), math.nan),
        ("(-8 + x)**(1/3)", (0.0,), math.nan),
        ("x**-1", (0.0,), math.inf),
        ("gamma(x)", (-1.0,), math.nan),
    ],
)
def test_outside_the_domain_ieee_754_answers(
    text: str, at: tuple[float, ...], value: float
) -> None:
    trace = look(parse(text), at)
    found = trace.values[trace.program.outputs[0]]
    assert type(found) is float
    assert found == value or (math.isnan(found) and math.isnan(value))
    assert evaluate(parse(text), at)[trace.program.outputs[0]] in (
        found,
        pytest.approx(found, nan_ok=True),
    )
    assert all(type(g) is float for g in gradient(trace))


def test_a_partial_that_fails_spoils_neither_the_value_nor_the_other_partial() -> None:
    trace = look(parse("x**y"), (0.0, 0.5))
    assert trace.values[trace.program.outputs[0]] == 0.0
    assert gradient(trace) == [math.inf, 0.0]
