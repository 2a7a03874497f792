"""Attributes: what an operation is told besides its arguments, such as the axis of a sum.

They are whole numbers, floats and tuples of whole numbers, and nothing is differentiated by them.
They are folded into the operation's key, ``sum[axis=0]``, so that a node of a program stays a pair
and equal rows are found as before.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from functools import lru_cache

Value = int | float | tuple[int, ...]


def key(name: str, attributes: Mapping[str, Value]) -> str:
    """The key of an operation with attributes; its name alone if there are none."""
    if not attributes:
        return name
    return f"{name}[{', '.join(f'{item}={value!r}' for item, value in attributes.items())}]"


@lru_cache(maxsize=1024)
def split(text: str) -> tuple[str, tuple[tuple[str, Value], ...]]:
    """The name and the attributes that a key was made of."""
    name, bracket, rest = text.partition("[")
    if not bracket:
        return name, ()
    call = ast.parse(f"f({rest.removesuffix(']')})", mode="eval").body
    assert isinstance(call, ast.Call)
    return name, tuple((item.arg or "", ast.literal_eval(item.value)) for item in call.keywords)


def written(attributes: Mapping[str, Value]) -> list[str]:
    """The attributes as a person types them after the arguments of a call: ``axis=0``."""
    return [f"{name}={value!r}" for name, value in attributes.items()]


def filled_in(text: str, attributes: Mapping[str, Value]) -> str:
    """A text of the table with the values of the attributes in place of their names."""
    for name, value in attributes.items():
        shown = repr(value)
        text = re.sub(rf"\b{name}\b", f"({shown})" if shown.startswith("-") else shown, text)
    return text
