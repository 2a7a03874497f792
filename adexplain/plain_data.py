"""Records, and how they and their numbers become data that JSON can hold."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

_PLAIN = {str, int, bool, type(None)}


class Record:
    """Base of the dataclasses that are published under their fields' names."""

    __slots__: tuple[str, ...] = ()

    @classmethod
    def fields(cls) -> tuple[str, ...]:
        """Names of the fields, in order."""
        return cls.__slots__


def plain(data: Any) -> Any:
    """The same as dicts, lists and numbers; infinities and nan are the words inf, -inf and nan."""
    kind = type(data)
    if kind is float:
        return data if math.isfinite(data) else str(data)
    if kind in _PLAIN:
        return data
    if isinstance(data, Record):
        return {name: plain(getattr(data, name)) for name in kind.fields()}
    if isinstance(data, Mapping):
        return {key: plain(value) for key, value in data.items()}
    return [plain(value) for value in data]
