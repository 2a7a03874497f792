"""The drawings of the verdict: where their curves, ticks and guides stand, and what they say."""

import math
from itertools import pairwise

import pytest
from markupsafe import Markup

from adexplain.server.explorer.panels.step_size_chart import error_chart, remainder_chart
from adexplain.server.html.chart import Series, chart, number

STEPS = [10.0**-k for k in range(1, 9)]


def drawn(numbers, **options):
    return chart(Markup("f"), "Error", STEPS, [Series("one", "one", "{}", numbers)], "", **options)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1e-6, "1e−6"), (2.34e-8, "2.3e−8"), (0.0, "0"), (None, "–"), (0.5, "0.5"), (4.0, "4"),
     (1e20, "1e20"), (0.00123, "0.0012"), (9.99e-8, "1e−7")],
)  # fmt: skip
def test_numbers_take_two_digits(value, shown):
    assert number(value) == shown


def test_a_power_law_is_a_straight_line():
    curve = drawn([h**2 for h in STEPS]).curves[0]
    points = [tuple(map(float, point.split(","))) for point in curve.points.split()]
    slopes = [(b - d) / (a - c) for (a, b), (c, d) in pairwise(points)]
    assert max(slopes) - min(slopes) < 0.1


def test_places_stand_from_left_to_right_and_say_what_is_there():
    found = drawn([h if h > 1e-5 else None for h in STEPS])
    assert [place.step for place in found.places] == ["1e−4", "0.001", "0.01", "0.1"]
    assert found.places[0].numbers == ["1e−4"]
    assert [place.x for place in found.places] == sorted(place.x for place in found.places)


def test_what_cannot_be_drawn_is_not():
    assert drawn([None] * 8) is None
    assert drawn([0.0] * 8) is None
    assert drawn([math.nan] * 8) is None


def test_zero_is_drawn_below_the_smallest_number():
    found = drawn([0.0, *(h for h in STEPS[1:])])
    heights = [float(place.ys) for place in found.places]
    assert heights[-1] == max(heights)  # down is more


def test_the_guides_leave_the_curve_where_it_bends():
    straight = [h**2 for h in STEPS]
    bent = [1e-4, 1e-4, *straight[2:]]
    one, two = drawn(bent, slopes={"one": 1, "two": 2}).guides
    assert one.path.split("L")[0] == two.path.split("L")[0]
    right = drawn(straight, slopes={"two": 2}).guides[0]
    assert right.path != two.path


def test_the_remainder_is_drawn_only_where_it_has_a_slope():
    data = {"h": STEPS, "remainder": [h**2 for h in STEPS], "slope": 2.0, "message": "Right."}
    assert remainder_chart(data).sentence == "Right."
    assert remainder_chart({**data, "slope": None}) is None


def test_the_least_errors_are_told():
    errors = [h + 1e-16 / h for h in STEPS]
    found = error_chart({"h": STEPS, "forward": errors, "central": [0.0] * 8}, Markup("f"), "x")
    assert found.sentence == (
        "Forward differences err least, by 2e−8, at h = 1e−8; "
        "central differences have no error at h = 0.1."
    )
