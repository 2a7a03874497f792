"""One loop over the table: values, partials, domains and edges, against mpmath and SymPy."""

from __future__ import annotations

import dataclasses
import itertools
import math
import re
from collections.abc import Iterator

import mpmath
import pytest
from mpmath import mp, mpf

from adexplain.evaluate.run import FLOATS, evaluate, run_partial
from adexplain.language import parse
from adexplain.language.grammar import overload
from adexplain.primitives.ieee import KERNELS, apply_primitive
from adexplain.primitives.primitive import PRIMITIVES, Primitive
from adexplain.program import Builder
from adexplain.transforms import tangent
from adexplain.transforms.partials import partial, read_rule, read_template
from tests import oracle, sizes
from tests.domains import holds, inside, smooth, takes_order

ULP = 2.0**-53
ULPS = 8
"""The tolerance: a result is right to this many units in the last place."""
TINY = 1e-290
"""What is smaller may have lost digits to underflow on the way."""
ROUNDED = {
    "erf": "a*a is rounded before the exponential",
    "erfc": "a*a is rounded before the exponential",
    "gelu": "a*a and a/sqrt(2) are rounded before the exponential",
    "logaddexp": "a - b is rounded before the exponential",
    "pow": "b - 1 is rounded before the power",
    "sphbessel": "its neighbours of either order cancel near a zero of the slope",
    "sinc": "cos(pi a) and the value cancel near a zero of the slope",
    "lgamma": "digamma has zeros",
    "digamma": "it has zeros",
}
"""Rows with a further tolerance: as if each argument had been changed by ULPS in the last place."""

SPREAD = (1e-300, 1e-20, 1e-8, 0.003, 0.3, 0.75, 1.5, 2.4, 3.14159, 7.5, 22.3, 100.0, 700.0)
HUGE = (1e5 + 0.5, 1e15, 1e200, 1e300)
SPREAD_2 = (1e-200, 1e-8, 0.3, 2.0, 7.5, 50.0, 1e200)
SPREAD_3 = (0.3, 1.0, 7.5)
COSTLY = (1e-8, 0.003, 0.3, 0.75, 1.5, 2.4, 3.14159, 7.5, 22.3)

ROWS = list(PRIMITIVES.values())
NO_VALUE_FORM = ("and", "or", "not", "where", "share", "ties")
"""Rows that select rather than compute; the transforms' tests look at them."""


def count_of(row: Primitive) -> int:
    return row.arity + 2 if row.variadic else row.arity


def _sizes(row: Primitive) -> tuple[float, ...]:
    if row.name in ("gamma", "lgamma", "digamma", "polygamma", "logaddexp"):
        return COSTLY
    if row.name in ("sphbessel", "mod"):
        return COSTLY if row.name == "mod" else (*COSTLY, 700.0)
    return {1: SPREAD + HUGE, 2: SPREAD_2}.get(count_of(row), SPREAD_3)


def pool(row: Primitive) -> list[float]:
    """Single coordinates: tiny to huge, both signs, the domain's numbers and neighbours."""
    texts = [row.domain, *(edge.condition for edge in row.nonsmooth_points)]
    marks = {float(n) for text in texts for n in re.findall(r"\d+\.?\d*", text)} | {0.0, 1.0}
    found = {sign * size for size in _sizes(row) for sign in (1, -1)}
    for mark in marks:
        near = [mark, mark + 1e-9, mark - 1e-9] if count_of(row) < 3 else [mark]
        if count_of(row) == 1:
            near += [math.nextafter(mark, math.inf), math.nextafter(mark, -math.inf)]
        found |= {sign * x for x in near for sign in (1, -1) if abs(x) > 1e-300 or x == 0}
    return sorted(found)


def points(row: Primitive) -> Iterator[tuple[float, ...]]:
    if takes_order(row):
        yield from itertools.product((0.0, 1.0, 2.0, 5.0), pool(row))
    else:
        for point in itertools.product(pool(row), repeat=count_of(row)):
            if row.name != "pow" or abs(point[1]) < 1e3:  # beyond lie only 0, 1 and overflow
                yield point


def slope(row: Primitive, point: tuple[float, ...], argument: int) -> float:
    if partial(row.name, argument) is None:
        return 0.0
    value = apply_primitive(row.name, point)
    found = run_partial(row.name, argument, point, value, FLOATS, {})
    assert isinstance(found, float)
    return found


def unit(count: int, *arguments: int) -> list[int]:
    return [arguments.count(k) for k in range(count)]


def moderate(row: Primitive, point: tuple[float, ...]) -> bool:
    """Whether nothing is tiny, huge or within a hair of an edge at 1."""
    start = 1 if takes_order(row) else 0
    return all(0.01 < abs(x) < 60 and not 0 < abs(abs(x) - 1) < 1e-6 for x in point[start:])


def spread_of_slope(row: Primitive, point: tuple[float, ...], orders: list[int]) -> mpf:
    """How far the exact result moves, at first order, when every argument moves by itself."""
    moved = mpf(0)
    if row.name == "pow":  # as if the exponent b - 1, which is rounded, had been changed
        with mp.workdps(40):
            exponent, base = mpf(point[1]) - 1, mpf(abs(point[0]))
            moved += (
                abs(oracle.derivative(row.name, point, orders) * exponent * mpmath.log(base))
                if base
                else 0
            )
    for k, x in enumerate(point):
        if x and not (k == 0 and takes_order(row)):
            more = oracle.derivative(row.name, point, [n + (i == k) for i, n in enumerate(orders)])
            moved += abs(x * more) if more is not None else 0
    return moved


def assert_close(got: float, want: mpf, slack: mpf, what: object) -> None:
    assert isinstance(got, float), what
    with mp.workdps(40):
        if abs(want) > 1.7976e308:
            assert math.isinf(got) or abs(got) > 1.797e308, what
            return
        assert math.isfinite(got), (what, got, mp.nstr(want, 20))
        error = abs(mpf(got) - want)
        allowed = ULPS * ULP * (abs(want) + slack) + mpf(TINY) * mpf(10) ** -15
        assert error <= allowed, (what, got, mp.nstr(want, 20), f"{float(error / allowed):.3g}")


computed = pytest.mark.parametrize(
    "row", [row for row in ROWS if row.name not in NO_VALUE_FORM], ids=lambda row: row.name
)
every = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)


@every
def test_row_is_complete(row: Primitive) -> None:
    assert row.why.endswith(".")
    assert row.why[0].isupper()
    assert row.latex
    assert len(row.partials) == (1 if row.variadic else row.arity)
    assert row.name in KERNELS
    count = count_of(row)
    assert len(read_rule(row, row.exact, count).outputs) == 1
    texts = [*row.partials, *filter(None, [row.domain])]
    for text in [*texts, *(edge.condition for edge in row.nonsmooth_points)]:
        assert len(read_template(row, text).program.outputs) == 1
    for edge in row.nonsmooth_points:
        assert edge.status in ("kink", "jump", "vertical", "boundary", "undefined")
        assert edge.argument in ("", *"abc"[:count])


@every
def test_every_spelling_is_the_primitive(row: Primitive) -> None:
    count = count_of(row)
    names = ["x", "y", "z"][:count]
    for spelling in row.spellings:
        program = parse(f"{spelling}({', '.join(names)})")
        assert program.ops[program.outputs[0]] == row.name
        assert overload(spelling, count) == row
    if row.symbol and len(names) == 2:
        program = parse(f"x {row.symbol} y")
        assert program.ops[program.outputs[0]] == row.name
    elif row.symbol:
        assert parse(f"{row.symbol} x").ops[-1] == row.name


def test_no_spelling_means_two_things_for_one_number_of_arguments() -> None:
    seen: set[tuple[str, int]] = set()
    for row in ROWS:
        for spelling in row.spellings:
            assert (spelling, row.arity) not in seen
            seen.add((spelling, row.arity))


@computed
def test_value(row: Primitive) -> None:
    looked_at = 0
    for point in points(row):
        if not inside(row, point):
            continue
        want = oracle.value(row.name, point)
        assert want is not None, (row.name, point)
        slack = mpf(0)
        if row.name == "gelu" or (row.name in ("logaddexp", "mod") and abs(want) < 1):
            slack = spread_of_slope(row, point, unit(len(point)))
        assert_close(apply_primitive(row.name, point), want, slack, (row.name, point))
        looked_at += 1
    assert looked_at >= 8


def partial_points(row: Primitive) -> Iterator[tuple[int, tuple[float, ...]]]:
    """Arguments with a partial, and the points where the row is smooth."""
    for argument in range(count_of(row)):
        if partial(row.name, argument) is None:
            continue
        for point in points(row):
            if smooth(row, point) and math.isfinite(apply_primitive(row.name, point)):
                yield argument, point


@computed
def test_partials_against_mpmath(row: Primitive) -> None:
    for argument, point in sizes.thinned(partial_points(row)):
        orders = unit(len(point), argument)
        want = oracle.derivative(row.name, point, orders)
        if want is None:  # the power's base 0 and other ends of the domain: one side only
            assert any(x in (0, 1, -1) for x in point), (row.name, point)
            continue
        slack = spread_of_slope(row, point, orders) if row.name in ROUNDED else mpf(0)
        if 0.0 in point:  # a central difference leaves the square of its step, not 0
            slack += mpf(10) ** -90
        got = slope(row, point, argument)
        assert_close(got, want, slack, (row.name, point, argument))


@computed
def test_partials_against_sympy(row: Primitive) -> None:
    for argument, point in partial_points(row):
        if not moderate(row, point):
            continue
        fixed = (int(point[0]),) if takes_order(row) else ()
        with mp.workdps(120):
            function = oracle.symbolic_partial(row.name, fixed, len(point), argument)
            want = mp.mpmathify(function(*map(mpf, point)))
            assert abs(mp.im(want)) < mpf(10) ** -60
            error = abs(slope(row, point, argument) - mp.re(want))
        assert error <= 1e-12 * max(abs(mp.re(want)), mpf(10) ** -90), (row.name, point, argument)


@computed
def test_second_derivatives_against_mpmath(row: Primitive) -> None:
    count = count_of(row)
    builder = Builder()
    program = builder.build([builder.row(row.name, *(builder.input(n) for n in "abc"[:count]))])
    twice = tangent(tangent(program))
    # Inputs: the arguments, their tangents, and the tangents of both.
    for point in sizes.thinned(points(row)):
        if not smooth(row, point) or not moderate(row, point):
            continue
        first = 1 if takes_order(row) else 0
        for i, j in itertools.combinations_with_replacement(range(first, count), 2):
            seeds = [*map(float, unit(count, i)), *map(float, unit(count, j))]
            values = evaluate(twice, [*point, *seeds, *[0.0] * count])
            got = values[twice.outputs[-1]]
            want = oracle.derivative(row.name, point, unit(count, i, j))
            if want is None:
                continue
            slack = mpf(max(map(abs, (slope(row, point, k) for k in range(count)))))
            with mp.workdps(40):
                assert isinstance(got, float)
                error = abs(got - want)
                assert error <= 1e-11 * (abs(want) + slack), (row.name, point, i, j, got)


@computed
def test_outside_the_domain_the_value_is_not_a_finite_number(row: Primitive) -> None:
    count = count_of(row)
    builder = Builder()
    program = builder.build([builder.row(row.name, *(builder.input(n) for n in "abc"[:count]))])
    wild = [*points(row), *itertools.product([math.inf, -math.inf, math.nan, -0.0], repeat=count)]
    for point in wild:
        value = apply_primitive(row.name, point)
        assert isinstance(value, (float, int)), (row.name, point)
        assert not isinstance(value, complex), (row.name, point)
        again = evaluate(program, point)[program.outputs[0]]
        assert again == value or (again != again and value != value), (row.name, point)
        if not all(map(math.isfinite, point)) or inside(row, point):
            continue
        finite = math.isfinite(value)
        # IEEE 754 and C give the origin an angle, and log(a)/log(0) is 0; the status tells.
        convention = {"atan2": point == (0.0, 0.0), "log_base": point[-1] == 0.0 == value}
        assert not finite or convention.get(row.name), (row.name, point, value)
        for argument in range(count):
            assert isinstance(slope(row, point, argument), float)


# --- edges ----------------------------------------------------------------------------------


def edge_points(row: Primitive, condition: str) -> list[tuple[float, ...]]:
    marks = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.5, 3.0)
    candidates = itertools.product(marks, repeat=count_of(row))
    return [p for p in candidates if inside(row, p) and holds(row, condition, p)]


def beside(point: tuple[float, ...], argument: int) -> list[tuple[float, ...]]:
    x = point[argument]
    moved = (math.nextafter(x, math.inf), math.nextafter(x, -math.inf))
    return [(*point[:argument], m, *point[argument + 1 :]) for m in moved]


def look(row: Primitive, point: tuple[float, ...], argument: int) -> set[str]:
    """What mpmath sees of the exact form when one argument moves a hair: the statuses that hold."""
    with mp.workdps(400):
        here = [mpf(x) for x in point]

        def at(h: mpf) -> mpf | None:
            return oracle.at(row.name, [x + h * (k == argument) for k, x in enumerate(here)])

        h = mpf(10) ** -60
        middle = at(mpf(0))
        found = set()
        quotients = []
        for side in (1, -1):
            near, far = at(side * h), at(side * h * 1000)
            if near is None or far is None or middle is None:
                quotients.append(None)
                continue
            if abs(near - middle) > mpf(10) ** -6:
                found.add("jump")
            elif abs((near - middle) / h) > 10 * abs((far - middle) / h / 1000) > mpf(10) ** 9:
                found.add("vertical")
            quotients.append((near - middle) / (side * h))
        if None in quotients:
            found |= {"boundary", "undefined"}
        elif abs(quotients[0] - quotients[1]) > mpf(10) ** -6 and not found:
            found.add("kink")
        return found


EDGES = [(row, edge) for row in ROWS for edge in row.nonsmooth_points]


@pytest.mark.parametrize(
    ("row", "edge"), EDGES, ids=[f"{row.name}-{edge.status}-{edge.argument}" for row, edge in EDGES]
)
def test_edges_are_where_the_table_says(row: Primitive, edge) -> None:
    found = edge_points(row, edge.condition)
    assert found, "the condition never holds"
    count = count_of(row)
    for point in found:
        arguments = ["abc".index(edge.argument)] if edge.argument else range(count)
        neighbours = [p for k in range(count) for p in beside(point, k) if inside(row, p)]
        assert (
            any(not holds(row, edge.condition, p) for p in neighbours)
            or not neighbours
            or (edge.status == "undefined")
        )
        assert any(edge.status in look(row, point, k) for k in arguments), (row.name, point)


@computed
def test_nothing_else_is_an_edge(row: Primitive) -> None:
    marks = (-2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.5, 3.0)
    for point in sizes.thinned(itertools.product(marks, repeat=count_of(row))):
        if takes_order(row) and (point[0] < 0 or point[0] != int(point[0])):
            continue
        if not smooth(row, point):
            continue
        for argument in range(1 if takes_order(row) else 0, count_of(row)):
            assert not look(row, point, argument), (row.name, point, argument)


def test_the_convention_is_what_the_product_answers() -> None:
    assert [slope(PRIMITIVES[name], (0.0,), 0) for name in ("abs", "relu")] == [0.0, 0.0]
    assert [slope(PRIMITIVES["hypot"], (0.0, 0.0), k) for k in (0, 1)] == [0.0, 0.0]
    for name in ("min", "max"):
        tied = (2.0, 2.0, 2.0)
        assert [slope(PRIMITIVES[name], tied, k) for k in range(3)] == [1 / 3] * 3
        assert [slope(PRIMITIVES[name], (1.0, 2.0, 3.0), k) for k in range(3)] == (
            [1.0, 0.0, 0.0] if name == "min" else [0.0, 0.0, 1.0]
        )


# --- slips ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "column"), [("coss(a)", 1), ("2 * d", 5), ("cos(a", 1), ("1,5", 1), ("a +", 3)]
)
def test_a_slip_in_a_row_names_row_and_column(text: str, column: int) -> None:
    broken = dataclasses.replace(PRIMITIVES["sin"], partials=(text,))
    with pytest.raises(ValueError, match=re.escape("(sin)")) as caught:
        read_template(broken, text)
    assert f"row {broken.line} " in str(caught.value)
    assert f"character {column}:" in str(caught.value)
