"""The finding about one statement of a work."""

from __future__ import annotations

from dataclasses import dataclass

from adexplain.practice.marking.alignment.rows import Row
from adexplain.practice.marking.diagnosis.mistake_kinds import Guess
from adexplain.practice.marking.judging.result import FOLLOWS, RIGHT, ROUNDED, WRONG
from adexplain.practice.marking.reading.notation import Atom
from adexplain.practice.marking.reading.statements import Statement

_SEVERITY = [RIGHT, ROUNDED, FOLLOWS, WRONG]


@dataclass(eq=False)
class Finding:
    """What was found about a statement.

    Attributes:
        statement: the statement.
        atom: the quantity it is about, by its name in the graph.
        mark: "right", "rounded", "follows" or "wrong".
        guess: the mistake in a wrong statement.
        row: what the statement should be; None for values.
        true: the right number at the given point.
        follows_from: the statement with the mistake that it follows from.
        full_sum: for a contribution that was assigned, the adjoint it should have been added to.
    """

    statement: Statement
    atom: Atom
    mark: str = RIGHT
    guess: Guess | None = None
    row: Row | None = None
    true: float | None = None
    follows_from: Statement | None = None
    full_sum: Row | None = None

    def worsen(self, mark: str, guess: Guess | None = None) -> None:
        """Change the mark, and the guess, if the new mark is worse."""
        if _SEVERITY.index(mark) > _SEVERITY.index(self.mark):
            self.mark, self.guess = mark, guess
