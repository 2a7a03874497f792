"""The graph as an SVG file, still."""

import re
import xml.etree.ElementTree as ET

import pytest

import adexplain as ad
from adexplain.export.formats import FORMATS, Style
from adexplain.export.svg import styles, svg
from adexplain.server.http.examples import GROUPS

EXAMPLES = [example for examples in GROUPS.values() for example in examples]
GRIEWANK = ("(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))", [1.5, 0.5])
SPACE = "{http://www.w3.org/2000/svg}"


def drawn(step=None, **options):
    return ET.fromstring(svg(ad.explain(*GRIEWANK, **options), step))


def texts(root, *classes):
    return [
        "".join(item.itertext())
        for item in root.iter(f"{SPACE}text")
        if set(classes) <= set(item.get("class", "").split())
    ]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_every_example_is_well_formed_at_every_step(example):
    explanation = ad.explain(example.text, example.at)
    total = explanation.stepping.total
    for step in (None, 0, 1, total // 2, total, total + 7):
        root = ET.fromstring(svg(explanation, step))
        assert root.tag == f"{SPACE}svg"
        assert len(root.findall(f"{SPACE}title")) == 1


def test_the_whole_shows_every_value_and_the_last_sums():
    root = drawn()
    assert {"3.0000", "0.14112", "1.6487", "1.3513", "1.4924", "2.0166"} <= set(
        texts(root, "value")
    )
    shown = [
        "".join(item.itertext())
        for item in root.iter(f"{SPACE}text")
        if item.get("class") == "value"
    ]
    assert {"2.8437", "−13.724", "3.0118"} <= set(shown)
    assert "past" in {word for item in root.iter() for word in item.get("class", "").split()}
    assert sorted(texts(root, "partial")) == sorted(
        ["2.0000", "−6.0000", "−0.98999", "1", "1.6487", "−1", "1", "1", "1.3513", "1.4924"]
    )


def test_step_17_is_the_drawings():
    root = drawn(17)
    assert texts(root, "value", "now") == ["2.8437"]
    pills = [g for g in root.iter(f"{SPACE}g") if g.get("class") == "pill now"]
    assert ["".join(pill.itertext()) for pill in pills] == ["+\u20091.3513"]
    names = {
        word: "".join(g.find(f"{SPACE}title").itertext()).split(" =")[0]
        for g in root.iter(f"{SPACE}g")
        for word in g.get("class", "").split()
        if word in ("now-row", "source")
    }
    assert names == {"now-row": "v4", "source": "v5"}


def test_modes_show_their_own_derivative_only():
    forward, reverse = drawn(mode="forward"), drawn(mode="reverse")
    classes = [
        {i.get("class", "").split(" ")[0] for i in root.iter()} for root in (forward, reverse)
    ]
    assert not {"back", "halo", "pill", "bar"} & classes[0]
    assert list(forward.iter(f"{SPACE}circle"))
    assert {"back", "halo", "pill", "bar"} <= classes[1]
    assert not list(reverse.iter(f"{SPACE}circle"))


def test_the_file_needs_nothing_else():
    text = svg(ad.explain(*GRIEWANK))
    assert "var(" not in text
    assert not re.search(r"<script|href|url\(|@import|data-", text)
    assert ".halo" in styles()
    assert "#fafaf7" not in re.sub(r"<style>.*</style>", "", text)


def test_everything_typed_is_escaped():
    explanation = ad.explain("a_b = x < 3 and x > 1\nwhere(a_b, x, 2*x)", [2])
    text = svg(explanation)
    assert "x &lt; 3" in text
    ET.fromstring(text)


def test_what_begins_to_be_doubtful_is_flagged():
    root = ET.fromstring(svg(ad.explain("sqrt(x^2 + y^2)", [0, 0])))
    assert texts(root, "flag") == ["▲"]


def test_a_stream_without_unicode_gets_references():
    text = FORMATS["svg"].explanation(ad.explain("alpha*sin(x)", [1, 2]), Style(unicode=False))
    assert text.isascii()
    assert "α" in "".join(ET.fromstring(text).itertext())


def test_it_stands_still_at_the_step_asked_for():
    explanation = ad.explain(*GRIEWANK)
    assert FORMATS["svg"].explanation(explanation, Style(step=17)) == svg(explanation, 17)
