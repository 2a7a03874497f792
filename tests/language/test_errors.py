"""What a person is told: the exact characters, and the mend. Nothing hostile gets further."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adexplain import budgets
from adexplain.errors import BudgetError, InputError
from adexplain.language import parse
from adexplain.primitives.primitive import by_spelling
from adexplain.program import Program

# text, the characters to blame, a word of the message, a word of the hint
SLIPS = [
    # Nothing, or something missing.
    ("", "", "nothing", "formula"),
    (" \n ; \n", "", "nothing", "formula"),
    ("# only a remark", "", "nothing", "formula"),
    ("x +", "+", "follows", "after"),
    ("x + \ny", "+", "follows", "after"),
    ("* x", "*", "left", "before"),
    ("x + * y", "*", "side by side", "Remove"),
    ("x * * 2", "*", "without a space", ""),
    ("a = ", "", "missing", "Write"),
    ("max(x, )", ")", "missing", "Write"),
    ("max(, x)", ",", "missing", "remove"),
    # Brackets and bars.
    ("(x", "(", "never closed", "`)`"),
    ("sin(x", "sin(", "never closed", "`)`"),
    ("2*(x + (y)", "(", "never closed", "`)`"),
    ("x)", ")", "closes nothing", "Remove"),
    ("|x", "|", "never closed", "`|`"),
    ("(|x) + 1", "|", "not closed", "`|`"),
    ("[x", "[", "never closed", "`]`"),
    ("[x, y,]", "]", "missing", "comma"),
    ("[]", "]", "missing", "two outputs"),
    ("x]", "]", "closes nothing", "list"),
    ("1 + [x, y]", "[", "list", "outputs"),
    ("{x}", "{", "Curly", "( and )"),
    ("sin[x]", "sin", "argument", "sin(x)"),
    # Functions.
    ("sin", "sin", "argument", "sin(x)"),
    ("sin()", ")", "nothing between", "sin(x)"),
    ("sin + 1", "sin", "argument", "sin(x)"),
    ("sin(x, y)", "sin(x, y)", "takes 1 argument, not 2", ""),
    ("atan2(x)", "atan2(x)", "takes 2 arguments, not 1", ""),
    ("where(x, y)", "where(x, y)", "takes 3", ""),
    ("log(x, y, z)", "log(x, y, z)", "1 or 2", ""),
    ("coss(x)", "coss", "no function", "cos"),
    ("Sin(x)", "Sin", "no function", "sin"),
    ("quux(x)", "quux", "no function", "quux*("),
    ("sin^-1(x)", "sin^-1", "inverse", "asin(x)"),
    ("sin⁻¹(x)", "sin⁻¹", "inverse", "1/sin(x)"),
    ("sinh^-1 x", "sinh^-1", "inverse", "asinh"),
    ("sin^y(x)", "y", "whole number", "(sin(x))"),
    # Numbers.
    ("1,5", "1,5", "comma", "1.5"),
    ("2 + 1,5*x", "1,5", "comma", "1.5"),
    ("sin(1,5)", "sin(1,5)", "1 argument", "1.5"),
    ("x, y", ",", "comma", "[f, g]"),
    ("5 5", "5", "number", "one number"),
    ("x 5", "5", "number", "x*5"),
    ("1.2.3", ".3", "number", "one number"),
    ("1_000", "1_000", "grouped", "1000"),
    ("½ x", "½", "number", "0 to 9"),
    ("x + ٣", "٣", "number", "0 to 9"),
    ("1e999999", "1e999999", "range", "1.7e308"),
    ("x + 1e-999999", "1e-999999", "range", "1e-323"),
    ("∞", "∞", "Infinity", "1e300"),
    # Words and signs of other languages.
    ("x = y = 2", "=", "name", "=="),
    ("x!", "!", "`!`", "gamma"),
    ("10%", "%", "`%`", "mod"),
    ("x & y", "&", "`&`", "and"),
    ("~x", "~", "`~`", "not"),
    ("x := 1", ":", "`:`", "where"),
    ("x'", "'", "quote", "names"),
    ("'x'", "'", "quote", "names"),
    ("$x$", "$", "`$`", "dollar"),
    ("if x: y", "if", "programming", "where"),
    ("x if y else z", "if", "programming", "where"),
    ("def f(x): return x", "def", "programming", "formula"),
    ("import os", "import", "programming", "formula"),
    (r"\frac{1}{2}", r"\frac", "LaTeX", "(a)/(b)"),
    (r"\sin x", r"\sin", "LaTeX", "sin(x)"),
    (r"2 \alpha", r"\alpha", "LaTeX", "alpha"),
    (r"x \cdot y", r"\cdot", "LaTeX", "*"),
    # Attempts to reach Python.
    ("__import__('os')", "__import__", "no function", "reference"),
    ("x.__class__", ".", "dot", "0.5"),
    ("().__class__", ")", "missing", "Write"),
    ("x[0]", "[", "list", "( and )"),
    ("eval(x)", "eval", "no function", "eval*("),
    ("_x + 1", "_x", "underscore", "x"),
    ("lambda: 0", ":", "`:`", "where"),
    # Characters nobody sees.
    ("x\0y", "\0", "U+0000", "Remove"),
    ("x + \x07", "\x07", "U+0007", "Remove"),
    ("x + \ud800", "\ud800", "U+D800", "Remove"),
    ("x + \u202ey", "\u202e", "U+202E", "Remove"),
    ("x\u200by", "\u200b", "U+200B", "Remove"),
    ("\ufeffx", "\ufeff", "U+FEFF", "Remove"),
    ("x + 😀", "😀", "😀", "Remove"),
    ("x ＋ 1", "＋", "＋", "another way"),
]


@pytest.mark.parametrize(
    ("text", "part", "message", "hint"), SLIPS, ids=[ascii(s[0]) for s in SLIPS]
)
def test_the_characters_to_blame_and_the_mend(
    text: str, part: str, message: str, hint: str
) -> None:
    with pytest.raises(InputError) as caught:
        parse(text)
    error = caught.value
    assert error.span is not None
    assert text[slice(*error.span)] == part
    assert message in error.message
    assert hint in error.hint
    assert error.hint or not hint
    assert str(error).encode()
    assert error.to_dict()["start"] == error.span[0]


def test_the_second_of_two_equal_characters_is_blamed_where_it_stands() -> None:
    with pytest.raises(InputError) as caught:
        parse("x + 1\n+ y")
    assert caught.value.span == (6, 7)
    assert caught.value.pointer("x + 1\n+ y") == "+ y\n^"


def test_the_pointer_stays_in_sight_on_a_long_line() -> None:
    text = "x + " * 1000 + "sin + " + "x + " * 1000 + "1"
    with pytest.raises(InputError) as caught:
        parse(text)
    line, caret = caught.value.pointer(text).splitlines()
    assert len(line) <= 100
    assert line[caret.index("^") :].startswith("sin")
    assert caret.count("^") == 3


# --- size -----------------------------------------------------------------------------------

LONG = 100_000
SECONDS = 20
"""A bound that only an algorithm of the wrong order can miss, on any machine."""

TOO_LARGE = {
    "brackets": "(" * 10_000,
    "closed brackets": "(" * 10_000 + "x" + ")" * 10_000,
    "calls": "sin(" * 10_000 + "x" + ")" * 10_000,
    "bars": "|" * LONG,
    "a name": "x" * 1_000,
    "an unknown function": "x" * 1_000 + "(2)",
    "digits": "1" * LONG,
    "superscripts": "x" + "²" * LONG,
    "the text": "x+" * budgets.TEXT_LENGTH,
    "the steps": "x+" * (budgets.ROWS + 1) + "x",
}

LARGE = {
    "a sum": ("+".join(["x"] * LONG), LONG - 1),
    "a sum of variables": ("+".join(f"x{k}" for k in range(90_000)), 90_000 - 1),
    "a product without signs": ("x " * LONG, LONG - 1),
    "minus signs": ("-" * LONG + "x", LONG),
    "plus signs": ("+" * LONG + "x", 0),
    "a tower": ("^".join(["x"] * LONG), LONG - 1),
    "sines": ("sin " * LONG + "x", LONG),
    "roots": ("√" * LONG + "x", LONG),
    "negations": ("not " * LONG + "x", LONG),
    "squared sines": ("sin²" * 5_000 + "x", 10_000),
    "comparisons": ("<".join(["x"] * 50_000), 49_999),
    "arguments": (f"max({','.join(['x'] * 10_000)})", 1),
    "outputs": (f"[{','.join(['x'] * LONG)}]", 0),
    "lines": ("\n".join(f"a{k} = x + {k}" for k in range(20_000)), 20_000),
    "listed lines": (
        "\n".join(f"a{k} = x^{k}" for k in range(20_000))
        + f"\n[{','.join(f'a{k}' for k in range(20_000))}]",
        20_000,
    ),
    "a header": (f"f({','.join(f'x{k}' for k in range(50_000))}) = x1 + x2", 1),
    "line breaks": ("\n" * LONG + "x^2", 1),
    "a long line of remarks": ("x^2 #" + "#" * LONG, 1),
}


@pytest.mark.parametrize("name", TOO_LARGE)
def test_what_is_too_large_is_refused_at_once(name: str) -> None:
    text = TOO_LARGE[name]
    start = time.perf_counter()
    with pytest.raises(InputError) as caught:
        parse(text)
    assert time.perf_counter() - start < SECONDS
    error = caught.value
    assert isinstance(error, BudgetError) or "function" in error.message
    assert len(str(error)) < 400
    assert error.span is None or 0 <= error.span[0] <= error.span[1] <= len(text)


@pytest.mark.parametrize("name", LARGE)
def test_what_is_long_or_deep_is_read(name: str) -> None:
    text, rows = LARGE[name]
    start = time.perf_counter()
    program = parse(text)
    assert time.perf_counter() - start < SECONDS
    assert len(program.rows) == rows


def test_numbers_that_overflow_only_when_divided() -> None:
    text = "x^(" + "9" * 300 + "/0." + "0" * 300 + "1)"
    assert len(parse(text).rows) == 2


# --- fuzz -----------------------------------------------------------------------------------

PIECES = [
    *["x", "y", "2", "1.5", "1e3", "(", ")", "[", "]", "|", ",", "=", "\n", ";", " ", "#"],
    *["+", "-", "*", "**", "^", "/", "<", "==", "and", "or", "not", "where", "√", "²", "⁻¹"],
    *["sin", "log", "max", "f(x) =", "pi", "e", "_", ".", "'", "\\frac", "v1", "∞", "½"],
    *list(by_spelling())[:10],
]


def check(text: str) -> None:
    refused: InputError | None = None
    try:
        program = parse(text)
    except InputError as error:
        refused = error
    if refused is not None:
        assert refused.message
        start, end = refused.span or (0, 0)
        assert 0 <= start <= end <= len(text)
        assert refused.pointer(text) or refused.span is None
    else:
        assert isinstance(program, Program)
        for slot in program.rows:
            span = program.span(slot)
            assert span is not None
            assert 0 <= span[0] < span[1] <= len(text)
        for note in program.notes:
            assert text[slice(*note.span)]


@given(st.text())
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    check(text)


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_heap_of_pieces_is_read_or_refused_with_a_place(text: str) -> None:
    check(text)


@given(st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_any_row_of_pieces_is_read_or_refused_with_a_place(text: str) -> None:
    check(text)
