from adexplain import explain
from adexplain.codegen import source_lines
from adexplain.server.explorer.panels.code import LINES_SHOWN, code_panel

GRIEWANK = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"


def listing(text, at, mode="reverse"):
    explanation = explain(text, at)
    lines = source_lines(explanation.program, mode)
    return explanation, code_panel(mode, "Code", lines, explanation.stepping)


def test_adjoint_lines_are_the_contributions_in_order():
    explanation, shown = listing(GRIEWANK, [1.5, 0.5])
    edges = [(line.edge, line.row, line.step) for line in shown.lines if line.edge is not None]
    wanted = [
        (k, item.into, explanation.stepping.of_contribution(k))
        for k, item in enumerate(explanation.contributions)
    ]
    assert edges == wanted


def test_the_drawn_line():
    _, shown = listing(GRIEWANK, [1.5, 0.5])
    (line,) = [line for line in shown.lines if line.step == 17]
    assert line.html.striptags() == "v4_bar += v5_bar"


def test_tangent_lines_are_the_tangent_steps():
    explanation, shown = listing(GRIEWANK, [1.5, 0.5], "forward")
    steps = {line.row: line.step for line in shown.lines if "_dot" in line.html and line.step}
    assert steps == explanation.stepping.tangent


def test_where_branches_double_the_lines_they_belong_to_a_row_and_to_no_step():
    _, shown = listing("where(x > 0, x*y, x/y) * where(y > 0, x, y)", [1, 2])
    assert all(line.edge is None for line in shown.lines if line.step is None)


def test_a_long_listing_is_cut_and_says_so():
    text = "\n".join(["v0 = x", *(f"v{i} = sin(v{i - 1})" for i in range(1, 400))])
    _, shown = listing(text, [1])
    assert len(shown.lines) == LINES_SHOWN
    assert shown.left_out > 0
    assert shown.text == ""
