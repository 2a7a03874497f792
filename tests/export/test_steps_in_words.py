"""The steps in words as text, data and Markdown."""

import json
import re

import pytest
from math_core import LatexToMathML

import adexplain as ad
from adexplain.export.formats import Style
from adexplain.export.steps_in_words import MAX_STEPS, steps_json, steps_markdown, steps_text
from adexplain.export.style import width_of

CASES = [
    ("(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))", [1.5, 0.5]),
    ("|x| + max(x, y) + relu(y)*x^2", [0, 0]),
    ("where(x > 0 and x <= 3, x*log(x), x^-2)", [-2]),
    ("log(x) + 1/y + (-8)**(1/3)*x*1e-300", [-1, 0]),
    ("2*pi", []),
]
CONVERTER = LatexToMathML(fancy_error=False)


@pytest.fixture(params=CASES, ids=lambda case: case[0])
def explanation(request):
    return ad.explain(*request.param)


def test_every_step_is_told_within_the_width(explanation):
    text = steps_text(explanation, Style(width=80))
    assert all(width_of(line) <= 80 for line in text.splitlines())
    numbers = [int(n) for n in re.findall(r"^ {1,3}(\d+)  ", text, re.MULTILINE)]
    assert numbers == [*range(1, explanation.stepping.total + 1)]


def test_a_screen_without_accents_gets_words_for_them(explanation):
    text = steps_text(explanation, Style(unicode=False))
    assert text.isascii()
    assert ("_bar" in text) == ("̄" in steps_text(explanation, Style()))


def test_one_step_has_its_why(explanation):
    for number in range(1, explanation.stepping.total + 1):
        data = json.loads(steps_json(explanation, Style(step=number)))
        (step,) = data["steps"]
        assert step["number"] == number
        text = " ".join(steps_text(explanation, Style(step=number)).split())
        assert step["label"] in text
        assert (step["why"] or "") in text
        assert (step["note"] or "") in text


def test_formulas_of_the_markdown_can_be_typeset(explanation):
    for step in (None, 1):
        text = steps_markdown(explanation, Style(step=step))
        formulas = re.findall(r"\$([^$]+)\$", text)
        assert formulas
        for formula in formulas:
            CONVERTER.convert_with_local_state(formula, displaystyle=False)
            assert not re.search(r"\\[,;|]", formula)  # Markdown would take the slash away


def test_a_long_trace_says_what_is_left_out():
    explanation = ad.explain("+".join(f"sin({k}*x)" for k in range(1, 400)), {"x": 1})
    more = explanation.stepping.total - MAX_STEPS
    assert more > 0
    for write in (steps_text, steps_markdown):
        assert f"{more:,} more steps are not told" in write(explanation, Style())
    last = steps_text(explanation, Style(step=explanation.stepping.total))
    assert "This completes x̄ = ∂f/∂x." in " ".join(last.split())
