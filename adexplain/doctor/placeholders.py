"""Fills the placeholders of a fix with the user's own text, so that it can be typed as it is."""

from __future__ import annotations

import re

from adexplain.primitives.primitive import PRIMITIVES
from adexplain.program import CONSTANT, INPUT, Program

MAX_LENGTH = 40
"""Longest text, in characters, that replaces a placeholder."""
_ATOM = re.compile(r"[A-Za-z_]\w*|\d+(\.\d*)?|\d*\.\d+")


def fill_placeholder(text: str, letter: str, source_text: str) -> str:
    """A fix with a row's text in place of ``{letter}``, in brackets where it needs them.

    It needs none where brackets, commas, comparisons or backticks stand on both sides.
    """

    def with_brackets(match: re.Match[str]) -> str:
        before, after = text[: match.start()], text[match.end() :]
        is_delimited = before.endswith(("(", ", ", "`")) and after.startswith(
            (")", ",", " >", " ==", "`")
        )
        return (
            source_text if is_delimited or _is_single_operand(source_text) else f"({source_text})"
        )

    return re.sub(re.escape("{" + letter + "}"), with_brackets, text)


def source_text(program: Program, slot: int) -> str:
    """A row as it was typed, or as a formula where it was not; "" where that is too long."""
    if program.ops[slot] in (INPUT, CONSTANT) or slot in program.labels:
        return program.names[slot]
    span = program.span(slot)
    typed = " ".join(program.text[slice(*span)].split()) if span else _formula(program, slot)
    return typed if len(typed) <= MAX_LENGTH else ""


def _formula(program: Program, slot: int, depth: int = 0) -> str:
    """A row written out in terms of inputs and of the rows that the user has named."""
    if program.ops[slot] in (INPUT, CONSTANT) or slot in program.labels:
        return program.names[slot]
    if depth > MAX_LENGTH // 4:
        return "…" * MAX_LENGTH
    primitive = PRIMITIVES[program.ops[slot]]
    parts = [_formula(program, arg, depth + 1) for arg in program.args[slot]]
    if not primitive.symbol:
        return primitive.call(parts)
    parts = [part if _is_single_operand(part) else f"({part})" for part in parts]
    if len(parts) == 1:
        return f"not {parts[0]}" if primitive.symbol == "not" else f"-{parts[0]}"
    return f"{parts[0]} {primitive.symbol} {parts[1]}"


def _is_single_operand(text: str) -> bool:
    """Whether an expression needs no brackets as an operand: a name, a number, a call, …"""
    if _ATOM.fullmatch(text):
        return True
    head = re.match(r"[A-Za-z_]\w*\(|\(", text)
    if head is None or not text.endswith(")"):
        return False
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and place >= head.end() - 1:
            return place == len(text) - 1
    return False
