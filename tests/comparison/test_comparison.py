"""The comparison as a whole: through the worker pool, as plain data and as text."""

import json

import pytest

from adexplain.comparison.compare import compare
from adexplain.comparison.taylor import taylor_test
from adexplain.errors import InputError
from adexplain.language import parse

METHODS = ["Reverse AD", "Forward AD", "Symbolic", "Complex step", "Richardson",
           "Central difference", "Forward difference"]  # fmt: skip


def test_plain_data() -> None:
    data = compare("ln(x1) + x1*x2 - sin(x2)", {"x1": 2, "x2": 5}).to_dict()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert [method["name"] for method in data["methods"]] == METHODS
    assert data["output"] == "f"
    assert data["inputs"] == ["x1", "x2"]
    assert data["reference"]["digits"]["x2"] == "1.71633781453677373553336082849"
    assert data["symbolic"]["x1"]["text"] == "x2 + 1/x1"
    assert data["symbolic"]["x1"]["operations"] == 2
    assert data["methods"][0]["digits"] == {"x1": 16, "x2": 16}
    sweep = data["sweep"]["x2"]
    assert len(sweep["h"]) == len(sweep["forward"]) == len(sweep["central"])
    assert set(sweep["best"]) == set(sweep["model"]) == {"forward", "central"}
    assert data["taylor"]["slope"] == pytest.approx(2, abs=0.05)
    assert data["verdict"]["agree"] is True


@pytest.mark.parametrize(
    ("text", "at"),
    [("sqrt(x)", [0]), ("log(x)", [-1]), ("x/y", [1, 0]), ("exp(x)", [800]), ("3", []),
     ("sin(x)/x", [0]), ("x", [1]), ("where(x > 0, x, -x)", [0]), ("1e308*x*x", [10])],
)  # fmt: skip
def test_any_point_gives_json_and_text(text: str, at: list[float]) -> None:
    found = compare(text, at)
    json.dumps(found.to_dict(), allow_nan=False)
    assert found.verdict.claim in str(found)
    assert found.verdict.reason


def test_one_output_of_several() -> None:
    found = compare("y = x^2\nz = sin(x)\n[y, z]", [0.5], output="z")
    assert found.output == "z"
    assert found.methods[0].gradient["x"] == pytest.approx(0.8775825618903728)
    with pytest.raises(InputError, match="no output"):
        compare("x^2", [1], output="q")


def test_text_shows_digits() -> None:
    text = str(compare("sin(x)", [1]))
    assert "Reverse AD" in text
    assert "≥ 15" in text
    assert "All methods agree." in text


@pytest.mark.slow
def test_many_rows_and_many_inputs_stay_quick() -> None:
    text = "+".join(f"x{k}*sin(x{k})" for k in range(300))
    found = compare(text, [0.5] * 300)
    data = found.to_dict()
    assert "not asked" in data["methods"][2]["message"]
    assert data["verdict"]["agree"]
    assert len(data["inputs"]) < 300


@pytest.mark.parametrize(
    ("text", "point", "gradient", "verdict"),
    [("x^2", 3.0, 6.0, "right"), ("x^2", 3.0, 6.001, "wrong"), ("x^2", 3.0, 6 + 1e-8, "wrong"),
     ("x^3", 0.0, 0.0, "right"), ("3*x", 1.0, 3.0, "linear"), ("3*x", 1.0, 3.1, "wrong"),
     ("log(x)", 1e-3, 1e3, "right"), ("|x|", 0.0, 0.0, "wrong"), ("sin(1e6*x)", 0.0, 1e6, "right"),
     ("sqrt(x)*x", 0.0, 0.0, "unclear")],
)  # fmt: skip
def test_taylor_slopes(text: str, point: float, gradient: float, verdict: str) -> None:
    found = taylor_test(parse(text), [point], 0, {0: gradient})
    assert found.verdict == verdict
    if verdict == "right":
        assert found.slope is not None
        assert found.slope > 1.85
