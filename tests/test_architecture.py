"""The package keeps to its plan: imports go one way; folders, files and functions stay small."""

import ast
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from tests import layers

ROOT = Path(__file__).parent.parent
MODULES = layers.sources(ROOT)
ORDERED = [name for name in sorted(layers.packages(MODULES)) if layers.order(MODULES, name)]

LINES_OF_A_FILE, LINES_OF_A_FUNCTION = 400, 60
FILES_OF_A_FOLDER, FILES_OF_THE_ROOT = 24, 12


def tracked(*patterns):
    """Files under version control, and those that are about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for line in listed.splitlines() if (path := ROOT / line).is_file()]


FILES = tracked()


def test_the_packages_that_say_their_order():
    assert ORDERED == [
        "adexplain",
        "adexplain.practice.marking",
        "adexplain.server",
        "adexplain.server.explorer",
    ]


@pytest.mark.parametrize("package", ORDERED)
def test_every_layer_has_its_place_in_the_order(package):
    children = {
        name.removeprefix(f"{package}.").split(".")[0]
        for name in MODULES
        if name.startswith(f"{package}.")
    }
    assert children - {"__main__"} == set(layers.order(MODULES, package))
    assert len(layers.order(MODULES, package)) == len(children - {"__main__"})


def test_imports_go_one_way():
    assert layers.against_the_order(MODULES) == []


def test_no_modules_import_one_another():
    assert layers.circles(MODULES) == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("language.parser", "from adexplain.server.http import cache"),
        ("language.parser", "import adexplain.codegen"),
        ("language.parser", "def f():\n    from adexplain.explanation.explain import explain"),
        ("evaluate.run", "if TYPE_CHECKING:\n    from adexplain.comparison import Comparison"),
        ("evaluate.run", "from adexplain import parse"),
        ("evaluate.run", "import adexplain"),
        ("evaluate.run", "from .. import doctor"),
        ("statuses.rows", "from adexplain.explanation import records"),
        ("graph.model", "from adexplain.graph import graph_of"),
        ("server.html.chart", "from adexplain.server.http import runner"),
        ("server.explorer.routes", "from ..lessons import page"),
        ("practice.marking.reading.notation", "from ..judging import judge"),
    ],
)
def test_an_import_against_the_order_is_found(module, line):
    name = f"adexplain.{module}"
    planted = {**MODULES, name: f"{MODULES[name]}\n{line}\n"}
    (wrong,) = layers.against_the_order(planted)
    assert wrong.startswith(name)


def test_modules_that_import_one_another_are_found():
    planted = dict(MODULES)
    planted["adexplain.graph.svg"] += "\nfrom adexplain.graph import curves\n"
    planted["adexplain.graph.curves"] += "\ndef f():\n    from adexplain.graph import svg\n"
    ((*circle,),) = layers.circles(planted)
    assert {"adexplain.graph.svg", "adexplain.graph.curves"} <= set(circle)


def test_files_are_about_one_idea():
    code = [path for path in FILES if path.suffix in (".py", ".js", ".css", ".html", ".json")]
    assert len(code) > 300
    lines = {str(path): path.read_text("utf-8").count("\n") for path in code}
    assert {path: count for path, count in lines.items() if count > LINES_OF_A_FILE} == {}


def test_functions_fit_a_screen():
    long = {
        f"{path}: {node.name}": node.end_lineno - node.lineno + 1
        for path in FILES
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_folders_are_small():
    counted = Counter(path.parent.relative_to(ROOT) for path in FILES)
    assert {str(k): v for k, v in counted.items() if v > FILES_OF_A_FOLDER} == {}
    assert counted[Path("adexplain")] <= FILES_OF_THE_ROOT
