"""An explanation as plain data, in the published JSON schemas.

Schema 1 has numbers only. In schema 2 a value may be an array, as a list of lists with its shape,
and a row says which line of a program it belongs to, and to which round of its loops.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from adexplain.errors import InputError
from adexplain.paths import folder
from adexplain.plain_data import is_array, plain
from adexplain.program import Program

FILES = {1: "explanation.json", 2: "explanation-2.json"}
"""Version of the schema → its file in the package."""
IDENTIFIER = "https://adexplain.org/schema/explanation-{}.json"
_ARRAYS = ("value", "tangent", "adjoint", "partial_value", "amount", "total")


def schema(version: int = 1) -> dict[str, Any]:
    """The published JSON schema of that version.

    Raises:
        InputError: there is no such version.
    """
    _check(version)
    data: dict[str, Any] = json.loads((folder("schema") / FILES[version]).read_text("utf-8"))
    return data


def _check(version: int) -> None:
    if version not in FILES:
        known = " and ".join(map(str, FILES))
        raise InputError(f"There is no schema {version}.", None, f"The schemas are {known}.")


def published(parts: dict[str, Any], program: Program, version: int = 1) -> dict[str, Any]:
    """The parts of an explanation, as the schema of that version says.

    Args:
        parts: the explanation's records and other data, by their names in schema 1.
        program: its program.
        version: the schema's version.

    Raises:
        InputError: there is no such version, or it has no arrays and this trace has.
    """
    _check(version)
    data = {"schema": IDENTIFIER.format(version), **parts}
    if version == 1:
        if any(map(is_array, _numbers(data))):
            message = "This trace has arrays, which schema 1 does not know."
            raise InputError(message, None, "Ask for schema=2.")
        return plain(data)  # type: ignore[no-any-return]
    return _with_shapes_and_places(data, program)


def _numbers(data: dict[str, Any]) -> Iterator[Any]:
    """Every number of a trace that may be an array."""
    for part in ("inputs", "outputs", "rows", "contributions"):
        for record in data[part]:
            yield from (getattr(record, name, None) for name in _ARRAYS)


def _with_shapes_and_places(data: dict[str, Any], program: Program) -> dict[str, Any]:
    shown: dict[str, Any] = plain(data)
    for part, number in (("inputs", "value"), ("outputs", "value"), ("rows", "value"),
                         ("contributions", "amount")):  # fmt: skip
        for record, plain_record in zip(data[part], shown[part], strict=True):
            value = getattr(record, number)
            plain_record["shape"] = list(value.shape) if is_array(value) else []
    for slot, row in zip(program.rows, shown["rows"], strict=True):
        place = program.places.get(slot)
        row["line"] = None if place is None else place.line
        row["rounds"] = [] if place is None else list(place.rounds)
    return shown
