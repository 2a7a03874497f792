"""Where everything stands: nothing on anything else, and always in the same place."""

import subprocess
import sys
from itertools import pairwise

import pytest

import adexplain as ad
from adexplain.graph import TALL, WIDE, graph_of, sketch_of
from adexplain.graph.curves import Box, Curve, Piece
from adexplain.graph.labels import overlap
from adexplain.graph.layout import layout
from adexplain.graph.model import CONSTANT_NODE
from adexplain.server.http.examples import GROUPS

EXAMPLES = [example for examples in GROUPS.values() for example in examples]
BOTH = pytest.mark.parametrize("shape", [WIDE, TALL], ids=["wide", "tall"])


def sketched(text, at, shape, reverse=True):
    explanation = ad.explain(text, at)
    graph = graph_of(explanation)
    return graph, sketch_of(graph, shape, reverse)


def boxes(sketch):
    return [Box(x + w / 2, y + h / 2, w, h) for x, y, w, h in sketch.boxes]


@BOTH
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_nodes_lie_apart_and_inside(example, shape):
    _, sketch = sketched(example.text, example.at, shape)
    found = boxes(sketch)
    for k, one in enumerate(found):
        assert one.start >= 0
        assert one.end <= sketch.width
        assert not any(overlap(one, other, 0) for other in found[:k])


@BOTH
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_labels_lie_on_no_node_and_on_no_other_label(example, shape):
    graph, sketch = sketched(example.text, example.at, shape)
    widths = [13.0 if edge.fixed else 50.0 for edge in graph.edges]
    labels = [
        Box(*spot, width, 12.0)
        for spot, width in zip(sketch.labels, widths, strict=True)
        if spot is not None
    ]
    for k, label in enumerate(labels):
        assert not any(overlap(label, box, 0) for box in boxes(sketch))
        assert not any(overlap(label, other, 0) for other in labels[:k])


@BOTH
def test_layers_follow_the_edges(shape):
    graph, sketch = sketched(
        "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))", [1.5, 0.5], shape
    )
    axis = 0 if shape is WIDE else 1
    for edge in graph.edges:
        ends = sketch.boxes[edge.source], sketch.boxes[edge.target]
        assert ends[0][axis] + ends[0][axis + 2] < ends[1][axis]


def test_edges_run_from_border_to_border():
    graph, sketch = sketched("x*x + sin(y)*x", [1, 2], WIDE)
    for edge, curve in zip(graph.edges, sketch.forward, strict=True):
        (x, y, width, _), target = sketch.boxes[edge.source], sketch.boxes[edge.target]
        assert curve[0][0][0] == pytest.approx(x + width, abs=0.2)
        assert curve[-1][-1][0] == pytest.approx(target[0], abs=0.2)
        assert y < curve[0][0][1] < y + 58


def test_parallel_edges_are_22_apart():
    _, sketch = sketched("x*x", [3], WIDE)
    first, second = (curve[0][0][1] for curve in sketch.forward)
    assert second - first == pytest.approx(22)


def test_the_way_back_keeps_its_distance_also_where_it_is_steep():
    _, sketch = sketched("sin(x) + cos(y)*exp(z)*x", [1, 2, 3], WIDE)
    for forward, back in zip(sketch.forward, sketch.back, strict=True):
        for ours, theirs in zip(forward, back, strict=True):
            here, there = Piece(*ours).at(0.5), Piece(*theirs).at(0.5)
            near = min(
                ((here[0] - x) ** 2 + (here[1] - y) ** 2) ** 0.5
                for x, y in (Piece(*theirs).at(k / 40) for k in range(41))
            )
            assert here != there
            assert 5.5 < near < 7.5


def test_a_long_edge_passes_the_nodes_between():
    text = "a = sin(x)\nb = sin(a)\nc = sin(b)\nd = sin(c)\ny = d + x"
    graph, sketch = sketched(text, [1], WIDE)
    for edge, curve in zip(graph.edges, sketch.forward, strict=True):
        dots = Curve(tuple(Piece(*piece) for piece in curve)).points()
        for k, box in enumerate(boxes(sketch)):
            if k not in (edge.source, edge.target):
                assert not any(overlap(Box(x, y, 0, 0), box, 2) for x, y in dots)


def test_constants_hang_at_their_rows():
    graph, sketch = sketched("4*x", [2], WIDE)
    (chip,) = (k for k, node in enumerate(graph.nodes) if node.kind == CONSTANT_NODE)
    (edge,) = (edge for edge in graph.edges if edge.source == chip)
    x, y, width, height = sketch.boxes[chip]
    row = sketch.boxes[edge.target]
    assert x + width / 2 == pytest.approx(row[0] + row[2] / 2, abs=0.2)
    assert y + height < row[1]


def test_other_numbers_move_nothing():
    text = "x*exp(y) - sin(x)/y"
    one = sketched(text, [1, 2], WIDE)[1]
    assert sketched(text, [-123456.789, 1e-9], WIDE)[1] is one


def test_a_hundred_rows_are_laid_out_in_a_worker():
    lines = ["a1 = sin(x)", *(f"a{k} = sin(a{k - 1})" for k in range(2, 121))]
    graph, sketch = sketched("\n".join(lines), [1.0], WIDE)
    assert len(graph.nodes) == 121
    found = boxes(sketch)
    assert all(not overlap(a, b, 0) for a, b in pairwise(found))


def test_nothing_at_all():
    graph, sketch = sketched("2*3", [], TALL)
    assert [node.kind for node in graph.nodes] == ["constant", "constant", "row"]
    assert sketch.width > 0
    assert layout((), (), 10, 10).centres == ()


def test_the_same_picture_in_every_process():
    code = (
        "import adexplain as ad; from adexplain.export.svg import svg;"
        "import hashlib; e = ad.explain('x*exp(y) - sin(x)/y + max(x, y, 3)', [1, 2]);"
        "print(hashlib.sha256(svg(e, 9).encode()).hexdigest())"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env
        ).stdout
        for env in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"})
    ]
    assert runs[0] == runs[1]
    assert len(runs[0]) == 65
