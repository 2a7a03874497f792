import re

from hypothesis import given

from adexplain import parse
from adexplain.server.explorer.panels.source_text import LONGEST, marked_source
from tests.strategies import programs


def test_each_row_is_in_its_place():
    html = marked_source(parse("sin(x1/x2)*a"))
    assert '<span data-row="v2">sin(<span data-row="v1">x1/x2</span>)</span>*a' in html


def test_what_is_typed_is_escaped():
    assert "x &lt; 3" in marked_source(parse("a = x < 3\nwhere(a, x, 1)"))


def test_a_long_text_is_left_alone():
    assert marked_source(parse("+".join(["x"] * LONGEST))) == ""


@given(programs())
def test_without_the_marks_it_is_the_text(text):
    program = parse(text)
    html = marked_source(program)
    assert html.striptags().split() == text.split()
    rows = re.findall('data-row="([^"]*)"', html)
    assert len(rows) == len(set(rows))
    assert html.count("<span") == html.count("</span>")
