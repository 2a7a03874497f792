from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import adexplain
from adexplain.errors import InputError
from adexplain.narration.parts import plain_text
from adexplain.practice.answers import rule_of
from adexplain.practice.coverage import KINDS, VALUES, question_at
from adexplain.practice.equality import Match
from adexplain.practice.hints import hints
from adexplain.practice.predicting import first_covered, judge, prompt
from adexplain.server.http.examples import GROUPS
from tests.sizes import samples

EXAMPLES = [example for examples in GROUPS.values() for example in examples]

GW = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"


@pytest.fixture(scope="module")
def gw():
    return adexplain.explain(GW, {"x1": 1.5, "x2": 0.5}, mode="reverse")


@pytest.fixture(scope="module")
def both():
    return adexplain.explain(GW, {"x1": 1.5, "x2": 0.5}, mode="both")


def covered(explanation, kind):
    """Every step that is covered, one after the other."""
    told = 0
    while step := first_covered(explanation, kind, told):
        yield step
        told = step


def asked(explanation, kind, step):
    return plain_text(prompt(explanation, kind, step))


def test_each_kind_covers_its_own_steps(both):
    steps = {kind: list(covered(both, kind)) for kind in KINDS}
    assert steps["values"] == [1, 2, 3, 4, 5, 6]
    assert steps["rules"] == steps["contributions"] == [*range(7, 13), *range(14, 24)]
    assert steps["gradient"] == [12, 22, 23]


def test_seeds_and_numbers_that_are_none_are_not_asked_for():
    at_zero = adexplain.explain("ln(x) + x", {"x": 0.0}, mode="reverse")
    assert list(covered(at_zero, "values")) == []
    assert list(covered(adexplain.explain("pi*2 + x", {"x": 1.0}), "contributions")) != []


@pytest.mark.parametrize(
    ("kind", "step", "words"),
    [
        ("values", 4, "What is v4 = v1 − v3?"),
        ("contributions", 8, "What is v̄5?"),
        ("contributions", 11, "What is v̄4 after the contribution from v5?"),
        ("rules", 15, "What is ∂v2/∂v1 as a formula, where v2 = sin(v1)?"),
        ("gradient", 16, "What is x̄1 in the end, that is ∂f/∂x1?"),
    ],
)
def test_questions(gw, kind, step, words):
    assert asked(gw, kind, step) == words


def test_the_second_place_of_a_square_is_asked_for_as_such():
    square = adexplain.explain("x*x", {"x": 3.0}, mode="reverse")
    assert asked(square, "contributions", 4) == (
        "What is x̄ after the contribution from the second place in v1?"
    )
    assert judge(square, 3, "contributions", "3").match is Match.EXACT
    assert judge(square, 4, "contributions", "6").match is Match.EXACT


def test_a_step_that_is_not_covered_has_no_question(gw):
    with pytest.raises(ValueError, match="none of the values"):
        prompt(gw, "values", 8)


@pytest.mark.parametrize(
    ("given_", "match"),
    [
        ("2.8437", Match.ROUNDED),
        ("2,84", Match.ROUNDED),
        ("2.843677466659611", Match.EXACT),
        ("v4' + v5'", Match.EXACT),
        ("v̄4 + v̄5·1", Match.EXACT),
        ("1.492398737359739 + v5'", Match.EXACT),
        ("2.9", Match.WRONG),
        ("1.3513", Match.WRONG),
    ],
)
def test_numbers_and_expressions(gw, given_, match):
    assert judge(gw, 11, "contributions", given_).match is match


@pytest.mark.parametrize(
    ("given_", "match"),
    [
        ("cos(v1)", Match.EXACT),
        ("cos(x1/x2)", Match.EXACT),
        ("sin(v1 + pi/2)", Match.EXACT),
        ("v2' cos(v1)", Match.EXACT),
        ("-cos(v1)", Match.WRONG),
        ("sin(v1)", Match.WRONG),
        ("v2", Match.WRONG),
        ("-0.98999", Match.WRONG),
    ],
)
def test_rules_as_formulas(gw, given_, match):
    assert judge(gw, 15, "rules", given_).match is match


@pytest.mark.parametrize("given_", ["v5'*v4 + v5*v4'", "v̇5 v4 + v4' v5", "v4 v5' + v5*v4'"])
def test_the_rule_of_a_tangent(both, given_):
    assert judge(both, 12, "rules", given_).match is Match.EXACT


@pytest.mark.parametrize("given_", ["v5'*v4 - v5*v4'", "v5'*v4", "v5'*v4'"])
def test_a_wrong_rule_of_a_tangent(both, given_):
    assert judge(both, 12, "rules", given_).match is Match.WRONG


@pytest.mark.parametrize(
    ("kind", "step", "given_", "says"),
    [
        ("contributions", 11, "1.3513", "That is what this contribution brings; v̄4 held 1.4924"),
        ("contributions", 11, "-2.8437", "look at the sign"),
        ("contributions", 15, "-0.98999", "That is the partial alone"),
        ("values", 4, "-1.3513", "look at the sign"),
    ],
)
def test_what_a_wrong_number_is(gw, kind, step, given_, says):
    assert says in plain_text(judge(gw, step, kind, given_).remark)


def test_one_term_of_a_tangent_is_told_apart(both):
    assert "they are added" in plain_text(judge(both, 12, "contributions", "0.027046").remark)


@pytest.mark.parametrize(
    ("kind", "text"), [("value", "v9"), ("value", "two"), ("rule", "cos(q)"), ("rule", "cos(")]
)
def test_what_cannot_be_read_is_no_wrong_answer(gw, kind, text):
    with pytest.raises(InputError):
        judge(gw, 15, kind, text)


def test_a_number_that_comes_later_is_not_known_yet(gw):
    with pytest.raises(InputError, match="known before this step"):
        judge(gw, 2, "values", "v4")
    assert judge(gw, 4, "values", "v1 - v3").match is Match.EXACT


def test_a_long_answer_is_refused(gw):
    with pytest.raises(InputError, match="at most 200"):
        judge(gw, 4, "values", "1+" * 150 + "1")


def test_no_hint_holds_the_answer(both):
    for kind in ("values", "contributions", "gradient"):
        for step in covered(both, kind):
            look_up = question_at(both, step)
            digits = f"{abs(look_up.value):.5g}"
            if len(digits) > 2:  # a 2 stands in every name
                shown = " ".join(map(plain_text, hints(both, kind, look_up)))
                assert digits not in shown


def test_hints_say_first_where_to_look_and_then_the_rule(gw):
    first, second = judge(gw, 11, "contributions", "7").hints
    assert plain_text(first) == (
        "This contribution comes from the row v5 = v2 + v4: look at v̄5 and at ∂v5/∂v4."
    )
    assert plain_text(second) == (
        "The rule with the names of this row: v̄4 += v̄5 · ∂v5/∂v4. "
        "v̄4 holds something already: the contribution is added to it."
    )


def test_praise_says_what_was_done(gw):
    praise = plain_text(judge(gw, 11, "contributions", "2.84").praise)
    assert praise == "Right, up to rounding: added to what v̄4 held before."


@given(st.integers(1, 17), st.floats(-1e6, 1e6), st.sampled_from(["value", "rule"]))
@settings(max_examples=samples(50), deadline=None)
def test_any_number_is_judged(step, number, kind):
    explanation = adexplain.explain(GW, {"x1": 1.5, "x2": 0.5}, mode="reverse")
    if step > 7 or kind == "value":
        assert judge(explanation, step, kind, repr(number)).match in Match


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_the_true_answers_of_every_example_are_right(example):
    explanation = adexplain.explain(example.text, example.at, mode="both")
    for kind in KINDS:
        for step in islice(covered(explanation, kind), 40):
            look_up = question_at(explanation, step)
            assert asked(explanation, kind, step).endswith("?")
            assert len(hints(explanation, kind, look_up)) == 2
            if kind == "rules":
                text, _ = rule_of(explanation, look_up)
                assert judge(explanation, step, kind, text).match is Match.EXACT
            else:
                assert judge(explanation, step, kind, repr(look_up.value)).match is Match.EXACT
                rounded = f"{look_up.value:.4g}"
                assert judge(explanation, step, kind, rounded).match is not Match.WRONG
                off = repr(1.25 * look_up.value + 0.5)
                assert judge(explanation, step, kind, off).match is Match.WRONG


def test_one_digit_is_told_to_be_too_few():
    explanation = adexplain.explain("ln(x)", {"x": 2})
    found = judge(explanation, 1, VALUES, "0.7")
    assert found.match is Match.WRONG
    assert plain_text(found.remark) == "Right to one digit: write at least two."


@pytest.mark.parametrize(
    ("kind", "step", "given", "said"),
    [
        (VALUES, 3, "0.087", "radians"),
        (VALUES, 3, "0.96", "look at the sign"),
        ("contributions", 7, "-7", "one of the terms"),
        ("contributions", 6, "0.5", "the partial alone: it is multiplied by ẋ1"),
        ("contributions", 17, "2", "That comes with ∂v2/∂x2 instead."),
        ("contributions", 18, "2", "held −0.28366 before it"),
        ("contributions", 18, "-2.28366", "The contribution has the wrong sign."),
        ("rules", 7, "x1'*x2'", "not multiplied"),
        ("rules", 7, "x1'x2'", "not multiplied"),
        ("rules", 7, "x1' x2", "one of the terms"),
        ("rules", 7, "x1'x2", "one of the terms"),
        ("rules", 7, "x1'x2 - x1*x2'", "A sign between the terms is wrong."),
        ("rules", 8, "cos(x2)", "a partial alone"),
        ("rules", 8, "-x2'cos(x2)", "look at the sign"),
        ("rules", 13, "1", "look at the sign"),
        ("rules", 16, "sin(x2)", "the row itself"),
        ("rules", 18, "x2", "That is the partial by x1."),
        ("rules", 18, "exp(x2)", ""),
    ],
)
def test_a_slip_is_named(kind, step, given, said):
    seed = {"tangent": {"x1": 3, "x2": -3.5}}
    trace = adexplain.explain("ln(x1) + x1*x2 - sin(x2)", {"x1": 2, "x2": 5}, "both", seed)
    found = judge(trace, step, kind, given)
    assert found.match is Match.WRONG
    assert said in plain_text(found.remark)
    assert bool(said) == bool(found.remark)


@pytest.mark.parametrize(
    "text", ["x'y + y'x", "y' x + x' y", "x'*y+x*y'", "ẋ y + x ẏ", "ẋ*y + x*ẏ"]
)
def test_a_product_with_primes_needs_no_sign(text):
    trace = adexplain.explain("x*y", {"x": 2, "y": 3}, "forward")
    assert judge(trace, 2, "rules", text).match is Match.EXACT


def test_a_rule_tells_primes_as_they_were_typed(both):
    step = next(n for n in range(1, 60) if asks_for_a_partial(both, n))
    with pytest.raises(InputError) as caught:
        judge(both, step, "rules", "q7'*2")
    assert "`q7'`" in str(caught.value)


def asks_for_a_partial(explanation, number):
    return question_at(explanation, number).edge is not None
