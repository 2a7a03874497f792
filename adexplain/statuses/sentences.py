"""Sentences about doubtful points: kinks, jumps, edges of a domain, overflow, lost digits."""

from __future__ import annotations

import re

from adexplain.evaluate.sweeps import Trace
from adexplain.primitives.primitive import PRIMITIVES


def row_with_numbers(trace: Trace, slot: int) -> str:
    """A row with numbers in place of names, such as log(-1)."""
    program = trace.program
    primitive = PRIMITIVES[program.ops[slot]]
    numbers = [short(trace.values[arg]) for arg in program.args[slot]]
    if not primitive.symbol:
        return primitive.call(numbers)
    if len(numbers) == 1:
        return f"{primitive.symbol}{numbers[0]}"
    shown = [f"({text})" if text.startswith("-") else text for text in numbers]
    return f"{shown[0]} {primitive.symbol} {shown[1]}"


def short(value: float | None) -> str:
    """A number in a sentence."""
    return "?" if value is None else f"{value + 0.0:.5g}"  # + 0.0: no sign on zero


def domain_sentence(trace: Trace, slot: int) -> str:
    """Why a row has no value: it is outside the domain of its primitive."""
    program = trace.program
    primitive = PRIMITIVES[program.ops[slot]]
    if program.ops[slot] == "div":
        return f"{row_with_numbers(trace, slot)} divides by zero."
    if program.ops[slot] == "pow":
        base, exponent = (trace.values[arg] for arg in program.args[slot])
        if base == 0.0 and exponent is not None and exponent < 0.0:
            return f"{row_with_numbers(trace, slot)} divides by zero."
        cube = program.names[program.args[slot][1]] == "1/3"
        hint = " For the real cube root write cbrt(…)." if cube else ""
        return f"{row_with_numbers(trace, slot)} is not a real number.{hint}"
    if not program.active[slot]:  # constants have no names for the condition
        return f"{row_with_numbers(trace, slot)} is outside the domain."
    names = dict(zip("abc", (program.names[arg] for arg in program.args[slot]), strict=False))
    needs = re.sub(r"\b[abc]\b", lambda match: names[match[0]], primitive.domain)
    needs = re.sub(r"abs\(([^()]*)\)", r"|\1|", needs)
    for typed, printed in (("!=", "≠"), (">=", "≥"), ("<=", "≤"), ("==", "=")):
        needs = needs.replace(typed, printed)
    return f"{row_with_numbers(trace, slot)} is outside the domain, which needs {needs}."


_NONSMOOTH_SENTENCES = {
    "kink": "{} is at a kink: the slope changes abruptly here.",
    "jump": "{} is at a jump of the value.",
    "vertical": "{} has a vertical slope here.",
    "boundary": "{} is at the boundary of its domain: only one side has a slope.",
    "undefined": "{} has no real values beside this point in one of its arguments.",
}


def nonsmooth_sentence(trace: Trace, slot: int, kind: str) -> str:
    """The sentence that names the kink, jump or other nonsmooth point of a row."""
    if PRIMITIVES[trace.program.ops[slot]].is_comparison:
        decided = f"{row_with_numbers(trace, slot)} is decided at equality"
        return f"{decided}: a hair away it may turn out otherwise."
    return _NONSMOOTH_SENTENCES[kind].format(row_with_numbers(trace, slot))


def cancellation_sentence(trace: Trace, slot: int) -> str:
    """What is left of a sum whose terms cancel."""
    shown = row_with_numbers(trace, slot)
    return f"{shown} cancels: the digits left are rounding errors of the terms."


def _side(slope: float | None) -> str:
    return "undefined" if slope is None else short(slope).replace("inf", "∞")


def _both_sides(left: float | None, right: float | None) -> str:
    if left == right:
        return f"{_side(left)} on both sides"
    return f"{_side(left)} on the left and {_side(right)} on the right"


_PARTIAL_SENTENCES = {
    "kink": "A kink: the derivative is {}.",
    "jump": "The function jumps here (slope {}).",
    "vertical": "The tangent is vertical here (slope {}).",
    "boundary": "The edge of the domain: the derivative is {}.",
    "removable": "Not defined here, but the slope tends to {}.",
    "undefined": "The function has no value here; beside the point its slope is {}.",
}


def partial_sentence(kind: str, left: float | None, right: float | None) -> str:
    """What a partial of the function is at a point where it is not smooth, from both sides."""
    return _PARTIAL_SENTENCES[kind].format(_both_sides(left, right))
