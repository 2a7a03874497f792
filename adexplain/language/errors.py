"""Parse errors: their place in the text, what is wrong, and a hint for a fix."""

from __future__ import annotations

import difflib
import re
from typing import Protocol

from adexplain import budgets
from adexplain.errors import BudgetError, InputError, Span
from adexplain.language.grammar import (
    BINARY,
    CONSTANT_NAMES,
    FUNCTIONS,
    RESERVED,
    STATEMENT_WORDS,
    accepted_counts,
    overload,
)
from adexplain.language.tokens import positions
from adexplain.primitives.primitive import parameters
from adexplain.program import Builder

_LATEX = {
    "\\frac": "Write (a)/(b) for a fraction.",
    "\\sqrt": "Write sqrt(x) for a root.",
    "\\cdot": "Write * for a product.",
    "\\times": "Write * for a product.",
    "\\left": "Write ( and ) alone.",
    "\\right": "Write ( and ) alone.",
}
_CHARACTERS = {
    "=": (
        "`=` gives a name to a whole line.",
        "To compare, write ==; to name a part, write `name = …` on a line.",
    ),
    "!": (
        "`!` has no meaning here.",
        "For a factorial write gamma(x + 1); for 'not equal' write !=.",
    ),
    "%": (
        "`%` has no meaning here.",
        "For the remainder write mod(a, b); for percent divide by 100.",
    ),
    "&": ("`&` has no meaning here.", "Write `and`."),
    "~": ("`~` has no meaning here.", "Write `not`."),
    ".": ("A dot stands only inside a number.", "Write 0.5, or * for a product."),
    "'": ("A quote has no meaning here.", "Only numbers, names and functions can be used."),
    '"': ("A quote has no meaning here.", "Only numbers, names and functions can be used."),
    "{": ("Curly brackets have no meaning here.", "Write ( and )."),
    "}": ("Curly brackets have no meaning here.", "Write ( and )."),
    "[": (
        "A square bracket only opens a list of outputs.",
        "Write ( and ) inside a formula; `[f, g]` as the last line for two outputs.",
    ),
    "]": ("This `]` closes nothing.", "Remove it, or open a list of outputs with `[`."),
    ":": ("`:` has no meaning here.", "For a choice write where(condition, a, b)."),
    "∞": (
        "Infinity is not a number one can differentiate at.",
        "Write a large number such as 1e300.",
    ),
    "$": ("`$` has no meaning here.", "Write the formula alone, without dollar signs."),
}

NO_VARIABLES = RESERVED | STATEMENT_WORDS


class ParserState(Protocol):
    """What an error needs of the parser: where it is, and which brackets are open."""

    text: str
    tokens: list[str]
    i: int  # the current token
    builder: Builder
    known: dict[str, int]
    assigned: dict[str, int]
    closed: bool
    notes: list[tuple[str, int, int]]
    frames: list[tuple[str, int, int, int]]  # sign or function, first token, exponent, operands


def span(reader: ParserState, first: int, last: int | None = None) -> Span:
    """The characters from one token to another (by default the same one)."""
    places = positions(reader.text)
    start = places[min(first, len(places) - 1)][0]
    end = places[min(first if last is None else last, len(places) - 1)][1]
    return start, max(end, start)


def _at(reader: ParserState, i: int, message: str, hint: str = "") -> InputError:
    return InputError(message, span(reader, i), hint)


def _unknown(reader: ParserState, i: int) -> InputError | None:
    """The error for a token that has no meaning in any place; None for other tokens."""
    token = reader.tokens[i]
    if token.startswith("\\"):
        name = token[1:]
        hint = _LATEX.get(token) or (
            f"Write {name}(x)."
            if name in FUNCTIONS
            else f"Write {name or 'the formula'} without the backslash."
        )
        return _at(reader, i, "LaTeX is not read here.", hint)
    if token in _CHARACTERS:
        return _at(reader, i, *_CHARACTERS[token])
    if token and not token[0].isalnum() and token not in BINARY and token not in "()|,;\n√∛¬#":
        return _at(
            reader,
            i,
            f"`{_shown(token)}` has no meaning here.",
            "Remove it or write it in another way.",
        )
    return None


def _shown(token: str) -> str:
    short = token if len(token) <= 30 else f"{token[:27]}…"
    return short if short.isprintable() else f"U+{ord(token[0]):04X}"


def _open_frame(reader: ParserState) -> InputError | None:
    """The error for a text that ends inside a bracket; it points at the bracket."""
    kind, start, _, _ = reader.frames[-1]
    if not kind:
        return None
    if kind in FUNCTIONS:
        message = f"The bracket of `{kind}` is never closed."
        return InputError(message, span(reader, start, start + 1), "Write `)` where it ends.")
    closer = {"(": ")", "|": "|", "[": "]"}[kind]
    return _at(reader, start, f"This `{kind}` is never closed.", f"Write `{closer}` where it ends.")


def no_operand(reader: ParserState, i: int) -> InputError:
    """The error for a token that cannot start a value, where a value is expected."""
    token = reader.tokens[i]
    before = reader.tokens[i - 1] if i else ""
    kind = reader.frames[-1][0]
    if before == "*" and token == "*":
        return _at(reader, i, "A power is written ** without a space, or ^.")
    if token == "]" and kind == "[":
        hint = "Remove the comma." if before == "," else "Write [f, g] for two outputs."
        return _at(reader, i, "A value is missing before this `]`.", hint)
    unknown = _unknown(reader, i)
    if unknown is not None:
        return unknown
    if token in ("", "\n", ";"):
        if before in BINARY:
            return _at(
                reader,
                i - 1,
                f"Nothing follows `{before}`.",
                "Write a number, a name or a function after it.",
            )
        if not any(text.strip(";\n") for text in reader.tokens):
            return InputError(
                "There is nothing to differentiate yet.",
                (0, 0),
                "Type a formula such as x^2 + sin(x).",
            )
        return _open_frame(reader) or _at(
            reader, i, "A value is missing here.", "Write a number, a name or a function."
        )
    if token == ")" and kind in FUNCTIONS and before == "(":
        hint = f"Write {kind}(x)."
        return _at(reader, i, f"`{kind}` has nothing between its brackets.", hint)
    if token == ")" and kind != "(" and kind not in FUNCTIONS:
        return stray_bracket(reader, i)
    if token in BINARY and before in BINARY:
        return _at(
            reader,
            i,
            f"Two operators stand side by side: `{before}` and `{token}`.",
            "Remove one of them.",
        )
    if token in BINARY:
        return _at(reader, i, f"`{token}` has nothing on its left.", "Write a value before it.")
    if token[0].isnumeric():  # ½, ٣, a leading ²: 0 to 9 never come here
        hint = "Write it with the digits 0 to 9."
        return _at(reader, i, f"`{_shown(token)}` is not read as a number.", hint)
    if token == ",":
        return _at(
            reader,
            i,
            "A value is missing before this comma.",
            "Write a value, or remove the comma.",
        )
    return _at(
        reader,
        i,
        f"A value is missing before `{_shown(token)}`.",
        "Write a number, a name or a function.",
    )


def no_operator(reader: ParserState, i: int) -> InputError:
    """The error for a token after a value that can neither continue nor end it."""
    token, before = reader.tokens[i], reader.tokens[i - 1]
    if token in ("", "\n", ";"):
        frame = _open_frame(reader)
        if frame is not None:
            return frame
    if token.startswith("_"):
        if before[:1].isdigit() and token[1:].replace("_", "").isdigit():
            hint = f"Write {before}{token.replace('_', '')}."
            return InputError("Digits are not grouped by `_`.", span(reader, i - 1, i), hint)
        return bad_name_start(reader, i)
    if token[:1].isdigit() or (token[:1] == "." and token != "."):
        hint = f"Write {before}*{token} for a product or {before}^{token} for a power."
        if before[:1].isdigit():
            hint = "Write one number, or * between the two."
        return InputError("A number cannot follow a value directly.", span(reader, i), hint)
    if token == "|":
        return _at(
            reader,
            i,
            "This `|` closes nothing.",
            "Bars come in pairs; inside brackets close those first.",
        )
    unknown = _unknown(reader, i)
    return unknown or _at(
        reader,
        i,
        f"`{_shown(token)}` cannot stand here.",
        "Write an operator such as + or * before it.",
    )


def bad_name_start(reader: ParserState, i: int) -> InputError:
    """The error for a name that begins with an underscore."""
    name = reader.tokens[i]
    hint = f"Write {name.strip('_')}." if name.strip("_") else "Choose a name such as x."
    return _at(reader, i, "A name begins with a letter, not with an underscore.", hint)


def check_name(reader: ParserState, token: str, i: int) -> None:
    """Raise the error for a new variable that is not allowed, or surely not meant as one."""
    if not (
        token in NO_VARIABLES
        or token[0] == "_"
        or reader.closed
        or len(token) > budgets.NAME_LENGTH
        or len(reader.builder.input_slots) >= budgets.VARIABLES
    ):
        return
    if token.startswith("_"):
        raise bad_name_start(reader, i)
    _check_length(reader, token, i)
    if token in RESERVED:
        raise no_operand(reader, i)
    if token in STATEMENT_WORDS:
        hint = (
            "Write a formula, or assignments one a line; for a choice write where(condition, a, b)."
        )
        raise _at(reader, i, f"`{token}` is a word of a programming language.", hint)
    if reader.closed and token not in reader.builder.input_slots:
        listed = ", ".join(reader.builder.input_slots)
        hint = f"Add it to the arguments ({listed}), or give it a value on a line before."
        raise _at(reader, i, f"`{token}` is not an argument of this function.", hint)
    if len(reader.builder.input_slots) >= budgets.VARIABLES:
        raise BudgetError(f"There are more than {budgets.VARIABLES:,} variables.", span(reader, i))


def _check_length(reader: ParserState, token: str, i: int) -> None:
    if len(token) > budgets.NAME_LENGTH:
        message = f"A name has more than {budgets.NAME_LENGTH} characters."
        raise BudgetError(message, span(reader, i), "Choose a shorter one.")


def check_product(reader: ParserState, token: str, i: int) -> None:
    """Raise the error for an unknown function: ``coss(y)``, but not ``x(y + 1)``, a product."""
    if token in reader.builder.input_slots:
        return
    _check_length(reader, token, i)
    if token.startswith("_"):
        hint = "Only the functions of the reference can be called."
        raise _at(reader, i, f"There is no function called `{_shown(token)}`.", hint)
    if re.fullmatch(r"[^\W\d_]_?\w?\d*", token):
        reader.notes.append(("product", i, i + 1))
        return
    near = difflib.get_close_matches(token.lower(), FUNCTIONS, n=1, cutoff=0.8)
    hint = f"Did you mean {near[0]}?" if near else f"For a product write {token}*(…)."
    raise _at(reader, i, f"There is no function called `{token}`.", hint)


def check_target(reader: ParserState, token: str, i: int) -> None:
    """Raise the error for a name that no line may assign to."""
    if token in FUNCTIONS:
        hint = f"Call it {token}_1, say." if len(token) < 8 else "Choose another name."
        raise _at(reader, i, f"`{token}` is a function and cannot be a variable.", hint)
    if token in CONSTANT_NAMES:
        raise _at(
            reader,
            i,
            f"`{token}` is a constant and cannot be given a value.",
            "Choose another name.",
        )
    if token in reader.assigned:
        hint = "Choose a new name: a value, once computed, does not change in a trace."
        raise _at(reader, i, f"`{token}` already has a value.", hint)
    if token in reader.builder.input_slots:
        raise used_before(reader, token, i)
    check_name(reader, token, i)


def used_before(reader: ParserState, token: str, i: int) -> InputError:
    """The error for a name that is used on a line before its assignment."""
    hint = "Choose a new name: a value, once computed, does not change in a trace."
    if reader.tokens[i:].count(token) == 1:
        hint = "Move this line up, or choose a new name."
    return _at(reader, i, f"`{token}` is used before it gets its value.", hint)


def no_number(reader: ParserState, token: str, i: int) -> InputError | BudgetError:
    """The error for a literal that is too long, or out of the range of floats."""
    if len(token) > budgets.NUMBER_LENGTH:
        return BudgetError(
            f"A number has more than {budgets.NUMBER_LENGTH} characters.",
            span(reader, i),
            "Seventeen digits are all that a float can hold.",
        )
    return _at(
        reader,
        i,
        "This number is beyond the range of a float.",
        "Numbers run from about 1e-323 to 1.7e308.",
    )


def bare_function(reader: ParserState, token: str, i: int) -> InputError:
    """The error for a function's name without an argument."""
    following = reader.tokens[i + 1]
    if following == "=":
        return _at(
            reader, i, f"`{token}` is a function and cannot be a variable.", "Choose another name."
        )
    return _at(reader, i, f"`{token}` is a function and needs an argument.", f"Write {token}(x).")


def wrong_count(reader: ParserState, token: str, i: int, count: int) -> InputError:
    """The error for a call with the wrong number of arguments."""
    message = f"`{token}` takes {accepted_counts(token)}, not {count}."
    names = parameters(FUNCTIONS[token][0], FUNCTIONS[token][0].arity)
    hint = f"Write {token}({', '.join(names)})."
    written = "".join(reader.tokens[i : reader.i])
    if count == 2 and overload(token, 1) and re.search(r"\d,\d", written):
        hint = "A decimal comma is written as a point: 1.5."
    return InputError(message, span(reader, i, max(i, reader.i - 1)), hint)


def inverse_function(reader: ParserState, token: str, i: int) -> InputError:
    """The error for ``sin^-1``, which may mean the inverse function or the reciprocal."""
    inverse = next((name for name in (f"a{token}", f"ar{token}") if name in FUNCTIONS), "")
    either = f"{inverse}(x) for the inverse function or " if inverse else ""
    message = f"`{token}^-1` could be the inverse function or the reciprocal."
    end = reader.i + (reader.tokens[reader.i] == "-")  # in ^-1 the number is a token of its own
    return InputError(
        message, span(reader, i, end), f"Write {either}1/{token}(x) for the reciprocal."
    )


def function_power(reader: ParserState, token: str, i: int) -> InputError:
    """The error for a function's name with a power that is no whole number."""
    hint = f"Write {token}^2(x), or ({token}(x))^(…) for any other power."
    return _at(reader, reader.i, f"After `{token}^` a whole number must stand.", hint)


def too_many_rows() -> BudgetError:
    """The error for a function with more rows than ``budgets.ROWS``."""
    return BudgetError(f"The function has more than {budgets.ROWS:,} steps.", None, "Shorten it.")


def stray_comma(reader: ParserState, i: int) -> InputError:
    """The error for a comma outside of arguments and lists, perhaps a decimal comma."""
    before, after = reader.tokens[i - 1], reader.tokens[i + 1]
    if before.isdigit() and after.isdigit():
        return InputError(
            "A decimal comma is not read.", span(reader, i - 1, i + 1), f"Write {before}.{after}."
        )
    return _at(
        reader,
        i,
        "A comma stands only between arguments.",
        "For several outputs write a list: [f, g].",
    )


def stray_bracket(reader: ParserState, i: int) -> InputError:
    """The error for a closing bracket without an opening one, or before a bar is closed."""
    kind, start, _, _ = reader.frames[-1]
    if kind == "|":
        return _at(
            reader,
            start,
            "This `|` is not closed before the bracket ends.",
            "Write `|` before `)`.",
        )
    return _at(reader, i, "This `)` closes nothing.", "Remove it, or open a bracket before.")
