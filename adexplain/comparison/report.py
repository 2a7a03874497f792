"""A comparison as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adexplain.plain_data import plain

if TYPE_CHECKING:
    from adexplain.comparison.comparison import Comparison, Method


def as_dict(comparison: Comparison) -> dict[str, Any]:
    """The comparison as JSON can hold it."""
    found, reference = comparison, comparison.reference
    data = {
        "output": found.output,
        "inputs": found.inputs,
        "reference": {"name": reference.name, "digits": reference.digits()},
        "methods": [_method(found, method) for method in found.methods],
        "symbolic": {name: _formula(found, name) for name in found.inputs},
        "sweep": {name: sweep.to_dict() for name, sweep in found.sweeps.items()},
        "taylor": None if found.taylor is None else found.taylor.to_dict(),
        "verdict": found.verdict.to_dict(),
    }
    result: dict[str, Any] = plain(data)
    return result


def _method(found: Comparison, method: Method) -> dict[str, Any]:
    return {
        "name": method.name,
        "note": method.note,
        "gradient": {name: method.gradient.get(name) for name in found.inputs},
        "error": {name: _error(found, method, name) for name in found.inputs},
        "digits": {name: found.evidence.digits(method.name, name) for name in found.inputs},
        "message": method.message or None,
    }


def _error(found: Comparison, method: Method, name: str) -> float | None:
    value, truth = method.gradient.get(name), found.reference.values.get(name)
    return None if value is None or truth is None else float(abs(truth - value))


def _formula(found: Comparison, name: str) -> dict[str, Any] | None:
    formula = found.symbolic.formulas.get(name)
    if formula is None:
        return None
    return {"text": formula.text, "latex": formula.latex, "operations": formula.operations}
