"""One expression → rows, by a Pratt parser with its own stack.

It does not recurse, so that deeply nested input cannot exceed Python's recursion limit.
"""

from __future__ import annotations

from functools import lru_cache

from adexplain import budgets
from adexplain.errors import BudgetError
from adexplain.language import errors
from adexplain.language.attributes import Given, keyed, read_attributes
from adexplain.language.chains import BOTTOM, NO_SLOT, RAISE, Chains
from adexplain.language.grammar import (
    BINARY,
    CALLS,
    CONSTANT_NAMES,
    ENDS,
    FUNCTION,
    FUNCTIONS,
    INSIDE,
    PREFIX,
    PRODUCT,
    ROOT,
    overload,
)
from adexplain.language.tokens import SUPERSCRIPTS
from adexplain.program import SYMBOLS, Builder, Constant

_DIGITS = frozenset("0123456789.")
_POWERS = {"^", "**"}
_SUPERSCRIPTS = frozenset("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_CLOSERS = {*ENDS, "]"}
_WORDS = PREFIX.keys() | CONSTANT_NAMES.keys()
_OPENERS = {"(", "|"}
_NOT_ROUND = {"", "|", "["}

Frame = tuple[str, int, int, int]
"""An open bracket: its sign or the function it belongs to, its first token, the slot of the
exponent in sin^2(x) or NO_SLOT, and how many operands came before it. A plain tuple, for speed."""

_OUTSIDE: Frame = ("", 0, NO_SLOT, 0)


def is_superscript(token: str) -> bool:
    """Whether a token is a raised number such as ² or ⁻¹."""
    return token[:1] in _SUPERSCRIPTS


@lru_cache(maxsize=4096)
def literal(token: str) -> Constant | None:
    """The constant a number token stands for; None where it is too long or no float can hold it."""
    if len(token) > budgets.NUMBER_LENGTH:
        return None
    value = float(token)
    if value in (float("inf"), 0.0) and any(
        digit in "123456789" for digit in token.lower().split("e")[0]
    ):
        return None
    return Constant(token, value)


@lru_cache(maxsize=4096)
def is_plain_name(token: str) -> bool:
    """Whether a token can only be a variable, with a name that nothing is to be said about."""
    return (
        token[:1].isalpha()
        and len(token) <= budgets.NAME_LENGTH
        and token not in FUNCTIONS
        and token not in _WORDS
        and token not in errors.NO_VARIABLES
    )


class Reader(Chains):
    """Reads expressions from a list of tokens into one builder."""

    closed = False  # whether a header f(x, y) = listed the inputs, so that no other may appear
    items: list[int]  # the first token of each expression in a list of outputs

    def __init__(self, text: str, tokens: list[str], builder: Builder) -> None:
        super().__init__(builder)
        self.text = text
        self.tokens = tokens
        self.assigned: dict[str, int] = {}
        self.known: dict[str, int] = {}  # the slot of each token that is an operand by itself
        self.attributes: dict[int, Given] = {}  # by the first token of their call
        self.frames = [_OUTSIDE]

    def expression(self) -> int:
        """Slot of the expression that starts at the current token; stops at the statement's end."""
        self._read([_OUTSIDE])
        return self.operands[0]

    def output_list(self) -> list[int]:
        """Slots of the expressions in a list ``[…, …]``, after its opening bracket."""
        self.items = [self.i]
        self._read([_OUTSIDE, ("[", self.i - 1, NO_SLOT, 0)])
        self.i += 1
        return self.operands

    def _read(self, frames: list[Frame]) -> None:
        """Operands and operators in turn, up to the end of the statement or list.

        The current token is ``i`` in this method, and ``self.i`` in those it calls, which may
        advance it.
        """
        self.frames = frames
        self.operands: list[int] = []
        self.starts: list[int] = []
        self.waiting: list[tuple[int, str]] = [BOTTOM]
        self.marks: list[int] = [self.i]
        operands, starts, waiting, marks = self.operands, self.starts, self.waiting, self.marks
        tokens, known, i = self.tokens, self.known, self.i
        while True:
            token = tokens[i]
            slot = known.get(token)
            if slot is None:
                self.i = i + 1
                slot = self._operand(token, i)
                if slot == NO_SLOT:
                    i = self.i
                    continue
            operands.append(slot)
            starts.append(i)
            i += 1
            while True:
                token = tokens[i]
                binary = BINARY.get(token)
                if binary is not None:
                    if waiting[-1][0] > binary[0]:
                        self.i = i
                        self._reduce(binary[0])
                    waiting.append(binary)
                    marks.append(i)
                    i += 1
                    break
                self.i = i
                if token == ")":
                    self._close_bracket()
                elif token in _CLOSERS and self._is_end(token, frames):
                    self._reduce(0)
                    return
                elif self._after_operand(token):
                    i = self.i
                    break
                i = self.i

    def _is_end(self, token: str, frames: list[Frame]) -> bool:
        return frames[-1][0] == "[" if token == "]" else len(frames) == 1

    # --- where an operand is expected -------------------------------------------------------

    def _operand(self, token: str, i: int) -> int:
        """Slot of an operand of one token; NO_SLOT for a prefix or an opening bracket.

        An operand is added to ``known``, so that the same token is only looked up from then on.
        """
        if is_plain_name(token) and not self.closed and self.tokens[i + 1] != "(":
            builder = self.builder
            if len(builder.input_slots) < budgets.VARIABLES:
                slot = self.known[token] = builder.input(token)
                return slot
        if token in FUNCTIONS:
            if self.tokens[i + 1] == "(":
                self.i = i + 2
                return self._open(token, i)
            return self._function(token, i)
        first = token[:1]
        if first in _DIGITS and token != ".":
            constant = literal(token)
            if constant is None:
                raise errors.no_number(self, token, i)
            slot = self.known[token] = self.builder.constant(constant)
            return slot
        if first.isalpha() or first == "_":
            return self._name(token, i)
        if token in _OPENERS:
            return self._open(token, i)
        if token in PREFIX:
            return self._wait(PREFIX[token], i)
        if (token == "\n" and len(self.frames) > 1) or token == "+":
            return NO_SLOT
        raise errors.no_operand(self, i)

    def _wait(self, operator: tuple[int, str], mark: int) -> int:
        self.waiting.append(operator)
        self.marks.append(mark)
        return NO_SLOT

    def _open(self, kind: str, start: int, power: int = NO_SLOT) -> int:
        if len(self.frames) > budgets.NESTING:
            raise BudgetError(
                f"Brackets are nested more than {budgets.NESTING} deep here.",
                errors.span(self, start),
                "Give an inner part a name on a line of its own.",
            )
        self.frames.append((kind, start, power, len(self.operands)))
        self.waiting.append(BOTTOM)
        self.marks.append(start)
        return NO_SLOT

    def _name(self, token: str, i: int) -> int:
        """The first use of a name: a constant, an operator or a variable."""
        if token not in _WORDS:
            if self.tokens[i + 1] == "(":
                errors.check_product(self, token, i)
            errors.check_name(self, token, i)
            slot = self.builder.input(token)
        elif token in PREFIX:
            return self._wait(PREFIX[token], i)
        else:
            symbol = CONSTANT_NAMES[token]
            slot = self.builder.constant(Constant(symbol, SYMBOLS[symbol], symbol))
        self.known[token] = slot
        return slot

    def _function(self, token: str, i: int) -> int:
        """A function's name without brackets, or with a power before them."""
        power = NO_SLOT
        following = self.tokens[self.i]
        if following in _POWERS or is_superscript(following):
            power = self._function_power(token, i)
        following = self.tokens[self.i]
        if following == "(":
            self.i += 1
            return self._open(token, i, power)
        if not (following[:1].isalnum() or following[:1] in ("√", "|", ".")):
            raise errors.bare_function(self, token, i)
        primitive = overload(token, 1)
        if primitive is None:
            raise errors.wrong_count(self, token, i, 1)
        if power != NO_SLOT:  # sin^2 x: the exponent is pushed before its base
            self._push(power, i)
            self._wait(RAISE, i)
        return self._wait((FUNCTION, primitive.name), i)

    def _push(self, slot: int, start: int) -> None:
        self.operands.append(slot)
        self.starts.append(start)

    def _number(self, token: str, i: int) -> Constant:
        constant = literal(token)
        if constant is None:
            raise errors.no_number(self, token, i)
        return constant

    def _function_power(self, token: str, i: int) -> int:
        """The exponent between a function's name and its argument, as in sin²(x)."""
        sign = self.tokens[self.i]
        if sign in _POWERS:
            self.i += 1
            digits = self.tokens[self.i]
        else:
            digits = sign.translate(SUPERSCRIPTS)
        if digits.startswith("-"):
            raise errors.inverse_function(self, token, i)
        if not digits.isdigit():
            raise errors.function_power(self, token, i)
        self.i += 1
        return self.builder.constant(self._number(digits.lstrip("0") or "0", self.i - 1))

    # --- where an operator is expected ------------------------------------------------------

    def _after_operand(self, token: str) -> bool:
        """Read a token after an operand that is no operator; whether an operand must follow."""
        i = self.i
        if token == ",":
            return self._comma()
        kind, start, _, _ = self.frames[-1]
        if token == "|" and kind == "|":
            self._close()
            self._row("abs", start, 1)
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
            raise errors.no_operator(self, i)
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
        # In sin 2x, what follows the 2 without a sign still belongs to the argument of sin.
        waiting = self.waiting
        place = len(waiting) - 1
        while waiting[place][0] >= ROOT:
            place -= 1
        strength = waiting[place][0]
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
        while waiting[place][0] == strength:
            place -= 1
            operand -= 1
        return self.starts[operand]

    def _comma(self) -> bool:
        kind, start, _, _ = self.frames[-1]
        if kind != "[" and kind not in FUNCTIONS:
            raise errors.stray_comma(self, self.i)
        self._reduce(0)
        self.i += 1
        if kind == "[":
            self.items.append(self.i)
        elif self.tokens[self.i : self.i + 2][1:] == ["="]:
            self.attributes[start], self.i = read_attributes(self, kind, self.i)
            return False
        return True

    def _close(self) -> None:
        """Close the innermost bracket; the current token is its closing sign."""
        if self.waiting[-1] is not BOTTOM:
            self._reduce(0)
        self.i += 1
        del self.frames[-1], self.waiting[-1], self.marks[-1]

    def _close_bracket(self) -> None:
        kind, start, power, before = self.frames[-1]
        if kind in _NOT_ROUND:
            raise errors.stray_bracket(self, self.i)
        waiting, operands, starts = self.waiting, self.operands, self.starts
        if waiting[-1] is not BOTTOM:
            self._reduce(0)
        i = self.i
        self.i = i + 1
        del self.frames[-1], waiting[-1], self.marks[-1]
        if kind == "(":
            starts[-1] = start
            return
        count = len(operands) - before
        primitive = CALLS.get((kind, count)) or overload(kind, count)
        if primitive is None:
            raise errors.wrong_count(self, kind, start, count)
        op = primitive.name
        if start in self.attributes:
            op = keyed(self, primitive, start, self.attributes[start])
        if count == 1:  # from here on this is _row, inlined for speed
            operands[-1] = self._add((op, (operands[-1],)), start, i)
            starts[-1] = start
        else:
            self._row(op, start, count)
        if power != NO_SLOT:
            self._push(power, start)
            self._row("pow", start, 2)
