"""Drawings with linear axes: gaps, breaks and marks are found without knowing the function."""

import math

import adexplain
from adexplain.server.html.plot import plot
from adexplain.server.html.plot_samples import sample


def drawn(text, position=0, point=(0.0,), **span):
    return plot(adexplain.parse(text), position, point, **span)


def stretches(function, step=0.1):
    return sample(function, -4.0, 4.0, 240, step)


def test_a_smooth_curve_is_one_stretch():
    found = stretches(math.sin)
    assert len(found.segments) == 1
    assert found.breaks == []


def test_a_steep_curve_is_no_break():
    assert stretches(lambda x: 50 * x).breaks == []
    assert stretches(lambda x: math.copysign(abs(x) ** (1 / 3), x)).breaks == []


def test_a_jump_ends_a_stretch_where_it_is():
    found = stretches(lambda x: 1.0 if x > 1 / 3 else -1.0)
    assert found.breaks == [0.3333333]
    left, right = found.segments
    assert left[-1][0] <= right[0][0]
    assert right[0][0] - left[-1][0] < 1e-6


def test_a_pole_between_two_samples_is_a_break():
    found = stretches(math.tan)
    assert found.breaks == [-1.5707963, 1.5707963]
    assert len(found.segments) == 3


def test_a_domain_is_followed_to_its_end():
    found = stretches(lambda x: math.log(x) if x > 0 else None)
    assert min(x for x, _ in found.segments[0]) < 1e-4
    assert found.breaks == [0.0]


def test_a_kink_shows_in_the_slope_alone():
    shown = drawn("abs(x - 1)")
    assert [(mark.at, mark.kind) for mark in shown.marks] == [(1.0, "kink")]
    assert [name for name, _, _ in shown.dots] == ["slope"]  # the convention stands alone
    assert shown.value.count("M") == 1
    assert shown.slope.count("M") == 2


def test_a_gap_where_there_is_no_value():
    shown = drawn("sqrt(x)")
    assert shown.value.count("M") == 1
    assert shown.places[0].numbers == ("–", "–")
    assert [(mark.kind, mark.right) for mark in shown.marks] == [("vertical", "∞")]


def test_a_rule_that_answers_outside_the_domain_draws_no_slope_there():
    shown = drawn("log(x)")
    assert shown.places[0].numbers == ("–", "–")


def test_nothing_to_draw():
    assert drawn("sqrt(-1 - x^2)") is None


def test_scales_are_the_same_where_the_curve_fits():
    same, other = drawn("sin(x)"), drawn("100*x")
    assert [tick.text for tick in same.y_ticks] == [tick.text for tick in same.x_ticks]
    assert other.y_ticks[-1].text == "400"


def test_inputs_out_of_alphabetical_order():
    for text in ("y - |x|", "f(y, x) = y - |x|"):
        shown = drawn(text, 1, (1.0, 0.0))
        assert [(mark.at, mark.kind) for mark in shown.marks] == [(0.0, "kink")]
        assert (shown.variable, shown.fixed) == ("x", "y = 1")


def test_what_is_fixed_is_said():
    assert drawn("x*y", 1, (2.0, 0.0)).fixed == "x = 2"
    assert drawn("x*y", 1, (2.0, 0.0)).variable == "y"


def test_another_span():
    assert drawn("x^2", low=0.0, high=1.0).spoken == "for x from 0 to 1"


def test_labels_do_not_stand_on_one_another():
    marks = [mark for mark in drawn("mod(2, x)").marks if mark.named]
    assert 1 <= len(marks) <= 3
    for one in marks:
        for other in marks:
            assert one is other or abs(one.x - other.x) > 60 or abs(one.y - other.y) > 15
