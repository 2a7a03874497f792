"""The notebook: valid, run by a real kernel, and the same trace."""

import json
import warnings
from functools import lru_cache

import nbformat
import pytest

import adexplain as ad
from adexplain.export.formats import FORMATS, Style
from adexplain.export.notebook import CODE_ROWS, notebook

GRIEWANK = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"
CASES = {
    "griewank": (GRIEWANK, [1.5, 0.5]),
    "kink": ("abs(x - 1) + max(x, y)", [1, 1]),
    "undefined": ("log(x) + 0/y", [-1, 0]),
    "outputs": ("[r*cos(t), r*sin(t)]", {"r": 2, "t": "pi/3"}, "reverse", {"f2": 1}),
    "forward": ("x*y + sin(x)", [2, 3], "forward", {"x": 0.5, "y": 1}),
    "lines": ('u = x*y  # the "product"\nsin(u)', [1, 2]),
    "exact": ("sin(x)^2", {"x": "pi/3"}, "both", None, True),
    "unshared": (ad.parse("x*y + sin(x*y)", share=False), [1, 2]),
    "constant": ("2*pi", []),
    "long": ("+".join(f"sin({k}*x)" for k in range(1, CODE_ROWS)), [0.5]),
}


@lru_cache
def made(case):
    return ad.explain(*CASES[case])


def read(explanation):
    return nbformat.reads(notebook(explanation), as_version=4)


def code(book):
    return {cell.id: cell.source for cell in book.cells if cell.cell_type == "code"}


@pytest.fixture(scope="module")
def execute():
    """Run a notebook in a kernel of this Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the kernel's client, not of ours
        from nbclient import NotebookClient

    def execute(book):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            NotebookClient(book, timeout=120, kernel_name="python3").execute()
        return {cell.id: cell.outputs for cell in book.cells if cell.cell_type == "code"}

    return execute


@pytest.mark.parametrize("case", CASES)
def test_it_is_valid_and_the_same_every_time(case):
    book = read(made(case))
    nbformat.validate(book)
    assert notebook(made(case)) == notebook(made(case))
    identifiers = [cell.id for cell in book.cells]
    assert len(set(identifiers)) == len(identifiers)


@pytest.mark.parametrize("case", ["griewank", "outputs"])
@pytest.mark.slow
def test_a_kernel_runs_it(execute, case):
    outputs = execute(read(made(case)))
    assert outputs["trace"][0].data["text/markdown"] == made(case)._repr_markdown_()
    assert "All methods agree" in outputs["comparison"][0].data["text/plain"]
    if case == "griewank":
        assert "-13.72396" in outputs["gradient"][0].data["text/plain"]
        assert "-13.72396" in outputs["run"][0].data["text/plain"]


@pytest.mark.parametrize("case", CASES)
def test_its_cells_make_the_same_trace(case):
    explanation, cells = made(case), code(read(made(case)))
    names = {}
    for source in cells.values():
        exec(source, names)
    assert names["explanation"].to_dict() == explanation.to_dict()


def test_what_is_not_usual_is_kept():
    assert code(read(made("outputs")))["trace"].startswith(
        'explanation = ad.explain(f, at, mode="reverse", seed={"f2": 1.0})'
    )
    assert '"x": "pi/3"' in code(read(made("exact")))["function"]
    assert "exact=True" in code(read(made("exact")))["trace"]
    assert "share=False" in code(read(made("unshared")))["function"]
    assert 'output="f2"' in code(read(made("outputs")))["comparison"]


def test_doubts_are_said_and_what_would_raise_is_not_run():
    book = read(made("undefined"))
    assert "run" not in code(book)
    assert any("▲ **undefined**" in cell.source for cell in book.cells)
    assert "run" in code(read(made("kink")))


def test_text_cannot_leave_its_string():
    text = "x  # \"\"\" + '''\\"
    source = code(read(ad.explain(text, [1])))["function"]
    names = {}
    exec(source, names)
    assert names["f"] == text


def test_ascii_where_nothing_else_can_be_shown():
    text = FORMATS["notebook"].explanation(made("kink"), Style(unicode=False))
    assert text.isascii()
    assert json.loads(text) == json.loads(notebook(made("kink")))
