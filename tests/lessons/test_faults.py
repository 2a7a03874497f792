"""A broken trace, link, number, source, word, formula or question is named with its line."""

from pathlib import Path

import pytest

from adexplain.lessons import library, load
from adexplain.lessons.checking import faults
from adexplain.lessons.running import run_code
from tests.lessons.conftest import HEAD

TOP = HEAD.count("\n")
TRACE = '\n```trace\nname = "t"\nf = "x*sin(x)"\nat = { x = 2 }\n```\n'


def first(slug: str) -> tuple[int, str]:
    """The line and the words of the first fault."""
    found = next(iter(faults(slug, lambda address: address != "/nowhere")), None)
    return (found.line, found.message) if found else (0, "")


BROKEN = {
    "trace": ('\n```trace\nf = "x*sin(x"\nat = { x = 2 }\n```\n', 3, "The trace:"),
    "point": ('\n```trace\nf = "x*y"\nat = { x = 2 }\n```\n', 3, "`y` has no value"),
    "lines": ('\n```trace\nat = { x = 2 }\nf = """\na = x*x\nb = a*$\n"""\n```\n', 6, "The trace"),
    "stranger": ('\n```trace\nf = "x"\nat = { x = 2, z = 1 }\n```\n', 3, "z is given a value"),
    "key": ('\n```trace\nf = "x"\nat = { x = 2 }\nmood = "both"\n```\n', 5, "has no `mood`"),
    "toml": ('\n```trace\nf = "x"\nat = { x = \n```\n', 4, "is no TOML"),
    "link": ("\nOne.\n\nSee [here](/nowhere).\n", 4, "leads nowhere"),
    "relative link": ("\nSee [here](03-symbolic).\n", 2, "is no address"),
    "number": (f"{TRACE}\nIt is [[t.v9.value]].\n", 8, "There is no 'v9'"),
    "number in a formula": (f"{TRACE}\nOne,\ntwo $x = [[u.x.value]]$.\n", 9, "No trace is called"),
    "stray number": ("\nIt is 3.0118 there.\n", 2, "3.0118 is neither computed nor claimed"),
    "stray count": ("\nOne\ntwo 1024.\n", 3, "1024 is neither"),
    "stray number in notes": ("\n> notes: say 0.99.\n", 2, "0.99 is neither"),
    "stray answer": (
        '\n```question\nask = "?"\nanswer = 2.75\nhint = "h"\nwhy = "w"\n```\n',
        2,
        "2.75 is neither",
    ),
    "source": ("\nSo it is.[^paper]\n", 2, "no source 'paper'"),
    "term": ("\nAn [edge](glossary).\n", 2, "does not define 'edge'"),
    "formula": ("\n$$\\frac{1}{2$$\n", 2, "cannot be set"),
    "heading": ("\n# Title\n", 2, "A heading #"),
    "choice": (
        '\n```question\nask = "?"\nchoices = ["a", "b"]\nright = 3\nhint = ""\nwhy = ""\n```\n',
        5,
        "`right` must be 1 to 2",
    ),
    "answer": (
        f'{TRACE}\n```question\nask = "?"\nanswer = "[[t.w.value]]"\nhint = "h"\nwhy = "w"\n```\n',
        8,
        "The answer of the question",
    ),
    "derivation": (
        '\n```check\nf = "x*x"\nat = { x = 2 }\nwork = "v1\' = x*x\' + x\'*x"\n```\n',
        2,
        "no mistake",
    ),
    "level": ('\n```exercise\nlevel = "hard"\nseed = 1\n```\n', 3, "no level 'hard'"),
    "output": ("\n```output\n1\n```\n", 2, "Output stands behind"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "line", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_lesson_names_the_line(write, body, line, words):
    where, message = first(write(body))
    assert words in message
    assert where == TOP + line


def test_a_broken_head_names_the_line(write):
    for key, value, words in (
        ("minutes", '"five"', "whole number"),
        ("goals", '["One."]', "two to four goals"),
        ("needs", '["09-nothing"]', "no lesson '09-nothing'"),
        ("sources", '["paper"]', "no source 'paper'"),
    ):
        lines = HEAD.split("\n")
        place = next(k for k, line in enumerate(lines) if line.startswith(key))
        lines[place] = f"{key} = {value}"
        where, message = first(write("\nText.\n", "\n".join(lines)))
        assert words in message
        assert where == place + 1


def test_a_whole_lesson_has_no_fault(write):
    slug = write(
        f"\n## One\n{TRACE}\n[[t.gradient.x:11]] and $[[t.v1.value]]$, see [rows](glossary),"
        "\n[x](/lessons).[^book: page 3] About 2.5e-8.\n\n---\n\n> notes: Say 2 things.\n",
        claims='[[claim]]\ntext = "About 2.5e-8"\nsource = "book"\n',
    )
    assert first(slug) == (0, "")
    assert len(load(slug).slides) == 2


def test_a_claim_that_nobody_makes_is_a_fault(write):
    slug = write("\nText.\n", claims='\n[[claim]]\ntext = "99.9"\nsource = "book"\n')
    assert first(slug) == (2, "The lesson does not say '99.9'.")


def test_a_number_of_a_point_on_the_page_is_given(write):
    slug = write('\nAt 0.25.\n\n```trace\nf = "x^2"\nat = { x = 0.25 }\n```\n')
    assert first(slug) == (0, "")


def test_code_that_fails_names_the_line(write):
    slug = write("\n```python\nx = 1\n```\n\nText.\n\n```python\nassert x == 2\n```\n")
    found = run_code(load(slug))
    assert found is not None
    assert found.line == TOP + 9
    assert "AssertionError" in found.message


def test_code_that_prints_something_else_is_a_fault(write):
    slug = write("\n```python\nprint(1)\n```\n\n```output\n2\n```\n")
    found = run_code(load(slug))
    assert found is not None
    assert (found.line, found.message) == (TOP + 2, "The code prints '1'.")


def test_code_that_prints_what_it_says_is_right(write):
    slug = write(
        "\n```python\nx = 2\nprint(x)\n```\n\n```output\n2\n```\n\n```python\nx + 1\n```\n"
    )
    assert run_code(load(slug)) is None


def test_the_example_of_contributing_is_a_lesson(write):
    guide = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text("utf-8")
    text = guide.split("````markdown\n")[1].split("````")[0]
    slug = write(text.replace("griewank2008", "book").replace('"04-steps"', ""), head="")
    glossary = library.home() / "glossary.md"
    glossary.write_text(glossary.read_text("utf-8") + "\n## contribution\n\nOne.\n", "utf-8")
    assert first(slug) == (0, "")
    assert len(load(slug).slides) == 2
