"""The primal sweep in words: a row computes its value from the values of its arguments."""

from __future__ import annotations

import re

from adexplain.evaluate.sweeps import Trace
from adexplain.explanation.explain import Explanation
from adexplain.explanation.index import Index
from adexplain.explanation.stepping import arguments_read
from adexplain.narration.exact import of_slot
from adexplain.narration.notes import joined, kind_of, of_value
from adexplain.narration.parts import (
    Part,
    Parts,
    Words,
    formula,
    in_brackets,
    listed,
    marked,
    named,
    number,
    sentence,
)
from adexplain.narration.rules import (
    ARGUMENTS_SHOWN,
    COMPARISONS,
    CONDITIONS,
    general_primal,
    named_primal,
    spelling,
    why,
)
from adexplain.primitives.table import PRIMITIVES
from adexplain.program import CONSTANT, INPUT, Program, row_text
from adexplain.typeset.formulas import name_latex, row_latex

_SAID = {
    "+": "{y} adds {a} and {b}.",
    "-": "{y} subtracts {b} from {a}.",
    "*": "{y} multiplies {a} by {b}.",
    "/": "{y} divides {a} by {b}.",
    "**": "{y} raises {a} to the power {b}.",
}
"""What an operator of two arguments does, by its sign."""
_SIGNS = {"-": "−", "*": "×", "**": "^", "<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}


def primal_words(explanation: Explanation, index: Index, slot: int, label: str) -> Words:
    """The step that computes a row's value."""
    trace, program = explanation.trace, explanation.program
    value = trace.values[slot]
    assert value is not None
    op = program.ops[slot]
    names, text = named_primal(program, slot)
    applied = _applied(explanation, slot)
    told: list[Part] = [*applied]
    if PRIMITIVES[op].symbol in CONDITIONS:
        told += [Part(f" is {'true' if value else 'false'}: "), number(value, given=True)]
    elif len(applied) > 1:
        told += [Part(" = "), number(value, exact=of_slot(explanation, slot, "value"))]
    return Words(
        label=label,
        sentence=sentence(*_said(trace, slot), *_remarks(explanation, index, slot)),
        why=why(program, slot),
        rule=general_primal(op, len(program.args[slot])),
        names=names,
        names_text=text,
        numbers=tuple(told),
        amount=value,
        total=value,
        note=joined(of_value(explanation, slot), _unseen(trace, slot), _independent(program, slot)),
    )


def _said(trace: Trace, slot: int) -> Parts:
    """What the row does."""
    program = trace.program
    op, args = program.ops[slot], program.args[slot]
    symbol = PRIMITIVES[op].symbol
    row = named(program, slot)
    if op == "where":
        return _branch(trace, slot)
    if symbol in CONDITIONS:
        answer = "yes, so it is 1." if trace.values[slot] else "no, so it is 0."
        return sentence(row, " asks whether ", *_question(program, slot), f": {answer}")
    operands = [named(program, arg) for arg in args]
    if symbol and len(args) == 1:
        return sentence(row, " changes the sign of ", operands[0], ".")
    if symbol:
        own = {"y": row, "a": operands[0], "b": operands[1]}
        pieces = re.split(r"\{(\w)\}", _SAID[symbol])
        return sentence(*(own[p] if k % 2 else p for k, p in enumerate(pieces)))
    if _copies(op):
        return sentence(row, " copies ", operands[0], ".")
    applied = formula(rf"\operatorname{{{spelling(op)}}}", spelling(op))
    return sentence(row, " is ", applied, " of ", listed(operands), ".")


def _copies(op: str) -> bool:
    """Whether a row is its argument, as its formula in the table shows."""
    return PRIMITIVES[op].latex == "{a}"


def _question(program: Program, slot: int) -> list[str | Part]:
    """What a comparison or a logical operator asks."""
    op, operands = program.ops[slot], [named(program, arg) for arg in program.args[slot]]
    if op == "and":
        return ["both ", operands[0], " and ", operands[1], " hold"]
    if op == "or":
        return [operands[0], " or ", operands[1], " holds"]
    if op == "not":
        return [operands[0], " fails"]
    return [formula(row_latex(program, slot), row_text(program, slot))]


def _branch(trace: Trace, slot: int) -> Parts:
    program = trace.program
    test, then, other = program.args[slot]
    holds = bool(trace.values[test])
    op = program.ops[test]
    symbol = PRIMITIVES[op].symbol if op in PRIMITIVES else ""
    cause: list[str | Part] = [named(program, test), " is not 0." if holds else " is 0."]
    if symbol in CONDITIONS:
        cause[1] = " holds." if holds else " fails."
    if symbol in COMPARISONS:
        cause = [*_question(program, test), cause[1]]
    return sentence(
        named(program, slot),
        " takes the first branch, " if holds else " takes the second branch, ",
        named(program, then if holds else other),
        ", because ",
        *cause,
    )


def _remarks(explanation: Explanation, index: Index, slot: int) -> list[str | Part]:
    """That the row is a result, that its value is no ordinary number."""
    trace, program = explanation.trace, explanation.program
    out: list[str | Part] = []
    names = [program.output_names[k] for k in index.outputs.get(slot, ())]
    own = [formula(name_latex(name), name) for name in names if name != program.names[slot]]
    if len(own) > 1:
        out += [" It gives the outputs ", *listed(own), "."]
    elif names:
        word = "the result" if len(program.outputs) == 1 else "the output" if own else "an output"
        out += [f" This is {word}", *(sentence(" ", own[0]) if own else ()), "."]
    value = trace.values[slot]
    if value is not None and kind_of(value):
        out.append(f" The value is {kind_of(value)}.")
    return out


def _unseen(trace: Trace, slot: int) -> str:
    """That the first condition decided alone."""
    program = trace.program
    args = program.args[slot]
    if program.ops[slot] == "where" or len(arguments_read(trace, slot)) == len(args):
        return ""
    first, second = (program.names[arg] for arg in args)
    return f"{first} decides alone; {second} is not looked at."


def _independent(program: Program, slot: int) -> str:
    if program.active(slot):
        return ""
    return f"{program.names[slot]} depends on no input: all its derivatives are 0."


def _applied(explanation: Explanation, slot: int) -> Parts:
    """The operation with its numbers, marked."""
    trace, program = explanation.trace, explanation.program
    op, args = program.ops[slot], program.args[slot]
    symbol = PRIMITIVES[op].symbol
    if op == "where" or _copies(op):
        value = trace.values[slot]
        assert value is not None
        return (number(value, mark=True, exact=of_slot(explanation, slot, "value")),)
    numbers = [_number(explanation, arg) for arg in arguments_read(trace, slot)]
    numbers += [Part("…")] * (len(args) - len(numbers))
    pieces: list[Part] = []
    if not symbol:
        pieces.append(Part(f"{spelling(op)}("))
        for place, item in _few(numbers):
            pieces += [Part(", "), item] if place else [item]
        pieces.append(Part(")"))
    elif len(numbers) == 1:
        sign = "not " if symbol == "not" else _SIGNS.get(symbol, symbol)
        brackets = symbol != "not"
        pieces += (
            [Part(f"{sign}("), numbers[0], Part(")")] if brackets else [Part(sign), numbers[0]]
        )
    else:
        sign = _SIGNS.get(symbol, symbol)
        left = in_brackets(numbers[0], first=symbol != "**")
        pieces += [*left, Part(f" {sign} "), *in_brackets(numbers[1])]
    return marked(pieces)


def _few(numbers: list[Part]) -> list[tuple[int, Part]]:
    if len(numbers) > ARGUMENTS_SHOWN:
        numbers = [*numbers[: ARGUMENTS_SHOWN - 1], Part("…"), numbers[-1]]
    return list(enumerate(numbers))


def _number(explanation: Explanation, slot: int) -> Part:
    """The value of an argument that was read."""
    trace = explanation.trace
    value = trace.values[slot]
    assert value is not None
    op = trace.program.ops[slot]
    given = op is CONSTANT or (op is not INPUT and PRIMITIVES[op].symbol in CONDITIONS)
    return number(value, given=given, exact=of_slot(explanation, slot, "value"))
