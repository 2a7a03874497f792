"""Program → infix text: Python source, or the language users type. Rows may be inlined."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from adexplain.language.grammar import BINARY, POWER, PREFIX, SIGN
from adexplain.primitives.attributes import split
from adexplain.primitives.primitive import PRIMITIVES, SELECTING
from adexplain.program import CONSTANT, INPUT, Constant, Program

ATOM = POWER + 10
_STRENGTH = {op: strength for strength, op in (*BINARY.values(), *PREFIX.values()) if op != "sqrt"}


class Text(NamedTuple):
    """A printed expression and how tightly its outermost operator binds."""

    text: str
    strength: int

    def within(self, strength: int) -> str:
        """The text, in parentheses where it binds weaker than ``strength``."""
        return self.text if self.strength >= strength else f"({self.text})"


class PythonWriter:
    """Prints rows as Python expressions over kernels and ``math`` functions.

    Args:
        program: what is printed.
        leaf: the variable that holds a slot.
        inline: rows to be written where they are used instead of being given a variable.
    """

    def __init__(
        self, program: Program, leaf: Callable[[int], str], inline: Collection[int] = ()
    ) -> None:
        self.program = program
        self.leaf = leaf
        self.inline = inline
        self._written: dict[int, Text] = {}
        self.functions: set[str] = set()

    def operand(self, slot: int) -> Text:
        """A slot as an operand: a literal, a variable, or an inlined row."""
        program = self.program
        if program.ops[slot] is CONSTANT:
            return self._constant(program.constants[slot])
        if slot in self.inline and program.ops[slot] is not INPUT:
            if slot not in self._written:
                self._written[slot] = self.row(slot)
            return self._written[slot]
        return Text(self.leaf(slot), ATOM)

    def _constant(self, constant: Constant) -> Text:
        text = constant.text
        if constant.symbol:
            self.functions.add(constant.symbol)
        else:
            text = repr(constant.value)
            if constant.value.is_integer() and abs(constant.value) < 1e16:
                text = text.removesuffix(".0")
        return Text(text, SIGN if text.startswith("-") else ATOM)

    def row(self, slot: int) -> Text:
        """The operation of a row."""
        program = self.program
        op, args = program.ops[slot], program.args[slot]
        if op in SELECTING:
            return self._choice(args)
        if op == "identity":
            return self.operand(args[0])
        if op == "pow":
            return self._power(args)
        primitive = PRIMITIVES[op]
        operands = [self.operand(arg) for arg in args]
        if not primitive.symbol:
            name = split(op)[0]
            self.functions.add(name)
            return Text(primitive.call([o.text for o in operands], name), ATOM)
        strength = _STRENGTH[op]
        if len(operands) == 1:
            sign = "not " if op == "not" else "-"
            return Text(f"{sign}{operands[0].within(strength)}", strength)
        left, right = operands
        text = f"{left.within(strength)} {primitive.symbol} {right.within(strength + 1)}"
        return Text(text, strength)

    def _choice(self, args: tuple[int, ...]) -> Text:
        condition, then, other = (self.operand(arg).within(15) for arg in args)
        return Text(f"{then} if {condition} else {other}", 5)

    def _power(self, args: tuple[int, ...]) -> Text:
        base, exponent = (self.operand(arg) for arg in args)
        constant = self.program.constants.get(args[1])
        if constant is not None and constant.value.is_integer() and abs(constant.value) < 1e16:
            # With a whole exponent ** cannot give a complex number, and it is what people write.
            return Text(f"{base.within(ATOM)} ** {exponent.text}", POWER)
        self.functions.add("power")
        return Text(f"power({base.text}, {exponent.text})", ATOM)


class LanguageWriter(PythonWriter):
    """Prints rows in the language users type."""

    def _constant(self, constant: Constant) -> Text:
        compound = constant.text.startswith("-") or "/" in constant.text
        return Text(constant.text, SIGN if compound else ATOM)

    def _choice(self, args: tuple[int, ...]) -> Text:
        return Text(f"where({', '.join(self.operand(arg).text for arg in args)})", ATOM)

    def _power(self, args: tuple[int, ...]) -> Text:
        base, exponent = (self.operand(arg) for arg in args)
        return Text(f"{base.within(ATOM)} ** {exponent.within(POWER)}", POWER)


def used_once(program: Program, keep: Mapping[int, object] | Collection[int] = ()) -> set[int]:
    """Rows with exactly one use that are no output and not in ``keep``."""
    uses = [0] * len(program.ops)
    for args in program.args:
        for arg in args:
            uses[arg] += 1
    for slot in program.outputs:
        uses[slot] += 2
    return {slot for slot in program.rows if uses[slot] == 1 and slot not in keep}
