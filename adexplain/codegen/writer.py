"""Rows as Python expressions; numbers and conditions are told apart."""

from __future__ import annotations

from collections.abc import Callable

from adexplain.codegen.layout import Guard, Layout
from adexplain.language.grammar import AND, COMPARE, NOT, PRODUCT, SIGN, SUM
from adexplain.language.printing import ATOM, PythonWriter, Text
from adexplain.primitives.primitive import CONDITIONS, PRIMITIVES
from adexplain.program import CONSTANT, Constant, Program
from adexplain.transforms.guards import Alternative

CHOICE = 5
"""How tightly ``a if c else b`` binds."""


class CodeWriter(PythonWriter):
    """Prints the rows of a layout.

    Args:
        program: what is printed.
        leaf: the variable that holds a slot.
        layout: which rows are written where they are used.
        fast: whether the code is for running, not for reading: every number is then a float, so
            that arithmetic on constants is floating-point, and small kernels are inlined.
    """

    def __init__(
        self, program: Program, leaf: Callable[[int], str], layout: Layout, fast: bool
    ) -> None:
        super().__init__(program, leaf, layout.inline)
        self.layout = layout
        self.truths = layout.truths
        self.fast = fast
        self._whole = not fast
        self.known: Alternative = frozenset()

    def _constant(self, constant: Constant) -> Text:
        if constant.symbol or self._whole:
            return super()._constant(constant)
        text = repr(constant.value)
        return Text(text, SIGN if text.startswith("-") else ATOM)

    def row(self, slot: int) -> Text:
        """The operation of a row: a condition where it is only tested, else a number."""
        op, args = self.program.ops[slot], self.program.args[slot]
        if op in CONDITIONS:
            text = self._condition(op, args)
            return text if slot in self.truths else Text(f"1.0 if {text.text} else 0.0", CHOICE)
        if all(self.program.ops[arg] is CONSTANT for arg in args) and self._whole:
            # In floats, because 9**9**9 in whole numbers would fill the memory.
            self._whole = False
            text = self.row(slot)
            self._whole = True
            return text
        if op in ("min", "max") and len(args) == 1:
            return self.operand(args[0])
        written = self._written_out(op, args) if self.fast else self._in_style(op, args)
        return written or super().row(slot)

    def _in_style(self, op: str, args: tuple[int, ...]) -> Text | None:
        """Signs and quotients as people write them: -a*b for -(a*b), a*b/c for a*(b/c)."""
        if op == "neg":
            operand = self.operand(args[0])
            return Text(f"-{operand.text}", SIGN) if operand.strength == PRODUCT else None
        if op == "mul" and args[1] in self.inline and self.program.ops[args[1]] == "div":
            parts = self.program.args[args[1]]
            if self.layout.inline.isdisjoint(parts):
                left, (over, under) = self.operand(args[0]), map(self.operand, parts)
                if not over.text.startswith("-"):
                    text = f"{left.within(PRODUCT)} * {over.text} / {under.within(ATOM)}"
                    return Text(text, PRODUCT)
        return None

    def _choice(self, args: tuple[int, ...]) -> Text:
        """A choice of branches; only the branch taken where the enclosing block has decided it."""
        condition, truth = args[0], True
        while self.program.ops[condition] == "not":
            condition, truth = self.program.args[condition][0], not truth
        if (condition, True) in self.known:
            return self.operand(args[1] if truth else args[2])
        if (condition, False) in self.known:
            return self.operand(args[2] if truth else args[1])
        return super()._choice(args)

    def _written_out(self, op: str, args: tuple[int, ...]) -> Text | None:
        """Kernels that are faster inlined than called."""
        if op == "reciprocal":
            return Text(f"1.0 / {self.operand(args[0]).within(PRODUCT + 1)}", PRODUCT)
        if op == "square" and args[0] not in self.inline:
            name = self.operand(args[0]).within(ATOM)
            return Text(f"{name} * {name}", PRODUCT)
        return None

    def _condition(self, op: str, args: tuple[int, ...]) -> Text:
        if op == "not":
            return Text(f"not {self.operand(args[0]).within(NOT)}", NOT)
        left, right = (self.operand(arg) for arg in args)
        if op in ("and", "or"):
            # Both get the strength of `and`, so that a mixture of them has parentheses.
            return Text(f"{left.within(NOT)} {op} {right.within(NOT)}", AND)
        symbol = PRIMITIVES[op].symbol
        return Text(f"{left.within(SUM)} {symbol} {right.within(SUM)}", COMPARE)

    def enter(self, guard: Guard) -> None:
        """Begin the block of that condition: what it implies is known to hold inside."""
        self.known = frozenset.intersection(*guard) if guard else frozenset()

    def guard(self, guard: Guard) -> str:
        """The condition of a block."""
        alternatives = [self._conjunction(alternative) for alternative in sorted(guard, key=sorted)]
        return " or ".join(alternatives)

    def _conjunction(self, alternative: Alternative) -> str:
        return " and ".join(
            self.operand(slot).within(NOT) if truth else f"not {self.operand(slot).within(NOT)}"
            for slot, truth in self.layout.ordered(alternative)
        )
