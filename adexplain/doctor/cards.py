"""Groups findings with the same origin and cause into cards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from adexplain.doctor.finding import Finding

MAX_NAMED = 6
"""Most names listed on one card."""
SWEEP_NAMES = {"primal": "primal sweep", "tangent": "tangent sweep", "adjoint": "adjoint sweep"}


@dataclass(frozen=True)
class Card:
    """What went wrong at one place, with all the numbers it affects."""

    symptom: str
    row: str
    where: str
    operation: str
    partial: str
    why: str
    fix: str
    step: int | None


def cards(found: Iterable[Finding]) -> list[Card]:
    """A card for each place and cause, in order; quiet findings have none."""
    groups: dict[tuple[str | None, ...], list[Finding]] = {}
    for finding in found:
        if finding.quiet:
            continue
        groups.setdefault((finding.row, finding.sweep, finding.cause, finding.fix), []).append(
            finding
        )
    return [_card(group) for group in groups.values()]


def _card(group: list[Finding]) -> Card:
    first = group[0]
    where = f"{SWEEP_NAMES[first.sweep]}, row {first.row}" if first.sweep else ""
    partials = dict.fromkeys(finding.partial for finding in group if finding.partial)
    return Card(
        _symptom([finding.symptom for finding in group]),
        first.row or "",
        where,
        first.operation,
        ", ".join(list(partials)[:MAX_NAMED]),
        first.why,
        first.fix,
        first.step,
    )


def _symptom(symptoms: list[str]) -> str:
    """``f and ∂f/∂x are NaN; ∂f/∂y is 0``."""
    names_by_state: dict[str, list[str]] = {}
    for symptom in symptoms:
        name, separator, state = symptom.partition(" is ")
        names_by_state.setdefault(state if separator else "", []).append(name)
    parts = []
    for state, names in names_by_state.items():
        more = [f"{len(names) - MAX_NAMED + 1:,} more"] if len(names) > MAX_NAMED else []
        listed = names[: MAX_NAMED - 1] + more if more else names
        text = " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)
        parts.append(f"{text} {'is' if len(names) == 1 else 'are'} {state}" if state else text)
    return "; ".join(parts)
