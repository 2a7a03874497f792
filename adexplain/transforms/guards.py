"""The conditions under which a row is evaluated, for programs with branches.

Only one branch of a ``where`` is evaluated. A row in branches is *needed* when one of its uses is;
that condition is kept as a set of alternatives, each a set of (condition slot, truth). In an
adjoint program the condition must guard a contribution out of a branch; otherwise 0·∞ from the
branch not taken would make the sum nan.
"""

from __future__ import annotations

from adexplain.primitives.primitive import SELECTING
from adexplain.program import Program
from adexplain.transforms.simplify import Simplifier

Alternative = frozenset[tuple[int, bool]]
"""Conditions that hold together: the slot of each, and whether it is true or false."""
ALWAYS: frozenset[Alternative] = frozenset({frozenset()})
"""The alternatives of a row that is always evaluated: one, without conditions."""
ALTERNATIVES = 24
"""How many alternatives are kept for one row."""


def _minimized(alternatives: set[Alternative]) -> frozenset[Alternative]:
    """Fewer alternatives with the same meaning: "c and d or not c and d" is d."""
    changed = True
    while changed:
        changed = False
        for alternative in list(alternatives):
            for literal in alternative:
                opposite = (alternative - {literal}) | {(literal[0], not literal[1])}
                if opposite in alternatives:
                    alternatives -= {alternative, opposite}
                    alternatives.add(alternative - {literal})
                    changed = True
                    break
            if changed:
                break
    return frozenset(a for a in alternatives if not any(b < a for b in alternatives))


def needs(program: Program) -> list[frozenset[Alternative]]:
    """Per slot, the alternatives under which it is evaluated; empty where nothing uses it.

    Their number can grow exponentially with nesting. Beyond ``ALTERNATIVES`` only what they have in
    common is kept. A row may then count as needed where it is not; if it is undefined there, it can
    make a derivative nan in a derived program.
    """
    found: list[set[Alternative]] = [set() for _ in program.ops]
    done: list[frozenset[Alternative]] = [frozenset()] * len(program.ops)
    choices = [args for op, args in zip(program.ops, program.args, strict=True) if op in SELECTING]
    tested = {_without_not(program, args[0])[0] for args in choices}
    for slot in program.outputs:
        found[slot] |= ALWAYS
    for slot in range(len(program.ops) - 1, -1, -1):
        args = program.args[slot]
        # Inputs have values, and their adjoints are results, in every branch.
        done[slot] = _minimized(found[slot]) if args else ALWAYS
        for position, arg in enumerate(args):
            literals = _literals(program, slot, position, tested)
            opposite = {(condition, not truth) for condition, truth in literals}
            found[arg].update(
                alternative | literals
                for alternative in done[slot]
                if opposite.isdisjoint(alternative) and opposite.isdisjoint(literals)
            )
            if len(found[arg]) > ALTERNATIVES:
                found[arg] = {frozenset.intersection(*found[arg])}
    return done


def _without_not(program: Program, condition: int, truth: bool = True) -> tuple[int, bool]:
    """A condition without negations: that "not c" is false means that c is true."""
    while program.ops[condition] == "not":
        condition, truth = program.args[condition][0], not truth
    return condition, truth


def _literals(program: Program, slot: int, position: int, tested: set[int]) -> Alternative:
    """The conditions under which a lazy row reads that argument; none for other rows."""
    op = program.ops[slot]
    if position == 0 or op not in ("where", "and", "or"):
        return frozenset()
    truth = op != "or" and position == 1
    whole = _without_not(program, program.args[slot][0], truth)
    if not whole[1]:
        return frozenset({whole})
    parts, stack = set(), [whole]
    while stack:
        condition, truth = _without_not(program, *stack.pop())
        if truth and program.ops[condition] == "and":
            stack += [(arg, True) for arg in program.args[condition]]
        else:
            parts.add((condition, truth))
    # A conjunction made by an earlier transform is split, if its parts are tested elsewhere too.
    return frozenset(parts if all(c in tested for c, _ in parts) else {whole})


class Guards:
    """The conditions of a program's rows, as rows of the program derived from it."""

    def __init__(self, program: Program, builder: Simplifier, primal: list[int]) -> None:
        self.needs = needs(program)
        self.builder = builder
        self.primal = primal

    def wrap(self, slot: int, arg: int, amount: int) -> int:
        """The amount, or 0 where ``slot`` is not evaluated although ``arg`` is."""
        if self.needs[slot] == ALWAYS or self.needs[slot] == self.needs[arg]:
            return amount
        zero = self.builder.constant(0.0)
        if not self.needs[slot]:  # its conditions contradict one another, so it is never evaluated
            return zero
        return self.builder.row("where", self._condition(self.needs[slot]), amount, zero)

    def _condition(self, alternatives: frozenset[Alternative]) -> int:
        conditions = [self._conjunction(a) for a in sorted(alternatives, key=sorted)]
        slot = conditions[0]
        for other in conditions[1:]:
            slot = self.builder.row("or", slot, other)
        return slot

    def _conjunction(self, alternative: Alternative) -> int:
        # Outer conditions have lower slots and are tested first: an inner one may be undefined.
        slot: int | None = None
        for condition, truth in sorted(alternative):
            test = self.primal[condition]
            test = test if truth else self.builder.row("not", test)
            slot = test if slot is None else self.builder.row("and", slot, test)
        assert slot is not None
        return slot
