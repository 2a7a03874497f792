"""The gradient doctor's panel: a card for each place where a problem of the gradient begins."""

from __future__ import annotations

from dataclasses import dataclass

from adexplain.doctor.cards import Card, cards
from adexplain.doctor.diagnose import diagnose
from adexplain.explanation.explain import Explanation

MAX_SHOWN = 8
"""The most cards, and the most quiet findings, that are shown; the rest is counted."""


@dataclass(frozen=True)
class Doctor:
    """The findings as the template prints them.

    Attributes:
        cards: the findings that deserve attention.
        quiet: (symptom, reason) of the findings that are as they should be.
        left_out: how many are not shown, in words, or "".
    """

    cards: list[Card]
    quiet: list[tuple[str, str]]
    left_out: str

    @property
    def is_empty(self) -> bool:
        """Whether there are no findings."""
        return not self.cards and not self.quiet

    def explains(self, row: str) -> bool:
        """Whether a card explains a problem that begins at this row."""
        return any(card.row == row for card in self.cards)


def doctor(explanation: Explanation) -> Doctor:
    """The panel of a trace."""
    findings = diagnose(explanation)
    shown = cards(findings)
    quiet = [(finding.symptom, finding.why) for finding in findings if finding.quiet]
    more = len(shown[MAX_SHOWN:]) + len(quiet[MAX_SHOWN:])
    return Doctor(shown[:MAX_SHOWN], quiet[:MAX_SHOWN], f"{more:,} more findings." if more else "")
