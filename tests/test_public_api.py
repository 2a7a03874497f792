"""The names people import, and that importing them is cheap."""

import inspect
import json
import subprocess
import sys
from importlib.metadata import version

import pytest

import adexplain as ad

HEAVY = ("sympy", "mpmath", "fastapi", "uvicorn", "numpy", "pebble", "multiprocessing", "ziamath")
FUNCTIONS = {
    "explain": "f at mode seed exact",
    "compare": "f at output claims",
    "parse": "text share",
    "value_and_grad": "f",
    "grad": "f",
    "jvp": "f primals tangents",
    "vjp": "f primals named",
    "jacobian": "f mode",
    "hessian": "f",
    "hvp": "f primals v",
    "compile": None,
    "source": "f mode",
}


def python(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.parametrize("name", FUNCTIONS)
def test_public_functions_and_their_parameters(name):
    function = getattr(ad, name)
    assert name in ad.__all__
    assert function.__doc__
    if FUNCTIONS[name] is not None:
        assert list(inspect.signature(function).parameters) == FUNCTIONS[name].split()


def test_all_is_what_there_is():
    assert set(ad.__all__) == {
        *FUNCTIONS, "AdexplainError", "BudgetError", "Comparison", "Explanation", "InputError",
        "Program",
    }  # fmt: skip


def test_importing_is_light():
    code = (
        f"import adexplain, sys, json; print(json.dumps([m for m in {HEAVY} if m in sys.modules]))"
    )
    assert json.loads(python(code)) == []


def test_explaining_needs_no_symbolic_mathematics():
    code = (
        "import adexplain as ad, sys\n"
        "print(ad.explain('x*y', [1, 2]), ad.source('x*y'), ad.grad('x*y')(1, 2))\n"
        f"print([m for m in {HEAVY} if m in sys.modules])"
    )
    assert python(code).splitlines()[-1] == "[]"


def test_the_command_line_imports_no_web_server():
    code = (
        "import adexplain.cli.main, sys\n"
        f"print([m for m in {HEAVY} if m in sys.modules and m != 'multiprocessing'])"
    )
    assert python(code) == "[]\n"


@pytest.mark.parametrize(
    "first", ["adexplain.explanation.explain", "adexplain.comparison.compare", "adexplain.server"]
)
def test_modules_do_not_hide_the_functions_of_the_same_name(first):
    names = "adexplain.explain, adexplain.compare"
    code = f"import {first}, adexplain\nprint(*map(callable, ({names})))"
    assert python(code) == "True True\n"


def test_one_version():
    assert ad.__version__ == version("adexplain")


def test_five_ways_to_the_same_gradient():
    text, point = "ln(x1) + x1*x2 - sin(x2)", {"x1": 2, "x2": 5}
    expected = ad.explain(text, point).gradient
    assert ad.grad(text)(point) == pytest.approx(expected, rel=1e-15)
    assert ad.value_and_grad(text)(point)[1] == pytest.approx(expected, rel=1e-15)
    assert ad.jacobian(text)(point) == [pytest.approx(list(expected.values()), rel=1e-15)]
    reverse = [m for m in ad.compare(text, point).to_dict()["methods"] if m["name"] == "Reverse AD"]
    assert reverse[0]["gradient"] == pytest.approx(expected, rel=1e-15)


def test_errors_are_one_family():
    assert issubclass(ad.BudgetError, ad.InputError)
    assert issubclass(ad.InputError, ad.AdexplainError)
    with pytest.raises(ad.InputError, match=r"`y` has no value"):
        ad.explain("x*y", {"x": 1})
