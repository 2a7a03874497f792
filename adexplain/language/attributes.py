"""Attributes in a call, ``f(x, scale=3)``: read behind the arguments, and made part of the key."""

from __future__ import annotations

from adexplain.errors import InputError
from adexplain.language.errors import ParserState, span
from adexplain.primitives.attributes import Value, key
from adexplain.primitives.primitive import Primitive

Given = dict[str, tuple[Value, int]]
"""Name → its value, and the token it stands at."""


def read_attributes(reader: ParserState, function: str, i: int) -> tuple[Given, int]:
    """The attributes from token ``i`` on, and the token behind them, the closing bracket."""
    tokens, found = reader.tokens, Given()
    while True:
        name = tokens[i]
        if tokens[i + 1 : i + 2] != ["="]:
            raise InputError(
                f"Behind `{next(iter(found))}=` stand no more arguments.",
                span(reader, i),
                f"Write the arguments of {function} first.",
            )
        if name in found:
            raise InputError(f"`{name}` is given twice.", span(reader, i), "Keep one of them.")
        value, end = _value(reader, i + 2)
        found[name] = value, i
        if tokens[end] != ",":
            return found, end
        i = end + 1


def _value(reader: ParserState, i: int) -> tuple[Value, int]:
    """A number, or whole numbers in brackets, and the token behind it."""
    tokens = reader.tokens
    if tokens[i] != "(":
        return _number(reader, i)
    items: list[int] = []
    while tokens[i] != ")":
        number, i = _number(reader, i + 1)
        if not isinstance(number, int) or tokens[i] not in (",", ")"):
            raise _no_value(reader, i)
        items.append(number)
    return tuple(items), i + 1


def _number(reader: ParserState, i: int) -> tuple[int | float, int]:
    sign = reader.tokens[i] in ("-", "−", "–")
    token = reader.tokens[i + sign]
    try:
        number = float(token)
    except ValueError:
        raise _no_value(reader, i) from None
    if not abs(number) < float("inf"):
        raise _no_value(reader, i)
    value = int(token) if token.isdigit() else number
    return -value if sign else value, i + sign + 1


def _no_value(reader: ParserState, i: int) -> InputError:
    return InputError(
        "This is no value of a named argument.",
        span(reader, i),
        "Write a number, or whole numbers in brackets such as (0, 1).",
    )


def keyed(reader: ParserState, primitive: Primitive, start: int, given: Given) -> str:
    """The key of a primitive with attributes; those that have their default are left out.

    Raises:
        InputError: it has no such attribute, or one of another kind.
    """
    defaults = dict(primitive.attributes)
    for name, (_, i) in given.items():
        if name not in defaults:
            hint = f"It has {', '.join(defaults)}." if defaults else "Write the value alone."
            message = f"`{reader.tokens[start]}` has no argument named {name}."
            raise InputError(message, span(reader, i), hint)
    values = {
        name: _fitting(reader, *given[name], default)
        for name, default in defaults.items()
        if name in given
    }
    return key(primitive.name, {n: v for n, v in values.items() if v != defaults[n]})


def _fitting(reader: ParserState, value: Value, i: int, default: Value) -> Value:
    """The value as a number of the default's kind, so that 2 and 2.0 make one key."""
    if isinstance(default, float) and isinstance(value, int):
        return float(value)
    if type(value) is not type(default):
        raise InputError(
            f"`{reader.tokens[i]}` cannot be {value!r}.",
            span(reader, i, i + 2),
            f"Its default is {default!r}: give something of that kind.",
        )
    return value
