"""One expression → rows, by a Pratt parser with its own stack.

Every loop here is a loop: nesting costs memory in a list, never Python's recursion. Operands of a
chain (``a + b - c``) are all read before the chain is combined from the left, which gives the row
order that the textbooks print (Baydin et al. 2018, Table 2: ln, product, sine, then the sums).
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from adexplain import budgets
from adexplain.errors import BudgetError
from adexplain.language import complaints
from adexplain.language.grammar import (
    BINARY,
    COMPARE,
    CONSTANT_NAMES,
    ENDS,
    FUNCTION,
    FUNCTIONS,
    INSIDE,
    POWER,
    PREFIX,
    PRODUCT,
    ROOT,
    overload,
)
from adexplain.language.tokens import SUPERSCRIPTS
from adexplain.program import SYMBOLS, Builder, Constant

NONE = -1
_DIGITS = frozenset("0123456789.")
_POWERS = {"^", "**"}
_SUPERSCRIPTS = frozenset("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def is_superscript(token: str) -> bool:
    """Whether a token is a raised number such as ² or ⁻¹."""
    return token[:1] in _SUPERSCRIPTS


@lru_cache(maxsize=4096)
def literal(token: str) -> Constant | None:
    """The constant a number token stands for; None where no float can hold it."""
    value = float(token)
    if value in (float("inf"), 0.0) and any(
        digit in "123456789" for digit in token.lower().split("e")[0]
    ):
        return None
    return Constant(token, value)


class Pending:
    """Operators that wait for their right operand: a chain of one binding strength, or a prefix.

    ``chain`` holds the operands read so far, ``ops`` the primitives between them; a prefix has no
    operand yet and one primitive. ``marks`` says at which token each operator stands.
    """

    __slots__ = ("chain", "marks", "ops", "start", "strength")

    def __init__(self, strength: int, op: str, operand: int, start: int, mark: int = 0) -> None:
        self.strength = strength
        self.marks = [mark]
        self.ops = [op]
        self.chain = [operand] if operand != NONE else []
        self.start = start


class Frame:
    """An open bracket: what it is, the arguments read in it, and the operators that wait in it."""

    __slots__ = ("arguments", "function", "kind", "pending", "power", "start")

    def __init__(self, kind: str, start: int, function: str = "", power: int = NONE) -> None:
        self.kind = kind
        self.start = start
        self.function = function
        self.power = power
        self.arguments: list[int] = []
        self.pending: list[Pending] = []


class Reader:
    """Reads expressions from a list of tokens into one builder."""

    def __init__(self, text: str, tokens: list[str], builder: Builder) -> None:
        self.text = text
        self.tokens = tokens
        self.builder = builder
        self.i = 0
        self.assigned: dict[str, int] = {}
        self.known: dict[str, int] = {}  # every token seen that is an operand by itself
        self.closed = False  # whether a header listed the inputs, so that no other may appear
        self.extents: dict[int, tuple[int, int]] = {}  # row → its first and last token
        self.notes: list[tuple[str, int, int]] = []
        self.frames = [Frame("", 0)]
        self.items: list[int] = []  # first token of each expression in a list
        self.start = 0  # first token of the operand just read

    def expression(self) -> int:
        """Slot of the expression that starts at the current token; stops at the statement's end."""
        frame = Frame("", self.i)
        self.frames = frames = [frame]
        tokens, known = self.tokens, self.known
        while True:
            # The two commonest cases, a value met before and an operator, are read on the spot.
            operand = known.get(tokens[self.i], NONE)
            if operand == NONE:
                operand = self._operand()
            else:
                self.start = self.i
                self.i += 1
            while operand != NONE:
                token = tokens[self.i]
                binary = BINARY.get(token)
                if binary is not None:
                    operand = self._binary(operand, *binary)
                    self.i += 1
                elif token in ENDS and len(frames) == 1:
                    return self._close(frame, operand, 0)
                else:
                    operand = self._after(operand)

    def listing(self) -> list[int]:
        """Slots of the expressions of a list ``[…, …]`` whose bracket was just read."""
        frame = Frame("[", self.i - 1)
        self.items = [self.i]
        self.frames = [Frame("", self.i - 1), frame]
        while True:
            operand = self._operand()
            while operand != NONE:
                if self.tokens[self.i] == "]" and self.frames[-1] is frame:
                    frame.arguments.append(self._close(frame, operand, 0))
                    self.i += 1
                    return frame.arguments
                operand = self._after(operand)

    # --- where an operand may stand ---------------------------------------------------------

    def _operand(self) -> int:
        """Read one operand, or open a bracket or prefix and return NONE."""
        i = self.i
        token = self.tokens[i]
        self.i = i + 1
        slot = self.known.get(token)
        if slot is not None:
            self.start = i
            return slot
        first = token[:1]
        if first.isalpha() or first == "_":
            return self._name(token, i)
        if first in _DIGITS and token != ".":
            self.start = i
            slot = self.known[token] = self.builder.constant(self._number(token, i))
            return slot
        if token == "(":
            return self._open(Frame("(", i))
        if token == "|":
            return self._open(Frame("|", i))
        if token in PREFIX:
            strength, op = PREFIX[token]
            self.frames[-1].pending.append(Pending(strength, op, NONE, i))
            return NONE
        if (token == "\n" and len(self.frames) > 1) or token == "+":
            return NONE
        raise complaints.no_operand(self, i)

    def _open(self, frame: Frame) -> int:
        if len(self.frames) > budgets.NESTING:
            raise BudgetError(
                f"Brackets are nested more than {budgets.NESTING} deep here.",
                complaints.span(self, frame.start),
                "Give an inner part a name on a line of its own.",
            )
        self.frames.append(frame)
        return NONE

    def _name(self, token: str, i: int) -> int:
        """A name that was not met before: a function, a constant, an operator or a variable."""
        self.start = i
        if token in FUNCTIONS:
            if self.tokens[self.i] == "(":
                self.i += 1
                return self._open(Frame("call", i, token))
            return self._function(token, i)
        if token in PREFIX:
            strength, op = PREFIX[token]
            self.frames[-1].pending.append(Pending(strength, op, NONE, i))
            return NONE
        if token in CONSTANT_NAMES:
            symbol = CONSTANT_NAMES[token]
            slot = self.builder.constant(Constant(symbol, SYMBOLS[symbol], symbol))
        else:
            if self.tokens[self.i] == "(":
                complaints.check_product(self, token, i)
            complaints.check_name(self, token, i)
            slot = self.builder.input(token)
        self.known[token] = slot
        return slot

    def _number(self, token: str, i: int) -> Constant:
        if len(token) > budgets.NUMBER_LENGTH:
            raise BudgetError(
                f"A number has more than {budgets.NUMBER_LENGTH} characters.",
                complaints.span(self, i),
                "Seventeen digits are all that a float can hold.",
            )
        constant = literal(token)
        if constant is None:
            raise complaints.out_of_range(self, i)
        return constant

    def _function(self, token: str, i: int) -> int:
        """A function's name without brackets, or with a power before them."""
        power = NONE
        following = self.tokens[self.i]
        if following in _POWERS or is_superscript(following):
            power = self._function_power(token, i)
        if self.tokens[self.i] == "(":
            self.i += 1
            return self._open(Frame("call", i, token, power))
        following = self.tokens[self.i]
        if not (following[:1].isalnum() or following[:1] in ("√", "|", ".")):
            raise complaints.bare_function(self, token, i)
        if overload(token, 1) is None:
            raise complaints.wrong_count(self, token, i, 1)
        if power != NONE:
            self.frames[-1].pending.append(Pending(FUNCTION, "pow", NONE, i))
            self.frames[-1].pending[-1].chain.append(power)
        self.frames[-1].pending.append(Pending(FUNCTION, self._unary(token), NONE, i))
        return NONE

    def _unary(self, token: str) -> str:
        primitive = overload(token, 1)
        assert primitive is not None
        return primitive.name

    def _function_power(self, token: str, i: int) -> int:
        """The exponent between a function's name and its argument, as in sin²(x)."""
        sign = self.tokens[self.i]
        if sign in _POWERS:
            self.i += 1
            digits = self.tokens[self.i]
        else:
            digits = sign.translate(SUPERSCRIPTS)
        if digits.startswith("-"):
            raise complaints.inverse_function(self, token, i)
        if not digits.isdigit():
            raise complaints.function_power(self, token, i)
        self.i += 1
        return self.builder.constant(self._number(digits.lstrip("0") or "0", self.i - 1))

    # --- where an operator may stand --------------------------------------------------------

    def _after(self, operand: int) -> int:
        """Use what follows an operand; the slot of the longer one, or NONE if one must follow."""
        i = self.i
        token = self.tokens[i]
        binary = BINARY.get(token)
        if binary is not None:
            operand = self._binary(operand, binary[0], binary[1])
            self.i = i + 1
            return operand
        if token == ")":
            return self._close_bracket(operand)
        if token == ",":
            return self._comma(operand)
        frame = self.frames[-1]
        if token == "|" and frame.kind == "|":
            operand = self._close(frame, operand, 0)
            self.i = i + 1
            self.frames.pop()
            return self._row("abs", frame.start, operand)
        if token == "\n" and len(self.frames) > 1:
            self.i = i + 1
            return operand
        if is_superscript(token):
            self.i = i + 1
            start = self.start
            exponent = self._superscript(token, i)
            return self._row("pow", start, operand, exponent)
        if self._multiplies(token, i):
            return self._implicit_product(operand, token, i)
        raise complaints.no_operator(self, i)

    def _superscript(self, token: str, i: int) -> int:
        digits = token.translate(SUPERSCRIPTS)
        constant = self._number(digits.lstrip("+-"), i)
        return self.builder.constant(constant.negated() if digits.startswith("-") else constant)

    def _multiplies(self, token: str, i: int) -> bool:
        """Whether a token that follows an operand starts another factor."""
        if token[:1].isdigit():
            return False
        return token in ("(", "|", "√", "∛") or (token[:1].isalpha() and token not in PREFIX)

    def _implicit_product(self, operand: int, token: str, i: int) -> int:
        # Within a function without brackets, numbers and names go on belonging to its argument.
        pending = self.frames[-1].pending
        top = next((p for p in reversed(pending) if p.strength < ROOT), None)
        inside = top is not None and top.strength in (FUNCTION, INSIDE)
        factor = token not in FUNCTIONS and token[:1].isalpha()
        if inside and factor:
            self.notes.append(("bare", top.start if top else i, i))
            return self._binary(operand, INSIDE, "mul")
        if top is not None and top.strength == PRODUCT and top.ops[-1] == "div":
            self.notes.append(("divided", top.start, i))
        return self._binary(operand, PRODUCT, "mul")

    def _binary(self, operand: int, strength: int, op: str) -> int:
        """Put an operator behind an operand; combine first what binds tighter."""
        pending = self.frames[-1].pending
        while pending:
            last = pending[-1]
            if last.strength < strength:
                break
            if last.strength == strength:
                last.chain.append(operand)
                last.ops.append(op)
                last.marks.append(self.i)
                return NONE
            operand = self._combine(pending.pop(), operand)
        pending.append(Pending(strength, op, operand, self.start, self.i))
        return NONE

    def _comma(self, operand: int) -> int:
        frame = self.frames[-1]
        if frame.kind not in ("call", "["):
            raise complaints.stray_comma(self, self.i)
        frame.arguments.append(self._close(frame, operand, 0))
        self.i += 1
        if frame.kind == "[":
            self.items.append(self.i)
        return NONE

    def _close_bracket(self, operand: int) -> int:
        frame = self.frames[-1]
        if frame.kind not in ("(", "call"):
            raise complaints.stray_bracket(self, self.i, frame)
        operand = self._close(frame, operand, 0)
        self.i += 1
        self.frames.pop()
        if frame.kind == "(":
            self.start = frame.start
            return operand
        frame.arguments.append(operand)
        count = len(frame.arguments)
        primitive = overload(frame.function, count)
        if primitive is None:
            raise complaints.wrong_count(self, frame.function, frame.start, count)
        slot = self._row(primitive.name, frame.start, *frame.arguments)
        return slot if frame.power == NONE else self._row("pow", frame.start, slot, frame.power)

    # --- combining --------------------------------------------------------------------------

    def _close(self, frame: Frame, operand: int, strength: int) -> int:
        """Combine the operators of a frame that bind tighter than ``strength``."""
        pending = frame.pending
        while pending and pending[-1].strength > strength:
            operand = self._combine(pending.pop(), operand)
        return operand

    def _combine(self, pending: Pending, operand: int) -> int:
        start, chain, strength = pending.start, pending.chain, pending.strength
        if not chain:
            return self._prefix(pending.ops[0], start, operand)
        if strength == FUNCTION:  # sin^2 x: the power waits for its base
            return self._row("pow", start, operand, chain[0])
        chain.append(operand)
        if len(chain) > budgets.ROWS:  # said before the work, not after it
            raise complaints.too_many_rows()
        if strength == POWER:
            return self._powers(chain, start)
        if strength == COMPARE:
            return self._comparisons(chain, pending.ops, start)
        slot = chain[0]
        end, marks = self.i, pending.marks
        marks.append(end)
        for position, op in enumerate(pending.ops, 1):
            self.i = marks[position]  # where this row's text ends
            slot = self._row(op, start, slot, chain[position])
        self.i = end
        return slot

    def _prefix(self, op: str, start: int, operand: int) -> int:
        constant = self.builder.constants.get(operand)
        if op == "neg" and constant is not None:
            self.start = start
            return self.builder.constant(constant.negated())
        return self._row(op, start, operand)

    def _powers(self, chain: list[int], start: int) -> int:
        if len(chain) > 2:
            self.notes.append(("tower", start, self.i - 1))
        slot = chain.pop()
        while chain:
            if self.builder.ops[slot] == "div":
                slot = self._folded(slot)
            slot = self._row("pow", start, chain.pop(), slot)
        return slot

    def _comparisons(self, chain: list[int], ops: list[str], start: int) -> int:
        pairs = zip(ops, chain, chain[1:], strict=False)
        tests = [self._row(op, start, left, right) for op, left, right in pairs]
        slot = tests[0]
        for test in tests[1:]:
            slot = self._row("and", start, slot, test)
        return slot

    def _folded(self, exponent: int) -> int:
        """A quotient of two whole numbers in an exponent is one constant: 1/3 stays exact."""
        builder = self.builder
        if builder.masks[exponent]:
            return exponent
        parts = [builder.constants.get(arg) for arg in builder.args[exponent]]
        if any(part is None or part.symbol or "e" in part.text.lower() for part in parts):
            return exponent
        top, bottom = (part.fraction for part in parts if part is not None)
        try:
            folded = Constant.of(Fraction(top / bottom))
        except (ZeroDivisionError, OverflowError):  # a row says so; a constant cannot
            return exponent
        builder.drop(exponent)
        return builder.constant(folded)

    def _row(self, op: str, start: int, *args: int) -> int:
        self.start = start
        slot = self.builder.add(op, args)
        self.extents.setdefault(slot, (start, self.i - 1))
        return slot
