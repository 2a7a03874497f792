"""The pages in docs/ are in step with the code: nothing that exists is undocumented."""

import argparse
import importlib.util
import re
from pathlib import Path

import pytest

from adexplain.cli.parser import parser
from adexplain.language.grammar import BINARY, PREFIX
from adexplain.primitives.primitive import PRIMITIVES
from adexplain.primitives.rule_table import TABLE
from adexplain.server.exporting.formats import FORMATS
from adexplain.statuses.status import KINDS

DOCS = Path(__file__).parent.parent / "docs"
LANGUAGE, NUMBERS = ((DOCS / name).read_text("utf-8") for name in ("language.md", "numbers.md"))


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("make_reference", DOCS / "make_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_made_pages_are_current(maker):
    again = "run python docs/make_reference.py"
    assert (DOCS / "reference.md").read_text("utf-8") == maker.reference(), again
    assert maker.language() == LANGUAGE, again


def test_every_primitive_is_in_the_reference():
    text = (DOCS / "reference.md").read_text("utf-8")
    for primitive in PRIMITIVES.values():
        for word in primitive.spellings or (primitive.symbol,):
            assert f"`{primitive.symbol or word}`" in text, word


def test_the_reference_is_one_table_with_every_row():
    lines = (DOCS / "reference.md").read_text("utf-8").splitlines()
    rows = [line for line in lines if line.startswith("|")]
    assert len(rows) == len(PRIMITIVES) + 2
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {6}


def options():
    whole = parser()
    commands = next(a for a in whole._actions if isinstance(a, argparse._SubParsersAction))
    for part in (whole, *commands.choices.values()):
        for action in part._actions:
            yield from (word for word in action.option_strings if word.startswith("--"))


def test_every_option_is_documented():
    found = set(options())
    assert "--exact" in found
    assert {word for word in found if f"`{word}`" not in LANGUAGE} == set()


def test_every_format_is_documented_as_the_help_tells_it():
    for name, form in FORMATS.items():
        assert re.search(rf"^\| `{name}` \| {re.escape(form.about)}", LANGUAGE, re.MULTILINE)


def test_every_status_is_documented():
    for kind in KINDS:
        assert f"| `{kind}` |" in NUMBERS


def test_every_convention_is_documented():
    for primitive in PRIMITIVES.values():
        for edge in primitive.nonsmooth_points:
            if edge.convention:
                word = "ties of max and min" if primitive.chooses else primitive.name
                assert (word if word != "abs" else r"\|x\|") in NUMBERS


def test_every_sign_of_the_language_is_documented():
    for sign in (*BINARY, *PREFIX):
        if sign not in "–⋅∙":  # other shapes of the same sign
            assert sign in LANGUAGE, sign


def test_contributing_names_the_columns_of_the_table():
    text = (DOCS.parent / "CONTRIBUTING.md").read_text("utf-8")
    columns = [cell.strip() for cell in TABLE.strip().splitlines()[0].split("|")]
    shown = re.search(r"^    (name .*)$", text, re.MULTILINE)
    assert [cell.strip() for cell in shown[1].split("|")] == columns


def test_links_lead_somewhere():
    for page in DOCS.glob("*.md"):
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            if not link.startswith("http"):
                assert (page.parent / link).exists(), f"{page.name}: {link}"
