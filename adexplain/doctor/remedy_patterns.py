"""What a row is called in a mend: as the user typed it, so that the mend can be typed in turn."""

from __future__ import annotations

import re

from adexplain.primitives.table import PRIMITIVES
from adexplain.program import CONSTANT, INPUT, Program

LONGEST = 40
"""Characters beyond which a piece of text makes a mend unreadable."""
_ATOM = re.compile(r"[A-Za-z_]\w*|\d+(\.\d*)?|\d*\.\d+")


def put_in(text: str, letter: str, piece: str) -> str:
    """A mend with a row's text in place of its letter, in brackets where it needs them.

    Between brackets, commas and comparisons an expression stands safely without.
    """

    def placed(match: re.Match[str]) -> str:
        before, after = text[: match.start()], text[match.end() :]
        free = before.endswith(("(", ", ", "`")) and after.startswith((")", ",", " >", " ==", "`"))
        return piece if free or _is_whole(piece) else f"({piece})"

    return re.sub(re.escape("{" + letter + "}"), placed, text)


def piece(program: Program, slot: int) -> str:
    """A row as it was typed; as a formula where it was not, and "" where that is too long."""
    if program.ops[slot] in (INPUT, CONSTANT) or slot in program.labels:
        return program.names[slot]
    span = program.span(slot)
    typed = " ".join(program.text[slice(*span)].split()) if span else _formula(program, slot)
    return typed if len(typed) <= LONGEST else ""


def _formula(program: Program, slot: int, depth: int = 0) -> str:
    """A row written out from its inputs and from the rows that have names of the user's."""
    if program.ops[slot] in (INPUT, CONSTANT) or slot in program.labels:
        return program.names[slot]
    if depth > LONGEST // 4:
        return "…" * LONGEST
    primitive = PRIMITIVES[program.ops[slot]]
    parts = [_formula(program, arg, depth + 1) for arg in program.args[slot]]
    if not primitive.symbol:
        return f"{primitive.spellings[0]}({', '.join(parts)})"
    parts = [part if _is_whole(part) else f"({part})" for part in parts]
    if len(parts) == 1:
        return f"not {parts[0]}" if primitive.symbol == "not" else f"-{parts[0]}"
    return f"{parts[0]} {primitive.symbol} {parts[1]}"


def _is_whole(text: str) -> bool:
    """Whether an expression is one thing to whatever stands beside it: a name, a call, …"""
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
