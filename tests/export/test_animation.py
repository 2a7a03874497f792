"""The graph as an SVG file that moves."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

import adexplain as ad
from adexplain.export.animation import END_STEPS, MAX_STEPS, SECONDS, animation
from adexplain.narration.parts import plain_text
from adexplain.narration.step import narrate

GRIEWANK = ("(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))", [1.5, 0.5])
SPACE = "{http://www.w3.org/2000/svg}"
STOP = re.compile(r"([\d.]+)%\{([^}]*)\}")


@pytest.fixture(scope="module")
def explanation():
    return ad.explain(*GRIEWANK)


def styles(text):
    return re.search(r"<style>(.*)</style>", text, re.DOTALL)[1]


def moves(text, name):
    """The looks of a class: a list of (share of the time, declarations)."""
    keyframes = re.search(rf"@keyframes {name}\{{((?:[^{{}}]*\{{[^}}]*\}})*)\}}", styles(text))
    return [(float(share), look) for share, look in STOP.findall(keyframes[1])]


def labels(text):
    root = ET.fromstring(text)
    found = [i for i in root.iter(f"{SPACE}text") if i.get("class") == "label"]
    return ["".join(item.itertext()) for item in found]


def test_a_caption_for_each_step_of_the_adjoint_sweep(explanation):
    text = animation(explanation)
    assert labels(text) == [
        "Before this sweep",
        *(f"Adjoint sweep, step {k} of 11" for k in range(1, 12)),
        "The whole",
    ]
    said = " ".join("".join(ET.fromstring(text).itertext()).split())
    sentence = plain_text(narrate(explanation, 17).sentence)
    assert sentence.split(". ")[0] in said
    assert "x̄1 = 3.0118, x̄2 = −13.724" in said


def test_the_frames_take_as_long_as_they_should(explanation):
    text = animation(explanation)
    assert f"{SECONDS * (12 + END_STEPS):g}s step-end infinite" in text
    for group in ET.fromstring(text).iter(f"{SPACE}g"):
        (first, *_) = group.get("class", "").split() or [""]
        if group.find(f"{SPACE}text[@class='label']") is None:
            continue
        looks = moves(text, first)
        shown = [
            later - share for (share, look), (later, _) in pairwise(looks) if "opacity:1" in look
        ]
        wanted = END_STEPS if "The whole" in "".join(group.itertext()) else 1
        assert shown == [pytest.approx(100 * wanted / (12 + END_STEPS), abs=0.02)]


def test_a_running_sum_is_replaced_by_the_next(explanation):
    text = animation(explanation)
    nodes = [
        g for g in ET.fromstring(text).iter(f"{SPACE}g") if g.find(f"{SPACE}title") is not None
    ]
    (node,) = (g for g in nodes if g.find(f"{SPACE}title").text.startswith("v4 ="))
    ways = {
        "".join(item.itertext()): item.get("class").split()[-1]
        for item in node.iter(f"{SPACE}text")
    }
    first, second = moves(text, ways["1.4924"]), moves(text, ways["2.8437"])
    ends = next(share for share, look in first if share > 0 and look.endswith("opacity:0"))
    begins = next(share for share, look in second if "opacity:1" in look)
    assert ends == begins > 0
    assert "font-weight:700" in dict(second)[begins]


def test_without_motion_it_shows_the_end(explanation):
    text = styles(animation(explanation))
    still, _, moving = text.partition("@media (prefers-reduced-motion:no-preference)")
    assert "animation" not in re.sub(r"@keyframes[^{]*\{(?:[^{}]*\{[^}]*\})*\}", "", still)
    assert "animation-name" in moving


def test_no_script_and_nothing_from_elsewhere(explanation):
    text = animation(explanation)
    assert not re.search(r"<script|on\w+=|href|url\(|@import|var\(", text)


def test_all_sweeps_on_request(explanation):
    found = labels(animation(explanation, "all"))
    assert len(found) == 23 + 2
    assert found[0] == "Before the first step"
    assert found[1] == "Primal sweep, step 1 of 6"


def test_forward_mode_shows_the_tangent_sweep():
    found = labels(animation(ad.explain(*GRIEWANK, mode="forward")))
    assert found[1] == "Tangent sweep, step 1 of 6"


def test_a_long_sweep_is_cut():
    text = "\n".join(["a1 = sin(x)", *(f"a{k} = sin(a{k - 1})" for k in range(2, 121))])
    found = labels(animation(ad.explain(text, [1.0])))
    assert len(found) == MAX_STEPS + 2


@pytest.mark.parametrize("text", ["x", "2*pi", "where(x > 0, log(x), x)", "α < β"])
def test_odd_functions(text):
    names = ad.parse(text).input_names
    ET.fromstring(animation(ad.explain(text, [-1.0] * len(names))))
    ET.fromstring(animation(ad.explain(text, [-1.0] * len(names), mode="forward"), "all"))
