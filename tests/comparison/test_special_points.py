"""Places where comparisons go wrong: flat, cancelling, overflowing, kinked, far from 1."""

import math

import pytest

from tests.comparison.test_verdict import compared


@pytest.mark.parametrize(
    ("text", "at"),
    [("(x-1)^2", [1]), ("100*(b-a^2)^2+(1-a)^2", [1, 1]), ("(x^2-1)^2", [1]),
     ("(x-2)^4+(y-3)^2", [2, 3]), ("x*abs(x)", [0]), ("max(x,0)^2", [0]), ("relu(x)*x", [0]),
     ("where(x<0,0,x^2)", [0]), ("sign(x)*x^2", [0]), ("x*exp(-x)", [1]), ("x^2-2*x+1", [1]),
     ("ln(sin(x)^2+cos(x)^2)", [1]), ("cos(x)", [0])],
)  # fmt: skip
def test_a_derivative_of_0_is_0(text: str, at: list[float]) -> None:
    found = compared(text, at)
    assert set(found.reference.digits().values()) == {"0.0"}
    for method in ("Reverse AD", "Forward AD", "Symbolic"):
        assert [found.evidence.digits(method, name) for name in found.inputs] == [16] * len(at)
    assert found.verdict.claim.startswith(("All methods agree", "AD is right"))
    edges = ("a kink of", "a branch of", "a jump of")
    assert found.verdict.agree or any(edge in found.verdict.reason for edge in edges)


@pytest.mark.parametrize(
    ("text", "x"),
    [("sqrt(x+1)-sqrt(x)", 1e15), ("cosh(x)-sinh(x)", 30.0), ("expm1(x)/x", 1e-20),
     ("x^7-7*x^6+21*x^5-35*x^4+35*x^3-21*x^2+7*x-1", 1.0001), ("x-sin(x)", 1e-8),
     ("(1-cos(x))/x^2", 1e-5), ("(1-cos(x))/x^2", 1e-8)],
)  # fmt: skip
def test_lost_digits_are_not_a_wrong_rule(text: str, x: float) -> None:
    found = compared(text, [x])
    claim = "AD differentiates correctly but ∂f/∂x has lost digits to rounding."
    assert found.verdict.claim == claim
    assert found.taylor is not None
    assert "linear" not in found.taylor.message
    assert "wrong" not in found.taylor.message


@pytest.mark.parametrize(
    ("text", "at", "slopes", "mend"),
    [("sqrt(x^2+y^2)", [3e200, 4e200], "∂f/∂x = 0.6 and ∂f/∂y = 0.8", "hypot"),
     ("ln(exp(x)+exp(y))", [1000, 1000], "∂f/∂x = 0.5 and ∂f/∂y = 0.5", "logaddexp"),
     ("log(1+exp(x))", [800], "∂f/∂x = 1", "softplus"), ("x^2", [1e200], "∂f/∂x = 2e+200", "")],
)  # fmt: skip
def test_overflow_inside_does_not_take_the_derivative_away(
    text: str, at: list[float], slopes: str, mend: str
) -> None:
    found = compared(text, at).verdict
    assert found.claim.startswith("A value inside f overflows")
    assert ("is right" in found.claim) == (text == "x^2")
    assert slopes in found.reason
    assert found.reason.endswith(f"{mend}(…) computes this without overflow." if mend else ".")


def test_no_rewriting_is_offered_for_other_functions() -> None:
    assert "hypot" not in compared("sqrt(x^4+y^2)", [3e200, 4e200]).verdict.reason
    assert "softplus" not in compared("log(2+exp(x))", [800]).verdict.reason


@pytest.mark.parametrize(
    ("text", "x", "present", "absent"),
    [("sqrt(abs(x))", 0.0, "cusp", "convention"), ("sqrt(x)", 1e-20, "too large", "too small"),
     ("ln(x)", 1e-300, "too large", "too small"), ("1e16+x", 1.0, "rounding error", "too large"),
     ("abs(x-1e-7)", 0.0, "across a kink of abs", "too"), ("x*abs(x)", 0.0, "kink", "truncation"),
     ("tan(x)", math.pi / 2, "the central difference", "0 digits of"),
     ("erf(x)", 10.0, "the central difference", "too large"),
     ("mod(x,1)", 0.9999999, "across a jump of mod", "too much"), ("cbrt(x)", 0.0, "∞", "inf "),
     ("not x", 0.0, "no derivative", "AD is right"), ("5*y", 1.0, "agree", "not"),
     ("(-1)^x", 2.0, "does not exist", "wrong"),
     ("log(sigmoid(x))", -800.0, "underflows: AD is wrong", "no value"),
     ("log(sigmoid(x))", -800.0, "The true derivative is ∂f/∂x = 1", "outside the domain"),
     ("log((x + 1e16) - 1e16)", 1.0, "cancels to 0", "outside the domain"),
     ("log(x^2)", -1e-160, "A slope inside f overflows", "A value"),
     ("tanh(x)", 20.0, "h near 4 would be best", "4e+00"),
     ("floor(x)", 3.0, "slope 0 on both sides", "on the left"),
     ("where(x>=0,1,x)", 0.0, "slope 1 on the left and 0 on the right", "both sides"),
     ("atan(1/x)", 0.0, "The function has no value here", "It has"),
     ("sin(x)/x", 0.0, "tends to 0 on both sides", "agree"),
     ("abs(x)^3", 0.0, "the central difference and Richardson's extrapolation match", "∂f"),
     ("abs(x)^3", 0.0, "the forward difference to 13, which is as much as its step", "their"),
     ("x-x", 3.0, "Both AD modes, the symbolic derivative, the complex step", "allow"),
     ("(x+1e-20)^2", 0.0, "against that the errors of", "limited by rounding"),
     ("1e16+x-1e16", 1.0, "leave a rounding error of 1e+08", "e+08 would"),
     ("max(x,x^2,x^3)", 1.0, "1 on the left and 3 on the right. AD answers with 2", "convention"),
     ("sqrt(x)*sqrt(x)", 0.0, "multiplied 0 by an infinite slope", "both sides"),
     ("cos(x)", 1e22, "too large", "too small"), ("exp(x)", 800.0, "nothing can be", "wrong"),
     ("x^(1/3)", -8.0, "cbrt", "AD is right"), ("acos(x)", 2.0, "needs |x| ≤ 1", "agree"),
     ("gamma(x)", -1.0, "outside the domain", "agree"), ("sign(x)", 0.0, "jumps here", "wrong"),
     ("1e20*x-1e20*x+x", 1.0, "All methods agree", "wrong"),
     ("where(x==2,5,x^2)", 2.0, "slope 4 on both sides). AD answers with 0", "agree"),
     ("x*sin(1/x)", 1e-5, "too large", "too small"), ("x^0.5", 0.0, "vertical", "agree")],
)  # fmt: skip
def test_reasons_are_the_true_ones(text: str, x: float, present: str, absent: str) -> None:
    found = compared(text, [x]).verdict
    assert present in f"{found.claim} {found.reason}"
    assert absent not in f"{found.claim} {found.reason}"


@pytest.mark.parametrize(
    ("text", "at", "present"),
    [("|x|", [0], "as it does at a kink whatever is taken"), ("floor(x)", [3], "judge a jump"),
     ("atan2(y, x)", [0, -1], "judge a jump"), ("exp(-1/x^2)", [0], "nothing to test"),
     ("1/(1+exp(1/x))", [0], "nothing to test"), ("sin(x)", [1], "the gradient is right"),
     ("sqrt(x)*sqrt(x)", [0], "as for a wrong gradient"),
     ("cos(x)", [1e22], "by the reference the gradient is right"),
     ("abs(x)^1.5", [0], "slope 1.50, faster than for a wrong gradient")],
)  # fmt: skip
def test_the_taylor_remainder_judges_only_what_it_can(
    text: str, at: list[float], present: str
) -> None:
    found = compared(text, at).taylor
    assert found is not None
    assert present in found.message


def test_a_tiny_point_has_its_reference() -> None:
    found = compared("x^x", [1e-300])
    assert found.reference.digits()["x"].startswith("-689.775")
    assert found.evidence.digits("Reverse AD", "x") == 16
    assert "wrong" not in found.verdict.claim
    assert "Its step 1e-20 is too large here, larger than 1e-300 itself" in found.verdict.reason
    assert "too small for a float" in compared("x^2", [1e-300]).verdict.reason
    assert "wrong" not in compared("sin(x)", [1e300]).verdict.claim


def test_two_numbers_that_differ_are_printed_so() -> None:
    reason = compared("tan(x)", [math.pi / 2]).verdict.reason
    assert "says 2.6670937e+32; the derivative is 2.6670938e+32" in reason


@pytest.mark.parametrize("x", [1.0, 1e-20, 1e15])
@pytest.mark.parametrize("text", ["sqrt(x)", "1e16+x", "ln(x)", "x^2+1e8", "sin(x)"])
def test_no_step_is_advised_that_x_does_not_feel(text: str, x: float) -> None:
    for model in compared(text, [x]).evidence.models["x"].values():
        assert model.best_step is None or x + model.best_step != x


def test_digits_are_those_of_the_true_value() -> None:
    found = compared("(x-1)^7", [1.0001])
    assert found.evidence.digits("Central difference", "x") == 1
    assert found.verdict.agree
    assert "far steeper beside the point" in found.verdict.reason
    tiny = compared("x^2", [1e-300])
    assert tiny.evidence.digits("Richardson", "x") == 0
    assert tiny.evidence.digits("Reverse AD", "x") == 16
    assert compared("exp(-x)", [800]).evidence.digits("Reverse AD", "x") == 16


def test_a_claim_about_one_output_of_several_names_it() -> None:
    text = "y = x^2\nz = sin(x)\n[y, z]"
    assert compared(text, [0.5], output=1).verdict.claim == "For z: All methods agree."
    assert compared("sin(x)", [0.5]).verdict.claim == "All methods agree."


def test_a_complex_formula_is_not_shown() -> None:
    found = compared("(-1)^x", [2]).to_dict()
    assert found["symbolic"]["x"] is None
    assert "complex" in found["methods"][2]["message"]


def test_nothing_to_compare() -> None:
    found = compared("5", []).verdict
    assert (found.agree, found.claim) == (False, "There is nothing to compare.")


def test_how_often_a_step_was_halved_is_said_in_words() -> None:
    assert "halved once" in compared("3*x", [1]).methods[4].note
