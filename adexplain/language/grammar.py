"""The grammar as data: operators with their binding strengths, reserved names, functions."""

from __future__ import annotations

from adexplain.primitives.primitive import PRIMITIVES, Primitive, by_spelling

OR, AND, NOT, COMPARE, SUM, PRODUCT, SIGN, FUNCTION, INSIDE, ROOT, POWER = range(10, 120, 10)
"""Binding strength, loosest first. FUNCTION is a function without brackets (``sin 2x``), INSIDE the
implicit product it takes as its argument, ROOT the sign √, which takes one factor."""

BINARY: dict[str, tuple[int, str]] = {
    "+": (SUM, "add"),
    "-": (SUM, "sub"),
    "−": (SUM, "sub"),
    "–": (SUM, "sub"),
    "*": (PRODUCT, "mul"),
    "×": (PRODUCT, "mul"),
    "·": (PRODUCT, "mul"),
    "⋅": (PRODUCT, "mul"),
    "∙": (PRODUCT, "mul"),
    "/": (PRODUCT, "div"),
    "÷": (PRODUCT, "div"),
    "**": (POWER, "pow"),
    "^": (POWER, "pow"),
    "<": (COMPARE, "lt"),
    "<=": (COMPARE, "le"),
    "≤": (COMPARE, "le"),
    ">": (COMPARE, "gt"),
    ">=": (COMPARE, "ge"),
    "≥": (COMPARE, "ge"),
    "==": (COMPARE, "eq"),
    "!=": (COMPARE, "ne"),
    "≠": (COMPARE, "ne"),
    "and": (AND, "and"),
    "∧": (AND, "and"),
    "or": (OR, "or"),
    "∨": (OR, "or"),
}
"""Operator → (binding strength, primitive)."""

PREFIX: dict[str, tuple[int, str]] = {
    "-": (SIGN, "neg"),
    "−": (SIGN, "neg"),
    "–": (SIGN, "neg"),
    "not": (NOT, "not"),
    "¬": (NOT, "not"),
    "√": (ROOT, "sqrt"),
    "∛": (ROOT, "cbrt"),
}
"""Prefix operator → (binding strength, primitive)."""

CONSTANT_NAMES = {"pi": "pi", "π": "pi", "e": "e"}
"""Spelling → the named constant."""

RESERVED = {"and", "or", "not"}

ENDS = {"", "\n", ";"}
"""Tokens that end a statement outside brackets."""

STATEMENT_WORDS = {"def", "return", "if", "elif", "else", "for", "while", "import"}
"""Keywords of programming languages, refused as names of variables with a hint."""

FUNCTIONS: dict[str, tuple[Primitive, ...]] = by_spelling()
"""Spelling → the primitives it may mean."""


CALLS: dict[tuple[str, int], Primitive] = {
    (spelling, primitive.arity): primitive
    for spelling, primitives in FUNCTIONS.items()
    for primitive in primitives
}
"""Spelling and number of arguments → the primitive; one of any number, with its least."""


def overload(spelling: str, count: int) -> Primitive | None:
    """The primitive a call of ``spelling`` with that many arguments means, if any."""
    found = CALLS.get((spelling, count))
    if found is None:
        last = FUNCTIONS[spelling][-1]
        return last if last.variadic and count > last.arity else None
    return found


def accepted_counts(spelling: str) -> str:
    """How many arguments a function takes, in words."""
    counts = [f"{p.arity} or more" if p.variadic else str(p.arity) for p in FUNCTIONS[spelling]]
    noun = "argument" if counts == ["1"] else "arguments"
    return f"{' or '.join(counts)} {noun}"


assert all(op in PRIMITIVES for _, op in (*BINARY.values(), *PREFIX.values()))
