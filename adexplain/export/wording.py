"""Shared by all exports: lines of the adjoint sweep, status sentences, and rules as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from adexplain.explanation.explain import Explanation
from adexplain.explanation.records import ContributionRow, PartialRow
from adexplain.language.grammar import PRODUCT
from adexplain.language.printing import LanguageWriter
from adexplain.primitives.primitive import PRIMITIVES
from adexplain.program import CONSTANT, Program
from adexplain.transforms.partials import edges
from adexplain.typeset.rules import specialised

MAX_LINES = 120
"""Most lines of a table for people; a longer one shows only its beginning and end."""


def positions_shown(count: int, limit: int = MAX_LINES) -> tuple[list[int], int]:
    """The positions to show out of ``count``, and how many are left out in the middle."""
    if count <= limit:
        return list(range(count)), 0
    half = limit // 2
    return [*range(half), *range(count - half, count)], count - 2 * half


@dataclass(frozen=True)
class SweepLine:
    """One line of the adjoint sweep.

    Attributes:
        into: the name whose adjoint receives the amount.
        first, last: whether this is the first, or last, amount that it receives.
        amount, total: the seed or contribution, and the sum so far.
        contribution: the contribution; None for a seed.
        adjoint: the adjoint of the row that the contribution comes from.
    """

    into: str
    first: bool
    last: bool
    amount: float
    total: float
    contribution: ContributionRow | None
    adjoint: float | None


def sweep_lines(explanation: Explanation) -> list[SweepLine]:
    """The adjoint sweep in order: the seeds, then each contribution."""
    if not explanation.reverse:
        return []
    weights = explanation.adjoint_seed
    seeds: dict[str, float] = {}
    for output, weight in zip(explanation.outputs, weights, strict=True):
        if weight:
            seeds[output.row] = seeds.get(output.row, 0.0) + weight
    contributions = explanation.contributions
    final = {item.into: number for number, item in enumerate(contributions)}
    adjoints = {item.name: item.adjoint for item in explanation.inputs}
    adjoints |= {item.name: item.adjoint for item in explanation.rows}
    lines = [
        SweepLine(name, True, name not in final, w, w, None, None) for name, w in seeds.items()
    ]
    started = set(seeds)
    for number, item in enumerate(contributions):
        last = final[item.into] == number
        source_adjoint = adjoints.get(item.out_of)
        lines.append(
            SweepLine(
                item.into,
                item.into not in started,
                last,
                item.amount,
                item.total,
                item,
                source_adjoint,
            )
        )
        started.add(item.into)
    return lines


def is_number(text: str | None) -> bool:
    """Whether the text of a partial is just a number, which is then shown as typed."""
    try:
        float(text or "")
    except ValueError:
        return False
    return True


def status_sentence(kind: str, message: str) -> str:
    """The message of a status, preceded by the status's kind unless it is mentioned."""
    return message if kind in message.lower() else f"{kind}: {message}".rstrip(": ")


def doubt_sentence(item: PartialRow) -> str:
    """The sentence on what is doubtful about a derivative, with the convention if there is one."""
    sentence = status_sentence(item.status, item.message or "")
    return f"{sentence} Convention: {item.convention}." if item.convention else sentence


_SHARE = re.compile(r"share\(([^,()]+), ([^,()]+), \1\) / ties\([^()]*\)")


def tangent_rule(program: Program, slot: int, dotted: Callable[[str], str]) -> str:
    """The tangent rule of a row as text: ``cos(v1) * v̇1``."""
    names = program.names
    if PRIMITIVES[program.ops[slot]].chooses:
        ends = (names[arg] for arg, _ in edges(program, slot))
        return _sum((False, f"∂{names[slot]}/∂{name} * {dotted(name)}") for name in ends)
    return _sum(
        _term(specialised(program, slot, position), dotted(names[arg]))
        for arg, position in edges(program, slot)
    )


def _term(part: Program, dot: str) -> tuple[bool, str]:
    """A partial times a tangent: whether it is negative, and its text."""
    names = part.names
    writer = LanguageWriter(part, lambda slot: names[slot], set(part.rows))
    slot, negative = part.outputs[0], False
    while part.ops[slot] == "neg":
        slot, negative = part.args[slot][0], not negative
    if part.ops[slot] is CONSTANT and part.constants[slot].value in (1.0, -1.0):
        return negative != (part.constants[slot].value < 0), dot
    if part.ops[slot] == "div":
        above, below = part.args[slot]
        while part.ops[above] == "neg":
            above, negative = part.args[above][0], not negative
        constant = part.constants.get(above)
        if constant is not None and constant.value == 1.0:
            return negative, f"{dot} / {writer.operand(below).within(PRODUCT + 1)}"
        numerator = writer.operand(above).within(PRODUCT)
        return negative, f"{numerator} * {dot} / {writer.operand(below).within(PRODUCT + 1)}"
    return negative, f"{writer.operand(slot).within(PRODUCT)} * {dot}"


def _sum(terms: Iterable[tuple[bool, str]]) -> str:
    text = ""
    for negative, term in terms:
        if text:
            text += f" {'-' if negative else '+'} {term}"
        else:
            text = f"-{term}" if negative else term
    return text or "0"


def bracketed(partial_text: str) -> str:
    """A partial as the second factor of a product, in brackets where it needs them."""
    if share := _SHARE.fullmatch(partial_text):
        return f"∂{share[1]}/∂{share[2]}"
    is_compound = partial_text.startswith("-") or any(
        sign in partial_text for sign in (" + ", " - ", " / ", " * ", " and ", " or ")
    )
    is_single_call = partial_text.endswith(")") and _closes_at_end(partial_text)
    return f"({partial_text})" if is_compound and not is_single_call else partial_text


def _closes_at_end(text: str) -> bool:
    """Whether a text is a single call or in brackets as a whole: ``cos(a + b)``."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and (sign == ")" or not (sign.isalnum() or sign == "_")):
            return place == len(text) - 1
    return False
