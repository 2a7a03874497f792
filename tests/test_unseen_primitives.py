"""A primitive is one row, and one kernel where Python lacks it: six are added to a copy of the
project, and the tests' loops over the table are run for them there, with no other edit."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
PARTS = ("adexplain", "benchmarks", "docs", "lessons", "tests", "web")
FILES = ("CONTRIBUTING.md", "README.md", "pyproject.toml")

ROWS = r"""
haversine hav | haversine(a)  | loop | sin(a) / 2             |                       | (1 - cos(a)) / 2 | \operatorname{hav}{a:f}   | The slope of a haversine is half the sine.
xlog1py       | xlog1py(a, b) | loop | log1p(b) ; a / (1 + b) | needs b > -1          | a * log(1 + b)   | {a:61} \, \ln(1 + {b}) @60 | Each factor is scaled by the other one.
leaky         | leaky(a)      | loop | where(a > 0, 1, 0.1)   | kink at a == 0 -> 0.1 | max(a, a / 10)   | \operatorname{leaky}{a:f} | A negative value passes a tenth of the slope.
invsquare     | invsquare(a)  | loop | -2 * y / a             | needs a != 0          | 1 / a ** 2       | \frac{1}{{a:91}^{2}} @85  | One over a square falls off with the cube.
ramp          | ramp(a; slope=0.1) | loop | where(a > 0, 1, slope) | kink at a == 0 -> slope | max(a, slope * a) | \operatorname{ramp}_{slope}{a:f} | A negative value passes {slope} of the slope.
sumexp        | sumexp(a, ...)     | loop | exp(a)               |                        | exp(a) + ...      | \operatorname{sumexp}({...}) | Each argument adds its own exponential.
"""
KERNELS = """

@kernel()
def haversine(a: float) -> float:
    half = sin(a / 2.0)  # 1 - cos(a) would cancel for small a
    return half * half


@kernel(fails=lambda a, b: -a * inf if b == -1.0 and a else nan)
def xlog1py(a: float, b: float) -> float:
    return a * log1p(b)


@kernel()
def leaky(a: float) -> float:
    return a if a > 0.0 else a * 0.1


@kernel()
def ramp(a: float, slope: float) -> float:
    return a if a > 0.0 else a * slope


@kernel(fails=inf)
def sumexp(*arguments: float) -> float:
    return math.fsum(map(exp, arguments))


@kernel(fails=inf)
def invsquare(a: float) -> float:
    return 1.0 / a / a
"""
NAMES = ("haversine", "xlog1py", "leaky", "invsquare", "ramp", "sumexp")


DEMANDED = {
    "parsing": "test_every_spelling_is_the_primitive",
    "values": "test_value",
    "partials": "test_partials_against_sympy",
    "second derivatives": "test_second_derivatives_against_mpmath",
    "statuses": "test_nothing_else_is_an_edge",
    "no exceptions": "test_no_float_raises_or_turns_complex",
    "NumPy": "test_every_primitive_on_arrays",
    "high precision": "test_every_primitive_agrees_with_its_kernel",
    "SymPy": "test_every_primitive",
    "words": "test_every_primitive_has_words_in_every_sweep",
    "reference page": "test_every_primitive_has_a_page",
    "search": "test_every_primitive_is_found_by_each_of_its_spellings",
}
"""What follows from a row → the test of it, in the loops over the table."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the rows and kernels added."""
    root = tmp_path_factory.mktemp("project")
    for part in PARTS:
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    for file in FILES:
        shutil.copy(ROOT / file, root / file)
    table = root / "adexplain" / "primitives" / "rule_table.py"
    text, end = table.read_text("utf-8"), '"""\n# fmt: on'
    assert text.count(end) == 1
    table.write_text(text.replace(end, ROWS.lstrip("\n") + end), "utf-8")
    with (root / "adexplain" / "primitives" / "kernels.py").open("a", encoding="utf-8") as file:
        file.write(KERNELS)
    return root


def python(project: Path, *words: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(project)}
    done = subprocess.run(
        [sys.executable, *words], cwd=project, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    return done.stdout


def test_the_loops_over_the_table_hold_for_them(project: Path) -> None:
    words = ["-m", "pytest", "-v", "-p", "no:cacheprovider", "-k", " or ".join(NAMES)]
    words += ["--ignore=tests/browser", "--ignore=tests/test_unseen_primitives.py"]
    passed = set(re.findall(r"::(test_\w+)\[(\w+).*\] PASSED", python(project, *words)))
    missing = [
        (what, name)
        for what, test in DEMANDED.items()
        for name in NAMES
        if (test, name) not in passed
    ]
    assert not missing


OTHER_SETTING = """
import json
import adexplain as ad
from fastapi.testclient import TestClient
from adexplain.server import create_app
text = "ramp(x*y, slope=0.25)*x"
at = {"x": 2.0, "y": -3.0}
explanation = ad.explain(text, at, exact=True)
page = TestClient(create_app()).get("/", params={"f": text, "at.x": "2", "at.y": "-3", "step": "2"})
print(json.dumps({
    "text": ad.parse(text).to_text(),
    "again": ad.parse(ad.parse(text).to_text()).to_text(),
    "default": ad.parse("ramp(x, slope=0.1)").ops,
    "gradient": explanation.gradient,
    "exact": [row.exact["value"] for row in explanation.rows],
    "latex": explanation.rows[1].latex,
    "hessian": ad.hessian(text)(at),
    "python": ad.compile(text)(2.0, -3.0),
    "numpy": [float(n[0]) for n in ad.compile(text, backend="numpy")([2.0], [-3.0])[1]],
    "verdict": ad.compare(text, at).to_dict()["verdict"],
    "page": page.status_code,
    "on it": "ramp(" in page.text,
}))
"""


def test_an_attribute_is_part_of_the_operation(project: Path) -> None:
    found = json.loads(python(project, "-c", OTHER_SETTING))
    assert found["text"].splitlines()[1] == "v2 = ramp(v1, slope=0.25)"
    assert found["again"] == found["text"]
    assert found["default"] == ["input", "ramp"]
    assert found["gradient"] == {"x": -3.0, "y": 1.0}
    assert found["exact"] == ["-6", "-3/2", "-3"]
    assert found["latex"] == r"\operatorname{ramp}_{0.25}\left(v_{1}\right)"
    assert found["hessian"] == [[-1.5, 1.0], [1.0, 0.0]]
    assert found["python"] == [-3.0, [-3.0, 1.0]]
    assert found["numpy"] == [-3.0, 1.0]
    assert (found["page"], found["on it"]) == (200, True)
