"""The step in words: for every primitive, in every sweep, at every kind of point."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adexplain import explain, parse
from adexplain.export.numbers import short
from adexplain.narration.parts import count_word, place_word, plain_text, times_word
from adexplain.narration.step import Narration, narrate
from adexplain.primitives.primitive import PRIMITIVES
from adexplain.program import Builder
from tests.domains import smooth_points
from tests.narration.checks import check_numbers
from tests.strategies import points, programs

GRIEWANK = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"


def griewank(mode="both", seed=None):
    return explain(GRIEWANK, {"x1": 1.5, "x2": 0.5}, mode=mode, seed=seed)


def told(text, at, mode="both", seed=None):
    explanation = explain(text, at, mode=mode, seed=seed)
    return [narrate(explanation, n) for n in range(1, explanation.stepping.total + 1)]


def sentences(text, at, sweep, **options):
    steps = told(text, at, **options)
    return [plain_text(w.sentence) for w in steps if w.label.lower().startswith(sweep)]


def notes(text, at, sweep):
    return [w.note for w in told(text, at) if w.label.lower().startswith(sweep)]


def one_row(op, count):
    builder = Builder()
    slots = [builder.input(f"x{k}") for k in range(1, count + 1)]
    return builder.build([builder.row(op, *slots)])


def counts(primitive):
    return (1, 2, 3, 6) if primitive.variadic else (primitive.arity,)


@pytest.mark.parametrize("primitive", PRIMITIVES.values(), ids=lambda p: p.name)
def test_every_primitive_has_words_in_every_sweep(primitive):
    for extra in counts(primitive):
        count = max(extra, primitive.arity)
        program = one_row(primitive.name, count)
        point = smooth_points(primitive, count)[0]
        for seed in (None, {f"x{k}": 1.5 for k in range(1, count + 1)}):
            explanation = explain(program, point, seed=seed)
            sweeps = set()
            for number in range(1, explanation.stepping.total + 1):
                check_numbers(explanation, number)
                sweeps.add(explanation.stepping.at(number).sweep)
            assert sweeps == {"primal", "tangent", "adjoint"}


@pytest.mark.parametrize("primitive", PRIMITIVES.values(), ids=lambda p: p.name)
def test_constants_and_repeated_arguments(primitive):
    count = max(primitive.arity, 2 if primitive.variadic else 1)
    builder = Builder()
    x = builder.input("x")
    two = builder.constant(2.0)
    minus = builder.constant(-3.0)
    for arguments in ((x,) * count, (x, *(two,) * (count - 1)), (*(minus,) * (count - 1), x)):
        builder.row(primitive.name, *arguments)
    outputs = [slot for slot, (_, args) in enumerate(builder.nodes) if args]
    program = builder.build(outputs, [f"f{k}" for k in range(len(outputs))])
    explanation = explain(program, [0.5])
    for number in range(1, explanation.stepping.total + 1):
        check_numbers(explanation, number)


def test_the_drawings_step_17():
    said = narrate(griewank(), 17)
    assert said.label == "Adjoint sweep, step 5 of 11"
    assert plain_text(said.sentence) == (
        "v4 is used twice, so v̄4 collects two contributions. This is the second, from v5."
    )
    assert said.rule == r"z = a + b :\quad \bar{b} \;{+}{=}\; \bar{z} \cdot 1"
    assert said.names == (
        r"\bar{v}_{4} \;{+}{=}\; \bar{v}_{5} \cdot "
        r"\frac{\partial v_{5}}{\partial v_{4}}"
    )
    assert plain_text(said.numbers) == "1.4924 + 1.3513 × 1 = 2.8437"
    assert plain_text(part for part in said.numbers if part.mark) == "1.3513 × 1"
    assert plain_text(said.why) == "A sum grows one for one with each of its terms."
    assert said.note == ""
    assert said.plain() == (
        "Adjoint sweep, step 5 of 11: v4 is used twice, so v̄4 collects two contributions. "
        "This is the second, from v5. v̄4 += v̄5 · ∂v5/∂v4: 1.4924 + 1.3513 × 1 = 2.8437."
    )


def test_a_number_has_all_its_digits():
    value = narrate(griewank(), 17).numbers[0]
    assert value.value == griewank().contributions[1].total
    assert value.text == repr(value.value)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (1, "v1 divides x1 by x2."),
        (2, "v2 is sin of v1."),
        (4, "v4 subtracts v3 from v1."),
        (5, "v5 adds v2 and v4."),
        (6, "v6 multiplies v5 by v4. This is the result f."),
        (
            7,
            "v̇1 is ẋ1 times the partial ∂v1/∂x1; x2 has tangent 0 and adds nothing. "
            "x1 is the input whose direction is seeded.",
        ),
        (9, "v̇3 is 0, because x2 has tangent 0."),
        (11, "v̇5 adds what comes from v2 and v4, each tangent times its partial."),
        (
            13,
            "The adjoint sweep starts at the output: v̄6 = 1, because a change of v6 is a change "
            "of the result, one for one.",
        ),
        (14, "v5 is used once, by v6, so v̄5 is this one contribution."),
        (
            15,
            "v4 is used twice, so v̄4 collects two contributions. This is the first, from v6. "
            "It sets v̄4; the second is added to it.",
        ),
        (
            23,
            "x2 is used twice, so x̄2 collects two contributions. This is the second, from v1. "
            "This completes x̄2 = ∂f/∂x2.",
        ),
    ],
)
def test_what_the_drawing_would_say(number, sentence):
    assert plain_text(narrate(griewank(), number).sentence) == sentence


def test_why_speaks_of_the_argument_that_receives():
    steps = {number: plain_text(narrate(griewank(), number).why) for number in (1, 22, 23)}
    assert steps[22] == "The numerator is scaled by 1/x2."
    assert steps[23] == "A larger denominator shrinks the quotient v1 in proportion."
    assert steps[1] == f"{steps[22][:-1]}; {steps[23][0].lower()}{steps[23][1:]}"
    assert narrate(griewank(), 22).why[1].latex


def test_why_is_whole_where_its_clauses_belong_to_no_argument():
    for said in told("max(x, y)", {"x": 1, "y": 2}):
        if said.why:
            assert plain_text(said.why) == PRIMITIVES["max"].why


def test_a_constant_argument_is_not_spoken_of():
    assert plain_text(told("x^3", {"x": 2})[0].why) == (
        "The exponent comes down and is lowered by one."
    )
    assert plain_text(told("3^x", {"x": 2})[0].why) == (
        "In the exponent, a power grows like itself times ln(3)."
    )


def test_one_argument_in_both_places():
    said = sentences("x*x", {"x": 3}, "adjoint")
    assert said[1].startswith("v1 uses x in both places, so x̄ collects two contributions. ")
    assert "This is for the first place. It sets x̄" in said[1]
    assert "This is for the second place. This completes x̄ = ∂f/∂x." in said[2]
    assert sentences("x*x", {"x": 3}, "tangent")[0].startswith(
        "v1 uses x in both places, so ẋ enters twice"
    )


def test_a_place_is_told_where_others_use_the_argument_too():
    said = sentences("x*x + x", {"x": 3}, "adjoint")
    assert "x is used three times" in said[-1]
    assert "This is the third, from the second place in v1." in said[-1]


def test_uses_that_send_nothing_are_not_counted():
    assert (
        "x is used twice, but only this use, by v2, sends a contribution to x̄."
        in (sentences("floor(x) + x", {"x": 2.5}, "adjoint")[-1])
    )
    said = sentences("floor(x) + x + sin(x)", {"x": 2.5}, "adjoint")
    assert "x is used three times, and two of the uses send a contribution to x̄." in said[-1]


def test_a_result_that_is_used_further_holds_its_seed():
    said = told("v = x^2\nw = sin(v)\n[v, w]", {"x": 2}, seed={"v": 3, "w": 2})
    step = next(w for w in said if "already holds" in plain_text(w.sentence))
    assert plain_text(step.sentence) == (
        "v is an output and is used once. v̄ already holds the seed; this adds the contribution "
        "from w."
    )
    assert plain_text(step.numbers).startswith("3 + 2 × ")


def test_seeds():
    only = sentences("[x*y, x/y]", {"x": 1, "y": 2}, "adjoint", seed={"f2": 1})
    assert only[0] == (
        "The adjoint sweep starts at the outputs. f1 is left out of this sweep: its seed is 0, so "
        "v̄1 starts at 0."
    )
    assert "This sweep asks for the derivatives of f2" in only[1]
    assert only[-1].endswith("This completes ȳ = ∂f2/∂y.")
    both = sentences("[x*y, x/y]", {"x": 1, "y": 2}, "adjoint", seed={"f1": 2, "f2": 3})
    assert "f2 counts with weight 3 in this sweep: v̄2 = 3." in both[1]
    assert both[-1].endswith("This completes ȳ.")
    twice = sentences("x*y", {"x": 1, "y": 2}, "adjoint", seed={"f": 2})
    assert "v̄1 = 2 is the seed that was given, and scales every adjoint." in twice[0]
    assert twice[-1].endswith("This completes ȳ = 2 × ∂f/∂y.")
    same_row = sentences("v = x*y\n[v, v]", {"x": 1, "y": 2}, "adjoint", seed={"f1": 1, "f2": 2})
    assert "f1 and f2 are the same row, so their weights add up: v̄ = 3." in same_row[0]
    assert len(same_row) == 3


def test_several_seeded_inputs():
    said = sentences("x*y", {"x": 1, "y": 2}, "tangent", seed={"x": 1, "y": 0.5})
    assert said == [
        "v̇1 adds what comes from x and y, each tangent times its partial. x and y are seeded."
    ]


def test_branches():
    said = sentences("where(x > 0, sin(x), cos(x))", {"x": 1}, "primal")
    assert said[0] == "v1 asks whether x > 0: yes, so it is 1."
    assert said[2].startswith("v4 takes the first branch, v2, because x > 0 holds.")
    other = sentences("where(x > 0, sin(x), 2)", {"x": -1}, "tangent")
    assert other[-1] == "v3 took the branch 2, which depends on no input, so v̇3 is 0."
    assert notes("where(x > 0 or y > 0, x, y)", {"x": 1, "y": 1}, "primal")[1] == (
        "v1 decides alone; v2 is not looked at."
    )


def test_kinks_tell_the_convention():
    for sweep in ("primal", "tangent", "adjoint"):
        note = notes("abs(x)", {"x": 0}, sweep)[-1]
        assert note.startswith("abs(0) is at a kink: the slope changes abruptly here.")
        assert "By convention the slope there is 0." in note
    assert "the average of the tied ones" in notes("max(x, y)", {"x": 1, "y": 1}, "adjoint")[-1]


def test_a_doubt_about_one_argument_is_not_laid_on_another():
    base, exponent = notes("x**y", {"x": -3, "y": 2}, "adjoint")[1:]
    assert base == ""
    assert "has no real values beside this point" in exponent
    assert "not a number" in exponent


def test_no_derivative_is_claimed_at_a_doubtful_point():
    assert sentences("abs(x)", {"x": 0}, "adjoint")[-1].endswith("This completes x̄.")
    assert sentences("abs(x)", {"x": 1}, "adjoint")[-1].endswith("This completes x̄ = ∂f/∂x.")


def test_what_is_zero_infinite_or_no_number_is_said_and_why():
    primal = told("log(x)", {"x": -1})[0]
    assert "The value is not a number." in plain_text(primal.sentence)
    assert primal.note == "log(-1) is outside the domain, which needs x > 0."
    zero = told("relu(x)", {"x": -1})[-1]
    assert zero.note == "The partial ∂v1/∂x is 0 here, so nothing flows."
    steep = told("sqrt(x)", {"x": 0})[-1]
    assert "The contribution is infinite." in plain_text(steep.sentence)
    assert "vertical slope" in steep.note
    both = told("exp(1000*x) - exp(1000*x + 1)", {"x": 1})
    assert any("Infinity minus infinity is not a number." in w.note for w in both)
    mended = told("0*sqrt(x)", {"x": 0})[-1]
    assert mended.amount == 0.0
    assert "counts as 0 in a sweep" in mended.note


def test_a_row_without_inputs_and_a_result_without_rows():
    assert "v1 depends on no input" in notes("sin(2)*x", {"x": 1}, "primal")[0]
    assert sentences("sin(2)*x", {"x": 1}, "tangent")[0] == ("v1 depends on no input, so v̇1 is 0.")
    assert sentences("x", {"x": 2}, "adjoint")[0].endswith("This completes x̄ = ∂f/∂x.")
    assert "the result is the constant 2" in sentences("2", {}, "adjoint")[0]


def test_counting_in_words():
    assert [times_word(n) for n in (1, 2, 3, 10, 11)] == [
        "once", "twice", "three times", "ten times", "11 times",
    ]  # fmt: skip
    assert [place_word(n) for n in (1, 10, 11, 12, 21, 22, 23, 111)] == [
        "first", "tenth", "11th", "12th", "21st", "22nd", "23rd", "111th",
    ]  # fmt: skip
    assert count_word(1234) == "1,234"


def test_many_arguments_are_cut_short():
    names = [f"x{k}" for k in range(1, 41)]
    explanation = explain(f"max({', '.join(names)})", [float(k) for k in range(40)])
    steps = [check_numbers(explanation, n) for n in range(1, explanation.stepping.total + 1)]
    assert plain_text(steps[0].sentence).startswith("v1 is max of x1, x2, x3 and 37 more.")
    assert all(len(w.names) < 200 and len(w.rule) < 400 for w in steps)


def test_there_is_no_step_beyond_the_ends():
    for number in (0, 24):
        with pytest.raises(IndexError):
            narrate(griewank(), number)


@pytest.mark.parametrize("mode", ["forward", "reverse"])
def test_each_mode_has_its_words(mode):
    explanation = griewank(mode)
    labels = [narrate(explanation, n).label for n in range(1, explanation.stepping.total + 1)]
    assert labels[0] == "Primal sweep, step 1 of 6"
    assert labels[-1].startswith("Tangent" if mode == "forward" else "Adjoint")


def test_names_of_users_and_greek_letters():
    explanation = explain("λ = α*x_max\nsin(λ) + α", {"α": 1.0, "x_max": 2.0})
    for number in range(1, explanation.stepping.total + 1):
        check_numbers(explanation, number)


def test_a_long_trace_is_walked_once(monkeypatch):
    text = " + ".join(f"sin({k}*x)" for k in range(1, 1500))
    explanation = explain(text, {"x": 0.5})
    assert not explanation.readable
    total = explanation.stepping.total
    narrate(explanation, total)
    # it is not made again
    monkeypatch.setattr("adexplain.explanation.trace_index.TraceIndex.__init__", None)
    said = [check_numbers(explanation, n) for n in (1, total // 2, total - 1, total)]
    assert "x is used 1,499 times" in plain_text(said[-1].sentence)
    assert "This is the 1,499th" in plain_text(said[-1].sentence)


@given(programs(), st.data())
def test_words_never_fail_and_agree_with_the_trace(text, data):
    program = parse(text)
    wild = data.draw(st.booleans())
    point = data.draw(points(len(program.inputs), wild=wild))
    point = [value if math.isfinite(value) else 1e308 for value in point]
    explanation = explain(program, point)
    for number in range(1, explanation.stepping.total + 1):
        said: Narration = check_numbers(explanation, number)
        line = said.plain()
        shown = short(said.total).replace("-", "−").replace("inf", "∞").replace("nan", "NaN")
        numbers = re.findall(r"[−\d.e∞]+|NaN", said.calculation())
        assert shown in line or short(said.total, given=True).replace("-", "−") in line
        assert numbers


@given(programs(outputs=2, lines=2))
def test_a_completed_input_says_so_once(text):
    program = parse(text)
    explanation = explain(program, [0.5] * len(program.inputs))
    received = {item.into for item in explanation.contributions} & set(program.input_names)
    received |= {name for name in explanation.stepping.seeded if name in program.input_names}
    completed = []
    for number in range(1, explanation.stepping.total + 1):
        if "This completes" in plain_text(narrate(explanation, number).sentence):
            completed.append(explanation.stepping.at(number).name)
    assert sorted(completed) == sorted(received)
