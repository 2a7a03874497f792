"""The documentation of the API: the OpenAPI schema reduced to what its page shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Field:
    """A parameter of a query, or a member of a body; ``needed`` tells whether it is required."""

    name: str
    kind: str
    needed: bool
    text: str


@dataclass(frozen=True)
class Operation:
    """One method on one path; ``answers`` are (status code, description) pairs."""

    method: str
    path: str
    summary: str
    text: str
    fields: list[Field]
    example: str
    answers: list[tuple[str, str]]


def api_page(schema: Mapping[str, Any]) -> list[Operation]:
    """The operations of an OpenAPI schema, in its order."""
    return [
        _operation(schema, method, path, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def _operation(
    schema: Mapping[str, Any], method: str, path: str, operation: Mapping[str, Any]
) -> Operation:
    fields = [
        Field(
            item["name"],
            _kind(item["schema"]),
            item.get("required", False),
            item.get("description", ""),
        )
        for item in operation.get("parameters", [])
    ]
    example = ""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    if body:
        model = _resolved(schema, body["schema"])
        needed = model.get("required", [])
        fields += [
            Field(name, _kind(item), name in needed, item.get("description", ""))
            for name, item in model["properties"].items()
        ]
        example = json.dumps((model.get("examples") or [{}])[0], indent=1, ensure_ascii=False)
    answers = [(code, item["description"]) for code, item in operation["responses"].items()]
    return Operation(
        method.upper(),
        path,
        operation.get("summary", ""),
        operation.get("description", ""),
        fields,
        example,
        answers,
    )


def _resolved(schema: Mapping[str, Any], item: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in item:
        return item
    value: Any = schema
    for step in item["$ref"].removeprefix("#/").split("/"):
        value = value[step]
    return dict(value)


def _kind(item: Mapping[str, Any]) -> str:
    """A schema's type in a few words."""
    if "enum" in item:
        return " or ".join(map(str, item["enum"]))
    if "anyOf" in item:
        return " or ".join(dict.fromkeys(_kind(option) for option in item["anyOf"]))
    if item.get("type") == "object" and isinstance(item.get("additionalProperties"), Mapping):
        return f"object of {_kind(item['additionalProperties'])}"
    return str(item.get("type", "any"))
