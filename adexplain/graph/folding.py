"""Folds large graphs: runs of rows become one node, except at both ends and near the current step.

A run is consecutive in execution order, so that edges still lead forward only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from adexplain.program import Program

LARGEST = 300
"""Largest graph that is drawn unfolded, counted as in ``size``."""
KEPT_AT_ENDS = 24
"""Rows at the beginning, and at the end, that are not folded."""
KEPT_AROUND = 12
"""Rows before, and after, the current one that are not folded."""
MAX_INPUTS = 40
"""Most inputs drawn in full; of more, only those of unfolded rows are."""
MAX_ARGUMENTS = 60
"""Most arguments of an unfolded row; one with more is folded with its neighbours."""


@dataclass
class Fold:
    """Which slots are folded, and what each fold stands for.

    Attributes:
        number: slot -> its fold; slots that are drawn are not in it.
        sizes, labels: per fold, how many rows or inputs it holds, and which.
        joined_pairs: pairs of nodes that have an edge of a fold already.
    """

    number: dict[int, int] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    joined_pairs: set[tuple[int, int]] = field(default_factory=set)

    @property
    def left_out(self) -> int:
        """How many rows and inputs are folded in all."""
        return len(self.number)

    def of(self, slot: int) -> int | None:
        """The fold a slot is in, if any."""
        return self.number.get(slot)

    def add(self, slots: list[int], program: Program, kind: str) -> None:
        """Fold a run of slots."""
        for slot in slots:
            self.number[slot] = len(self.sizes)
        first, last = program.names[slots[0]], program.names[slots[-1]]
        self.sizes.append(len(slots))
        self.labels.append(f"{len(slots):,} {kind}, {first} to {last}")


def size(program: Program) -> int:
    """About how many nodes the graph has unfolded."""
    constants = program.constants
    chips = sum(arg in constants for slot in program.rows for arg in program.args[slot])
    return len(program.inputs) + len(program.rows) + chips


def folded(program: Program, current: Iterable[int]) -> Fold:
    """What to fold when the current step is about the slots in ``current``."""
    fold = Fold()
    if size(program) <= LARGEST:
        return fold
    rows = program.rows
    place = {slot: number for number, slot in enumerate(rows)}
    kept = set(rows[:KEPT_AT_ENDS]) | set(rows[-KEPT_AT_ENDS:])
    current_rows = [slot for slot in current if slot in place]
    for slot in current_rows[:2]:
        center = place[slot]
        kept |= set(rows[max(0, center - KEPT_AROUND) : center + KEPT_AROUND + 1])
    kept |= set(current_rows[:KEPT_AT_ENDS])
    kept = {slot for slot in kept if len(program.args[slot]) <= MAX_ARGUMENTS}
    _fold_runs(fold, program, rows, kept, "rows")
    shown = {arg for slot in kept for arg in program.args[slot]} | set(current)
    inputs = list(program.inputs)
    if len(inputs) > MAX_INPUTS:
        shown_inputs = [slot for slot in inputs if slot in shown]
        _fold_runs(
            fold, program, inputs, set(shown_inputs[: 2 * MAX_INPUTS]), "inputs", as_one=True
        )
    return fold


def _fold_runs(
    fold: Fold,
    program: Program,
    slots: list[int],
    kept: set[int],
    kind: str,
    as_one: bool = False,
) -> None:
    """Fold each run of slots that are not kept, unless it has only one or two ordinary rows.

    With ``as_one``, all of them become a single fold.
    """
    run: list[int] = []
    for slot in [*slots, None]:
        if slot is not None and slot not in kept:
            run.append(slot)
        elif run and (slot is None or not as_one):
            if len(run) > 2 or any(program.args[folded][MAX_ARGUMENTS:] for folded in run):
                fold.add(run, program, kind)
            run = []
