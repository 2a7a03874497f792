"""``Program``: a Wengert list, and its builder.

A *slot* is a number that stands for one input, one constant or one *row* (an elementary operation
applied to slots before it). Programs are kept as one list of nodes indexed by slot, not as objects
linked to one another: they are cheap to build, to walk in either direction without recursion, and
to hand to another process.

Source of the idea: R. E. Wengert, A simple automatic derivative evaluation program (1964);
Griewank & Walther, Evaluating Derivatives (2008), section 2.2.
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from adexplain.errors import Span
from adexplain.primitives.primitive import LAZY, PRIMITIVES

INPUT = "input"
CONSTANT = "constant"

Node = tuple[str, tuple[int, ...]]
"""What a slot is: "input", "constant" or a primitive's name, and its arguments' slots."""

SYMBOLS = {"pi": math.pi, "e": math.e}
"""The named constants, with their values."""


class Constant(NamedTuple):
    """A number in a program: what was written, and its float.

    What was written is its exact meaning, so that 0.1 is one tenth to SymPy although its float is
    not: a decimal, a fraction such as ``1/3``, or plus or minus a named constant.
    """

    text: str
    value: float
    symbol: str = ""

    @classmethod
    def of(cls, number: float | Fraction) -> Constant:
        """The constant of a number that was computed rather than typed."""
        value = float(number)
        if not math.isfinite(value):
            raise ValueError("a program has no literal for infinity or nan")
        whole = isinstance(number, float) and number.is_integer() and abs(number) < 1e16
        # int() would lose the sign of -0.0.
        text = (
            str(int(number)) if whole and (number or math.copysign(1, value) > 0) else str(number)
        )
        return cls(text, value)

    @property
    def fraction(self) -> Fraction:
        """The exact number, or the exact factor of the named constant."""
        if self.symbol:
            return Fraction(-1 if self.text.startswith("-") else 1)
        return Fraction(self.text)

    def negated(self) -> Constant:
        """The constant with the other sign."""
        text = self.text[1:] if self.text.startswith("-") else f"-{self.text}"
        return Constant(text, -self.value, self.symbol)


@dataclass(frozen=True, slots=True)
class Note:
    """How an ambiguous piece of the input was read."""

    message: str
    span: Span


class Place(NamedTuple):
    """Where in a program with statements a row was executed.

    Attributes:
        line: the line of the source, from 1.
        rounds: the round of each loop around it, outermost first, from 1; none outside of loops.
    """

    line: int
    rounds: tuple[int, ...] = ()


class Program:
    """A Wengert list: inputs, constants and rows in execution order, with named outputs.

    What is not needed for a first evaluation is derived from ``nodes`` at its first use.

    Attributes:
        nodes: per slot, ``(op, args)``; op is "input", "constant" or a primitive's name.
        constants: slot -> Constant.
        inputs, input_names: the independent variables, in the order of a sequence of values.
        ordered: whether someone chose that order: the header of a text, or the code that built the
            program. A text without a header has only the order of first appearance.
        outputs, output_names: the results, in order. One slot may be several outputs.
        labels: slot -> the names the user gave it.
        aliases: all names the user gave to lines, also those of inputs and constants.
        targets: in a derived program, slot -> the variable it is assigned to in printed code; two
            slots of one variable are successive values of one accumulated sum.
        places: slot of a row → the line and the rounds it belongs to, where it was traced from
            statements; it is not set for formulas.
        text: what the program was read from ("" for a derived program).
        notes: how ambiguous parts of the text were read.
    """

    # Most programs share these defaults: they are rarely set, and never changed in place.
    ordered: bool = True
    labels: dict[int, tuple[str, ...]] = {}  # noqa: RUF012
    aliases: Iterable[str] = ()
    targets: dict[int, str] = {}  # noqa: RUF012
    places: Mapping[int, Place] = {}
    text: str = ""
    notes: tuple[Note, ...] = ()
    locate: Callable[[int], Span | None] = staticmethod(lambda _slot: None)

    def __init__(
        self, builder: Builder, outputs: Sequence[int], output_names: Sequence[str]
    ) -> None:
        self.nodes = builder.nodes
        self.constants = builder.constants
        self.inputs = tuple(builder.input_slots.values())
        self.input_names = tuple(builder.input_slots)
        self.outputs = tuple(outputs)
        self.output_names = tuple(output_names)

    @cached_property
    def ops(self) -> list[str]:
        """Per slot, "input", "constant" or the primitive's name."""
        return [op for op, _ in self.nodes]

    @cached_property
    def args(self) -> list[tuple[int, ...]]:
        """Per slot, the argument slots; empty for inputs and constants."""
        return [args for _, args in self.nodes]

    @cached_property
    def rows(self) -> list[int]:
        """Slots of the rows, in execution order."""
        return [slot for slot, (_, args) in enumerate(self.nodes) if args]

    @cached_property
    def lazy(self) -> bool:
        """Whether some row evaluates an argument only on demand (where, and, or)."""
        return not LAZY.isdisjoint(self.ops)

    @cached_property
    def active(self) -> list[bool]:
        """Per slot, whether it depends on an input."""
        active: list[bool] = []
        for op, args in self.nodes:
            active.append(op == INPUT or any(active[arg] for arg in args))
        return active

    @cached_property
    def alphabetical(self) -> tuple[str, ...]:
        """The inputs' names by the alphabet, with x2 before x10."""
        return tuple(sorted(self.input_names, key=_alphabet))

    @property
    def positional(self) -> bool:
        """Whether it is clear which value belongs to which input where values have no names.

        It is not where nobody chose an order and that of first appearance is not alphabetical:
        whoever gives values to ``y - x`` may have either in mind.
        """
        return self.ordered or self.input_names == self.alphabetical

    @cached_property
    def reserved(self) -> frozenset[str]:
        """Every name that occurs in the program's text."""
        targets = self.targets.values()
        return frozenset((*self.input_names, *self.output_names, *self.aliases, *targets))

    @cached_property
    def names(self) -> list[str]:
        """Display name of each slot: the input's, the user's, a constant's text, or v1, v2, …

        A row without a name of its own is called by its position, skipping every name that occurs
        in the text.
        """
        names = [""] * len(self.ops)
        for slot, name in zip(self.inputs, self.input_names, strict=True):
            names[slot] = name
        for slot, constant in self.constants.items():
            names[slot] = constant.text
        number = 0
        for slot in self.rows:
            number += 1
            if slot in self.labels:
                names[slot] = self.labels[slot][0]
                continue
            while f"v{number}" in self.reserved:
                number += 1
            names[slot] = f"v{number}"
        return names

    def span(self, slot: int) -> Span | None:
        """Where in ``text`` the row was written, if it was."""
        return self.locate(slot)

    def to_text(self) -> str:
        """The program as assignments, one row a line. It parses back to the same rows and names."""
        names, lines = self.names, []
        for slot in self.rows:
            lines.append(f"{names[slot]} = {row_text(self, slot)}")
            others = self.labels.get(slot, ())[1:]
            lines += [
                f"{other} = {names[slot]}" for other in others if other not in self.output_names
            ]
        return "\n".join([*lines, *self._output_lines()])

    def default_name(self, slot: int) -> str:
        """The name the row would have without a label: v1, v2, … by its position."""
        return f"v{bisect_left(self.rows, slot) + 1}"

    def _output_lines(self) -> list[str]:
        """The last lines: they name the outputs, and list the inputs where their order differs."""
        ordered = self._inputs_in_order()
        if ordered and self._ends_in_assignment():
            return []
        shown = [self.names[slot] for slot in self.outputs]
        named = set().union(*self.labels.values()) if self.labels else set()
        several = len(shown) > 1
        value = f"[{', '.join(shown)}]" if several else shown[0]
        prefix = self.output_names[0].removesuffix("1") if several else self.output_names[0]
        plain = [f"{prefix}{k}" for k in range(1, len(shown) + 1)] if several else [prefix]
        anonymous = all(
            name == self.default_name(s) for name, s in zip(shown, self.outputs, strict=True)
        )
        if (
            list(self.output_names) == plain
            and prefix not in named
            and (anonymous or not (ordered or several))
        ):  # a list of names alone would be read as the outputs' names
            return [value if ordered and prefix == "f" else self._header(prefix) + value]
        pairs = zip(self.output_names, shown, strict=True)
        aliases = [f"{name} = {text}" for name, text in pairs if name != text]
        names = f"[{', '.join(self.output_names)}]"
        free = next(name for name in ("f", "g", "h", "f_") if name not in self.reserved)
        return [*aliases, names if ordered else self._header(free) + names]

    def _header(self, name: str) -> str:
        return f"{name}({', '.join(self.input_names)}) = "

    def _ends_in_assignment(self) -> bool:
        """Whether the last row is the only output, by its own name, as in a list of assignments."""
        rows = self.rows
        if not rows or self.outputs != (rows[-1],):
            return False
        if any(len(self.labels.get(slot, ())) > 1 for slot in rows[-2:]):
            return False  # the extra line for a second name would be last, and so an output
        used = {arg for slot in rows for arg in self.args[slot]}
        return self.names[rows[-1]] == self.output_names[0] and (len(rows) == 1 or rows[-2] in used)

    def _inputs_in_order(self) -> bool:
        """Whether the inputs have their order, and may be given by position, without a header."""
        if self.ordered and self.input_names != self.alphabetical:
            return False
        is_input = set(self.inputs)
        seen = dict.fromkeys(
            arg for slot in self.rows for arg in self.args[slot] if arg in is_input
        )
        seen.update(dict.fromkeys(slot for slot in self.outputs if slot in is_input))
        return tuple(seen) == self.inputs

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        inputs, outputs = ", ".join(self.input_names), ", ".join(self.output_names)
        return f"<Program ({inputs}) -> ({outputs}), {len(self.rows)} rows>"

    def __getstate__(self) -> dict[str, object]:
        # ``locate`` closes over the parser's tables; another process needs only the numbers.
        state = {**self.__dict__, "aliases": tuple(self.aliases)}
        state.pop("locate", None)
        return state


def _alphabet(name: str) -> tuple[list[str | int], str]:
    """Sorts names as a person would: numbers in them by size, ₁ as 1, ϑ as θ, é as e, X before x.

    Greek comes after Latin, in the order of its own alphabet.
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    parts = re.split(r"(\d+)", plain)  # text and numbers in turn, so that like meets like
    return [int(part) if k % 2 else part for k, part in enumerate(parts)], name


_INPUT_NODE: Node = (INPUT, ())
_CONSTANT_NODE: Node = (CONSTANT, ())


class _NoSharing(dict[Node, int]):
    """Stands in for the rows a builder knows, so that equal rows are never found again."""

    def setdefault(self, _node: Node, slot: int, /) -> int:
        return slot


class Builder:
    """Makes a Program row by row. Equal rows become one unless ``share`` is false."""

    def __init__(self, share: bool = True) -> None:
        self.nodes: list[Node] = []
        self.constants: dict[int, Constant] = {}
        self.input_slots: dict[str, int] = {}
        self.known: dict[Node, int] = {} if share else _NoSharing()
        self._constant_slots: dict[str, int] = {}

    def input(self, name: str) -> int:
        """Slot of the input of that name, made at its first use."""
        slot = self.input_slots.get(name)
        if slot is None:
            slot = self.input_slots[name] = len(self.nodes)
            self.nodes.append(_INPUT_NODE)
        return slot

    def constant(self, constant: Constant | float) -> int:
        """Slot of a constant; the same text has the same slot."""
        if not isinstance(constant, Constant):
            constant = Constant.of(constant)
        size = len(self.nodes)
        slot = self._constant_slots.setdefault(constant.text, size)
        if slot == size:
            self.nodes.append(_CONSTANT_NODE)
            self.constants[slot] = constant
        return slot

    def row(self, op: str, *args: int) -> int:
        """Slot of ``op`` applied to slots: an earlier equal row, or a new one."""
        return self.add((op, args))

    def add(self, node: Node) -> int:
        """``row`` for a node that is already made, as in the parser."""
        size = len(self.nodes)
        slot = self.known.setdefault(node, size)
        if slot == size:
            self.nodes.append(node)
        return slot

    def drop(self, slot: int) -> None:
        """Remove a row that is not used, if it is the last one made."""
        last = len(self.nodes) - 1
        while last >= slot and self.nodes[last] is _CONSTANT_NODE:
            last -= 1
        if last == slot:
            self.known.pop(self.nodes[slot], None)
            self.nodes[slot] = _CONSTANT_NODE
            self.constants[slot] = Constant("0", 0.0)

    def build(self, outputs: Sequence[int], output_names: Iterable[str] = ("f",)) -> Program:
        """The finished program; the builder must not be used afterwards."""
        return Program(self, outputs, tuple(output_names))


def row_text(program: Program, slot: int) -> str:
    """One row in the product's language, such as ``v1 * x2`` or ``log(x1)``."""
    primitive = PRIMITIVES[program.ops[slot]]
    names = [_operand(program, arg, bool(primitive.symbol)) for arg in program.args[slot]]
    if not primitive.symbol:
        return primitive.call(names)
    if len(names) == 1:
        return f"not {names[0]}" if primitive.symbol == "not" else f"-{names[0]}"
    return f"{names[0]} {primitive.symbol} {names[1]}"


def _operand(program: Program, slot: int, beside_symbol: bool) -> str:
    name = program.names[slot]
    compound = slot in program.constants and not (name[0].isalnum() and "/" not in name)
    return f"({name})" if beside_symbol and compound else name
