"""A builder for derived programs that simplifies rows: x·1, x + 0, −(−x), constants.

Only derived programs are simplified: rows that a user typed stay as typed. Every rule keeps the
floating-point result at finite values to the bit: constants are folded by the same kernels, and
nothing is reassociated.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

from adexplain.primitives.ieee import apply_primitive
from adexplain.primitives.primitive import CONDITIONS
from adexplain.program import CONSTANT, INPUT, Builder, Constant, Program


class Simplifier(Builder):
    """Builds rows, simplified.

    Attributes:
        targets: slot → the variable that the row is assigned to in printed code. Two rows of one
            target are successive values of one accumulated sum.
    """

    def __init__(self, share: bool = True) -> None:
        super().__init__(share)
        self.targets: dict[int, str] = {}

    def row(self, op: str, *args: int) -> int:
        """As Builder's; the slot may be a constant or an earlier row that has the same value."""
        if all(self.nodes[arg][0] is CONSTANT for arg in args):
            value = apply_primitive(op, [self.constants[arg].value for arg in args])
            if math.isfinite(value):
                return self.constant(Constant.of(value))
        rule = _RULES.get(op)
        simplified = rule(self, *args) if rule else None
        return super().row(op, *args) if simplified is None else simplified

    def build(self, outputs: Sequence[int], output_names: Iterable[str] = ("f",)) -> Program:
        """The program without the rows that no output needs."""
        nodes, needed = self.nodes, set(outputs)
        for slot in range(len(nodes) - 1, -1, -1):
            if slot in needed:
                needed.update(nodes[slot][1])
        kept = [s for s, (op, _) in enumerate(nodes) if s in needed or op is INPUT]
        place = {slot: place for place, slot in enumerate(kept)}
        self.nodes = [
            (op, tuple(place[arg] for arg in args)) for op, args in (nodes[slot] for slot in kept)
        ]
        self.constants = {place[s]: c for s, c in self.constants.items() if s in place}
        self.input_slots = {name: place[slot] for name, slot in self.input_slots.items()}
        program = super().build([place[slot] for slot in outputs], output_names)
        program.targets = {place[s]: name for s, name in self.targets.items() if s in place}
        program.labels = _unique_labels(program.targets)
        return program

    def statement(self, slot: int) -> int:
        """The slot to assign to a target as one statement; here the given slot itself."""
        return slot

    def number(self, slot: int) -> float | None:
        """The value of a constant slot; None for other slots."""
        constant = self.constants.get(slot)
        return None if constant is None else constant.value

    def negated(self, slot: int) -> int | None:
        """The argument of a negation; None for other slots."""
        return self.nodes[slot][1][0] if self.nodes[slot][0] == "neg" else None


class ReadableSimplifier(Simplifier):
    """For printed code: each contribution stays a statement, and a·(1/b) becomes a/b."""

    def __init__(self) -> None:
        super().__init__(share=False)

    def row(self, op: str, *args: int) -> int:
        """As Simplifier's, with quotients merged."""
        # v̄·(1/b) as v̄/b may differ in the last bit, so compiled code does not do this.
        if op == "mul":
            for factor, other in (args, args[::-1]):
                inner, parts = self.nodes[factor]
                if inner == "div" and self.number(parts[0]) == 1:
                    return self.row("div", other, parts[1])
        return super().row(op, *args)

    def negated(self, slot: int) -> int | None:
        """As Simplifier's, but None for a row with a target, which must stay a line of its own."""
        return None if slot in self.targets else super().negated(slot)

    def statement(self, slot: int) -> int:
        """The slot, or a copy of it where it is a variable already."""
        named = slot in self.targets or not self.nodes[slot][1]
        return Builder.row(self, "identity", slot) if named else slot


def _unique_labels(targets: dict[int, str]) -> dict[int, tuple[str, ...]]:
    """The label of each row with a target; of an accumulated sum only the last row has one."""
    last = {name: slot for slot, name in sorted(targets.items())}
    return {slot: (name,) for slot, name in targets.items() if last[name] == slot}


def _add(builder: Simplifier, a: int, b: int) -> int | None:
    if builder.number(a) == 0:
        return b
    if builder.number(b) == 0:
        return a
    negated = builder.negated(b)
    return None if negated is None else builder.row("sub", a, negated)


def _sub(builder: Simplifier, a: int, b: int) -> int | None:
    if builder.number(b) == 0:
        return a
    if builder.number(a) == 0:
        return builder.row("neg", b)
    negated = builder.negated(b)
    return None if negated is None else builder.row("add", a, negated)


def _mul(builder: Simplifier, a: int, b: int) -> int | None:
    for factor, other in ((a, b), (b, a)):
        number = builder.number(factor)
        if number == 0:
            return factor
        if number == 1:
            return other
        if number == -1:
            return builder.row("neg", other)
        negated = builder.negated(factor)
        if negated is not None:
            left, right = (negated, b) if factor == a else (a, negated)
            return builder.row("neg", builder.row("mul", left, right))
    return None


def _div(builder: Simplifier, a: int, b: int) -> int | None:
    if builder.number(b) == 1:
        return a
    if builder.number(b) == -1:
        return builder.row("neg", a)
    negated = builder.negated(a)
    return None if negated is None else builder.row("neg", builder.row("div", negated, b))


def _neg(builder: Simplifier, a: int) -> int | None:
    return builder.negated(a)


def _pow(builder: Simplifier, a: int, b: int) -> int | None:
    if builder.number(b) == 1:
        return a
    return builder.constant(1.0) if builder.number(b) == 0 else None


def _where(builder: Simplifier, a: int, b: int, c: int) -> int | None:
    condition = builder.number(a)
    if condition is None:
        return b if b == c else None
    return b if condition else c


def _and(builder: Simplifier, a: int, b: int) -> int | None:
    # Only for a condition b is "1 and b" the same as b: ``and`` turns other numbers into 0 or 1.
    return b if builder.number(a) and builder.nodes[b][0] in CONDITIONS else None


_RULES: dict[str, Callable[..., int | None]] = {
    "add": _add,
    "sub": _sub,
    "mul": _mul,
    "div": _div,
    "neg": _neg,
    "pow": _pow,
    "where": _where,
    "and": _and,
}
