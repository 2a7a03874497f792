"""The cost meter: its bars, its mark at 5, and its sentence."""

import pytest

import adexplain
from adexplain.server.explorer.panels.cost import meter
from adexplain.transforms.cost import BOUND, beyond_bound


def of(text, at, **options):
    return meter(adexplain.explain(text, at, **options))


def test_the_books_function():
    found = of("(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))", [1.5, 0.5])
    assert [(bar.kind, bar.count) for bar in found.bars] == [
        ("primal", 6), ("tangent", 17), ("adjoint", 23),
    ]  # fmt: skip
    assert [bar.times for bar in found.bars] == ["1", "2.83", "3.83"]
    # The mark stands at five times the function's bar.
    assert found.bound == pytest.approx(BOUND * found.bars[0].length, abs=0.1)
    assert "2 sweeps, one for each input; the reverse mode one, at most 5" in found.sentence


def test_what_exceeds_the_bound_is_named():
    found = of("atan2(x, y) + hypot(x, y)", [1, 2])
    assert "because of atan2, hypot" in found.sentence
    assert found.bars[-1].length > found.bound
    assert beyond_bound(adexplain.parse("x^y + x*y")) == ["pow"]
    assert beyond_bound(adexplain.parse("sin(x)*y/exp(x) - x^2")) == []


def test_modes_and_outputs_have_their_bars():
    assert [bar.kind for bar in of("x*y", [1, 2], mode="forward").bars] == ["primal", "tangent"]
    several = of("[x*y, x]", [1, 2])
    assert several.bars[-1].label == "with one adjoint sweep"
    assert "2, one for each output" in several.sentence


@pytest.mark.parametrize(("text", "at"), [("3", []), ("x", [1]), ("2*3", [])])
def test_without_operations_or_inputs_there_is_no_meter(text, at):
    assert of(text, at) is None
