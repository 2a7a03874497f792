"""The operand and operator stacks of the Pratt parser, and how they are reduced to rows.

A chain is a run of operators of one strength with their operands. All operands of ``a + b - c`` are
read before the chain is combined from the left, which gives the row order that the textbooks print
(Baydin et al. 2018, Table 2: ln, product, sine, then the sums). Powers are combined from the right.
"""

from __future__ import annotations

from fractions import Fraction

from adexplain import budgets
from adexplain.language.errors import too_many_rows
from adexplain.language.grammar import COMPARE, FUNCTION, POWER, PREFIX
from adexplain.program import Builder, Constant, Node

NO_SLOT = -1
RAISE = (FUNCTION, "raise")
"""The operator that raises sin x in ``sin^2 x``; its exponent was pushed before its base."""
BOTTOM = (0, "")
"""Marks an open bracket on the operator stack; it binds less tightly than every operator."""
_PREFIX_STRENGTHS = {FUNCTION, *(strength for strength, _ in PREFIX.values())}


class Chains:
    """The parser's stacks, and the rows that they are reduced to.

    Attributes:
        operands: the stack of slots.
        starts: the first token of each operand.
        waiting: the stack of operators, each a binding strength and a primitive; BOTTOM for each
            open bracket.
        marks: the token of each operator.
        extents: row → its first and last token.
        notes: ambiguous readings, each a kind and its first and last token.
    """

    i = 0  # the current token
    operands: list[int]
    starts: list[int]
    waiting: list[tuple[int, str]]
    marks: list[int]

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.nodes = builder.nodes
        self.shared = builder.known
        self.extents: dict[int, tuple[int, int]] = {}
        self.notes: list[tuple[str, int, int]] = []

    def _reduce(self, strength: int) -> None:
        """Combine the waiting operators of this bracket that bind tighter than ``strength``."""
        waiting, operands, starts, nodes = self.waiting, self.operands, self.starts, self.nodes
        while waiting[-1][0] > strength:
            top, op = waiting[-1]
            if top in _PREFIX_STRENGTHS:
                del waiting[-1]
                self._prefix(op, self.marks.pop())
            elif waiting[-2][0] == top:
                self._combine(top)
            else:  # the commonest chain, one operator between two operands, is combined here
                del waiting[-1], self.marks[-1], starts[-1]
                right = operands.pop()
                if op == "pow" and nodes[right][0] == "div":
                    right = self._folded(right)
                node = op, (operands[-1], right)
                size = len(nodes)  # from here on this is _add, inlined for speed
                slot = operands[-1] = self.shared.setdefault(node, size)
                if slot == size:
                    nodes.append(node)
                    self.extents[slot] = starts[-1], self.i - 1

    def _add(self, node: Node, first: int, last: int) -> int:
        """Slot of a row written between two tokens; an equal row keeps the place of the first."""
        nodes = self.nodes  # from here on this is Builder.add, inlined for speed
        size = len(nodes)
        slot = self.shared.setdefault(node, size)
        if slot == size:
            nodes.append(node)
            self.extents[slot] = first, last
        return slot

    def _combine(self, strength: int) -> None:
        """Combine a chain: the last operators of one strength and their operands."""
        waiting, operands = self.waiting, self.operands
        first = len(waiting) - 1
        while waiting[first - 1][0] == strength:
            first -= 1
        place = len(operands) - 1 - (len(waiting) - first)
        if len(operands) - place > budgets.ROWS:  # checked before the rows are made
            raise too_many_rows()
        if strength == POWER:
            slot = self._powers(place)
        elif strength == COMPARE:
            slot = self._comparisons(place, first)
        else:
            slot = self._folded_left(place, first)
        del waiting[first:], self.marks[first:], operands[place + 1 :], self.starts[place + 1 :]
        operands[place] = slot

    def _folded_left(self, place: int, first: int) -> int:
        waiting, marks, operands = self.waiting, self.marks, self.operands
        marks.append(self.i)  # where the last operand ends
        start, slot = self.starts[place], operands[place]
        for k in range(first, len(waiting)):
            place += 1
            slot = self._add((waiting[k][1], (slot, operands[place])), start, marks[k + 1] - 1)
        return slot

    def _prefix(self, op: str, start: int) -> None:
        operands, builder = self.operands, self.builder
        self.starts[-1] = start
        constant = builder.constants.get(operands[-1])
        if op == "neg" and constant is not None:
            operands[-1] = builder.constant(constant.negated())
        elif op == RAISE[1]:
            operands[-2:] = operands[:-3:-1]
            self._row("pow", start, 2)
        else:
            self._row(op, start, 1)

    def _powers(self, place: int) -> int:
        operands, starts, last = self.operands, self.starts, self.i - 1
        self.notes.append(("tower", starts[place], last))
        slot = operands[-1]
        for k in range(len(operands) - 2, place - 1, -1):
            if self.nodes[slot][0] == "div":
                slot = self._folded(slot)
            slot = self._add(("pow", (operands[k], slot)), starts[k], last)
        return slot

    def _comparisons(self, place: int, first: int) -> int:
        start, last = self.starts[place], self.i - 1
        slot, chain = NO_SLOT, self.operands[place:]
        for (_, op), left, right in zip(self.waiting[first:], chain, chain[1:], strict=False):
            test = self._add((op, (left, right)), start, last)
            slot = test if slot == NO_SLOT else self._add(("and", (slot, test)), start, last)
        return slot

    def _folded(self, exponent: int) -> int:
        """A quotient of two whole numbers in an exponent is one constant: 1/3 stays exact."""
        builder = self.builder
        parts = [builder.constants.get(arg) for arg in builder.nodes[exponent][1]]
        if any(part is None or part.symbol or "e" in part.text.lower() for part in parts):
            return exponent
        top, bottom = (part.fraction for part in parts if part is not None)
        try:
            folded = Constant.of(Fraction(top / bottom))
        except (ZeroDivisionError, OverflowError):  # kept as a row, which gets a status
            return exponent
        builder.drop(exponent)
        return builder.constant(folded)

    def _row(self, op: str, start: int, count: int) -> None:
        """Replace the last operands by the row of ``op`` applied to them."""
        operands, starts = self.operands, self.starts
        if count == 1:
            operands[-1] = self._add((op, (operands[-1],)), start, self.i - 1)
        else:
            operands[-count:] = [self._add((op, tuple(operands[-count:])), start, self.i - 1)]
            del starts[1 - count :]
        starts[-1] = start
