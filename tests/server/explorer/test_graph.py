"""The graph in the page."""

import re
import xml.etree.ElementTree as ET

import pytest

import adexplain as ad
from adexplain.server.explorer.panels.graph import MAX_NODES, MAX_SVG_LENGTH, graph, is_small
from adexplain.server.http.address import State
from adexplain.server.http.examples import GROUPS

GRIEWANK = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"
EXAMPLES = [example for examples in GROUPS.values() for example in examples]


def drawn(step=17, text=GRIEWANK, at=(1.5, 0.5), **options):
    explanation = ad.explain(text, list(at), **options)
    return explanation, graph(explanation, step)


def elements(svg, name):
    return [item for item in ET.fromstring(str(svg)).iter() if item.tag == name]


def test_there_are_two_drawings_of_the_same():
    _, found = drawn()
    assert [name for name, _, _ in found.drawings] == ["wide", "tall"]
    both = [svg for _, svg, _ in found.drawings]
    rows = [{g.get("data-row") for g in elements(svg, "g")} - {None} for svg in both]
    assert rows[0] == rows[1] == {"x1", "x2", "v1", "v2", "v3", "v4", "v5", "v6"}
    edges = [[*filter(None, (g.get("data-edge") for g in elements(svg, "text")))] for svg in both]
    assert sorted(edges[0]) == sorted(edges[1]) == sorted(map(str, range(10)))


def test_one_shape_on_request():
    explanation, _ = drawn()
    assert [name for name, _, _ in graph(explanation, None, "tall").drawings] == ["tall"]
    assert len(graph(explanation, None, "round").drawings) == 2


def test_step_17_marks_the_node_its_source_and_the_edge():
    _, found = drawn()
    for _, svg, _ in found.drawings:
        nodes = {g.get("data-row"): g.get("class", "").split() for g in elements(svg, "g")}
        assert "now-row" in nodes["v4"]
        assert "source" in nodes["v5"]
        assert sum("now-row" in names for names in nodes.values()) == 1
        now = [i for i in ET.fromstring(str(svg)).iter() if "now" in i.get("class", "").split()]
        assert {item.get("data-step") for item in now} == {"17"}
        assert {item.get("class").split()[0] for item in now} == {"halo", "back", "pill", "value"}
        (halo,) = (item for item in now if item.get("class").startswith("halo"))
        assert halo.get("data-edge") == "3"


def test_running_sums_take_turns():
    _, found = drawn(16)
    (group,) = (g for g in elements(found.drawings[0][1], "g") if g.get("data-row") == "v4")
    sums = [i for i in group.iter("text") if i.get("data-until") or i.get("data-step") == "17"]
    told = [("".join(i.itertext()), i.get("data-step"), i.get("data-until")) for i in sums]
    assert told == [("1.4924", "15", "17"), ("2.8437", "17", None)]
    assert [i.get("class").split()[1:] for i in sums] == [[], ["pending", "next"]]


def test_before_the_first_step_everything_is_pending():
    _, found = drawn(0)
    boxes = [i for i in elements(found.drawings[0][1], "rect") if i.get("class", "")[:3] == "box"]
    pending = [i for i in boxes if "pending" in i.get("class")]
    assert (len(boxes), len(pending)) == (8, 6)


def test_steps_are_those_of_the_trace():
    explanation, found = drawn(None)
    numbers = {
        int(item.get("data-step"))
        for item in ET.fromstring(str(found.drawings[0][1])).iter()
        if item.get("data-step")
    }
    assert numbers == set(range(1, explanation.stepping.total + 1))


@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_a_mode_has_no_marks_of_the_other(mode):
    explanation, found = drawn(None, mode=mode)
    text = str(found.drawings[0][1])
    assert (explanation.reverse, found.reverse) == (mode == "reverse",) * 2
    assert ('class="back' in text) == (mode == "reverse")
    assert ('class="carries' in text) == (mode == "forward")


def test_names_are_escaped():
    explanation = ad.explain("where(x < 1, x, 2*x)", [3])
    text = "".join(str(svg) for _, svg, _ in graph(explanation, None).drawings)
    assert "x &lt; 1" in text
    assert not re.search(r"<(?!/?(svg|g|path|rect|text|tspan|title|circle)\b)", text)


def test_the_same_input_makes_the_same_drawing():
    assert drawn()[1] == drawn()[1]


def test_the_text_tells_who_uses_what():
    _, found = drawn()
    assert found.lines[5] == "v4 = v1 − v3 = 1.3513; used by v5 (partial 1), v6 (partial 1.4924)"
    assert len(found.lines) == 8


def test_the_text_of_a_large_graph_is_cut():
    text = "\n".join(["a1 = sin(x)", *(f"a{k} = sin(a{k - 1})" for k in range(2, 121))])
    _, found = drawn(None, text, [1.0])
    assert len(found.lines) == 61
    assert found.lines[-1] == "and 61 more, as in the table"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_every_example_holds_its_graph_and_stays_light(client, example):
    assert is_small(ad.parse(example.text))
    page = client.get(example.state().address())
    shown = page.text.count('class="graph-view')
    later = '<section class="graph" id="graph" aria-labelledby="graph-title" data-later>'
    assert shown == (later not in page.text)
    if shown:
        start, end = page.text.index('id="graph"'), page.text.index('class="graph-key"')
        assert end - start < 2 * MAX_SVG_LENGTH
    else:
        alone = client.get(example.state().address("/graph") + "&shape=tall")
        assert alone.status_code == 200


def test_the_page_holds_the_drawing_it_has_room_for(client):
    for shape in ("wide", "tall"):
        page = client.get("/?f=x*y", headers={"X-Adexplain-Shape": shape}).text
        assert re.findall(r'class="graph-view (\w+)', page) == [shape]
    assert 'class="graph-view tall' in client.get("/?f=x*y&view=projector").text


def test_griewank_takes_less_than_25_kilobytes_a_drawing():
    _, found = drawn()
    assert all(len(svg.encode()) < 25_000 for _, svg, _ in found.drawings)


def chain(count):
    return "\n".join(["a1 = sin(x)", *(f"a{k} = sin(a{k - 1})" for k in range(2, count + 1))])


def test_a_large_graph_comes_after_the_page(client):
    text = chain(MAX_NODES + 10)
    page = client.get(State(text, {"x": "1"}).address()).text
    assert 'class="graph-view' not in page
    assert "data-later" in page
    (link,) = re.findall(r'href="(/graph\?[^"]*)"', page)
    answer = client.get(link.replace("&amp;", "&"))
    assert answer.status_code == 200
    assert answer.text.count('class="graph-view') == 2
    assert 'data-row="a46"' in answer.text
    tall = client.get(link.replace("&amp;", "&") + "&shape=tall&step=12")
    assert tall.text.count('class="graph-view') == 1
    assert re.search(r'class="node row now-row" data-row="a12"', tall.text)


def test_a_very_large_graph_is_folded_and_says_so(client):
    answer = client.post("/graph", data={"f": chain(2000), "at.x": "1", "step": "1000"})
    assert answer.status_code == 200
    assert 'data-row="a1000"' in answer.text
    assert re.search(r"1,\d+ rows and inputs are folded", answer.text)


def test_what_cannot_be_drawn_is_said(client):
    assert client.get("/graph").status_code == 422
    answer = client.get("/graph?f=sin(")
    assert answer.status_code == 422
    assert "problem-what" in answer.text


def test_a_busy_server_says_so(client, monkeypatch):
    from adexplain.server.explorer import graph_routes
    from adexplain.server.http import runner

    async def refuse(*_args):
        raise runner.BusyError

    monkeypatch.setattr(graph_routes.runner, "in_worker", refuse)
    answer = client.get("/graph?f=x")
    assert answer.status_code == 503
    assert "as many functions as it can" in answer.text
