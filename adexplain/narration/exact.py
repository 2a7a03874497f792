"""Looks up the exact form of a trace's numbers as LaTeX; "" where a number has none."""

from __future__ import annotations

from adexplain.explanation.explain import Explanation


def exact_of_slot(explanation: Explanation, slot: int, kind: str) -> str:
    """The ``value``, ``tangent`` or ``adjoint`` of an input or a row."""
    exact = explanation.exact
    return "" if exact is None else exact.slots.get(slot, {}).get(f"{kind}_latex", "")


def exact_of_partial(explanation: Explanation, slot: int, position: int) -> str:
    """The partial of a row with respect to one of its arguments."""
    exact = explanation.exact
    return (
        "" if exact is None else exact.partials.get((slot, position), {}).get("partial_latex", "")
    )


def exact_of_contribution(explanation: Explanation, edge: int, kind: str) -> str:
    """The ``partial`` or ``amount`` of a contribution, or the ``total`` after it."""
    exact = explanation.exact
    return "" if exact is None else exact.contributions[edge].get(f"{kind}_latex", "")
