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
_CLOSERS = {*ENDS, "]"}
_RAISE = (FUNCTION, "raise")
_PREFIX_STRENGTHS = {FUNCTION, *(strength for strength, _ in PREFIX.values())}
_SPECIAL = _PREFIX_STRENGTHS | {POWER, COMPARE}


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


class Frame:
    """An open bracket: what it is, where it stands, and where the stacks stood when it opened."""

    __slots__ = ("base", "count", "function", "kind", "power", "start")

    def __init__(
        self, kind: str, start: int, base: int, function: str = "", power: int = NONE
    ) -> None:
        self.kind = kind
        self.start = start
        self.base = base
        self.function = function
        self.power = power
        self.count = 1  # expressions in it so far, this one included


class Reader:
    """Reads expressions from a list of tokens into one builder.

    Operands and operators wait on two stacks of plain values: ``operands`` with ``starts`` (the
    first token of each), ``waiting`` (binding strength and primitive) with ``marks`` (the token
    each stands at). Operators below ``base`` belong to a bracket further out.
    """

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
        self.items: list[int] = []  # first token of each expression in a list
        self.frames = [Frame("", 0, 0)]
        self._clear()

    def _clear(self) -> None:
        self.operands: list[int] = []
        self.starts: list[int] = []
        self.waiting: list[tuple[int, str]] = []
        self.marks: list[int] = []
        self.base = 0

    def expression(self) -> int:
        """Slot of the expression that starts at the current token; stops at the statement's end."""
        self.frames = [Frame("", self.i, 0)]
        self._clear()
        self._read()
        return self.operands[0]

    def listing(self) -> list[int]:
        """Slots of the expressions of a list ``[…, …]`` whose bracket was just read."""
        self.frames = [Frame("", self.i - 1, 0), Frame("[", self.i - 1, 0)]
        self.items = [self.i]
        self._clear()
        self._read()
        self.i += 1
        return self.operands

    def _read(self) -> None:
        """Operands and operators in turn, up to the end of the statement or list."""
        tokens, known, frames = self.tokens, self.known, self.frames
        operands, starts, waiting, marks = self.operands, self.starts, self.waiting, self.marks
        while True:
            # The two commonest cases, a value met before and an operator, are read on the spot.
            slot = known.get(tokens[self.i])
            if slot is not None:
                operands.append(slot)
                starts.append(self.i)
                self.i += 1
            elif not self._operand():
                continue
            while True:
                token = tokens[self.i]
                binary = BINARY.get(token)
                if binary is not None:
                    if waiting and waiting[-1][0] > binary[0]:
                        self._reduce(binary[0])
                    waiting.append(binary)
                    marks.append(self.i)
                    self.i += 1
                    break
                if token in _CLOSERS and self._is_end(token, frames):
                    self._reduce(0)
                    return
                if self._after(token):
                    break

    def _is_end(self, token: str, frames: list[Frame]) -> bool:
        return frames[-1].kind == "[" if token == "]" else len(frames) == 1

    # --- where an operand may stand ---------------------------------------------------------

    def _operand(self) -> bool:
        """Read one operand; false where what was read only opened a bracket or was a prefix."""
        i = self.i
        token = self.tokens[i]
        self.i = i + 1
        first = token[:1]
        if first.isalpha() or first == "_":
            return self._name(token, i)
        if first in _DIGITS and token != ".":
            slot = self.known[token] = self.builder.constant(self._number(token, i))
            return self._push(slot, i)
        if token in ("(", "|"):
            return self._open(token, i)
        if token in PREFIX:
            return self._wait(PREFIX[token], i)
        if (token == "\n" and len(self.frames) > 1) or token == "+":
            return False
        raise complaints.no_operand(self, i)

    def _push(self, slot: int, start: int) -> bool:
        self.operands.append(slot)
        self.starts.append(start)
        return True

    def _wait(self, operator: tuple[int, str], mark: int) -> bool:
        self.waiting.append(operator)
        self.marks.append(mark)
        return False

    def _open(self, kind: str, start: int, function: str = "", power: int = NONE) -> bool:
        if len(self.frames) > budgets.NESTING:
            raise BudgetError(
                f"Brackets are nested more than {budgets.NESTING} deep here.",
                complaints.span(self, start),
                "Give an inner part a name on a line of its own.",
            )
        self.frames.append(Frame(kind, start, self.base, function, power))
        self.base = len(self.waiting)
        return False

    def _name(self, token: str, i: int) -> bool:
        """A name that was not met before: a function, a constant, an operator or a variable."""
        if token in FUNCTIONS:
            if self.tokens[self.i] == "(":
                self.i += 1
                return self._open("call", i, token)
            return self._function(token, i)
        if token in PREFIX:
            return self._wait(PREFIX[token], i)
        if token in CONSTANT_NAMES:
            symbol = CONSTANT_NAMES[token]
            slot = self.builder.constant(Constant(symbol, SYMBOLS[symbol], symbol))
        else:
            if self.tokens[self.i] == "(":
                complaints.check_product(self, token, i)
            complaints.check_name(self, token, i)
            slot = self.builder.input(token)
        self.known[token] = slot
        return self._push(slot, i)

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

    def _function(self, token: str, i: int) -> bool:
        """A function's name without brackets, or with a power before them."""
        power = NONE
        following = self.tokens[self.i]
        if following in _POWERS or is_superscript(following):
            power = self._function_power(token, i)
        following = self.tokens[self.i]
        if following == "(":
            self.i += 1
            return self._open("call", i, token, power)
        if not (following[:1].isalnum() or following[:1] in ("√", "|", ".")):
            raise complaints.bare_function(self, token, i)
        primitive = overload(token, 1)
        if primitive is None:
            raise complaints.wrong_count(self, token, i, 1)
        if power != NONE:  # sin^2 x: the exponent waits below its base
            self._push(power, i)
            self._wait(_RAISE, i)
        return self._wait((FUNCTION, primitive.name), i)

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

    def _after(self, token: str) -> bool:
        """Use what follows an operand and is no operator; whether an operand must come next."""
        i = self.i
        if token == ")":
            return self._close_bracket()
        if token == ",":
            return self._comma()
        frame = self.frames[-1]
        if token == "|" and frame.kind == "|":
            self._close(frame)
            self._row("abs", frame.start, 1)
        elif token == "\n" and len(self.frames) > 1:
            self.i = i + 1
        elif is_superscript(token):
            self.i = i + 1
            start = self.starts[-1]
            self._push(self._superscript(token, i), i)
            self._row("pow", start, 2)
        elif self._multiplies(token):
            self._implicit_product(token, i)
            return True
        else:
            raise complaints.no_operator(self, i)
        return False

    def _superscript(self, token: str, i: int) -> int:
        digits = token.translate(SUPERSCRIPTS)
        constant = self._number(digits.lstrip("+-"), i)
        return self.builder.constant(constant.negated() if digits.startswith("-") else constant)

    def _multiplies(self, token: str) -> bool:
        """Whether a token that follows an operand starts another factor."""
        if token[:1].isdigit():
            return False
        return token in ("(", "|", "√", "∛") or (token[:1].isalpha() and token not in PREFIX)

    def _implicit_product(self, token: str, i: int) -> None:
        # Within a function without brackets, numbers and names go on belonging to its argument.
        waiting = self.waiting
        place = len(waiting) - 1
        while place >= self.base and waiting[place][0] >= ROOT:
            place -= 1
        strength = waiting[place][0] if place >= self.base else 0
        inside = strength in (FUNCTION, INSIDE) and token not in FUNCTIONS and token[:1].isalpha()
        if inside and strength == FUNCTION:
            self.notes.append(("bare", self.marks[place], i))
        elif strength == PRODUCT and waiting[place][1] == "div":
            self.notes.append(("divided", self._run_start(place), i))
        operator = (INSIDE if inside else PRODUCT, "mul")
        self._reduce(operator[0])
        self._wait(operator, i)

    def _run_start(self, place: int) -> int:
        """First token of the chain that the operator at ``place`` belongs to."""
        waiting, strength = self.waiting, self.waiting[place][0]
        operand = len(self.operands) - 1 - (len(waiting) - 1 - place)
        while place >= self.base and waiting[place][0] == strength:
            place -= 1
            operand -= 1
        return self.starts[operand]

    def _comma(self) -> bool:
        frame = self.frames[-1]
        if frame.kind not in ("call", "["):
            raise complaints.stray_comma(self, self.i)
        self._reduce(0)
        frame.count += 1
        self.i += 1
        if frame.kind == "[":
            self.items.append(self.i)
        return True

    def _close(self, frame: Frame) -> None:
        """Leave a bracket whose closing sign is the current token."""
        self._reduce(0)
        self.i += 1
        self.frames.pop()
        self.base = frame.base

    def _close_bracket(self) -> bool:
        frame = self.frames[-1]
        if frame.kind not in ("(", "call"):
            raise complaints.stray_bracket(self, self.i, frame)
        self._close(frame)
        if frame.kind == "(":
            self.starts[-1] = frame.start
            return False
        primitive = overload(frame.function, frame.count)
        if primitive is None:
            raise complaints.wrong_count(self, frame.function, frame.start, frame.count)
        self._row(primitive.name, frame.start, frame.count)
        if frame.power != NONE:
            self._push(frame.power, frame.start)
            self._row("pow", frame.start, 2)
        return False

    # --- combining --------------------------------------------------------------------------

    def _reduce(self, strength: int) -> None:
        """Combine the waiting operators of this bracket that bind tighter than ``strength``."""
        waiting, base, operands, starts = self.waiting, self.base, self.operands, self.starts
        while len(waiting) > base and waiting[-1][0] > strength:
            top, op = waiting[-1]
            if (len(waiting) > base + 1 and waiting[-2][0] == top) or top in _SPECIAL:
                self._combine(top)
                continue
            # One operator between two operands, the commonest chain, is combined on the spot.
            del waiting[-1], self.marks[-1], starts[-1]
            right = operands.pop()
            slot = operands[-1] = self.builder.add((op, (operands[-1], right)))
            self.extents.setdefault(slot, (starts[-1], self.i - 1))

    def _combine(self, strength: int) -> None:
        """Combine a prefix, or a chain: the last operators of one strength and their operands."""
        waiting, first = self.waiting, len(self.waiting) - 1
        if strength in _PREFIX_STRENGTHS:
            self._prefix(waiting.pop()[1], self.marks.pop())
            return
        while first > self.base and waiting[first - 1][0] == strength:
            first -= 1
        ops = [op for _, op in waiting[first:]]
        ends = [*self.marks[first + 1 :], self.i]
        del waiting[first:], self.marks[first:]
        place = len(self.operands) - len(ops) - 1
        chain = self.operands[place:]
        if len(chain) > budgets.ROWS:  # said before the work, not after it
            raise complaints.too_many_rows()
        if strength == POWER:
            slot = self._powers(chain, place)
        elif strength == COMPARE:
            slot = self._comparisons(chain, ops, place)
        else:
            slot = self._folded_left(chain, ops, place, ends)
        del self.operands[place:], self.starts[place + 1 :]
        self.operands.append(slot)

    def _folded_left(self, chain: list[int], ops: list[str], place: int, ends: list[int]) -> int:
        start, slot = self.starts[place], chain[0]
        for position, op in enumerate(ops):
            slot = self.builder.add((op, (slot, chain[position + 1])))
            self.extents.setdefault(slot, (start, ends[position] - 1))
        return slot

    def _prefix(self, op: str, start: int) -> None:
        operands, builder = self.operands, self.builder
        self.starts[-1] = start
        constant = builder.constants.get(operands[-1])
        if op == "neg" and constant is not None:
            operands[-1] = builder.constant(constant.negated())
        elif op == _RAISE[1]:
            operands[-2:] = operands[:-3:-1]
            self._row("pow", start, 2)
        else:
            self._row(op, start, 1)

    def _powers(self, chain: list[int], place: int) -> int:
        starts = self.starts[place:]
        if len(chain) > 2:
            self.notes.append(("tower", starts[0], self.i - 1))
        slot = chain.pop()
        while chain:
            if self.builder.nodes[slot][0] == "div":
                slot = self._folded(slot)
            slot = self.builder.add(("pow", (chain.pop(), slot)))
            self.extents.setdefault(slot, (starts[len(chain)], self.i - 1))
        return slot

    def _comparisons(self, chain: list[int], ops: list[str], place: int) -> int:
        extent = (self.starts[place], self.i - 1)
        slot = NONE
        for op, left, right in zip(ops, chain, chain[1:], strict=False):
            test = self.builder.add((op, (left, right)))
            self.extents.setdefault(test, extent)
            slot = test if slot == NONE else self.builder.add(("and", (slot, test)))
            self.extents.setdefault(slot, extent)
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
        except (ZeroDivisionError, OverflowError):  # a row says so; a constant cannot
            return exponent
        builder.drop(exponent)
        return builder.constant(folded)

    def _row(self, op: str, start: int, count: int) -> None:
        """Replace the last operands by the row of ``op`` applied to them."""
        operands, starts = self.operands, self.starts
        args = tuple(operands[-count:])
        if count > 1:
            del operands[1 - count :], starts[1 - count :]
        slot = operands[-1] = self.builder.add((op, args))
        starts[-1] = start
        self.extents.setdefault(slot, (start, self.i - 1))
