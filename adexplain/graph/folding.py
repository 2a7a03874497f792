"""Large graphs folded: runs of rows become one node, save at the ends and around the current step.

A run is folded in execution order, so that edges still lead forward only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from adexplain.program import Program

LARGEST = 300
"""Rows, inputs and constants' uses up to which all are drawn."""
ENDS = 24
"""Rows at the beginning and at the end that stay."""
AROUND = 12
"""Rows before and after the current one that stay."""
INPUTS = 40
"""Inputs beyond which only those in use around stay."""
USES = 60
"""Arguments of a row beyond which it is folded with its neighbours."""


@dataclass
class Fold:
    """Which slots are folded, and what each fold stands for.

    Attributes:
        number: slot -> its fold; slots that are drawn are not there.
        sizes, labels: per fold, how many rows or inputs it holds, and which.
        left_out: how many rows and inputs are folded in all.
        joined: pairs of nodes that an edge of a fold joins already.
    """

    number: dict[int, int] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    joined: set[tuple[int, int]] = field(default_factory=set)

    @property
    def left_out(self) -> int:
        """How many rows and inputs are folded in all."""
        return len(self.number)

    def of(self, slot: int) -> int | None:
        """The fold a slot is in, if any."""
        return self.number.get(slot)

    def add(self, slots: list[int], program: Program, what: str) -> None:
        """Fold a run of slots."""
        for slot in slots:
            self.number[slot] = len(self.sizes)
        first, last = program.names[slots[0]], program.names[slots[-1]]
        self.sizes.append(len(slots))
        self.labels.append(f"{len(slots):,} {what}, {first} to {last}")


def size(program: Program) -> int:
    """About how many nodes the graph has unfolded."""
    constants = program.constants
    chips = sum(arg in constants for slot in program.rows for arg in program.args[slot])
    return len(program.inputs) + len(program.rows) + chips


def folded(program: Program, current: Iterable[int]) -> Fold:
    """What to fold when the slots in ``current`` are what the reader looks at."""
    fold = Fold()
    if size(program) <= LARGEST:
        return fold
    rows = program.rows
    place = {slot: number for number, slot in enumerate(rows)}
    kept = set(rows[:ENDS]) | set(rows[-ENDS:])
    near = [slot for slot in current if slot in place]
    for slot in near[:2]:
        at = place[slot]
        kept |= set(rows[max(0, at - AROUND) : at + AROUND + 1])
    kept |= set(near[:ENDS])
    kept = {slot for slot in kept if len(program.args[slot]) <= USES}
    _fold_runs(fold, program, rows, kept, "rows")
    shown = {arg for slot in kept for arg in program.args[slot]} | set(current)
    inputs = list(program.inputs)
    if len(inputs) > INPUTS:
        wanted = [slot for slot in inputs if slot in shown]
        _fold_runs(fold, program, inputs, set(wanted[: 2 * INPUTS]), "inputs", together=True)
    return fold


def _fold_runs(
    fold: Fold,
    program: Program,
    slots: list[int],
    kept: set[int],
    what: str,
    together: bool = False,
) -> None:
    """Fold each run of slots that are not kept; a run of one or two is not worth it."""
    run: list[int] = []
    for slot in [*slots, None]:
        if slot is not None and slot not in kept:
            run.append(slot)
        elif run and (slot is None or not together):
            if len(run) > 2 or any(program.args[folded][USES:] for folded in run):
                fold.add(run, program, what)
            run = []
