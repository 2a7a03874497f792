"""Lines: assignments, headers, and which results are the outputs under which names."""

from __future__ import annotations

import pytest

from adexplain.errors import InputError
from adexplain.language import parse

OUTPUTS = {
    "x^2": {"f": "v1"},
    "x": {"f": "x"},
    "[x, x^2]": {"f1": "x", "f2": "v1"},
    "[x^2]": {"f": "v1"},
    "[x, x]": {"f1": "x", "f2": "x"},
    "[x\n, y]": {"f1": "x", "f2": "y"},
    "f(x) = x^2": {"f": "v1"},
    "g(x, y) = x y": {"g": "v1"},
    "g(x) = [x, x^2]": {"g1": "x", "g2": "v1"},
    "y = x^2": {"y": "y"},
    "a = x + 1\ny = a^2": {"y": "y"},
    "a = x + 1; y = a^2": {"y": "y"},
    "a = x + 1\na^2": {"f": "v2"},
    "a = x + 1\na": {"a": "a"},
    "a = x + 1\nf(x) = a^2": {"f": "v2"},
    "a = x*y\nb = sin(a)\nc = cos(a)": {"b": "b", "c": "c"},
    "y1 = x\ny2 = x^2": {"y1": "x", "y2": "y2"},
    "y1 = x*y\ny2 = sin(x*y)": {"y1": "y1", "y2": "y2"},
    "y1 = x*y\ny2 = y1": {"y2": "y1"},
    "a = x^2\nb = y^2\n[a, b]": {"a": "a", "b": "b"},
    "a = x^2\nb = y^2\n[b, a]": {"b": "b", "a": "a"},
    "a = x^2\n[a, a + 1]": {"f1": "a", "f2": "v2"},
    "a = x^2\n[a, a]": {"f1": "a", "f2": "a"},
    "x = 2\nx": {"x": "2"},
    "u = x\nv = u + x": {"v": "v"},
}
"""Text → output name → the name of what it shows."""


@pytest.mark.parametrize("share", [True, False])
@pytest.mark.parametrize("text", OUTPUTS)
def test_outputs(text: str, share: bool) -> None:
    program = parse(text, share)
    names = [program.names[slot] for slot in program.outputs]
    assert dict(zip(program.output_names, names, strict=True)) == OUTPUTS[text]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("x2 + x1", ("x2", "x1")),
        ("f(x1, x2) = x2 + x1", ("x1", "x2")),
        ("f(x, y, z) = y", ("x", "y", "z")),
        ("a = y x\nf(x, y) = a", ("x", "y")),
        ("a = 2\na x", ("x",)),
    ],
)
def test_inputs_come_in_order_of_appearance_or_as_a_header_lists_them(
    text: str, names: tuple[str, ...]
) -> None:
    assert parse(text).input_names == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("sin(x) + cos(x)", ["v1", "v2", "v3"]),
        ("a = sin(x)\na + cos(x)", ["a", "v2", "v3"]),
        ("v2 = sin(x)\nv2*cos(x)", ["v2", "v3", "v4"]),
        ("v1 sin(v2) + 1", ["v3", "v4", "v5"]),
        ("sin(x) + v1", ["v2", "v3"]),
        ("v1 = x\nsin(x) + v1", ["v2", "v3"]),
        ("a = sin(x)\nb = sin(x)\na + b", ["a", "v2"]),
    ],
)
def test_rows_are_named_by_position_skipping_names_in_the_text(text: str, names: list[str]) -> None:
    program = parse(text)
    assert [program.names[slot] for slot in program.rows] == names


def test_one_row_carries_all_its_names() -> None:
    program = parse("a = sin(x)\nb = sin(x)\nc = a\na + b")
    assert program.labels[program.rows[0]] == ("a", "b", "c")


@pytest.mark.parametrize(
    ("text", "part", "word"),
    [
        ("a = x\na = 2", "a", "already"),
        ("b = a\na = 2", "a", "before"),
        ("x = x + 1", "x", "before"),
        ("f(x) = x\ny = 2", "y", "outputs"),
        ("x^2\ny", "y", "outputs"),
        ("f(x) = x + z", "z", "argument"),
        ("b = z\nf(x) = b", "f", "z"),
        ("f(x, x) = x", "x", "twice"),
        ("f(2) = x", "2", "name"),
        ("f() = 1", "f()", "header"),
        ("f(x y) = 1", "f(x y)", "header"),
        ("sin(x) = x", "sin", "function"),
        ("sin = x", "sin", "function"),
        ("pi = 3", "pi", "constant"),
        ("f(e) = 2", "e", "constant"),
        ("a = 1\nf(a) = a", "a", "already"),
    ],
)
def test_assignments_that_cannot_be(text: str, part: str, word: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text)
    error = caught.value
    assert error.span is not None
    assert text[slice(*error.span)] == part
    assert word in error.message
    assert error.hint
