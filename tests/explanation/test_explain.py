"""``Explanation.to_dict()``: the books' numbers, modes, seeds, statuses, errors and warnings."""

import json
import math

import pytest
import sympy

import adexplain as ad

ASSIGNMENTS = """\
v1 = x1/x2
v2 = sin(v1)
v3 = exp(x2)
v4 = v1 - v3
v5 = v2 + v4
v6 = v5*v4"""
ONE_LINE = "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))"
LEFT_TO_RIGHT = "(sin(x1/x2) + x1/x2 - exp(x2))*(x1/x2 - exp(x2))"
BAYDIN = "ln(x1) + x1*x2 - sin(x2)"
AT = {"x1": 1.5, "x2": 0.5}


def column(data, name):
    return [row[name] for row in data["rows"]]


@pytest.mark.parametrize("text", [ASSIGNMENTS, ONE_LINE])
def test_griewank_and_walther(text):
    """Evaluating Derivatives (2008), Tables 1.1 to 1.3."""
    data = ad.explain(text, AT).to_dict()
    assert column(data, "name") == ["v1", "v2", "v3", "v4", "v5", "v6"]
    assert column(data, "text")[3:] == ["v1 - v3", "v2 + v4", "v5 * v4"]
    assert column(data, "value") == pytest.approx(
        [3.0, 0.14112, 1.64872, 1.35128, 1.49240, 2.0166466694], abs=5e-6
    )
    assert column(data, "tangent") == pytest.approx(
        [2.0, -1.97998, 0, 2.0, 0.02002, 3.0118433277], abs=6e-6
    )
    assert data["gradient"] == pytest.approx({"x1": 3.0118433277, "x2": -13.7239615093})


@pytest.mark.parametrize("text", [ASSIGNMENTS, ONE_LINE])
def test_two_contributions_each_with_running_sums(text):
    data = ad.explain(text, AT).to_dict()
    sums = {"v4": [], "v1": [], "x2": []}
    for item in data["contributions"]:
        if item["into"] in sums:
            sums[item["into"]].append((item["out_of"], item["total"]))
    assert [row for row, _ in sums["v4"]] == ["v6", "v5"]
    assert [total for _, total in sums["v4"]] == pytest.approx([1.4924, 2.8437], abs=5e-5)
    assert [row for row, _ in sums["v1"]] == ["v4", "v2"]
    assert [total for _, total in sums["v1"]] == pytest.approx([2.8437, 1.5059], abs=5e-5)
    assert [row for row, _ in sums["x2"]] == ["v3", "v1"]
    assert [total for _, total in sums["x2"]] == pytest.approx([-4.6884, -13.7240], abs=5e-5)


def test_the_other_tangent_seed():
    data = ad.explain(ONE_LINE, AT, seed={"x2": 1}).to_dict()
    assert data["seed"]["tangent"] == {"x1": 0.0, "x2": 1.0}
    assert data["rows"][-1]["tangent"] == pytest.approx(-13.7239615093)


def test_sharing():
    shared = ad.explain(LEFT_TO_RIGHT, AT)
    single = ad.explain(ad.parse(LEFT_TO_RIGHT, share=False), AT)
    assert (len(shared.rows), len(single.rows)) == (7, 10)
    assert shared.gradient == pytest.approx(single.gradient, rel=1e-15)


def test_baydin():
    """Baydin et al. (2018), Tables 2 and 3."""
    data = ad.explain(BAYDIN, {"x1": 2, "x2": 5}).to_dict()
    assert column(data, "value") == pytest.approx([0.693, 10, -0.959, 10.693, 11.652], abs=5e-4)
    assert column(data, "tangent") == pytest.approx([0.5, 5, 0, 5.5, 5.5])
    assert column(data, "adjoint") == [1, 1, -1, 1, 1]
    assert data["gradient"] == pytest.approx({"x1": 5.5, "x2": 1.716}, abs=5e-4)


def test_the_place_of_each_row_in_the_text():
    data = ad.explain(BAYDIN, [2, 5]).to_dict()
    spans = [BAYDIN[slice(*row["span"])] for row in data["rows"]]
    assert spans == ["ln(x1)", "x1*x2", "sin(x2)", "ln(x1) + x1*x2", BAYDIN]


def test_a_product_with_itself_has_two_contributions():
    data = ad.explain("x*x", [3]).to_dict()
    assert [(c["into"], c["amount"], c["total"]) for c in data["contributions"]] == [
        ("x", 3.0, 3.0),
        ("x", 3.0, 6.0),
    ]


def test_sixty_doublings_are_sixty_rows():
    text = "\n".join(["a1 = x + x", *(f"a{k} = a{k - 1} + a{k - 1}" for k in range(2, 61))])
    data = ad.explain(text, [1]).to_dict()
    assert len(data["rows"]) == 60
    assert data["gradient"] == {"x": 2.0**60}


def test_forward_mode_leaves_the_adjoints_out():
    data = ad.explain(BAYDIN, [2, 5], mode="forward").to_dict()
    assert column(data, "adjoint") == [None] * 5
    assert data["contributions"] == []
    assert data["seed"] == {"tangent": {"x1": 1.0, "x2": 0.0}, "adjoint": None}
    assert data["gradient"]["x1"] == 5.5


def test_reverse_mode_leaves_the_tangents_out():
    data = ad.explain(BAYDIN, [2, 5], mode="reverse").to_dict()
    assert column(data, "tangent") == column(data, "tangent_latex") == [None] * 5
    assert data["seed"] == {"tangent": None, "adjoint": {"f": 1.0}}
    assert len(data["contributions"]) == 8


def test_several_outputs():
    data = ad.explain("[r*cos(t), r*sin(t)]", {"r": 2, "t": "pi/3"}).to_dict()
    assert [item["name"] for item in data["outputs"]] == ["f1", "f2"]
    assert data["gradient"] is None
    root = math.sqrt(3)
    assert data["jacobian"] == [pytest.approx([0.5, -root]), pytest.approx([root / 2, 1.0])]
    assert [(p["output"], p["input"]) for p in data["partials"]] == [
        ("f1", "r"), ("f1", "t"), ("f2", "r"), ("f2", "t"),
    ]  # fmt: skip


def test_weights_of_several_outputs():
    seed = {"tangent": {"x": 0.5}, "adjoint": {"f1": 2, "f2": -1}}
    data = ad.explain("[x*y, x + y]", {"x": 3, "y": 4}, seed=seed).to_dict()
    assert {i["name"]: i["adjoint"] for i in data["inputs"]} == {"x": 2 * 4 - 1, "y": 2 * 3 - 1}
    assert [row["tangent"] for row in data["rows"]] == [2.0, 0.5]
    assert all(item["output"] is None for item in data["contributions"])


def test_values_may_be_constant_expressions():
    assert ad.explain("x", {"x": "pi/3"}).inputs[0].value == math.pi / 3
    assert ad.explain("x", ["2^10"]).inputs[0].value == 1024.0


def test_exact_values():
    data = ad.explain("sin(x)^2", {"x": "pi/3"}, exact=True).to_dict()
    assert data["rows"][0]["exact"]["value"] == "sqrt(3)/2"
    assert data["rows"][1]["exact"]["value"] == "3/4"
    assert data["inputs"][0]["exact"]["adjoint"] == "sqrt(3)/2"


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("sin(x)^2*y + sqrt(y)", {"x": "pi/3", "y": "2"}),
        ("max(x, y)*where(x < y, x, exp(y))", {"x": "1", "y": "2"}),
        ("a = x*y\nb = a + x/3\nc = a*b", {"x": "sqrt(2)", "y": "1/3"}),
    ],
)
def test_exact_numbers_are_those_of_the_sweeps(text, point):
    data = ad.explain(text, point, exact=True).to_dict()
    items = [(item, kind) for item in (*data["inputs"], *data["rows"])
             for kind in ("value", "tangent", "adjoint")]  # fmt: skip
    items += [(item, kind) for item in data["contributions"] for kind in ("amount", "total")]
    found = 0
    for item, kind in items:
        if kind in (item["exact"] or {}):
            found += 1
            assert float(sympy.N(sympy.sympify(item["exact"][kind]))) == pytest.approx(item[kind])
    assert found > len(items) / 2
    for item in data["contributions"]:
        if "partial" in item["exact"]:
            exact = float(sympy.N(sympy.sympify(item["exact"]["partial"])))
            assert exact == pytest.approx(item["partial_value"])


STATUSES = [
    ("abs(x)", [0], "kink", 0.0, -1.0, 1.0),
    ("relu(x)", [0], "kink", 0.0, 0.0, 1.0),
    ("max(x, 0)", [0], "kink", 0.5, 0.0, 1.0),
    ("max(x, y)", [1, 1], "kink", 0.5, 0.0, 1.0),
    ("max(x, y, z)", [1, 1, 1], "kink", 1 / 3, 0.0, 1.0),
    ("sqrt(x^2)", [0], "kink", 0.0, -1.0, 1.0),
    ("relu(-x) + x - relu(x)", [0], "program", 1.0, 0.0, 0.0),
    ("x*abs(x)", [0], "ok", 0.0, 0.0, 0.0),
    ("min(x, x)", [1], "ok", 1.0, 1.0, 1.0),
    ("floor(x)", [2], "jump", 0.0, 0.0, 0.0),
    ("sqrt(x)", [0], "vertical", math.inf, None, math.inf),
    ("cbrt(x)", [0], "vertical", math.inf, math.inf, math.inf),
    ("x**1.5", [0], "boundary", 0.0, None, 0.0),
    ("sin(x)/x", [0], "removable", math.nan, 0.0, 0.0),
    ("log(x)", [-1], "undefined", -1.0, None, None),
    ("1/x", [0], "undefined", -math.inf, None, None),
    ("x**(1/3)", [-8], "undefined", math.nan, None, None),
    ("exp(x)", [1000], "overflow", math.inf, None, None),
    ("x**2", [-3], "ok", -6.0, None, None),
    ("where(x > 0, x*log(x), x^2)", [-2], "ok", -4.0, None, None),
]


@pytest.mark.parametrize(("text", "at", "kind", "value", "left", "right"), STATUSES)
def test_statuses_and_one_sided_derivatives(text, at, kind, value, left, right):
    explanation = ad.explain(text, at)
    partial = explanation.partials[0]
    assert partial.status == kind
    assert partial.value == pytest.approx(value, nan_ok=True)
    assert partial.left == pytest.approx(left)
    assert partial.right == pytest.approx(right)
    assert explanation.status["kind"] == kind
    assert bool(partial.message) == (kind != "ok")
    json.dumps(explanation.to_dict(), allow_nan=False)


def test_no_number_is_complex():
    for text, at, *_ in STATUSES:
        for row in ad.explain(text, at).rows:
            for number in (row.value, row.tangent, row.adjoint):
                assert number is None or isinstance(number, float)


@pytest.mark.parametrize(
    ("text", "at", "row", "sentence"),
    [
        ("log(x - 3)", [2], "v2", "log(-1) is outside the domain, which needs v1 > 0."),
        ("(-8)**(1/3)", [], "v1", "is not a real number. For the real cube root write cbrt(…)."),
        ("9**9**9", [], "v2", "is beyond the range of a float."),
        ("1/x", [0], "v1", "1 / 0 divides by zero."),
        ("abs(x)", [0], "v1", "abs(0) is at a kink"),
        ("(1 - cos(x))/x^2", [1e-7], "v2", "the true derivative is -8.3333e-09."),
    ],
)
def test_the_status_names_the_row_and_says_why(text, at, row, sentence):
    status = ad.explain(text, at).status
    assert status["row"] == row
    assert sentence in status["message"]


def test_the_edge_has_the_status():
    """At (-3, 2) the power has a derivative by its base, none by its exponent."""
    data = ad.explain("x**n", {"x": -3, "n": 2}).to_dict()
    assert [(p["input"], p["status"], p["value"]) for p in data["partials"]] == [
        ("x", "ok", -6.0),
        ("n", "undefined", "nan"),
    ]


def test_conventions_are_named():
    tied = ad.explain("max(x, y)", [1, 1]).partials
    assert [p.convention for p in tied] == ["the average of the tied ones"] * 2
    assert ad.explain("abs(x)", [0]).partials[0].convention == "0"


def test_a_row_that_follows_says_so():
    rows = ad.explain("log(x) + 1", [-1]).rows
    assert [(row.status, row.begins) for row in rows] == [
        ("undefined", True),
        ("undefined", False),
    ]
    assert rows[1].message == "This follows from v1."


def test_warnings():
    assert ad.explain("x", {"x": 1, "z": 2}).warnings == ["z is given a value but does not occur."]
    assert ad.explain("f(x, y) = x", [1, 2]).warnings == [
        "y does not occur in the function: its derivative is 0."
    ]
    assert "no variable" in ad.explain("2*pi", []).warnings[0]
    assert ad.explain("a = x\nb = 2x\n3x", [1]).warnings == ["Nothing uses b."]


def test_readings_are_shown_back():
    note = ad.explain("1/2x", [3]).to_dict()["notes"][0]
    assert "divides first" in note["message"]
    assert note["span"] == [0, 4]


@pytest.mark.parametrize(
    ("text", "at", "options", "message", "span", "hint"),
    [
        ("x*y", {"x": 1}, {}, "`y` has no value.", (2, 3), "Give it one: y=1."),
        ("xy + 1", {"x": 1, "y": 2}, {}, "`xy` has no value.", (0, 2), "write x*y."),
        ("x", [1], {"seed": {"q": 1}}, "The seed names `q`.", None, "It may name x, f."),
        ("x", [1], {"mode": "up"}, "There is no mode `up`.", None, "forward, reverse and both"),
        ("x*y", [1, 2, 3], {}, "3 values for 2 variables.", None, "x, y."),
        ("x", {"x": "inf"}, {}, "The value of x is not a finite number.", None, "pi/3"),
        ("x", {"x": "y + 1"}, {}, "The value of x contains the variable y.", None, "pi/3"),
        ("x", {"x": float("nan")}, {}, "The value of x is not a finite number.", None, "1.5"),
        ("x", {"x": "1 +"}, {}, "The value of x: ", None, ""),
    ],
)
def test_input_errors(text, at, options, message, span, hint):
    with pytest.raises(ad.InputError) as caught:
        ad.explain(text, at, **options)
    assert message in caught.value.message
    assert caught.value.span == span
    assert hint in caught.value.hint


def test_what_is_no_function():
    with pytest.raises(TypeError, match="Python callables are for a later one"):
        ad.explain(math.sin, [1])
    with pytest.raises(TypeError, match="text or a Program"):
        ad.explain(3, [1])


def test_a_sum_of_many_terms():
    data = ad.explain("+".join(["x"] * 20_000), [1])
    assert data.gradient == {"x": 20_000.0}
    assert data.rows[-1].latex is None


def test_where_two_kinks_meet_no_convention_is_claimed() -> None:
    single = ad.explain("abs(x)", [0.0]).partials[0]
    assert single.convention == "0"
    both = ad.explain("abs(x - 1) + max(x, y)", [1.0, 1.0]).partials[0]
    assert (both.status, both.value, both.convention) == ("kink", 0.5, None)
    written = ad.explain("relu(-x) + x - relu(x)", [0.0]).partials[0]
    assert (written.status, written.value, written.convention) == ("program", 1.0, None)


def test_an_overflow_on_the_way_is_told_from_a_derivative_that_is_too_large() -> None:
    hidden = ad.explain("sqrt(x^2 + y^2)", [1e200, 1e200]).partials[0]
    assert (hidden.value, hidden.status) == (0.0, "overflow")
    assert hidden.left == pytest.approx(0.5**0.5)
    assert "true derivative is 0.70711" in (hidden.message or "")
    beyond = ad.explain("exp(x)", [1000.0]).partials[0]
    assert (beyond.value, beyond.status, beyond.left) == (math.inf, "overflow", None)
    harmless = ad.explain("x / exp(y)", [1.0, 1000.0]).partials
    assert [(p.value, p.status) for p in harmless] == [(0.0, "ok"), (0.0, "ok")]


def test_a_name_that_looks_like_a_call_is_told_from_a_product() -> None:
    with pytest.raises(ad.InputError) as caught:
        ad.explain("sinx", {"x": 1.0})
    assert "sin(x)" in caught.value.hint


@pytest.mark.parametrize("text", ["-2*max(2*x, x - 5) + 2*x", "2*x - 2*max(x - 5, 2*x)"])
def test_a_side_that_is_constant_has_slope_0(text):
    """Its values differ by the rounding errors of terms that cancel, which is no pole."""
    (partial,) = ad.explain(text, {"x": -5}).partials
    assert (partial.status, partial.left, partial.right) == ("kink", 0.0, -2.0)


def test_a_row_of_very_many_arguments_has_no_formulas():
    few, many = (
        ad.explain(f"max({', '.join(f'x{k}' for k in range(n))})", [float(k) for k in range(n)])
        for n in (5_999, 6_001)
    )
    assert few.readable
    assert not many.readable
    assert many.rows[0].latex is None
    assert many.contributions[-1].amount == 1.0
