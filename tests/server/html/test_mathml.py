import pytest

from adexplain.server.html.mathml import LONGEST, inline_fractions, typeset


@pytest.mark.parametrize(
    ("latex", "line"),
    [
        (r"\frac{x_{1}}{x_{2}}", "x_{1} / x_{2}"),
        (
            r"\frac{\dot{x}_{1} - v_{1} \dot{x}_{2}}{x_{2}}",
            r"(\dot{x}_{1} - v_{1} \dot{x}_{2}) / x_{2}",
        ),
        (r"-\frac{v_{1}}{x_{2}}", "-v_{1} / x_{2}"),
        (r"\frac{1}{2 x}", "1 / (2 x)"),
        (r"\frac{a \, b}{c}", r"a \, b / c"),
        (r"\frac{\sin a}{b}", r"(\sin a) / b"),
        (r"\frac{a}{b} + \frac{c}{d}", "a / b + c / d"),
        # These would be read differently, or not at all.
        (r"\frac{a}{b} c", r"\frac{a}{b} c"),
        (r"e^{\frac{a}{b}}", r"e^{\frac{a}{b}}"),
    ],
)
def test_fractions_in_a_line(latex, line):
    assert inline_fractions(latex) == line


def test_markup_in_a_formula_is_text():
    assert "<script" not in typeset(r"\text{<script>alert(1)</script>}")
    assert "<img" not in typeset(r"<img src=x onerror=alert(1)>")
    assert "<b>" not in typeset(r"\nosuchcommand <b>")


def test_what_nobody_could_read_is_not_typeset():
    assert "math" not in typeset("x" * (LONGEST + 1))
