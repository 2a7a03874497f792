"""From a trace to nodes and edges."""

import pytest

import adexplain as ad
from adexplain.graph import graph_of
from adexplain.graph.folding import LARGEST
from adexplain.graph.model import fixed_partial

GRIEWANK = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"


def made(text, at, **options):
    explanation = ad.explain(text, at, **options)
    return explanation, graph_of(explanation)


def named_edges(graph):
    return [(graph.nodes[e.source].name, graph.nodes[e.target].name) for e in graph.edges]


def kinds(graph, kind):
    return [node.name for node in graph.nodes if node.kind == kind]


def test_the_books_function_has_a_node_for_each_input_and_row():
    explanation, graph = made(GRIEWANK, [1.5, 0.5])
    assert [node.name for node in graph.nodes] == ["x1", "x2", "v1", "v2", "v3", "v4", "v5", "v6"]
    assert kinds(graph, "input") == ["x1", "x2"]
    assert sorted(named_edges(graph)) == sorted(
        (item.into, item.out_of) for item in explanation.contributions
    )


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (GRIEWANK, [1.5, 0.5]),
        ("x*x + x*x*y", [3, 2]),
        ("where(x > 0, x*log(x), x^2)", [-2]),
        ("max(x, y, x) + min(x, 2)", [1, 1]),
        ("[r*cos(t), r*sin(t)]", [2, 1]),
        ("floor(x)*x + 0*y", [1.5, 2]),
        ("x^2 + 2^x + x^x", [1.5]),
    ],
)
def test_every_contribution_is_one_edge_with_its_partial(text, at):
    explanation, graph = made(text, at)
    found = {edge.contribution: edge for edge in graph.edges if edge.contribution is not None}
    assert sorted(found) == list(range(len(explanation.contributions)))
    for number, item in enumerate(explanation.contributions):
        edge = found[number]
        assert graph.nodes[edge.source].name == item.into
        assert graph.nodes[edge.target].name == item.out_of
        assert edge.partial == item.partial_value


def test_a_square_has_two_edges():
    _, graph = made("x*x", [3])
    assert named_edges(graph) == [("x", "v1"), ("x", "v1")]
    assert [edge.position for edge in graph.edges] == [0, 1]
    assert {edge.contribution for edge in graph.edges} == {0, 1}


def test_an_input_used_often_stands_beside_its_uses():
    _, few = made("sin(x) + cos(x)*x", [1])
    assert kinds(few, "chip") == []
    _, often = made("sin(x) + cos(x)*x + x", [1])
    assert kinds(often, "input") == ["x"]
    assert kinds(often, "chip") == ["x", "x", "x"]


def test_every_use_of_a_constant_has_a_chip():
    _, graph = made("2*x + 2*y", [1, 2])
    assert kinds(graph, "constant") == ["2", "2"]
    uses = [e for e in graph.edges if graph.nodes[e.source].kind == "constant"]
    assert len(uses) == 2
    assert not any(edge.active or edge.contribution is not None for edge in uses)


def test_a_partial_that_is_a_number_everywhere_is_known_as_one():
    explanation, _ = made("4*x - y/x", [1, 2])
    program = explanation.program
    fixed = {program.ops[slot]: fixed_partial(program, slot, 1) for slot in program.rows}
    assert fixed == {"mul": "4", "div": "", "sub": "-1"}


def test_without_the_reverse_sweep_nothing_flows_back():
    _, graph = made(GRIEWANK, [1.5, 0.5], mode="forward")
    assert all(edge.contribution is None for edge in graph.edges)
    assert all(edge.partial is not None for edge in graph.edges)


def test_what_is_not_taken_has_no_partial():
    explanation, graph = made("where(x > 0, x*log(x), x^2)", [-2])
    taken = {row.name for row in explanation.rows if row.value is not None}
    for edge in graph.edges:
        if graph.nodes[edge.target].name not in taken:
            assert edge.partial is None


def chain(count):
    lines = ["a1 = sin(x)", *(f"a{k} = sin(a{k - 1})" for k in range(2, count + 1))]
    return "\n".join(lines)


def test_a_large_graph_is_folded_but_not_around_the_current_step():
    explanation = ad.explain(chain(1000), [1.0])
    whole = graph_of(explanation)
    assert len(whole.nodes) < LARGEST
    assert whole.left_out + len(whole.nodes) - len(kinds(whole, "fold")) == 1001
    assert "a500" not in {node.name for node in whole.nodes}
    there = graph_of(explanation, 500)
    assert {"a499", "a500", "a501", "a1", "a1000"} <= {node.name for node in there.nodes}
    fold = next(node for node in there.nodes if node.kind == "fold")
    assert fold.name == f"{fold.rows:,} rows, a25 to a{24 + fold.rows}"


def test_a_folded_graph_has_no_cycle_and_no_edge_twice():
    text = "\n".join(f"a{k} = sin(a{k - 1}) + a{max(1, k - 40)}*y" for k in range(2, 300))
    explanation = ad.explain(f"a1 = x*y\n{text}", [1.0, 2.0])
    graph = graph_of(explanation, 400)
    folds = {k for k, node in enumerate(graph.nodes) if node.kind == "fold"}
    pairs = [(e.source, e.target) for e in graph.edges if {e.source, e.target} & folds]
    assert folds
    assert len(pairs) == len(set(pairs))
    order = [(node.slot, k) for k, node in enumerate(graph.nodes) if node.kind != "fold"]
    place = {k: slot for slot, k in order}
    for edge in graph.edges:
        if edge.source in place and edge.target in place and edge.source not in folds:
            assert graph.nodes[edge.source].slot <= graph.nodes[edge.target].slot


def test_many_inputs_are_folded():
    explanation = ad.explain("+".join(f"x{k}" for k in range(1, 400)), [1.0] * 399)
    graph = graph_of(explanation)
    assert len(graph.nodes) < LARGEST
    assert any("inputs" in node.name for node in graph.nodes if node.kind == "fold")


def test_unfolded_on_request():
    explanation = ad.explain(chain(400), [1.0])
    assert len(graph_of(explanation, fold=False).nodes) == 401
