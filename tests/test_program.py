"""A Program printed as assignments reads back as the same rows and names; it survives pickling."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adexplain.language import parse
from adexplain.program import Builder, Constant, Program
from adexplain.transforms import adjoint, tangent
from tests.language.test_parser import EXPRESSIONS
from tests.language.test_statements import OUTPUTS
from tests.strategies import programs


def described(program: Program) -> list[tuple[str, str, tuple[str, ...]]]:
    """The rows by name: what printing must keep (slots may be numbered in another order)."""
    names = program.names
    return [
        (names[slot], program.ops[slot], tuple(names[arg] for arg in program.args[slot]))
        for slot in program.rows
    ]


def assert_same_after_printing(program: Program) -> None:
    text = program.to_text()
    again = parse(text, share=False)
    assert described(again) == described(program), text
    assert again.input_names == program.input_names, text
    assert again.output_names == program.output_names, text
    shown = [program.names[slot] for slot in program.outputs]
    assert [again.names[slot] for slot in again.outputs] == shown, text
    assert again.to_text() == text
    if program.positional:
        assert again.positional, text


@pytest.mark.parametrize("text", [*EXPRESSIONS, *OUTPUTS])
def test_printing_and_reading_back(text: str) -> None:
    assert_same_after_printing(parse(text))
    assert_same_after_printing(parse(text, share=False))


@given(programs(slow=True) | programs(outputs=2))
def test_printing_and_reading_back_random_programs(text: str) -> None:
    assert_same_after_printing(parse(text))
    assert_same_after_printing(parse(text, share=False))


@given(programs(slow=True) | programs(outputs=2), st.booleans())
def test_printing_and_reading_back_derived_programs(text: str, twice: bool) -> None:
    for transform in (tangent, adjoint):
        derived = transform(parse(text))
        assert_same_after_printing(transform(derived) if twice else derived)


@given(programs(outputs=2))
def test_pickling_keeps_everything_but_the_places_in_the_text(text: str) -> None:
    program = parse(text)
    again = pickle.loads(pickle.dumps(program))
    assert described(again) == described(program)
    assert again.to_text() == program.to_text()
    assert again.labels == program.labels
    assert again.notes == program.notes


def test_names_of_rows_never_collide_with_names_in_the_text() -> None:
    program = parse("v1 = x\nv3 = x + 1\nv3*v2 + v1")
    names = [program.names[slot] for slot in program.rows]
    assert names == ["v3", "v4", "v5"]
    assert len(set(program.names)) == len(program.names)


@given(programs() | programs(outputs=2))
def test_names_are_unique(text: str) -> None:
    for program in (parse(text), tangent(parse(text)), adjoint(parse(text))):
        used = [program.names[slot] for slot in (*program.inputs, *program.rows)]
        assert len(set(used)) == len(used)


@pytest.mark.parametrize(
    ("number", "text"),
    [(2.0, "2"), (-3.0, "-3"), (0.1, "0.1"), (-0.0, "-0.0"), (1e300, "1e+300"), (0.0, "0")],
)
def test_a_computed_constant_reads_back_as_itself(number: float, text: str) -> None:
    constant = Constant.of(number)
    assert constant.text == text
    assert str(float(constant.text)) == str(number)
    builder = Builder()
    builder_program = builder.build(
        [builder.row("add", builder.input("x"), builder.constant(number))]
    )
    assert_same_after_printing(builder_program)


@pytest.mark.parametrize("number", [float("inf"), float("nan")])
def test_there_is_no_constant_for_infinity(number: float) -> None:
    with pytest.raises(ValueError, match="no literal"):
        Constant.of(number)


def test_activity_marks_the_arguments_that_depend_on_an_input() -> None:
    program = parse("(2*pi + x) * 3")
    assert [program.active[slot] for slot in program.rows] == [False, True, True]


def test_sharing_keeps_the_first_of_equal_rows() -> None:
    builder = Builder()
    x = builder.input("x")
    assert builder.row("sin", x) == builder.row("sin", x)
    assert builder.constant(2.0) == builder.constant(2.0)
    apart = Builder(share=False)
    y = apart.input("y")
    assert apart.row("sin", y) != apart.row("sin", y)


@pytest.mark.parametrize(
    "names",
    [
        ["a", "b", "x", "y"],
        ["x1", "x2", "x10", "x11"],
        ["x₁", "x₂", "x₁₀"],
        ["x", "x1", "x_1", "y"],
        ["a2b1", "a2b10", "a10b1"],
        ["X", "x", "Y", "y"],
        ["eb", "é", "f"],
        ["x", "z", "α", "ϑ", "λ", "ω"],  # as Greek has it, with ϑ for θ
        ["delta", "rho", "theta"],
    ],
)
def test_the_alphabet_is_that_of_a_person(names: list[str]) -> None:
    assert parse("*".join(reversed(names))).alphabetical == tuple(names)
    assert parse("*".join(names)).positional
    assert not parse("*".join(reversed(names))).positional


def test_an_order_that_somebody_chose_needs_no_alphabet() -> None:
    assert parse("f(y, x) = y - x").positional
    assert parse("a = y - x\nf(y, x) = [a, 1]").positional
    assert not parse("a = y - x\na^2").positional
    assert tangent(parse("y - x")).positional
    assert not pickle.loads(pickle.dumps(parse("y - x"))).positional
    for text in ("y^2", "7"):
        assert parse(text).positional


def test_an_order_that_somebody_chose_is_printed() -> None:
    assert parse("f(y, x) = y - x").to_text() == "v1 = y - x\nf(y, x) = v1"
    assert parse("y - x").to_text() == "v1 = y - x\nv1"
