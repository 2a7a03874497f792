"""Every NaN, infinite, zero or missing derivative is followed back to where it began."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import adexplain
from adexplain.doctor.cards import cards
from adexplain.doctor.diagnose import diagnose, findings_as_dict
from adexplain.doctor.finding import Finding
from adexplain.doctor.fixes import FIXES
from adexplain.export.findings import HEALTHY, findings_text
from adexplain.export.style import Style
from adexplain.primitives.primitive import PRIMITIVES
from tests.sizes import samples
from tests.strategies import points, programs


def findings(text: str, at: object, mode: str = "both") -> list[Finding]:
    return diagnose(adexplain.explain(text, at, mode=mode))


SICK = [
    # function, point, symptom, row, sweep, cause, a word of the reason, a word of the mend
    ("log(x)", [-1], "f is NaN", "v1", "primal", "domain", "log(-1)", "where"),
    ("log(x)", [0], "∂f/∂x is ∞", "v1", "primal", "domain", "log(0)", "where"),
    ("x + log(y - x)", [2, 1], "f is NaN", "v2", "primal", "domain", "needs v1 > 0", "where"),
    ("log(-1)*x", [2], "∂f/∂x is NaN", "v1", "primal", "domain", "log(-1)", "where(a > 0"),
    ("sqrt(x)", [-1], "∂f/∂x is NaN", "v1", "primal", "domain", "x ≥ 0", "where"),
    ("acos(x)", [1.0000001], "f is NaN", "v1", "primal", "domain", "|x| ≤ 1", "min(max(x"),
    ("x^(1/3)", [-8], "f is NaN", "v1", "primal", "domain", "not a real number", "cbrt(x)"),
    ("sin(x)/x", [0], "f is NaN", "v2", "primal", "domain", "divides by zero", "sinc(x/pi)"),
    ("(exp(x) - 1)/x", [0], "f is NaN", "v3", "primal", "domain", "0 / 0", "expm1"),
    ("x/y", [1, 0], "∂f/∂y is −∞", "v1", "primal", "domain", "1 / 0", "where(y == 0"),
    ("atan(1/x)", [0], "∂f/∂x is 0", "v1", "primal", "domain", "1 / 0", "where"),
    ("sin(1/x)*y", [0, 1], "∂f/∂y is NaN", "v1", "primal", "domain", "1 / 0", "where"),
    ("gamma(x)", [-1], "f is NaN", "v1", "primal", "domain", "outside", "domain"),
    ("exp(x)", [800], "f is ∞", "v1", "primal", "overflow", "beyond", "709"),
    ("log(exp(x) + exp(y))", [1000, 1], "f is ∞", "v1", "primal", "overflow", "", "logaddexp"),
    ("log(exp(x) + exp(y) + exp(z))", [1, 2, 800], "f is ∞", "v3", "primal", "overflow", "",
     "logaddexp"),
    ("log(1 + exp(x))", [800], "∂f/∂x is 0", "v1", "primal", "overflow", "", "softplus"),
    ("exp(x)/(exp(x) + exp(y))", [1000, 1], "f is NaN", "v1", "primal", "overflow", "",
     "largest exponent"),
    ("1/(1 + exp(-x))", [-800], "∂f/∂x is 0", "v2", "primal", "overflow", "exp(800)", "sigmoid"),
    ("sqrt(x^2 + y^2)", [1e200, 1], "f is ∞", "v1", "primal", "overflow", "", "hypot"),
    ("log(sigmoid(x))", [-800], "f is −∞", "v1", "primal", "underflow", "became 0", "-softplus"),
    ("x*exp(-y)", [1, 800], "∂f/∂x is 0", "v2", "primal", "underflow", "exp(-800)", "logarithm"),
    ("log((x + 1e16) - 1e16)", [1], "f is −∞", "v2", "primal", "lost digits", "cancels", "expm1"),
    ("sqrt(x)", [0], "∂f/∂x is ∞", "v1", "adjoint", "vertical", "infinite slope", "where"),
    ("1 + 2*sqrt(x - 1)", [1], "∂f/∂x is ∞", "v2", "adjoint", "vertical", "v1 = 0", "1e-12"),
    ("cbrt(x)*y", [0, 3], "∂f/∂x is ∞", "v1", "adjoint", "vertical", "infinite", "small number"),
    ("asin(x)", [1], "∂f/∂x is ∞", "v1", "adjoint", "vertical", "asin", "atan2"),
    ("x^y", [-2, 2], "∂f/∂y is NaN", "v1", "adjoint", "no slope", "no slope in y", "base"),
    ("1/x", [1e-200], "∂f/∂x is −∞", "v1", "adjoint", "slope overflow", "beyond", "scale"),
    ("1e200*sin(1e200*x)", [0], "∂f/∂x is ∞", "v1", "adjoint", "adjoint overflow",
     "1e+200 times", "Scale"),
    ("sqrt(x^2 + y^2)", [0, 0], "∂f/∂x is 0", "v4", "adjoint", "0·∞", "0 · ∞", "hypot"),
    ("sqrt(x^2)", [0], "∂f/∂x is 0", "v2", "adjoint", "0·∞", "−1 on the left", "abs"),
    ("sqrt(x)*sqrt(x)", [0], "∂f/∂x is 0", "v1", "adjoint", "0·∞", "0 · ∞", "where"),
    ("relu(x)", [-2], "∂f/∂x is 0", "v1", "adjoint", "flat", "relu(-2)", "silu(x)"),
    ("3*relu(w*x - 5) + 1", [1, 2], "∂f/∂w is 0", "v3", "adjoint", "flat", "relu(-3)", "softplus"),
    ("max(x, 0)", [-1], "∂f/∂x is 0", "v1", "adjoint", "flat", "largest", "softplus"),
    ("floor(x)", [2.5], "∂f/∂x is 0", "v1", "adjoint", "flat", "constant", "straight-through"),
    ("round(x)*y", [2.3, 1], "∂f/∂x is 0", "v1", "adjoint", "flat", "round(2.3)", "rounding"),
    ("sign(x)", [3], "∂f/∂x is 0", "v1", "adjoint", "flat", "either side", "tanh(10*x)"),
    ("where(x > 0, 1, 2)", [1], "∂f/∂x is 0", "v1", "adjoint", "flat", "comparison", "sigmoid"),
    ("relu(x)", [0], "∂f/∂x is 0", "v1", "adjoint", "kink", "1 on the right", "softplus(x)"),
    ("|x|", [0], "∂f/∂x is 0", "v1", "adjoint", "kink", "by convention", "hypot(x"),
    ("hypot(x, y)", [0, 0], "∂f/∂y is 0", "v1", "adjoint", "kink", "−1 on the left", "third side"),
    ("sigmoid(x)", [800], "∂f/∂x is 0", "v1", "adjoint", "saturated", "flat end", "scale"),
    ("tanh(x)", [400], "∂f/∂x is 0", "v1", "adjoint", "saturated", "flat end", "normalise"),
    ("sigmoid(x)", [40], "∂f/∂x is nearly 0 (4.2484e-18)", "v1", "adjoint", "saturated",
     "sigmoid(40) is saturated: its partial is 4.2484e-18", "softplus(-x)"),
    ("1e-200*x*1e-200", [1], "∂f/∂x is 0", "v1", "adjoint", "adjoint underflow", "too small",
     "logarithm"),
    ("x - sin(x)", [1e-9], "∂f/∂x is 0", "v1", "adjoint", "lost digits", "In truth", "Rewrite"),
    ("(1-cos(x))/x**2", [1e-9], "f is 0 and should be 0.5", "v2", "primal", "lost digits",
     "cancels to 0", "2*sin(a/2)^2"),
    ("(1-cos(x))/x**2", [1e-9], "∂f/∂x is 1e+9 and should be −8.3333e-11", "v2", "primal",
     "lost digits", "true derivative is −8.3333e-11", "Rewrite"),
    ("(exp(x)-1)/x", [1e-17], "∂f/∂x is 1e+17 and should be 0.5", "v2", "primal", "lost digits",
     "rounding errors", "expm1"),
    ("1e16+x-1e16", [1], "f is 0 and should be 1", "v2", "primal", "lost digits", "cancels",
     "Rewrite"),
    ("1e16+x-1e16", [3], "f is 4 and should be 3", "v2", "primal", "lost digits", "rounding errors",
     "Rewrite"),
    ("x*y", [1e-200, 1e-200], "f is 0 and should be 1e-400", "v1", "primal", "underflow",
     "too small", "logarithm"),
    ("x**2", [1e-200], "f is 0 and should be 1e-400", "v1", "primal", "underflow", "became 0",
     "logarithm"),
    ("1/(1+exp(-x))", [-800], "f is 0 and should be 3.6679e-348", "v2", "primal", "overflow",
     "exp(800)", "sigmoid"),
    ("2 + 1/log(exp(x))", [800], "f is 2 and should be 2.0012", "v1", "primal", "overflow",
     "exp(800)", "leave both out"),
    ("x/sin(x)", [0], "f is NaN", "v2", "primal", "domain", "0 / 0",
     "where(sin(x) == 0, …, x/sin(x))"),
    ("relu(-x) + x - relu(x)", [0], "∂f/∂x is 1 and should be 0", "v2", "adjoint", "program",
     "smooth here with derivative 0", "kinks do not meet"),
    ("relu(x) - relu(-x)", [0], "∂f/∂x is 0", "v3", "adjoint", "program", "derivative 1", "kinks"),
    ("where(x==0, 1, expm1(x)/x)", [0], "∂f/∂x is 0", "v4", "adjoint", "program",
     "smooth here with derivative 0.5", "must carry the slope"),
    ("where(x > 0, x, 0)", [0], "∂f/∂x is 0", "v2", "adjoint", "branch", "1 on the right", "blend"),
    ("where(x > 0, x, 0) + floor(x)", [-1.5], "∂f/∂x is 0", "v3", "adjoint", "flat", "constant",
     "straight-through"),
    ("expm1(x)/x", [0], "f is NaN", "v2", "primal", "domain", "0 / 0", "slope too"),
    ("log(x-1)", [-1], "f is NaN", "v2", "primal", "domain", "log(-2)", "where(x-1 > 0, log(x-1)"),
    ("cbrt(x-1)/(x-1)", [1], "f is NaN", "v3", "primal", "domain", "0 / 0",
     "where(x-1 == 0, limit, cbrt(x-1)/(x-1))"),
    ("sigmoid(x*3)", [300], "∂f/∂x is 0", "v2", "adjoint", "saturated", "flat", "softplus(-(x*3))"),
    ("acosh(x)", [1], "∂f/∂x is ∞", "v1", "adjoint", "vertical", "acosh", "`max(x, 1 + 1e-9)`"),
    ("asech(x)", [1], "∂f/∂x is −∞", "v1", "adjoint", "vertical", "asech", "`min(x, 1 - 1e-9)`"),
    ("asec(x)", [1], "∂f/∂x is ∞", "v1", "adjoint", "vertical", "asec", "max(abs(x), 1 + 1e-9)"),
    ("1/(x-y)", [1, 1], "f is ∞", "v2", "primal", "domain", "1 / 0", "true pole"),
    ("log(p/(1-p))", [1], "f is ∞", "v2", "primal", "domain", "1 / 0", "true pole"),
    ("x**-1", [0], "f is ∞", "v1", "primal", "domain", "divides by zero", "true pole"),
    ("x**0.5", [0], "∂f/∂x is ∞", "v1", "adjoint", "vertical", "x ** 0.5 has an infinite slope",
     "sqrt(x + 1e-12)"),
    ("(x**2)**0.5", [0], "∂f/∂x is 0", "v2", "adjoint", "0·∞", "JAX and PyTorch", "abs"),
    ("-log(1-sigmoid(x))", [40], "f is ∞", "v2", "primal", "lost digits", "cancels", "softplus(a)"),
    ("log(1-tanh(x)**2)", [40], "f is −∞", "v3", "primal", "lost digits", "cancels",
     "2*(log(2) - a - softplus(-2*a))"),
    ("log(exp(x)/(exp(x)+exp(y)))", [-800, 1], "f is −∞", "v1", "primal", "underflow", "became 0",
     "a - logaddexp(a, b)"),
    ("atan2(y, x)", {"y": 0, "x": 0}, "∂f/∂y is NaN", "v1", "adjoint", "no slope",
     "no slope in y", "origin"),
    ("sign(x)*x", [0], "∂f/∂x is 0", "v2", "adjoint", "factor", "1 on the right", "`abs(a)`"),
    ("f(x, y) = x^2", [1, 2], "∂f/∂y is 0", None, None, "unused", "does not occur", "name"),
]  # fmt: skip


@pytest.mark.parametrize("case", SICK, ids=lambda case: f"{case[0]} at {case[1]}")
def test_where_it_began(case: tuple) -> None:
    text, at, symptom, row, sweep, cause, why, mend = case
    found = {f.symptom: f for f in findings(text, at)}
    assert symptom in found
    one = found[symptom]
    assert (one.row, one.sweep, one.cause) == (row, sweep, cause)
    assert not one.quiet
    assert why in one.why
    assert mend in one.fix


QUIET = [
    ("x^2", [0], "stationary", "minimum"), ("-x^4", [0], "stationary", "maximum"),
    ("cos(x)", [0], "stationary", "maximum"), ("x^3", [0], "stationary", "slope of x ** 3"),
    ("x - x", [3], "cancelled", "cancel: +1 − 1"), ("x^2 - 2*x", [1], "cancelled", "−2 + 2"),
    ("x*y", [0, 0], "factor", "Both factors"), ("x*y", [0, 2], "factor", "factor x"),
    ("0*x", [1], "factor", "does not change"), ("x*|x|", [0], "factor", "true zero"),
    ("max(x, y)", [2, 1], "smaller", "y is not it"), ("min(x, y)", [2, 1], "smaller", "smallest"),
    ("where(x > 0, x, y)", [1, 2], "branch", "not taken"),
    ("where(x > 0, x, sin(y))", [1, 2], "branch", "not taken"),
    ("where(x > 0, x, y) + 0*z", [1, 2, 3], "branch", "The factor 0"),
    ("where(x>0, log(x), 0)", [-1], "branch", "A true zero: the branch taken is the constant 0."),
    ("where(x<0,0,x)", [-2], "branch", "the branch taken is the constant 0"),
    ("where(x>0 and y>0, x*y, 0)", [-1, 1], "branch", "the branch taken is the constant 0"),
    ("where(x>0, where(y>0, x*y, 0), 0)", [1, -1], "branch", "the branch taken is the constant 0"),
    ("hypot(x, 1e-6)", [0], "stationary", "minimum"),
    ("max(x, y)", [1, 1], "kink", "max(1, 1) is taken as the average of the tied ones"),
    ("|x| + 2*x", [0], "kink", "abs(0) is taken as 0"), ("floor(x) + x", [2], "jump", "jumps"),
    ("[x*y, x]", [1, 2], "constant", "does not depend on y"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "at", "cause", "why"), QUIET)
def test_a_zero_that_is_right_takes_a_quiet_line(
    text: str, at: list[float], cause: str, why: str
) -> None:
    found = findings(text, at)
    assert found
    assert all(one.quiet for one in found)
    assert cause in {one.cause for one in found}
    assert any(why in one.why for one in found)


@pytest.mark.parametrize(
    ("text", "at"),
    [("ln(x1) + x1*x2 - sin(x2)", [2, 5]), ("x^2", [3]), ("sin(x)", [1]), ("x", [0]),
     ("(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))", [1.5, 0.5]), ("relu(x)", [2]),
     ("|x|", [-1]), ("sqrt(x)", [4]), ("1/x", [-2]),
     ("100*(y - x^2)^2 + (1 - x)^2", {"x": -1.2, "y": 1}),
     ("sigmoid(x)", [3]), ("log(1 + exp(-x))", [2]), ("x^y", [2, 3]),
     ("where(x > 0, x^2, -x)", [1]), ("atan2(y, x)", {"y": 1, "x": 1}), ("1e-12*x", [1]),
     ("mod(x, y)", [5, 3]), ("tanh(w*x + b)", {"w": 0.5, "x": 1, "b": 0.1}),
     ("hypot(x, y)", [3, 4]),
     ("[r*cos(t), r*sin(t)]", [2, 0.5]),
     ("exp(-x^2/2)", [1]), ("where(x == 0, 1 + x/2, expm1(x)/x)", [0]), ("x - 0.1", [0.1]),
     ("floor(x) + x", [2.5])],
)  # fmt: skip
def test_nothing_is_found_where_nothing_is_wrong(text: str, at: list[float]) -> None:
    assert findings(text, at) == []


def test_a_true_zero_is_quiet_beside_a_sick_value() -> None:
    found = {one.input: one for one in findings("log(x) + y^2", [-1, 0])}
    assert found["y"].quiet
    assert not found[None].quiet


def test_a_value_without_a_function_is_missing() -> None:
    (one,) = diagnose(adexplain.explain("x^2", {"x": 1, "w": 3}))
    assert (one.kind, one.input, one.cause) == ("missing", "w", "unused")


def test_the_step_is_the_one_where_it_began() -> None:
    explanation = adexplain.explain("x*sqrt(y)", [2, 0])
    (one,) = [f for f in diagnose(explanation) if not f.quiet]
    step = explanation.stepping.at(one.step)
    assert (step.sweep, step.name, step.sources) == ("adjoint", "y", ("v1",))
    (value,) = [f for f in findings("1 + log(x)", [-1]) if f.symptom == "f is NaN"]
    assert value.step == 1


def test_the_row_of_a_healthy_guard_is_the_where_and_needs_no_mend() -> None:
    for text, at, row in [("where(x>0, log(x), 0)", [-1], "v3"), ("where(x<0,0,x)", [-2], "v2")]:
        (one,) = findings(text, at)
        assert (one.row, one.fix) == (row, "")


@pytest.mark.parametrize("mode", ["both", "forward", "reverse"])
@pytest.mark.parametrize("case", SICK + [(*q[:2], "") for q in QUIET], ids=lambda c: c[0])
def test_the_step_is_one_of_the_sweep_that_is_named(case: tuple, mode: str) -> None:
    explanation = adexplain.explain(*case[:2], mode=mode)
    for one in diagnose(explanation):
        if one.step is not None:
            assert explanation.stepping.at(one.step).sweep == one.sweep


def test_a_row_where_the_sweep_back_ends_is_told_by_what_arrives_there() -> None:
    explanation = adexplain.explain("floor(x)*y", [2.5, 1])
    (one,) = diagnose(explanation)
    step = explanation.stepping.at(one.step)
    assert (step.sweep, step.name) == ("adjoint", "v1")


def test_a_program_that_was_not_typed_is_written_out_in_a_mend() -> None:
    program = adexplain.parse("log((x - 1)*y)")
    program.locate = lambda slot: None
    (one, *_) = diagnose(adexplain.explain(program, [0, 1]))
    assert "where((x - 1) * y > 0, log((x - 1) * y), 0)" in one.fix


@pytest.mark.parametrize(("text", "at"), [(case[0], case[1]) for case in SICK])
def test_all_is_never_said_to_be_well_of_a_doubtful_answer(text: str, at: list[float]) -> None:
    assert HEALTHY not in findings_text(adexplain.explain(text, at), Style(width=80))


def test_a_status_without_a_finding_takes_the_place_of_the_good_news() -> None:
    told = findings_text(adexplain.explain("x + 0*((1e16 + y) - 1e16)", [1, 3]), Style(width=80))
    assert HEALTHY not in told
    assert HEALTHY in findings_text(adexplain.explain("x*y", [2, 3]), Style(width=80))


def test_a_slope_that_is_not_finite_tells_the_true_one() -> None:
    found = {one.symptom: one for one in findings("-log(1-sigmoid(x))", [40])}
    assert "smooth here with derivative 1" in found["∂f/∂x is ∞"].why


def test_without_a_sweep_back_the_tangent_sweep_is_named() -> None:
    (one,) = findings("relu(x)", [-1], mode="forward")
    assert (one.sweep, one.step) == ("tangent", 2)
    assert findings("relu(x)", [-1], mode="reverse")[0].step == 3


def test_the_line_that_fits_first_counts() -> None:
    for pattern, causes, text in FIXES:
        for step in pattern.replace("+", "").replace("<", ">").split(" > "):
            for op in step.split("|"):
                assert op == "*" or op in PRIMITIVES, op
        assert text.endswith(".")
        assert causes


@pytest.mark.parametrize(
    ("written", "instead"),
    [("-log(1 - sigmoid(a))", "softplus(a)"), ("1 - sigmoid(a)", "sigmoid(-a)"),
     ("log(1 - tanh(a)^2)", "2*(log(2) - a - softplus(-2*a))"),
     ("1 - tanh(a)^2", "sech(a)^2"), ("sign(a)*a", "abs(a)"), ("(a^2)^0.5", "abs(a)"),
     ("log(exp(a)/(exp(a) + exp(b)))", "a - logaddexp(a, b)"), ("log(exp(a)/b)", "a - log(b)"),
     ("where(a == 0, 1 + a/2, expm1(a)/a)", "expm1(a)/a"), ("log(sigmoid(a))", "-softplus(-a)")],
)  # fmt: skip
def test_what_a_mend_writes_instead_is_the_same_function(written: str, instead: str) -> None:
    program = adexplain.parse(f"f(a, b) = {written}")
    other = adexplain.parse(f"f(a, b) = {instead}")
    first, second = (adexplain.explain(p, [0.7, 1.3]) for p in (program, other))
    assert first.outputs[0].value == pytest.approx(second.outputs[0].value)
    assert first.jacobian[0] == pytest.approx(second.jacobian[0])


def test_findings_are_plain_data() -> None:
    data = findings_as_dict(adexplain.explain("sqrt(x)", [0]))
    assert data["text"] == "sqrt(x)"
    assert data["findings"][0]["row"] == "v1"


@settings(max_examples=samples(300), deadline=None)
@given(programs(lines=2, outputs=2), st.data())
def test_every_zero_and_every_number_that_is_none_has_a_finding(
    text: str, data: st.DataObject
) -> None:
    at = data.draw(points(3))
    explanation = adexplain.explain(text, at)
    found = diagnose(explanation)
    entries = {(f.output, f.input) for f in found}
    names = explanation.program.output_names
    for output, line in zip(names, explanation.jacobian, strict=True):
        for name, entry in zip(explanation.program.input_names, line, strict=True):
            if entry == 0 or not math.isfinite(entry):
                assert (output, name) in entries
    for output in explanation.outputs:
        if not math.isfinite(output.value):
            assert (output.name, None) in entries
    for one in found:
        assert one.why.endswith(".")
        assert one.step is None or 1 <= one.step <= explanation.stepping.total


@settings(max_examples=samples(100), deadline=None)
@given(programs(lines=1), st.data())
def test_no_point_is_too_wild(text: str, data: st.DataObject) -> None:
    at = data.draw(
        st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=3, max_size=3)
    )
    diagnose(adexplain.explain(text, at))


def test_what_has_one_cause_is_told_once() -> None:
    found = findings("sqrt(x)*y*relu(z)", [-1, 2, 3])
    (card,) = cards(found)
    assert card.symptom == "f, ∂f/∂x, ∂f/∂y and ∂f/∂z are NaN"
    assert card.where == "primal sweep, row v1"
    both = cards(findings("x/y", [1, 0]))
    assert both[0].symptom == "f and ∂f/∂x are ∞; ∂f/∂y is −∞"
