"""The verdict blames the right party: never a right gradient for a bad step, never the reverse."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adexplain.comparison.compare import Comparison, compare, finish, symbolic_request
from adexplain.comparison.digits import matching_digits
from adexplain.comparison.symbolic import Symbolic
from adexplain.language import parse
from tests.sizes import samples


def compared(text: str, at: Any, claims: Any = None, output: int = 0) -> Comparison:
    """A comparison with SymPy in this process."""
    program = parse(text)
    point = [float(x) for x in at]
    asked = symbolic_request(program, point, output)
    symbolic = asked if isinstance(asked, Symbolic) else asked[0](*asked[1])
    return finish(program, point, output, symbolic, claims)


def test_all_agree() -> None:
    found = compared("ln(x1) + x1*x2 - sin(x2)", (2, 5)).verdict
    assert found.agree
    assert "at least 15 digits" in found.reason


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [(2.5, "wrong"), (-4.583853163452858, "sign"), (4.5838532, "wrong"), (0.0, "missing"),
     (9.167706326905716, "2 times too large"), (float("inf"), "wrong")],
)  # fmt: skip
def test_a_wrong_gradient_is_blamed(wrong: float, hint: str) -> None:
    found = compared("x*y + sin(x)", (2, 5), {"mine": {"x": wrong, "y": 2.0}}).verdict
    assert not found.agree
    assert "“mine” is wrong" in found.claim
    assert "∂f/∂x" in found.claim
    assert hint in found.claim + found.reason
    assert "AD" not in found.claim


@settings(max_examples=samples(40), deadline=None)
@given(st.floats(0.1, 10), st.floats(1e-6, 0.9), st.sampled_from(["sin(50*x)", "x^3", "exp(3*x)"]))
def test_only_the_wrong_one_is_blamed(x: float, slip: float, text: str) -> None:
    right = compared(text, [x])
    slope = float(right.methods[0].gradient["x"] or 0)
    if abs(slope) < 1e-3:
        return
    found = compared(text, [x], {"mine": {"x": slope * (1 + slip)}, "yours": {"x": slope}})
    assert "“mine” is wrong" in found.verdict.claim
    assert "yours" not in found.verdict.claim
    assert "AD" not in found.verdict.claim


@pytest.mark.parametrize(
    ("text", "x", "why"),
    [("log(x)", 1e-10, "too large"), ("sin(1e6*x)", 1.0, "too large"),
     ("1e12 + x^2", 1.0, "too small"), ("sin(x)", 1e10, "too large")],
)  # fmt: skip
def test_a_bad_step_is_blamed_and_not_the_gradient(text: str, x: float, why: str) -> None:
    found = compared(text, [x]).verdict
    assert not found.agree
    assert found.claim.startswith("AD is right")
    assert why in found.reason


def test_400_right_gradients_are_never_called_wrong() -> None:
    """One public checker failed 400 of 400 right gradients, by comparing at one step."""
    for k in range(samples(100)):
        text = ["exp(x)*sin(9*x)", "x^9 - x", "log(x)/x", "tanh(30*x)"][k % 4]
        claim = compared(text, [1e-3 * 1.1**k]).verdict.claim
        assert "wrong" not in claim


@pytest.mark.parametrize(
    ("text", "at", "claim", "reason"),
    [
        ("|x|", [0], "kink", "-1 on the left and 1 on the right"),
        ("max(x, y)", [1, 1], "kink", "0 on the left and 1 on the right"),
        ("floor(x)", [2], "jump", "jumps"),
        ("sqrt(x)", [0], "vertical", "∞ on the right"),
        ("x^2.5", [0], "edge of the domain", "0 on the right"),
        ("log(x)", [-1], "no value", "log(-1) is outside the domain"),
        ("sin(x)/x", [0], "no value", "divides by zero"),
        ("exp(x)", [800], "beyond the range", "exp(800)"),
        ("relu(-x) + x - relu(x)", [0], "AD is wrong", "smooth here with derivative 0"),
        ("(1 - cos(x))/x^2", [1e-9], "lost digits", "true derivative is -8.33333e-11"),
    ],
)
def test_doubtful_points(text: str, at: list[float], claim: str, reason: str) -> None:
    found = compared(text, at)
    assert not found.verdict.agree
    assert claim in found.verdict.claim
    assert reason in found.verdict.reason


def test_log_of_minus_one_says_that_the_number_is_no_derivative() -> None:
    assert "Reverse AD says -1, but" in compared("log(x)", [-1]).verdict.reason


def test_rounding_in_the_derivative_is_not_called_wrong() -> None:
    found = compared("x - sin(x)", [1e-5])
    assert "wrong" not in found.verdict.claim


def test_a_wrong_symbolic_answer_is_found_out() -> None:
    program = parse("x^2")
    lie = Symbolic(values={"x": "7.000000000000000000000000000000"})
    found = finish(program, [3.0], 0, lie)
    assert found.reference.digits()["x"].startswith("6.0")
    assert "The symbolic derivative is wrong" in found.verdict.claim


def test_without_sympy_differences_in_high_precision_are_the_reference() -> None:
    found = finish(parse("x^2"), [3.0], 0, TimeoutError())
    assert "differences" in found.reference.name
    assert "did not finish" in found.methods[2].message
    assert found.verdict.agree


@pytest.mark.parametrize(
    ("value", "truth", "digits"),
    [(1.0, 1.0, 16), (1.002, 1.0, 2), (0.0, 1.0, 0), (2.0, 1.0, 0), (1e-30, 1e-30, 16),
     (float("inf"), 1.0, 0), (float("nan"), 1.0, 0), (1 + 2**-52, 1.0, 15)],
)  # fmt: skip
def test_matching_digits(value: float, truth: float, digits: int) -> None:
    import mpmath

    assert matching_digits(value, mpmath.mpf(truth), abs(truth)) == digits


@pytest.mark.slow
def test_without_a_reference_no_digits_are_claimed() -> None:
    large = compare("x+" * 61_000 + "x", [2.0]).to_dict()
    assert large["verdict"]["claim"] == "The methods agree roughly."
    assert all(digits is None for m in large["methods"] for digits in m["digits"].values())
    empty = compare("3^2", []).to_dict()
    assert (empty["verdict"]["agree"], empty["verdict"]["claim"]) == (
        False,
        "There is nothing to compare.",
    )
