"""What may be typed, as a table: a text, and the assignments it is read as."""

from __future__ import annotations

import pytest

from adexplain.language import parse

EXPRESSIONS = {
    # Operators, from loose to tight, and to which side they gather.
    "a - b - c": "v1 = a - b; v2 = v1 - c",
    "a + b*c": "v1 = b * c; v2 = a + v1",
    "a/b/c": "v1 = a / b; v2 = v1 / c",
    "a/b*c": "v1 = a / b; v2 = v1 * c",
    "a^b^c": "v1 = b ** c; v2 = a ** v1",
    "a**b": "v1 = a ** b",
    "-a^2": "v1 = a ** 2; v2 = -v1",
    "-2^2": "v1 = 2 ** 2; v2 = -v1",
    "-a*b": "v1 = -a; v2 = v1 * b",
    "a*-b": "v1 = -b; v2 = a * v1",
    "a^-2": "v1 = a ** (-2)",
    "a^-b": "v1 = -b; v2 = a ** v1",
    "--a": "v1 = -a; v2 = -v1",
    "+a": "",
    "a - +b": "v1 = a - b",
    "(a + b)*c": "v1 = a + b; v2 = v1 * c",
    "((a))": "",
    "a*b + c*d - e^f": "v1 = a * b; v2 = c * d; v3 = e ** f; v4 = v1 + v2; v5 = v4 - v3",
    "a^(1/3)": "v1 = a ** (1/3)",
    "a^(2/4)": "v1 = a ** (1/2)",
    "a^1/2": "v1 = a ** 1; v2 = v1 / 2",
    "a^(1/0)": "v1 = 1 / 0; v2 = a ** v1",
    # Products without a sign.
    "2x": "v1 = 2 * x",
    "2 x y": "v1 = 2 * x; v2 = v1 * y",
    "3 sin(x)": "v1 = sin(x); v2 = 3 * v1",
    "2(x+1)": "v1 = x + 1; v2 = 2 * v1",
    "(x+1)(x-1)": "v1 = x + 1; v2 = x - 1; v3 = v1 * v2",
    "x(y+1)": "v1 = y + 1; v2 = x * v1",
    "x sin(y)": "v1 = sin(y); v2 = x * v1",
    "1/2x": "v1 = 1 / 2; v2 = v1 * x",
    "a/b c": "v1 = a / b; v2 = v1 * c",
    "2x^2": "v1 = x ** 2; v2 = 2 * v1",
    "1e-3x": "v1 = 1e-3 * x",
    "2e": "v1 = 2 * e",
    "-2x": "v1 = (-2) * x",
    "xy": "",
    # Functions without brackets take a product of numbers and names.
    "sin x": "v1 = sin(x)",
    "sin 2x": "v1 = 2 * x; v2 = sin(v1)",
    "sin x y": "v1 = x * y; v2 = sin(v1)",
    "sin x^2": "v1 = x ** 2; v2 = sin(v1)",
    "sin x + 1": "v1 = sin(x); v2 = v1 + 1",
    "sin x * y": "v1 = sin(x); v2 = v1 * y",
    "sin x / 2": "v1 = sin(x); v2 = v1 / 2",
    "sin x cos y": "v1 = sin(x); v2 = cos(y); v3 = v1 * v2",
    "sin cos x": "v1 = cos(x); v2 = sin(v1)",
    "2 sin x": "v1 = sin(x); v2 = 2 * v1",
    "sqrt 4x": "v1 = 4 * x; v2 = sqrt(v1)",
    "log2 x": "v1 = log2(x)",
    "sin |x|": "v1 = abs(x); v2 = sin(v1)",
    # Powers of a function.
    "sin^2(x)": "v1 = sin(x); v2 = v1 ** 2",
    "sin^2 x": "v1 = sin(x); v2 = v1 ** 2",
    "sin**2(x)": "v1 = sin(x); v2 = v1 ** 2",
    "sin²x": "v1 = sin(x); v2 = v1 ** 2",
    "sin²(x)": "v1 = sin(x); v2 = v1 ** 2",
    "sin^2 2x": "v1 = 2 * x; v2 = sin(v1); v3 = v2 ** 2",
    "sin(x)^2": "v1 = sin(x); v2 = v1 ** 2",
    # Signs of the printed page.
    "x²": "v1 = x ** 2",
    "x²³": "v1 = x ** 23",
    "x⁻²": "v1 = x ** (-2)",
    "2x²": "v1 = x ** 2; v2 = 2 * v1",
    "x−y": "v1 = x - y",
    "−x": "v1 = -x",
    "x×y": "v1 = x * y",
    "x·y": "v1 = x * y",
    "x÷y": "v1 = x / y",
    "√x": "v1 = sqrt(x)",
    "√(x²+y²)": "v1 = x ** 2; v2 = y ** 2; v3 = v1 + v2; v4 = sqrt(v3)",
    "√2x": "v1 = sqrt(2); v2 = v1 * x",
    "2√x": "v1 = sqrt(x); v2 = 2 * v1",
    "∛x": "v1 = cbrt(x)",
    "π r²": "v1 = r ** 2; v2 = pi * v1",
    "α + β": "v1 = α + β",
    "µ + μ": "v1 = µ + μ",
    "lambda*x": "v1 = lambda * x",
    # Bars.
    "|x|": "v1 = abs(x)",
    "||x|-1|": "v1 = abs(x); v2 = v1 - 1; v3 = abs(v2)",
    "|x||y|": "v1 = abs(x); v2 = abs(y); v3 = v1 * v2",
    "2|x|y": "v1 = abs(x); v2 = 2 * v1; v3 = v2 * y",
    "|x|²": "v1 = abs(x); v2 = v1 ** 2",
    "|-x|": "v1 = -x; v2 = abs(v1)",
    "(|x|)": "v1 = abs(x)",
    "|(x)|": "v1 = abs(x)",
    # Names of functions and constants.
    "ln(x)": "v1 = log(x)",
    "log(x)": "v1 = log(x)",
    "log(x, 2)": "v1 = log(x, 2)",
    "arctan(x)": "v1 = atan(x)",
    "arsinh(x)": "v1 = asinh(x)",
    "e^x": "v1 = e ** x",
    "pi x": "v1 = pi * x",
    "max(x, y, z)": "v1 = max(x, y, z)",
    "min(x)": "v1 = min(x)",
    # Conditions.
    "where(x > 0, x, -x)": "v1 = x > 0; v2 = -x; v3 = where(v1, x, v2)",
    "a < b <= c": "v1 = a < b; v2 = b <= c; v3 = v1 and v2",
    "a ≤ b": "v1 = a <= b",
    "a ≥ b": "v1 = a >= b",
    "a ≠ b": "v1 = a != b",
    "not a == b": "v1 = a == b; v2 = not v1",
    "a or b and c": "v1 = b and c; v2 = a or v1",
    "a ∨ b ∧ ¬c": "v1 = not c; v2 = b and v1; v3 = a or v2",
    "a + 1 > b and c": "v1 = a + 1; v2 = v1 > b; v3 = v2 and c",
    # Lines within brackets, and remarks.
    "(a\n+ b)": "v1 = a + b",
    "max(a,\n    b)": "v1 = max(a, b)",
    "a + b  # the sum": "v1 = a + b",
    "\n\na\n\n": "",
    "a;": "",
}
"""Text → its rows, joined by semicolons."""


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_rows(text: str) -> None:
    program = parse(text)
    lines = program.to_text().splitlines()
    assert "; ".join(lines[: len(program.rows)]) == EXPRESSIONS[text]
    assert program.output_names == ("f",)
    (output,) = program.outputs
    assert output == (program.rows or program.inputs)[-1]


def test_equal_rows_are_one_unless_sharing_is_off() -> None:
    text = "sin(x) + sin(x)"
    assert parse(text).to_text() == "v1 = sin(x)\nv2 = v1 + v1\nv2"
    assert len(parse(text, share=False).rows) == 3


READINGS = {
    "sin 2x": ("`sin 2x` is one argument", "sin 2x"),
    "3 + sin x y + 1": ("`sin x y` is one argument", "sin x y"),
    "1/2x": ("`1/2x` divides first", "1/2x"),
    "a/b c": ("`a/b c` divides first", "a/b c"),
    "x(y+1)": ("`x(` is read as a product", "x("),
    "2 + x^y^z": ("`x^y^z`", "x^y^z"),
}


@pytest.mark.parametrize("text", READINGS)
def test_a_reading_one_could_doubt_is_shown_back(text: str) -> None:
    (note,) = parse(text).notes
    message, part = READINGS[text]
    assert message in note.message
    assert text[slice(*note.span)] == part


@pytest.mark.parametrize(
    "text", ["sin x", "2x", "x^y", "f(x) = x(x + 1)", "a/(b c)", "a/b*c", "|x| y", "sin(x) y"]
)
def test_a_clear_reading_needs_no_note(text: str) -> None:
    assert not parse(text).notes


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("ln(x1) + x1*x2 - sin(x2)", ["ln(x1)", "x1*x2", "sin(x2)", "ln(x1) + x1*x2", ...]),
        ("-x^2", ["x^2", "-x^2"]),
        ("sin^2 x + |y|", ["sin^2 x", "sin^2 x", "|y|", "sin^2 x + |y|"]),
        ("(a + b) * c", ["a + b", "(a + b) * c"]),
        ("y = a + b\nz = y²", ["a + b", "y²"]),
    ],
)
def test_each_row_knows_where_it_was_written(text: str, written: list[object]) -> None:
    program = parse(text)
    found = []
    for slot in program.rows:
        span = program.span(slot)
        assert span is not None
        found.append(text[slice(*span)])
    for part, want in zip(found, written, strict=True):
        assert want in (part, ...)


@pytest.mark.parametrize(
    ("text", "exact"),
    [("0.1", "1/10"), ("1e-3", "1/1000"), ("2.50", "5/2"), (".5", "1/2"), ("7.", "7")],
)
def test_a_number_means_what_was_written(text: str, exact: str) -> None:
    program = parse(f"{text} x")
    (constant,) = program.constants.values()
    assert str(constant.fraction) == exact
    assert constant.value == float(text)
