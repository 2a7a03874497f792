"""What a signature promises, and which value of a call belongs to which name."""

import inspect

import pytest

import adexplain as ad
from adexplain.codegen.calling import SHOWN_INPUTS, signature, title, values_in_order
from adexplain.errors import CallError


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ([], "()"),
        (["x", "y"], "(x, y)"),
        (["sum", "match"], "(sum, match)"),
        (["x", "lambda", "y"], "(x, lambda_, /, y)"),
        (["lambda", "lambda_"], "(lambda_, /, lambda__)"),
        (["µ"], "(μ)"),
    ],
)
def test_signatures(names: list[str], shown: str) -> None:
    assert str(signature(names)) == shown


def test_signatures_of_names_alone() -> None:
    assert str(signature(["y", "x"], positional=False)) == "(*, y, x)"
    assert signature(["y", "lambda"], positional=False) is None


def test_a_long_signature_is_left_out() -> None:
    names = [f"x{k}" for k in range(SHOWN_INPUTS + 1)]
    assert signature(names) is None
    assert signature(names[1:]) is not None
    shown = inspect.signature(ad.grad("+".join(names)))
    assert [parameter.kind.name for parameter in shown.parameters.values()] == (
        ["VAR_POSITIONAL", "VAR_KEYWORD"]
    )


def test_values_in_order() -> None:
    assert values_in_order(["x", "µ"], [1], {"μ": 2}) == [1, 2]
    assert values_in_order(["x", "µ"], [], {"µ": 2, "x": 1}) == [1, 2]
    for positions, named in (([], {"x": 1}), ([1], {"x": 1, "µ": 2}), ([1, 2, 3], {})):
        with pytest.raises(CallError) as caught:
            values_in_order(["x", "µ"], positions, named)
        assert caught.value.hint


def test_titles_are_short() -> None:
    assert title(ad.parse("a = x*y\na^2")) == "``a = x*y a^2``"
    assert len(title(ad.parse("+".join(["x"] * 1000)))) < 80
    assert title(ad.parse("x")) != title(_without_text())


def _without_text() -> ad.Program:
    from adexplain.transforms import tangent

    return tangent(ad.parse("x"))
