"""Findings of one origin told together: their numbers became NaN, infinite or zero by one cause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from adexplain.doctor.finding import Finding

NAMED = 6
"""Numbers named on one card."""
SWEEPS = {"primal": "primal sweep", "tangent": "tangent sweep", "adjoint": "adjoint sweep"}


@dataclass(frozen=True)
class Card:
    """What went wrong at one place, with all the numbers it spoiled."""

    symptom: str
    row: str
    where: str
    operation: str
    partial: str
    why: str
    mend: str
    step: int | None


def cards(found: Iterable[Finding]) -> list[Card]:
    """A card for each place where something began, in order; quiet findings have none."""
    groups: dict[tuple[str | None, ...], list[Finding]] = {}
    for one in found:
        if one.quiet:
            continue
        groups.setdefault((one.row, one.sweep, one.cause, one.mend), []).append(one)
    return [_card(group) for group in groups.values()]


def _card(group: list[Finding]) -> Card:
    first = group[0]
    where = f"{SWEEPS[first.sweep]}, row {first.row}" if first.sweep else ""
    partials = dict.fromkeys(one.partial for one in group if one.partial)
    return Card(
        _symptom([one.symptom for one in group]),
        first.row or "",
        where,
        first.operation,
        ", ".join(list(partials)[:NAMED]),
        first.why,
        first.mend,
        first.step,
    )


def _symptom(symptoms: list[str]) -> str:
    """``f and ∂f/∂x are NaN; ∂f/∂y is 0``."""
    states: dict[str, list[str]] = {}
    for symptom in symptoms:
        name, said, state = symptom.partition(" is ")
        states.setdefault(state if said else "", []).append(name)
    parts = []
    for state, names in states.items():
        more = [f"{len(names) - NAMED + 1:,} more"] if len(names) > NAMED else []
        told = names[: NAMED - 1] + more if more else names
        text = " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)
        parts.append(f"{text} {'is' if len(names) == 1 else 'are'} {state}" if state else text)
    return "; ".join(parts)
