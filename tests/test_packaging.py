"""An installed wheel serves every page; the sdist builds the same wheel."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent

INCOMPLETE = {"/practice/class.tex": 404, "/practice/predict": 422, "/rows": 422, "/steps": 422}
"""Addresses that need more parameters, and their status without them."""

ASK = """
import json, re, sys
from pathlib import Path
import adexplain
from adexplain.lessons.lesson import slugs
from adexplain.primitives.primitive import PRIMITIVES
from fastapi.testclient import TestClient
from adexplain.server import create_app

client = TestClient(create_app())
known = {"{slug}": slugs(), "{name}": list(PRIMITIVES), "{key}": ["latex", "html", "notebook"]}
statuses, static = {}, set()
for path in sys.argv[1:]:
    part = (re.findall(r"{\\w+}", path) or [""])[0]
    for value in known.get(part, [""]):
        address = path.replace(part, value) if part else path
        answer = client.get(address, params={"f": "x*sin(x)", "at.x": "0.5"})
        statuses[address] = answer.status_code
        static |= set(re.findall(r'(?:href|src)="(/static/[^"]+)"', answer.text))
for path in static:
    statuses[path] = client.get(path).status_code
print(json.dumps({"where": adexplain.__file__, "statuses": statuses}))
"""


def run(*words, cwd):
    done = subprocess.run([sys.executable, *words], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel built from the tree."""
    out = tmp_path_factory.mktemp("wheel")
    run("-m", "hatchling", "build", "--directory", str(out), "--target", "wheel", cwd=ROOT)
    (path,) = out.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The source archive built from the tree, unpacked."""
    out = tmp_path_factory.mktemp("sdist")
    run("-m", "hatchling", "build", "--directory", str(out), "--target", "sdist", cwd=ROOT)
    (path,) = out.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        archive.extractall(out, filter="data")
    return out / path.name.removesuffix(".tar.gz")


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A venv with the wheel, which borrows its dependencies from this environment."""
    home = tmp_path_factory.mktemp("environment")
    run("-m", "venv", "--without-pip", str(home), cwd=ROOT)
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    run(
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--quiet",
        "--no-deps",
        str(wheel),
        cwd=home,
    )
    # A path file lends the other packages; this environment's own path files are not followed, so
    # its editable adexplain is not among them.
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    purelib = subprocess.run([python, "-c", where], capture_output=True, text=True, check=True)
    lent = Path(purelib.stdout.strip()) / "lent.pth"
    lent.write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return python


def served(python, paths, cwd):
    """Where the package lies that a Python has, and the status of each address it serves."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [python, "-c", ASK, *paths]
    done = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return Path(found["where"]), found["statuses"]


def contents(wheel):
    """File → hash; RECORD is left out, since it repeats them."""
    with zipfile.ZipFile(wheel) as archive:
        return {
            name: hashlib.sha256(archive.read(name)).hexdigest()
            for name in archive.namelist()
            if not name.endswith("/RECORD")
        }


def test_every_page_is_served_from_an_environment_of_its_own(installed, tmp_path):
    pages = (ROOT / "docs" / "pages.md").read_text("utf-8")
    paths = sorted(set(re.findall(r"`(/[^`?]*)`", pages)) - {"/run/{key}", "/font/{name}"})
    paths += [
        "/run/adjoint",
        "/font/part.ttf",
        "/font/whole.ttf",
        "/api/explain",
        "/static/icon.svg",
    ]
    assert len(paths) > 25
    where, statuses = served(installed, paths, cwd=tmp_path)
    assert where.is_relative_to(installed.parent.parent)
    others = {path: status for path, status in statuses.items() if status != 200}
    answers = {path: others.pop(path) for path in list(others) if path.endswith("/answer")}
    assert set(answers.values()) == {404}  # no question was answered
    assert others == INCOMPLETE
    assert list(statuses.values()).count(200) > 150


def test_the_source_archive_makes_the_same_wheel(wheel, unpacked, tmp_path):
    out = tmp_path / "again"
    run("-m", "hatchling", "build", "--directory", str(out), "--target", "wheel", cwd=unpacked)
    (again,) = out.glob("*.whl")
    assert contents(again) == contents(wheel)
    shutil.rmtree(unpacked)
