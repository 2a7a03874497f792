"""Records, and their conversion to data that JSON can hold."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

_JSON_TYPES = {str, int, bool, type(None)}


class Record:
    """Base of the dataclasses whose field names are keys of the published JSON."""

    __slots__: tuple[str, ...] = ()

    @classmethod
    def fields(cls) -> tuple[str, ...]:
        """Names of the fields, in order."""
        return cls.__slots__


def is_array(value: object) -> bool:
    """Whether a value is a NumPy array, or another one of its kind, rather than a number."""
    return hasattr(value, "shape") and hasattr(value, "tolist")


def plain(data: Any) -> Any:
    """The data as dicts, lists, numbers and text; what is not finite is "inf", "-inf" or "nan"."""
    kind = type(data)
    if kind is float:
        return data if math.isfinite(data) else str(data)
    if kind in _JSON_TYPES:
        return data
    if is_array(data):
        return plain(data.tolist())
    if isinstance(data, Record):
        return {name: plain(getattr(data, name)) for name in kind.fields()}
    if isinstance(data, Mapping):
        return {key: plain(value) for key, value in data.items()}
    return [plain(value) for value in data]
