import pytest
from hypothesis import given

from adexplain import explain, parse
from adexplain.explanation.stepping import Step
from tests.strategies import programs

GRIEWANK = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"


def griewank(mode="both"):
    return explain(GRIEWANK, {"x1": 1.5, "x2": 0.5}, mode=mode).stepping


def test_the_drawing_has_23_steps_and_the_17th_is_the_second_contribution_into_v4():
    stepping = griewank()
    assert stepping.counts == {"primal": 6, "tangent": 6, "adjoint": 11}
    assert stepping.at(17) == Step(17, "adjoint", 5, "v4", ("v5",), 3)


def test_each_mode_tells_its_own_sweeps():
    assert griewank("forward").counts == {"primal": 6, "tangent": 6}
    assert griewank("reverse").counts == {"primal": 6, "adjoint": 11}


def test_a_branch_not_taken_is_no_step():
    stepping = explain("where(x > 0, sin(x), cos(x))", {"x": 1}).stepping
    steps = [stepping.at(number) for number in range(1, stepping.counts["primal"] + 1)]
    rows = {row.name: row.op for row in explain("where(x > 0, sin(x), cos(x))", {"x": 1}).rows}
    assert [rows[step.name] for step in steps] == ["gt", "sin", "where"]
    assert steps[-1].sources == ("v1", "v2")  # the branch not taken is not read


@pytest.mark.parametrize("number", [0, 24, -1])
def test_there_is_no_step_beyond_the_ends(number):
    with pytest.raises(IndexError):
        griewank().at(number)


@given(programs())
def test_every_number_of_the_table_is_one_step_and_is_read_after_it_was_made(text):
    program = parse(text)
    explanation = explain(program, [0.5] * len(program.inputs))
    stepping = explanation.stepping
    steps = [stepping.at(number) for number in range(1, stepping.total + 1)]
    assert [step.number for step in steps] == [*range(1, stepping.total + 1)]
    for step in steps:
        if step.sweep == "primal":
            assert stepping.primal[step.name] == step.number
            assert all(stepping.primal.get(name, 0) < step.number for name in step.sources)
        elif step.sweep == "tangent":
            assert stepping.tangent[step.name] == step.number
            assert all(stepping.tangent.get(name, 0) < step.number for name in step.sources)
        elif step.contribution is not None:
            edge = explanation.contributions[step.contribution]
            assert (edge.into, (edge.out_of,)) == (step.name, step.sources)
            assert stepping.of_contribution(step.contribution) == step.number
        else:
            assert stepping.seeded[step.name] == step.number
