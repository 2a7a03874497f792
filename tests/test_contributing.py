"""The how-tos of CONTRIBUTING work: a copy of the project follows them."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
PARTS = ("adexplain", "benchmarks", "web", "lessons", "docs", "tests")
FILES = ("pyproject.toml", ".gitignore", "CONTRIBUTING.md", "README.md")
BLOCK = re.compile(r"^(`{3,})(\w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


def section(title):
    """A section of the guide; headings inside its blocks of code do not end it."""
    blocks = [(block.start(), block.end()) for block in BLOCK.finditer(GUIDE)]
    headings = [
        heading
        for heading in re.finditer(r"^## (.+)\n|\Z", GUIDE, re.MULTILINE)
        if not any(start <= heading.start() < end for start, end in blocks)
    ]
    (number,) = (k for k, heading in enumerate(headings) if heading[1] == title)
    return GUIDE[headings[number].end() : headings[number + 1].start()]


def insert(root, edits):
    """Add the lines with a + to files, each behind the line that stands before it."""
    for part in re.split(r"^\+\+\+ ", edits, flags=re.MULTILINE)[1:]:
        name, *lines = part.splitlines()
        path = root / name
        text = path.read_text("utf-8").split("\n")
        place = None
        for line in lines:
            if line.startswith("+"):
                text.insert(place, line[1:])
            else:
                assert text.count(line[1:]) == 1, f"{name} has not one line: {line[1:]}"
                place = text.index(line[1:])
            place += 1
        path.write_text("\n".join(text), "utf-8")


def follow(root, title):
    """Do what a section says: write the files it names, and add its lines to others."""
    text = section(title)
    for block in BLOCK.finditer(text):
        if block[2] == "diff":
            insert(root, block[3])
        elif block[2] in ("python", "html", "markdown"):
            name = re.findall(r"`((?:adexplain|web|lessons)/[^`]+\.\w+)`", text[: block.start()])[
                -1
            ]
            path = root / name
            assert not path.exists()
            path.parent.mkdir(exist_ok=True)
            path.write_text(block[3], "utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project to which everything was added."""
    root = tmp_path_factory.mktemp("project")
    for name in PARTS:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, root / name)
    for title in ("Add a page", "Add an export", "Add a lesson in ten minutes", "Add a lab"):
        follow(root, title)
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    return root


def python(project, *words, code=0):
    command = [sys.executable, *words]
    environment = {"PYTHONPATH": str(project), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


ASK = """
import json, sys
from fastapi.testclient import TestClient
from adexplain.server import create_app
client = TestClient(create_app())
print(json.dumps({path: client.get(path).text for path in sys.argv[1:]}))
"""


def test_what_was_added_is_served(project):
    paths = (
        "/about", "/labs/slope?x=0", "/lessons", "/lessons/11-mine", "/?f=x*y",
        "/export/values?f=x*y&at.x=2&at.y=3",
    )  # fmt: skip
    about, lab, lessons, lesson, explorer, values = json.loads(
        python(project, "-c", ASK, *paths)
    ).values()
    assert "<p>This is version 0" in about
    assert re.search(r"There its slope is <data [^>]*>1\.0000</data>\.", lab)
    assert 'href="/lessons/11-mine"' in lessons
    assert "The product rule is two paths" in lesson
    assert "names and values alone" in explorer
    assert values == "v1 = 6.0\n"


def test_the_command_line_writes_the_export(project):
    words = ("-m", "adexplain", "trace", "x*y", "x=2", "y=3", "--format", "values")
    assert python(project, *words) == "v1 = 6.0\n"


def test_the_lesson_passes_its_check(project):
    assert "nothing to mend" in python(project, "-m", "adexplain", "check-lessons", "11-mine")


@pytest.mark.parametrize(
    ("file", "only"),
    [
        ("test_architecture.py", ""),
        ("server/http/test_navigation.py", "documented"),
        ("test_docs.py", "format"),
        ("lessons/test_texts.py", "mine"),
    ],
)
def test_the_project_still_holds_to_its_rules(project, file, only):
    words = ("-m", "pytest", "-q", "-p", "no:cacheprovider", f"tests/{file}", "-k", only)
    assert " passed" in python(project, *words)
