"""Every block of code in the README does what it says."""

import contextlib
import doctest
import io
import re
import shlex
from pathlib import Path

import pytest

from adexplain.cli.main import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def blocks(language):
    return [text for kind, text in BLOCKS if kind == language]


def test_the_kinds_of_blocks():
    assert {kind for kind, _ in BLOCKS} == {"sh", "console", "python"}


def test_the_python_blocks_in_order():
    examples = doctest.DocTestParser().get_doctest(
        "\n".join(blocks("python")), {}, "README.md", "README.md", 0
    )
    said = io.StringIO()
    result = doctest.DocTestRunner().run(examples, out=said.write)
    assert result.attempted >= 8
    assert result.failed == 0, said.getvalue()


@pytest.mark.parametrize("block", blocks("console"))
def test_the_console_blocks(block, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    command, _, expected = block.removeprefix("$ ").partition("\n")
    words = shlex.split(command)
    assert words[0] == "adexplain"
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(stream):
        assert main(words[1:]) == 0
    stream.seek(0)
    assert stream.read().rstrip() == expected.rstrip()


def test_the_commands_of_dev_py():
    (block,) = blocks("sh")
    for line in block.splitlines():
        words = line.split("#")[0].split()
        assert words[:2] == ["python3", "dev.py"]
        assert words[2] in ("serve", "test")
        assert len(words) == 3


def test_links_and_pictures_lead_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert len(links) >= 7
    for link in links:
        if not link.startswith("http"):
            assert (ROOT / link).exists(), link


def test_no_line_of_a_block_is_too_wide_for_a_web_page():
    for _, text in BLOCKS:
        assert max(map(len, text.splitlines())) <= 100
