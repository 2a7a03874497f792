"""Formulas as the books print them."""

import pytest

import adexplain


@pytest.mark.parametrize(
    ("text", "formula", "rows"),
    [
        ("-2*x", r"-2 \, x", [r"-2 \, x"]),
        ("-2*abs(x)", r"-2 \, \left|x\right|", [r"\left|x\right|", r"-2 \, v_{1}"]),
        ("-1.5*x + 1", r"-1.5 \, x + 1", [r"-1.5 \, x", "v_{1} + 1"]),
        ("3 - -2*x", r"3 - \left(-2 \, x\right)", [r"-2 \, x", "3 - v_{1}"]),
        ("(-2*x)^2", r"\left(-2 \, x\right)^{2}", [r"-2 \, x", "v_{1}^{2}"]),
        ("x*-2", r"x \, \left(-2\right)", [r"x \, \left(-2\right)"]),
    ],
)
def test_a_negative_number_leads_a_product_without_brackets(text, formula, rows):
    explanation = adexplain.explain(text, {"x": 3})
    assert explanation.formula == [f"f = {formula}"]
    assert [row.latex for row in explanation.rows] == rows
