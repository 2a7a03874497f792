"""Tokens and where they stand."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adexplain.language.tokens import positions, tokenize


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("2x", ["2", "x"]),
        ("1e-3x", ["1e-3", "x"]),
        ("2e", ["2", "e"]),
        ("1.5.x", ["1.5", ".", "x"]),
        (".5", [".5"]),
        ("x1*x_2", ["x1", "*", "x_2"]),
        ("x**2^3", ["x", "**", "2", "^", "3"]),
        ("x²³⁻¹", ["x", "²³", "⁻¹"]),
        ("x⁻²³", ["x", "⁻²³"]),
        ("a<=b!=c", ["a", "<=", "b", "!=", "c"]),
        ("sin²x", ["sin", "²", "x"]),
        ("\\frac x", ["\\frac", "x"]),
        ("x # a remark\ny", ["x", "\n", "y"]),
        (" \t\u00a0x\r\n", ["x", "\n"]),
        ("α₁ + µ", ["α₁", "+", "µ"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert tokenize(text) == [*tokens, ""]


@given(st.text())
def test_positions_are_those_of_the_tokens(text: str) -> None:
    tokens, places = tokenize(text), positions(text)
    assert [text[start:end] for start, end in places] == tokens
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(places))
    assert tokens[-1] == ""
