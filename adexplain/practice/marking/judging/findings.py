"""What was found about each statement of a work."""

from __future__ import annotations

from dataclasses import dataclass

from adexplain.practice.marking.alignment.rows import Row
from adexplain.practice.marking.diagnosis.kinds import Guess
from adexplain.practice.marking.judging.result import FOLLOWS, RIGHT, ROUNDED, WRONG
from adexplain.practice.marking.reading.notation import Atom
from adexplain.practice.marking.reading.statements import Statement

_WORST = [RIGHT, ROUNDED, FOLLOWS, WRONG]


@dataclass(eq=False)
class Finding:
    """What was found about a statement.

    Attributes:
        statement: the statement.
        atom: what it is about, by the names of the graph.
        mark: "right", "rounded", "follows" or "wrong".
        guess: of a wrong one the mistake.
        row: what it should be; None of values.
        true: the right number at the point.
        follows: the statement it follows from.
        whole: of a contribution that was assigned the sum it belongs to.
    """

    statement: Statement
    atom: Atom
    mark: str = RIGHT
    guess: Guess | None = None
    row: Row | None = None
    true: float | None = None
    follows: Statement | None = None
    whole: Row | None = None

    def worsen(self, mark: str, guess: Guess | None = None) -> None:
        """Take a mark, if it is worse than what is there."""
        if _WORST.index(mark) > _WORST.index(self.mark):
            self.mark, self.guess = mark, guess
