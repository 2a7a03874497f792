"""Derivatives along the edges of a graph, in any type of number: forward, and backward.

A row is given with its arguments and the partial by each of them. What names the rows (a slot, a
name) and what the numbers are is left open.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

Key = TypeVar("Key", bound=Hashable)
Edges = Iterable[tuple[Key, Sequence[Key], Sequence[Any]]]
"""Rows with their arguments and the partial by each argument."""


def times(flow: Any, partial: Any, zero: Any = 0.0) -> Any:
    """The product along an edge. In a sweep 0·∞ counts as 0: a flow of zero contributes nothing."""
    return zero if flow == zero or partial == zero else flow * partial


def push_forward(
    rows: Edges[Key], tangents: Any, product: Callable[[Any, Any], Any] = times
) -> None:
    """Compute the tangent of each row.

    Args:
        rows: the rows in execution order.
        tangents: a list or a dict, by row; it holds those of the inputs, and for a row without
            edges what its tangent shall be.
        product: the product along an edge.
    """
    for row, arguments, partials in rows:
        for place, (argument, partial) in enumerate(zip(arguments, partials, strict=True)):
            flow = product(tangents[argument], partial)
            tangents[row] = tangents[row] + flow if place else flow


def scatter_back(
    rows: Edges[Key],
    adjoints: Any,
    seeds: Iterable[tuple[Key, Any]],
    product: Callable[[Any, Any], Any] = times,
) -> list[tuple[Key, Key, Any, Any, Any]]:
    """Compute all adjoints, and list the contributions.

    Args:
        rows: the rows, the last one first.
        adjoints: a list or a dict, by row, of which every entry is None; it is filled, where
            anything arrives.
        seeds: outputs with their weights.
        product: the product along an edge.

    Returns:
        For each contribution the receiver, the row, the partial, the amount and the sum after it.
    """
    contributions = []
    for row, weight in seeds:
        adjoints[row] = weight if adjoints[row] is None else adjoints[row] + weight
    for row, arguments, partials in rows:
        bar = adjoints[row]
        if bar is None:
            continue
        for argument, partial in zip(arguments, partials, strict=True):
            amount = product(bar, partial)
            before = adjoints[argument]
            total = adjoints[argument] = amount if before is None else before + amount
            contributions.append((argument, row, partial, amount, total))
    return contributions
