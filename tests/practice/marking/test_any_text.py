"""Whatever is pasted, there is an answer or an input error that points into the text."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adexplain import budgets
from adexplain.errors import InputError
from adexplain.practice.marking import check
from tests.practice.marking.correct import BOOK, CORRECT, B
from tests.sizes import samples

PIECES = st.sampled_from(
    ["v1", "v2", "v6", "x1", "x2", "f", "w9", "'", "_bar", "bar", "dot ", "\u0307", "\u0304", " = ",
     " += ", "=", "+", "-", "*", "/", "^", "(", ")", "{", "}", "[", "]", "|", "&", "\\\\", "\\frac",
     "\\dot", "\\bar", "\\begin{tabular}", "\\end{tabular}", "\\sqrt", "\t", "\n", ",", ";", "d",
     "∂", "/", "1", "2.5", "0", "1e9", "-0.98", "sin", "cos", "exp", "ln", "where", "max", "_", "∇",
     "≈", " ", "value", "tangent", "|---|", "…", "⟨", "⟩", "˙", "¯", "#", "\r\n", "$", "1/0",
     "inf", "nan"]
)  # fmt: skip


def _points_into(work: str, error: InputError) -> None:
    start, end = error.span or (0, 0)
    assert 0 <= start <= end <= len(work)
    assert error.message


def answered(work: str, f: str = BOOK) -> None:
    at = B if f == BOOK else {"x": 0.5, "y": 2.0}
    try:
        found = check(f, at, work).to_dict()
    except InputError as error:
        _points_into(work, error)
    else:
        for row in found["rows"]:
            assert 0 <= row["start"] <= row["end"] <= len(work)
            assert (
                (row["mark"] == "wrong") == (row["kind"] is not None) == (row["says"] is not None)
            )


@given(st.text(max_size=60))
@settings(max_examples=samples(300), deadline=None)
@example("v6_bar = v6_bar")
@example("x1 = x1")
@example("v1 = v1")
@example("a = b\nb = a")
@example("f = f'")
@example("v6' = 1e400")
@example("0 = 0")
@example("\\frac{")
def test_any_text_is_answered_or_refused(work: str) -> None:
    answered(work)


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=samples(700), deadline=None)
def test_any_pieces_of_derivations_are_answered_or_refused(work: str) -> None:
    answered(work)


@given(st.lists(PIECES, max_size=12).map("".join), st.sampled_from(
    ["x*y", "[x + y, x/y]", "max(x, y)", "where(x > 0, x*log(x), x^2)", "abs(x - 0.5)", "x",
     "log(x - 1) + y", "2 + 3"]))  # fmt: skip
@settings(max_examples=samples(300), deadline=None)
def test_so_they_are_for_other_functions(work: str, f: str) -> None:
    answered(work, f)


@given(st.sampled_from(sorted(CORRECT)), st.integers(0, 400), st.integers(0, 12), PIECES)
@settings(max_examples=samples(300), deadline=None)
def test_a_work_with_something_cut_out_is_answered_or_refused(
    style: str, place: int, length: int, piece: str
) -> None:
    f, at, work = CORRECT[style]
    cut = work[:place] + piece + work[place + length :]
    try:
        check(f, at, cut)
    except InputError as error:
        _points_into(cut, error)


def test_a_work_that_is_too_long_is_refused() -> None:
    with pytest.raises(InputError, match="characters"):
        check(BOOK, B, "v1' = 1\n" * budgets.WORK_LENGTH)
    with pytest.raises(InputError, match="lines"):
        check(BOOK, B, "v1'=2\n" * (budgets.WORK_ROWS + 1))
    with pytest.raises(InputError, match="rows"):
        check("+".join(f"x^{k}" for k in range(2, 200)), {"x": 1.0}, "1")
