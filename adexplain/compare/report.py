"""A comparison as plain data and as a table for a terminal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from adexplain.compare.comparison import Comparison, Method

SURE = 15
"""From so many matching digits on, a count is a lower bound: a float holds no more."""


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
    plain: dict[str, Any] = _plain(data)
    return plain


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


def as_text(comparison: Comparison) -> str:
    """One block for each input, one line for each method, and the verdict."""
    methods = comparison.methods
    width = max(len(method.name) for method in methods)
    lines = [f"The gradient of {comparison.output} by {len(methods)} methods"]
    for name in comparison.inputs:
        truth = comparison.reference.digits().get(name, "unknown")
        lines += ["", f"∂{comparison.output}/∂{name} = {truth}"]
        lines += [f"  {m.name:<{width}}  {_answer(comparison, m, name)}" for m in methods]
    verdict = comparison.verdict
    return "\n".join([*lines, "", verdict.claim, verdict.reason])


def _answer(found: Comparison, method: Method, name: str) -> str:
    value = method.gradient.get(name)
    if value is None:
        return method.message or "no answer"
    digits = found.evidence.digits(method.name, name)
    if digits is None:
        return repr(value)
    return f"{value!r:<24}{f'≥ {SURE}' if digits >= SURE else digits} digits"


def _plain(data: Any) -> Any:
    """Numbers that JSON has not as the texts "inf", "-inf" and "nan"."""
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    if isinstance(data, float) and not math.isfinite(data):
        return str(data)
    return data
