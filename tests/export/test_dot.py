"""The graph in Graphviz' language."""

import re
import shutil
import subprocess

import pytest

import adexplain as ad
from adexplain.export.dot import dot, quoted

GRIEWANK = ("(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))", [1.5, 0.5])
STRING = r'"(?:[^"\\]|\\.)*"'
ATTRIBUTES = rf"\[\w+=(?:\w+|{STRING})(?:, \w+=(?:\w+|{STRING}))*\]"
LINE = re.compile(
    rf"digraph {STRING} \{{|\}}|  rankdir=LR;|  (?:node|edge) {ATTRIBUTES};"
    rf"|  n\d+ {ATTRIBUTES};|  n\d+ -> n\d+(?: {ATTRIBUTES})?;"
)
CASES = {
    "griewank": GRIEWANK,
    "square": ("x*x", [3]),
    "branch": ("where(x > 0 and x < 3, x*log(x), x^2)", [-2]),
    "names": ("long_name_1*rate_out + x_/α", [1, 2, 3, 4]),
    "input": ("x", [1]),
    "constant": ("2*pi", []),
    "nan": ("log(x)/y", [-1, 0]),
    "lines": ("a = x*y\nb = sin(a)", [1, 2]),
}


@pytest.mark.parametrize("case", CASES)
def test_every_line_is_of_the_language(case):
    for line in dot(ad.explain(*CASES[case])).splitlines():
        assert LINE.fullmatch(line), line


@pytest.mark.skipif(shutil.which("dot") is None, reason="there is no Graphviz here")
@pytest.mark.parametrize("case", CASES)
def test_graphviz_reads_it(case):
    text = dot(ad.explain(*CASES[case]))
    done = subprocess.run(["dot", "-Tdot"], input=text.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""


def test_values_are_in_the_nodes_and_partials_at_the_edges():
    text = dot(ad.explain(*GRIEWANK))
    assert r'n5 [label="v4 = v1 - v3\n1.3513\ntangent 2.0000\nadjoint 2.8437"];' in text
    assert 'n5 -> n7 [label="1.4924"];' in text
    assert text.count(" -> ") == 10
    assert text.count("peripheries=2") == 1


def test_a_square_has_two_edges():
    assert dot(ad.explain("x*x", [3])).count("n0 -> n1") == 2


def test_quotes_and_backslashes_are_escaped():
    assert quoted('a "b" \\n', "c") == r'"a \"b\" \\n\nc"'


def test_a_long_trace_is_whole():
    text = "\n".join(["a1 = sin(x)", *(f"a{k} = sin(a{k - 1})" for k in range(2, 401))])
    assert dot(ad.explain(text, [1.0])).count(" -> ") == 400
