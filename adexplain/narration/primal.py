"""Narrates the primal sweep: a row computes its value from the values of its arguments."""

from __future__ import annotations

import re

from adexplain.evaluate.sweeps import Trace
from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import arguments_read
from adexplain.explanation.trace_index import TraceIndex
from adexplain.narration.exact import exact_of_slot
from adexplain.narration.notes import joined, non_finite_word, value_note
from adexplain.narration.parts import (
    Narration,
    Part,
    Parts,
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
    general_primal,
    named_primal,
    spelling,
    why,
)
from adexplain.primitives.primitive import CONDITIONS, PRIMITIVES, SELECTING
from adexplain.program import CONSTANT, Program, row_text
from adexplain.typeset.formulas import name_latex, row_latex

_OPERATOR_SENTENCES = {
    "+": "{y} adds {a} and {b}.",
    "-": "{y} subtracts {b} from {a}.",
    "*": "{y} multiplies {a} by {b}.",
    "/": "{y} divides {a} by {b}.",
    "**": "{y} raises {a} to the power {b}.",
}
"""The sentence for an operator of two arguments, by its sign."""
_SIGNS = {"-": "−", "*": "×", "**": "^", "<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}


def narrate_primal(explanation: Explanation, index: TraceIndex, slot: int, label: str) -> Narration:
    """Narrates the step that computes a row's value."""
    trace, program = explanation.trace, explanation.program
    value = trace.values[slot]
    assert value is not None
    op = program.ops[slot]
    names, text = named_primal(program, slot)
    applied = _operation_with_numbers(explanation, slot)
    numbers: list[Part] = [*applied]
    if op in CONDITIONS:
        numbers += [Part(f" is {'true' if value else 'false'}: "), number(value, given=True)]
    elif len(applied) > 1:
        numbers += [Part(" = "), number(value, exact=exact_of_slot(explanation, slot, "value"))]
    return Narration(
        label=label,
        sentence=sentence(
            *_operation_sentence(trace, slot), *_result_remarks(explanation, index, slot)
        ),
        why=why(program, slot),
        rule=general_primal(op, len(program.args[slot])),
        names=names,
        names_text=text,
        numbers=tuple(numbers),
        amount=value,
        total=value,
        note=joined(
            value_note(explanation, slot),
            _short_circuit_note(trace, slot),
            _constant_note(program, slot),
        ),
    )


def _operation_sentence(trace: Trace, slot: int) -> Parts:
    """The sentence that says what the row does."""
    program = trace.program
    op, args = program.ops[slot], program.args[slot]
    symbol = PRIMITIVES[op].symbol
    row = named(program, slot)
    if op in SELECTING:
        return _branch_sentence(trace, slot)
    if op in CONDITIONS:
        answer = "yes, so it is 1." if trace.values[slot] else "no, so it is 0."
        return sentence(row, " asks whether ", *_condition(program, slot), f": {answer}")
    operands = [named(program, arg) for arg in args]
    if symbol and len(args) == 1:
        return sentence(row, " changes the sign of ", operands[0], ".")
    if symbol:
        by_letter = {"y": row, "a": operands[0], "b": operands[1]}
        pieces = re.split(r"\{(\w)\}", _OPERATOR_SENTENCES[symbol])
        return sentence(*(by_letter[p] if k % 2 else p for k, p in enumerate(pieces)))
    if _is_copy(op):
        return sentence(row, " copies ", operands[0], ".")
    applied = formula(rf"\operatorname{{{spelling(op)}}}", spelling(op))
    return sentence(row, " is ", applied, " of ", listed(operands), ".")


def _is_copy(op: str) -> bool:
    """Whether an operation returns its argument, as its formula in the table shows."""
    return PRIMITIVES[op].latex == "{a}"


def _condition(program: Program, slot: int) -> list[str | Part]:
    """The condition that a comparison or a logical operator tests, in words."""
    op, operands = program.ops[slot], [named(program, arg) for arg in program.args[slot]]
    if op == "and":
        return ["both ", operands[0], " and ", operands[1], " hold"]
    if op == "or":
        return [operands[0], " or ", operands[1], " holds"]
    if op == "not":
        return [operands[0], " fails"]
    return [formula(row_latex(program, slot), row_text(program, slot))]


def _branch_sentence(trace: Trace, slot: int) -> Parts:
    program = trace.program
    test, then, other = program.args[slot]
    holds = bool(trace.values[test])
    op = program.ops[test]
    cause: list[str | Part] = [named(program, test), " is not 0." if holds else " is 0."]
    if op in CONDITIONS:
        cause[1] = " holds." if holds else " fails."
    if op in CONDITIONS and PRIMITIVES[op].is_comparison:
        cause = [*_condition(program, test), cause[1]]
    return sentence(
        named(program, slot),
        " takes the first branch, " if holds else " takes the second branch, ",
        named(program, then if holds else other),
        ", because ",
        *cause,
    )


def _result_remarks(explanation: Explanation, index: TraceIndex, slot: int) -> list[str | Part]:
    """Remarks that the row is an output, and that its value is not finite."""
    trace, program = explanation.trace, explanation.program
    out: list[str | Part] = []
    names = [program.output_names[k] for k in index.outputs.get(slot, ())]
    own_names = [formula(name_latex(name), name) for name in names if name != program.names[slot]]
    if len(own_names) > 1:
        out += [" It gives the outputs ", *listed(own_names), "."]
    elif names:
        word = (
            "the result"
            if len(program.outputs) == 1
            else "the output"
            if own_names
            else "an output"
        )
        out += [f" This is {word}", *(sentence(" ", own_names[0]) if own_names else ()), "."]
    value = trace.values[slot]
    if value is not None and non_finite_word(value):
        out.append(f" The value is {non_finite_word(value)}.")
    return out


def _short_circuit_note(trace: Trace, slot: int) -> str:
    """The note that the first operand of and/or decided alone."""
    program = trace.program
    args = program.args[slot]
    if program.ops[slot] in SELECTING or len(arguments_read(trace, slot)) == len(args):
        return ""
    first, second = (program.names[arg] for arg in args)
    return f"{first} decides alone; {second} is not looked at."


def _constant_note(program: Program, slot: int) -> str:
    if program.active[slot]:
        return ""
    return f"{program.names[slot]} depends on no input: all its derivatives are 0."


def _operation_with_numbers(explanation: Explanation, slot: int) -> Parts:
    """The operation with its numbers, marked."""
    trace, program = explanation.trace, explanation.program
    op, args = program.ops[slot], program.args[slot]
    primitive = PRIMITIVES[op]
    symbol = primitive.symbol
    if op in SELECTING or _is_copy(op):
        value = trace.values[slot]
        assert value is not None
        return (number(value, mark=True, exact=exact_of_slot(explanation, slot, "value")),)
    numbers = [_number(explanation, arg) for arg in arguments_read(trace, slot)]
    numbers += [Part("…")] * (len(args) - len(numbers))
    pieces: list[Part] = []
    if not symbol:
        pieces.append(Part(f"{spelling(op)}("))
        for place, item in _shortened(numbers):
            pieces += [Part(", "), item] if place else [item]
        settings = "".join(f", {text}" for text in primitive.settings)
        pieces.append(Part(f"{settings})"))
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


def _shortened(numbers: list[Part]) -> list[tuple[int, Part]]:
    if len(numbers) > ARGUMENTS_SHOWN:
        numbers = [*numbers[: ARGUMENTS_SHOWN - 1], Part("…"), numbers[-1]]
    return list(enumerate(numbers))


def _number(explanation: Explanation, slot: int) -> Part:
    """The value of an argument, which must have been evaluated."""
    trace = explanation.trace
    value = trace.values[slot]
    assert value is not None
    op = trace.program.ops[slot]
    given = op is CONSTANT or op in CONDITIONS
    return number(value, given=given, exact=exact_of_slot(explanation, slot, "value"))
