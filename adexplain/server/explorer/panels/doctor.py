"""The gradient doctor's findings for the page: one card for each place where something began."""

from __future__ import annotations

from dataclasses import dataclass

from adexplain.doctor.cards import Card, cards
from adexplain.doctor.doctor import diagnose
from adexplain.explanation.explain import Explanation

SHOWN = 8
"""Cards, and quiet lines, beyond which the rest is counted."""


@dataclass(frozen=True)
class Doctor:
    """The findings as the template prints them."""

    cards: list[Card]
    quiet: list[tuple[str, str]]
    left_out: str

    @property
    def silent(self) -> bool:
        """Whether there is nothing to say."""
        return not self.cards and not self.quiet

    def tells(self, row: str) -> bool:
        """Whether a card tells what began at a row."""
        return any(card.row == row for card in self.cards)


def doctor(explanation: Explanation) -> Doctor:
    """The findings of a trace."""
    found = diagnose(explanation)
    told = cards(found)
    quiet = [(one.symptom, one.why) for one in found if one.quiet]
    more = len(told[SHOWN:]) + len(quiet[SHOWN:])
    return Doctor(told[:SHOWN], quiet[:SHOWN], f"{more:,} more findings." if more else "")
