"""What is made for one row of many arguments grows as their number, not as its square."""

import pytest

from adexplain import explain, parse
from adexplain.codegen import source
from adexplain.evaluate.sweeps import compute_trace
from adexplain.transforms import adjoint, tangent
from adexplain.transforms.partials import RowPartials, partial
from adexplain.transforms.simplify import Simplifier

OPERATIONS = ("max", "min", "hypot")
every = pytest.mark.parametrize("op", OPERATIONS)


def program_of(op: str, count: int):
    return parse(f"{op}({', '.join(f'x{k}' for k in range(100, 100 + count))})")


def size(program) -> int:
    """Rows and their arguments."""
    return len(program.rows) + sum(map(len, program.args))


def assert_linear(measure) -> None:
    """Twice as many arguments add as much again: names and numbers here have one length."""
    first, second, third = (measure(count) for count in (100, 200, 300))
    assert third - second == second - first > 0


@every
@pytest.mark.parametrize(
    "transform",
    [tangent, adjoint, lambda p: tangent(adjoint(p)), lambda p: adjoint(tangent(p))],
    ids=["tangent", "adjoint", "tangent of adjoint", "adjoint of tangent"],
)
def test_derived_programs_are_linear(op, transform) -> None:
    assert_linear(lambda count: size(transform(program_of(op, count))))


@every
@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_readable_code_is_linear(op, mode) -> None:
    lengths = [len(source(program_of(op, count), mode)) for count in (100, 200, 400)]
    assert lengths[2] < 2.2 * lengths[1] < 4.84 * lengths[0]


@every
def test_texts_and_formulas_of_contributions_are_linear(op) -> None:
    def characters(count: int) -> int:
        explanation = explain(program_of(op, count), [float(k % 7 + 1) for k in range(count)])
        texts = [
            text
            for row in explanation.contributions
            for text in (row.partial, row.partial_latex, row.latex)
        ]
        return sum(map(len, [*texts, explanation.rows[0].tangent_latex]))

    assert_linear(characters)


def test_one_template_serves_all_positions() -> None:
    for op in OPERATIONS:
        assert partial(op, 0) is partial(op, 9_999)


def test_a_call_over_all_arguments_is_inserted_once_for_a_row() -> None:
    builder = Simplifier(share=False)
    args = tuple(builder.input(name) for name in "abcd")
    row = builder.row("max", *args)
    partials = RowPartials(builder, "max", args, row)
    for position in range(4):
        partials.slot(position)
    assert [op for op, _ in builder.nodes].count("ties") == 1


@every
def test_ten_thousand_arguments_are_traced(op) -> None:
    count = 10_000
    point = [1.0] * count
    trace = compute_trace(program_of(op, count), point, point, [1.0])
    slopes = {"hypot": 0.01}.get(op, 1 / count)
    assert trace.partials[-1] == (slopes,) * count
    assert len(trace.contributions) == count


def test_hypot_takes_any_number_of_arguments() -> None:
    explanation = explain("hypot(x, y, z)", [2.0, 3.0, 6.0])
    assert explanation.rows[0].value == 7.0
    assert explanation.gradient == {"x": 2 / 7, "y": 3 / 7, "z": 6 / 7}
