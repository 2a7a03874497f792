"""The graph as a TikZ picture."""

import re
import shutil
import subprocess

import pytest

import adexplain as ad
from adexplain.export.formats import FORMATS, Style
from adexplain.export.tikz import document, tikz

GRIEWANK = ("(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))", [1.5, 0.5])
CASES = {
    "griewank": GRIEWANK,
    "polynomial": ("3*x^5 - 2*x^4 + 7*x^3 - x^2 + 5*x - 11", [1.5]),
    "branch": ("where(x > 0 and x < 3, x*log(x), x^2)", [-2]),
    "names": ("long_name_1*rate_out + x_/α", [1, 2, 3, 4]),
    "odd": ("[|x|, sqrt(x), cbrt(x), floor(x), x < 1, not x, 1/3, 1e-12*x]", [2]),
    "input": ("x", [1]),
    "constant": ("2*pi", []),
    "nan": ("log(x)/y", [-1, 0]),
    "softmax": ("m = max(z1, z2, z3)\ns = exp(z1 - m) + exp(z2 - m)\nlog(s) + m - z2", [2, 1, -1]),
}


def _has_tikz():
    if shutil.which("pdflatex") is None or shutil.which("kpsewhich") is None:
        return False
    return bool(subprocess.run(["kpsewhich", "tikz.sty"], capture_output=True, check=False).stdout)


@pytest.mark.skipif(not _has_tikz(), reason="there is no pdflatex with TikZ here")
@pytest.mark.parametrize(
    ("case", "mode"), [*((case, "both") for case in CASES), ("griewank", "forward")]
)
def test_it_compiles_on_one_page(case, mode, tmp_path):
    text, at = CASES[case]
    (tmp_path / "graph.tex").write_text(document(tikz(ad.explain(text, at, mode=mode))), "utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "graph.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    said = done.stdout.decode(errors="replace")
    assert done.returncode == 0, said[-2000:]
    assert "(1 page," in said
    assert "Overfull" not in said


@pytest.mark.parametrize("case", CASES)
def test_braces_and_environments_are_balanced(case):
    text = tikz(ad.explain(*CASES[case]))
    plain = text.replace(r"\{", "").replace(r"\}", "")
    assert plain.count("{") == plain.count("}")
    assert text.count(r"\begin") == text.count(r"\end") == 1
    for line in re.findall(r"^\\(?:draw|node).*$", text, re.MULTILINE):
        assert line.endswith(";")


def test_values_names_and_partials_are_there():
    text = tikz(ad.explain(*GRIEWANK))
    assert "{$v_{4}$}" in text
    assert r"{$\bar{v}_{4}$}" in text
    assert "{$2.8437$}" in text
    assert "{$1.4924$}" in text
    assert text.count(r"\draw[forward]") == text.count(r"\draw[back]") == 10


def test_forward_mode_has_tangents():
    text = tikz(ad.explain(*GRIEWANK, mode="forward"))
    assert r"\dot{v}_{6}" in text
    assert r"\draw[back]" not in text


def test_it_needs_no_library():
    assert "usetikzlibrary" not in document(tikz(ad.explain(*GRIEWANK)))


def test_the_registry_makes_a_document_of_it():
    form = FORMATS["tikz"]
    text = form.explanation(ad.explain(*GRIEWANK), Style())
    assert form.document(text).startswith(r"\documentclass")
