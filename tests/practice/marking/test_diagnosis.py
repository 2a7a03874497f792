"""What is said of a wrong row: both of two slips, a quotient rule, and nothing that is not sure."""

from __future__ import annotations

import pytest

from adexplain.practice.equality import read_number
from adexplain.practice.marking import MarkedRow, check
from adexplain.practice.marking.diagnosis.mistake_kinds import FAR, LIKELY, PLAIN, Guess
from adexplain.practice.marking.diagnosis.plausible import chance_hits, plausible

QUOTIENT = "v1 = x*y\nv2 = x*y^2\nv3 = v1/v2"
AT = {"x": 2.0, "y": 3.0}


def only(f: str, at: dict[str, float], work: str) -> MarkedRow:
    """The one wrong row."""
    (row,) = check(f, at, work).wrong
    return row


@pytest.mark.parametrize(
    ("formula", "kind", "also"),
    [
        ("(v1'*v2 - v1*v2)/v2^2", "chain-factor-forgotten", None),
        ("(v1'*v2 - v1)/v2^2", "chain-factor-forgotten", None),
        ("v1'/v2 - v1/v2^2", "chain-factor-forgotten", None),
        ("(v1'*v2 + v1)/v2^2", "chain-factor-forgotten", "wrong-sign"),
        ("v1'*v2/v2^2", "missing-term", None),
        ("(v1'*v2 - v1*v2')/v2", "wrong-partial", None),
        ("v1'*v2 - v1*v2'", "wrong-partial", None),
        ("(v1'*v2 - v1*v2')/(2*v2)", "wrong-partial", None),
        ("(v1*v2' - v1'*v2)/v2^2", "wrong-sign", None),
        ("v1'/v2^2", "wrong-partial", "missing-term"),
        ("v1'/v2'", "wrong-partial", None),
    ],
)
def test_a_slip_in_the_quotient_rule_is_named(formula: str, kind: str, also: str | None) -> None:
    row = only(QUOTIENT, AT, f"v3' = {formula}")
    assert (row.kind, row.also) == (kind, also), row


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("v2' = -v1'*y + y'", {"wrong-sign", "chain-factor-forgotten"}),
        ("v2' = v1'*v1 - v1*y'", {"swapped-factor", "wrong-sign"}),
        ("v1' = -cos(y)*x'", {"wrong-value", "wrong-sign"}),
    ],
)
def test_two_slips_in_one_row_are_both_named(line: str, kinds: set[str]) -> None:
    row = only("sin(x)*y", {"x": 1.0, "y": 2.0}, line)
    assert {row.kind, row.also} == kinds, row
    assert (row.says or "").startswith("There are two slips in this row.")


def test_a_wrong_sign_and_a_wrong_derivative_of_one_operation_are_one_wrong_partial() -> None:
    row = only("cos(x)*y", {"x": 1.0, "y": 2.0}, "v1' = cos(x)*x'")
    assert row.kind == "wrong-partial"
    assert "−sin(x), not v1" in (row.says or "")


def test_a_formula_that_no_slip_gives_is_another_mistake() -> None:
    row = only("sin(x)*y", {"x": 1.0, "y": 2.0}, "v2' = exp(v1')*y' - v1^3")
    assert (row.kind, row.also) == ("other", None)


# --- numbers that tell nothing ------------------------------------------------------------------


@pytest.mark.parametrize("number", ["0.5", "0.7", "0.25", "2", "0.37"])
def test_a_number_of_few_digits_is_not_explained_by_a_formula_that_gives_it_by_chance(
    number: str,
) -> None:
    row = only("sin(x)*y", {"x": 1.0, "y": 2.0}, f"v1' = {number}")
    assert row.kind == "other", row
    assert "0.54030" in (row.instead or "")


def test_too_few_digits_of_the_right_number_are_called_so() -> None:
    row = only("sin(x)*y", {"x": 1.0, "y": 2.0}, "v1' = 0.5")
    assert row.says == "One digit is too few to tell it from another number."


@pytest.mark.parametrize(
    ("number", "kind"),
    [("-0.54", "wrong-sign"), ("0.8415", "wrong-partial"), ("-0.4161", "wrong-value")],
)
def test_a_number_of_enough_digits_is_explained(number: str, kind: str) -> None:
    assert only("sin(x)*y", {"x": 1.0, "y": 2.0}, f"v1' = {number}").kind == kind


def _guess(value: float, rank: int = PLAIN, kind: str = "wrong-sign") -> Guess:
    return Guess(kind, [value], "", rank=rank)


def _named(text: str, *tried: Guess) -> Guess | None:
    given = read_number(text)
    return plausible(
        given, tried, lambda g: abs(g.values[0] - given.value) <= given.unit, given.unit
    )


def test_a_plain_slip_is_named_and_a_far_one_needs_digits() -> None:
    plain, far = _guess(-2.0), _guess(-2.0, FAR)
    assert _named("-2", plain) is plain
    assert _named("-2", far) is None
    sure = _guess(1.23457, FAR)
    assert _named("1.23457", sure) is sure
    assert _named("1.2", _guess(1.23457, LIKELY)) is None


def test_of_two_plain_slips_that_a_rough_number_fits_neither_is_named() -> None:
    assert _named("1.2", _guess(1.15), _guess(1.24, kind="missing-term")) is None


def test_accidents_grow_with_what_is_near_and_shrink_with_digits() -> None:
    near = [1.0, 1.1, 1.2, 1.3]
    few, many = read_number("1.2"), read_number("1.2003")
    assert chance_hits(few, near, few.unit) > 0.5
    assert chance_hits(many, near, many.unit) < 0.005
    assert chance_hits(many, near[:2], many.unit) < chance_hits(many, near, many.unit)
    assert chance_hits(read_number("2.000"), [], 0.0) == chance_hits(read_number("2"), [], 0.0)
    assert chance_hits(read_number("0"), near, 0.0) > 1


# --- what to write instead ----------------------------------------------------------------------


def test_what_is_assigned_is_to_be_added_and_the_sum_is_told() -> None:
    work = "v2_bar = 1\nx_bar = v2_bar*v1\nv1_bar = v2_bar*x\nx_bar = v1_bar*cos(x)"
    row = only("x*sin(x)", {"x": 2.0}, work)
    assert row.kind == "assigned-not-accumulated"
    assert row.instead == ("Write x̄ += v̄1·cos(x); then x̄ = v̄2·v1 + v̄1·cos(x) = 0.077004.")


# --- the same work, read otherwise --------------------------------------------------------------


def test_rows_may_be_numbered_from_left_to_right() -> None:
    """The trace numbers the sine before the sum, a person after it."""
    f, at = "ln(x) + x*y - sin(y)", {"x": 2.0, "y": 5.0}
    assert check(f, at, "v3_bar = 1\nv4_bar = -1").verdict == "Both rows are right."
    assert check(f, at, "v3_bar = -1\nv4_bar = 1").verdict == "Both rows are right."
    lines = ["v5_bar = 1", "v3_bar = v5_bar", "v4_bar = v5_bar", "v1_bar = v3_bar"]
    lines += ["v2_bar = v3_bar", "x_bar = v1_bar/x + v2_bar*y", "y_bar = v2_bar*x + v4_bar*cos(y)"]
    found = check(f, at, "\n".join(lines))
    assert [(row.line, row.kind) for row in found.wrong] == [(3, "wrong-sign")]
    assert (found.wrong[0].row, found.wrong[0].target) == ("v3", "v̄4")


def test_differentials_may_be_adjoints() -> None:
    f, at = "z = x*y\nL = sin(z)", {"x": 2.0, "y": 3.0}
    assert not check(f, at, "dL = 1\ndz = dL*cos(z)\ndx = dz*y\ndy = dz*x").wrong
    (row,) = check(f, at, "dL = 1\ndz = dL*cos(z)\ndx = dz*x\ndy = dz*x").wrong
    assert (row.line, row.kind, row.sweep) == (3, "swapped-factor", "adjoint")


def test_a_formula_is_compared_on_the_branch_one_stands_on() -> None:
    at = {"x": 2.0, "y": 3.0}
    assert not check("max(x, y)*x", at, "df/dx = y\ndf/dy = x").wrong
    assert check("max(x, y)*x", at, "df/dx = 2*x\ndf/dy = 0").counts["wrong"] == 2
    assert not check("abs(x)*x", {"x": -2.0}, "f'(x) = -2*x").wrong


def test_two_kinds_that_give_one_number_are_both_said() -> None:
    """Half of 2x at x = 2 is 2, and so is 2y at y = 1."""
    row = only("x^2*sin(y)", {"x": 2.0, "y": 1.0}, "x_bar = 1.6829")
    assert "evaluated at y" in (row.says or "")
    assert "Or, for it gives the same number:" in (row.says or "")
    assert "not x" in (row.says or "")


def test_primes_may_be_adjoints() -> None:
    f, at = "x1*x2 + sin(x1)", {"x1": 2.0, "x2": 3.0}
    lines = ["v3' = 1", "v1' = v3'", "v2' = v3'", "x1' = v2'*cos(x1) + v1'*x2", "x2' = v1'*x1"]
    assert not check(f, at, "\n".join(lines)).wrong
    (row,) = check(f, at, "\n".join([*lines[:4], "x2' = v1'*x2"])).wrong
    assert (row.line, row.kind, row.sweep) == (5, "swapped-factor", "adjoint")


def test_a_number_that_ends_is_not_rounded() -> None:
    at = {"x": 1.5, "y": 2.0}
    for given, wrong in (("3", 0), ("3.00", 0), ("3.01", 1), ("2.99", 1)):
        assert check("x*y", at, f"v1 = {given}").counts["wrong"] == wrong
