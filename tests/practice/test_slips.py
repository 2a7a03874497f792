"""What is said of wrong answers to exercises: the slip by its name, and hints that lead on."""

import math

import pytest

import adexplain
from adexplain.practice.equality import Match, read_number, right_to_one_digit, same_number
from adexplain.practice.exercises import LEVELS, make
from adexplain.practice.exercises.branches import branch
from adexplain.practice.exercises.hints import hints
from adexplain.practice.exercises.slips import slip
from tests.sizes import samples

MULTIPLIED = "derivatives of both factors"


@pytest.mark.parametrize(
    ("level", "seed", "blank", "given", "said"),
    [
        ("one", 11, 1, "-3", r"the sign of $\partial v_{1} / \partial y$"),
        ("one", 12, 3, "-8", r"That is $\bar{z}$"),
        ("one", 12, 1, "0.0366", "degrees"),
        ("one", 13, 2, "-5/9", "look at the sign"),
        ("one", 13, 1, "5/9", r"That is $\partial f / \partial t$"),
        ("chain", 11, 1, "-2.598", r"the factor $\partial v_{1} / \partial s$ is forgotten"),
        ("chain", 11, 1, "-0.219", "degrees"),
        ("chain", 11, 1, "-10.38", "Close"),
        ("chain", 11, 1, "-2sqrt(3)", "1 as seed: here $\\dot{s} = 3$"),
        ("chain", 13, 1, "6", r"the factor $\partial v_{1} / \partial u$ is forgotten"),
        ("product", 13, 2, "12", r"lacks the contribution from $v_{3}$"),
        ("sharing", 11, 1, "-96", r"lacks the term with $\dot{x}_{2}$"),
        ("sharing", 12, 1, "1/9", r"lacks the contribution from $v_{2}$"),
        ("outputs", 11, 1, "-4", r"lacks the contribution from $v_{5}$"),
        ("outputs", 12, 2, "1/4", "look at the sign"),
        ("outputs", 12, 1, "3/2", r"That is $\partial y_{2} / \partial x_{1}$"),
        ("kinks", 13, 1, "12", "That is the derivative from the right."),
        ("chain", 12, 1, "123454321", ""),
        ("chain", 12, 1, "no number", ""),
        ("chain", 12, 1, "inf", ""),
    ],
)
def test_a_slip_is_named(level, seed, blank, given, said):
    exercise = make(level, seed)
    told = slip(exercise, exercise.blanks[blank - 1], given)
    assert said in told
    assert bool(said) == bool(told)


def test_slips_with_powers_quotients_and_products():
    found = set()
    for level in ("one", "chain", "product"):
        for seed in range(1, 60):
            exercise = make(level, seed)
            explanation = exercise.explanation()
            program, values = explanation.program, explanation.trace.values
            if exercise.kind not in ("gradient", "tangent") or len(program.rows) != 1:
                continue
            (row,) = program.rows
            op, blank = program.ops[row], exercise.blanks[0]
            if op == "pow":
                wrong = blank.value / program.constants[program.args[row][1]].value
                found.add(slip(exercise, blank, repr(wrong)).rpartition(": ")[2])
            if op == "div" and exercise.kind == "gradient" and len(exercise.blanks) == 2:
                wrong = exercise.blanks[1].value * values[program.args[row][1]]
                found.add(slip(exercise, exercise.blanks[1], repr(wrong)).rpartition(": ")[2])
            if op == "mul" and exercise.kind == "tangent":
                wrong = math.prod(exercise.tangent.values())
                found.add(MULTIPLIED in slip(exercise, blank, repr(wrong)))
    assert {"the exponent becomes a factor.", "the denominator is squared."} <= found
    assert True in found


@pytest.mark.parametrize("level", LEVELS)
def test_right_answers_are_no_slips_and_every_field_has_hints(level):
    for seed in range(1, samples(60)):
        exercise = make(level, seed)
        for blank in exercise.blanks:
            for number in (1, 2):
                for text in hints(exercise, [blank], number):
                    assert text.count("$") % 2 == 0
                    assert text.endswith(".")
                    assert "None" not in text
            assert same_number(blank.answer_text, blank.value) is Match.EXACT
        assert len(hints(exercise, exercise.blanks, 1)) <= len(exercise.blanks)


def test_the_rules_of_one_sweep_are_told_once():
    exercise = make("outputs", 11)
    (rules,) = hints(exercise, exercise.blanks, 2)
    assert rules.count(r"$\bar{v}_{5} = 2$") == 1
    jacobian = hints(make("outputs", 12), make("outputs", 12).blanks, 2)
    assert len(jacobian) == 2
    assert r"$\bar{y}_{1} = 1$, $\bar{y}_{2} = 0$" in jacobian[0]
    assert r"$\bar{y}_{1} = 0$, $\bar{y}_{2} = 1$" in jacobian[1]


def test_beside_a_kink_the_branch_is_the_one_whose_slope_is_the_answer():
    """What ``branch`` says is done: the argument it names has the value the row has there."""
    seen = set()
    for seed in range(1, 200):
        exercise = make("kinks", seed)
        if exercise.kind != "sides":
            continue
        explanation, ((name, text),) = exercise.explanation(), exercise.at.items()
        program = explanation.program
        for side, by in (("left", -1e-4), ("right", 1e-4)):
            told = branch(explanation, side)
            beside = adexplain.explain(exercise.text, {name: float(text) + by})
            slot = next(s for s in program.rows if program.ops[s] in ("abs", "relu", "max", "min"))
            seen.add(program.ops[slot])
            values = beside.trace.values
            args = [values[arg] for arg in program.args[slot]]
            taken = told.rstrip(".$").rpartition("= ")[2]
            latex = {f"v_{{{program.names[a][1:]}}}": a for a in program.args[slot]}
            sign = -1 if taken.startswith("-") else 1
            expected = 0.0 if taken == "0" else sign * values[latex[taken.lstrip("-")]]
            assert values[slot] == pytest.approx(expected), (told, args)
    assert seen == {"abs", "relu", "max", "min"}


@pytest.mark.parametrize(
    ("given", "true", "short"),
    [("0.6", 5 / 9, True), ("0.3", 1 / 3, True), ("-4", -3.5, False), ("0.56", 5 / 9, False),
     ("0.7", 5 / 9, False), (".1", 0.1213, True)],
)  # fmt: skip
def test_one_digit_is_too_few_to_tell(given, true, short):
    assert right_to_one_digit(read_number(given), true) is short
