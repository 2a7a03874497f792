"""A small library of lessons to break, and the real one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from adexplain.lessons import lesson as reading
from adexplain.lessons import library
from adexplain.server.app import create_app

HEAD = """\
+++
title = "A test"
goals = ["Read a test.", "Break a test."]
minutes = 5
needs = []
sources = ["book"]
+++
"""

SOURCES = """\
[book]
text = "An author: A book. 2008."
link = "https://example.org/book"
"""

GLOSSARY = """\
## adjoint

What flows back, $\\bar v$.

## row

One step.
"""


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Write a lesson in a library of its own; its slug."""

    def write(body: str, head: str = HEAD, claims: str = "", slug: str = "01-test") -> str:
        folder = tmp_path / slug
        folder.mkdir(exist_ok=True)
        (folder / "lesson.md").write_text(head + body, "utf-8")
        if claims:
            (folder / "claims.toml").write_text(claims, "utf-8")
        (tmp_path / "sources.toml").write_text(SOURCES, "utf-8")
        (tmp_path / "glossary.md").write_text(GLOSSARY, "utf-8")
        return slug

    for module in (library, reading):
        monkeypatch.setattr(module, "folder", lambda _name: tmp_path)
    return write


@pytest.fixture(scope="session")
def client():
    with TestClient(create_app()) as client:
        yield client
