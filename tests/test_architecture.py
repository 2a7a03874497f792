"""Imports follow the layers; files, functions and folders stay small."""

import ast
import re
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


@pytest.fixture(scope="module")
def files():
    """Tracked files, and new ones that are not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for line in listed.splitlines() if (path := ROOT / line).is_file()]


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
    assert layers.violations(MODULES) == []


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
        ("language.parser", "import adexplain.program"),
        ("language.parser", "from benchmarks import running"),
        ("language.parser", 'import_module("adexplain.server.app")'),
    ],
)
def test_an_import_against_the_order_is_found(module, line):
    name = f"adexplain.{module}"
    planted = {**MODULES, name: f"{MODULES[name]}\n{line}\n"}
    wrong = layers.violations(planted)
    assert wrong
    assert all(text.startswith(name) for text in wrong)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("graph.svg", "graph.curves"),
        ("practice.exercises.hints", "practice.marking.check"),
        ("statuses.status", "statuses.rows"),
    ],
)
def test_modules_that_import_one_another_are_found(one, other):
    planted = dict(MODULES)
    for here, there in ((one, other), (other, one)):
        package, _, name = there.rpartition(".")
        planted[f"adexplain.{here}"] += f"\ndef f():\n    from adexplain.{package} import {name}\n"
    assert layers.circles(planted)


WEB = ["shared", *(name for name in layers.order(MODULES, "adexplain.server"))]
"""The folders of scripts and templates, in the order of the server's layers."""


@pytest.mark.parametrize(
    ("folder", "used"),
    [
        ("static/js", r'(?:from|import) "(\.\.?/[^"]+)"'),
        ("templates", r'\{% (?:extends|include|from|import) "([^"]+)"'),
    ],
)
def test_scripts_and_templates_use_one_another_one_way(folder, used):
    root = ROOT / "web" / folder
    found = 0
    for path in root.rglob("*.*"):
        here = path.relative_to(root)
        for name in re.findall(used, path.read_text("utf-8")):
            base = path.parent if name.startswith(".") else root
            there = (base / name).resolve().relative_to(root.resolve())
            if len(there.parts) > 1:  # js/frame.js is for other sites as well
                assert WEB.index(there.parts[0]) <= WEB.index(here.parts[0]), f"{here}: {there}"
                found += 1
    assert found > 50


def test_what_scripts_load_exists():
    for path in (ROOT / "web" / "static" / "js").rglob("*.js"):
        for address in re.findall(r'"(/static/[^"]+)"', path.read_text("utf-8")):
            assert (ROOT / "web" / address.removeprefix("/")).is_file(), f"{path}: {address}"


def test_files_are_about_one_idea(files):
    code = [path for path in files if path.suffix in (".py", ".js", ".css", ".html", ".json")]
    assert len(code) > 300
    lines = {str(path): path.read_text("utf-8").count("\n") for path in code}
    assert {path: count for path, count in lines.items() if count > LINES_OF_A_FILE} == {}


def test_functions_fit_a_screen(files):
    long = {
        f"{path}: {node.name}": node.end_lineno - node.lineno + 1
        for path in files
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_folders_are_small(files):
    counted = Counter(path.parent.relative_to(ROOT) for path in files)
    assert {str(k): v for k, v in counted.items() if v > FILES_OF_A_FOLDER} == {}
    assert counted[Path("adexplain")] <= FILES_OF_THE_ROOT
