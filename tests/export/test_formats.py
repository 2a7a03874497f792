"""Markdown, LaTeX, CSV and JSON of explanations and comparisons."""

import csv
import io
import json
import re
import shutil
import subprocess

import pytest
from math_core import LatexToMathML

import adexplain as ad
from adexplain.errors import InputError
from adexplain.export.formats import FORMATS, Style, document
from adexplain.export.json_csv import COLUMNS
from adexplain.export.latex import escaped, latex
from adexplain.export.markdown import cell, markdown
from adexplain.export.style import width_of

CASES = {
    "baydin": ("ln(x1) + x1*x2 - sin(x2)", [2, 5]),
    "griewank": ("(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))", [1.5, 0.5]),
    "kinks": ("|x| + max(x, y) + relu(y)", [0, 0]),
    "branch": ("where(x > 0 and x < 3, x*log(x), x^2)", [-2]),
    "undefined": ("log(x) + 1/y + (-8)**(1/3)*x", [-1, 0]),
    "outputs": ("[r*cos(t), r*sin(t)]", [2, 1]),
    "names": ("long_name_1*rate_out + x_/α", [1, 2, 3, 4]),
    "tiny": ("x*1e-300 + floor(x)*ceil(x) + round(x)", [1e-7]),
    "input": ("x", [1]),
    "constant": ("2*pi", []),
    "special": ("erf(x)*gamma(x) + hypot(x, y) + mod(x, y) + log(x, y) + atan2(x, y)", [2, 3]),
}
CONVERTER = LatexToMathML(fancy_error=False)


@pytest.fixture(params=CASES)
def explanation(request):
    return ad.explain(*CASES[request.param])


@pytest.fixture(scope="module")
def comparison():
    return ad.compare("x*exp(-x^2) + abs(y)", [0.3, 0]).to_dict()


def test_markdown_tables_are_rectangular_and_their_formulas_can_be_typeset(explanation):
    text = markdown(explanation)
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        counts = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(counts) == 1, table
    formulas = re.findall(r"\$\$(.+?)\$\$|(?<!\$)\$([^$]+)\$(?!\$)", text)
    assert formulas
    for formula in formulas:
        CONVERTER.convert_with_local_state("".join(formula), displaystyle=False)


def test_latex_is_balanced_and_its_formulas_can_be_typeset(explanation):
    text = latex(explanation)
    assert text.count("{") - text.count(r"\{") == text.count("}") - text.count(r"\}")
    begun = re.findall(r"\\begin\{(\w+\*?)\}", text)
    assert begun == [*begun]
    assert sorted(begun) == sorted(re.findall(r"\\end\{(\w+\*?)\}", text))
    for formula in re.findall(r"(?<!@\{)\$([^$]+)\$", re.sub(r"@\{[^&]*?\}\$\}", "", text)):
        if "blacktriangle" not in formula and formula != r"{}={}":
            CONVERTER.convert_with_local_state(formula, displaystyle=False)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no pdflatex here")
@pytest.mark.parametrize("case", CASES)
def test_latex_compiles(case, tmp_path):
    (tmp_path / "trace.tex").write_text(document(latex(ad.explain(*CASES[case]))), "utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "trace.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no pdflatex here")
def test_latex_of_a_comparison_compiles(comparison, tmp_path):
    text = FORMATS["latex"].comparison(comparison, Style())
    (tmp_path / "c.tex").write_text(document(text), "utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "c.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]


def test_latex_prints_the_books_table():
    text = latex(ad.explain(*CASES["griewank"]))
    assert r"$v_{2}$ & $\sin  v_{1}$ & $0.14112$" in text
    assert r"\mathrel{{+}{=}} \bar{v}_{5} \cdot 1$ & $1.3513 \times 1$ & $1.3513$" in text
    assert text.count(r"\toprule") == text.count(r"\bottomrule") == 2


def test_exact_values_take_the_place_of_decimals():
    explanation = ad.explain("sin(x)", {"x": "pi/3"}, exact=True)
    assert r"\frac{\sqrt{3}}{2}" in markdown(explanation)
    assert r"\frac{\sqrt{3}}{2}" in latex(explanation)


def test_csv_has_every_number_with_all_digits():
    explanation = ad.explain(*CASES["griewank"])
    text = FORMATS["csv"].explanation(explanation, Style())
    lines = list(csv.DictReader(io.StringIO(text)))
    assert tuple(lines[0]) == COLUMNS
    kinds = [line["kind"] for line in lines]
    assert [kinds.count(k) for k in ("input", "row", "output", "seed", "contribution")] == (
        [2, 6, 1, 1, len(explanation.contributions)]
    )
    last = [line for line in lines if line["kind"] == "row"][-1]
    assert float(last["value"]) == explanation.rows[-1].value
    assert lines[-1]["name"] == "df/dx2"
    assert float(lines[-1]["value"]) == explanation.gradient["x2"]


def test_a_notebook_and_print_show_it():
    explanation = ad.explain("x*y", [1, 2])
    assert explanation._repr_markdown_() == markdown(explanation)
    assert "∂f/∂x = 2" in str(explanation)


def test_words_survive_latex_and_markdown():
    assert escaped("50% of a_1 & {b} ≥ `x`") == (r"50\% of a\_1 \& \{b\} $\ge$ \texttt{x}")
    assert cell("a|b*c_d") == r"a\|b\*c\_d"


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.comparison])
def test_comparisons_in_every_format(comparison, name):
    text = FORMATS[name].comparison(comparison, Style())
    assert text.endswith("\n")
    assert "Reverse AD" in text
    if name == "json":
        assert json.loads(text) == comparison
    if name == "csv":
        lines = list(csv.DictReader(io.StringIO(text)))
        assert len(lines) == 2 * len(comparison["methods"])


@pytest.mark.parametrize("width", [72, 80, 120])
def test_no_line_of_a_comparison_is_wider_than_the_screen(comparison, width):
    text = FORMATS["table"].comparison(comparison, Style(width=width))
    assert max(map(width_of, text.splitlines())) <= width


def test_a_method_without_an_answer_says_why(comparison):
    text = FORMATS["table"].comparison(comparison, Style())
    assert "Complex step: abs is not analytic" in text


def test_a_comparison_says_the_verdict_first(comparison):
    lines = FORMATS["table"].comparison(comparison, Style()).splitlines()
    assert lines[1][1] in "✓✗"
    assert comparison["verdict"]["claim"].split()[0] in lines[1]
    ascii_only = FORMATS["table"].comparison(comparison, Style(unicode=False))
    assert "####" in ascii_only


def test_json_refuses_what_json_cannot_hold():
    with pytest.raises(InputError):
        ad.explain("x + ", [1])
    text = FORMATS["json"].explanation(ad.explain("1/x", [0]), Style())
    assert json.loads(text)["gradient"] == {"x": "-inf"}
