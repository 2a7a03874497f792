r"""The derivative rules of one row as LaTeX: its partials, its tangent and its contributions.

A partial is first specialised (with constants put in, so that the partial of ``x**2`` is 2x) and
split into sign, factors and denominators. Then its product with a tangent or an adjoint looks as
people write it: v̄/x2 instead of v̄·(1/x2), and v̄·1 where the partial is 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from adexplain.language.printing import LanguageWriter
from adexplain.primitives.primitive import FUNCTION, PRIMITIVES, SELECTING
from adexplain.program import CONSTANT, Builder, Constant, Program
from adexplain.transforms.partials import SharedCall, Template, insert, partial
from adexplain.transforms.simplify import Simplifier
from adexplain.typeset.formulas import (
    ATOM,
    PRODUCT,
    SUM,
    Formula,
    constant_formula,
    formulas,
    name_latex,
    operand,
    operation,
)

_LISTED_ARGUMENTS = 3
"""How many arguments of a row a call over all of them lists; of more, the first and the last."""
_FOLDED_OPS = {"add", "sub", "mul", "neg", "eq", "ne", "lt", "le", "gt", "ge", "and", "or", "not"}


class _FormulaSimplifier(Simplifier):
    """Simplifies formulas for reading: 3 - 1 becomes 2, but log(2) stays log(2)."""

    def row(self, op: str, *args: int) -> int:
        constant = all(self.nodes[arg][0] is CONSTANT for arg in args)
        if constant and (op not in _FOLDED_OPS or any(self.constants[arg].symbol for arg in args)):
            return Builder.row(self, op, *args)
        if op in SELECTING and self.number(args[1]) is not None and self.number(args[2]) is None:
            return args[2]  # the first branch only guards an exceptional point
        return super().row(op, *args)


@lru_cache(maxsize=4096)
def _specialised(template: Template, values: tuple[str | Constant, ...]) -> Program:
    """The partial of a row in terms of its own names."""
    builder = _FormulaSimplifier()
    slots = [builder.constant(v) if isinstance(v, Constant) else builder.input(v) for v in values]
    return builder.build([insert(builder, template, slots)])


def specialised(program: Program, slot: int, position: int, whole: bool = False) -> Program:
    """The partial of a row with respect to one argument, in the row's own names.

    Args:
        program, slot, position: the row, and which of its arguments.
        whole: whether a call over all arguments lists them even if they are many. Such a call is
            an input here, with its text as name: written out for each partial of a row, it would
            make a text as long as the square of their number.
    """
    template = partial(program.ops[slot], position)
    assert template is not None
    names = program.names
    own = template.own(program.args[slot], position)
    arguments = (program.constants.get(arg) or names[arg] for arg in own)
    calls = (_call_text(program, slot, call, whole) for call in template.shared)
    return _specialised(template, (*arguments, names[slot], *calls))


def _call_text(program: Program, slot: int, call: SharedCall, whole: bool) -> str:
    """A call over all arguments in the product's language."""
    args = program.args[slot]
    listed = args if whole or len(args) <= _LISTED_ARGUMENTS else (args[0], args[-1])
    texts = [program.names[arg] for arg in listed]
    if len(listed) < len(args):
        texts.insert(1, "...")
    return PRIMITIVES[call.op].call(call.arguments(texts, program.names[slot]))


def _call_formula(program: Program, slot: int, call: SharedCall) -> Formula:
    """A call over all arguments as LaTeX; the number of ties as a sum of Iverson brackets."""
    args = program.args[slot]
    result = operand(program, slot)
    listed = args if len(args) <= _LISTED_ARGUMENTS else (args[0], args[-1])
    shown = [operand(program, arg) for arg in listed]
    counted = call.op == "ties"
    if counted:
        shown = [Formula(rf"\left[{argument.latex} = {result.latex}\right]") for argument in shown]
    if len(listed) < len(args):
        shown.insert(1, Formula(r"\dots"))
    if counted:
        return Formula(" + ".join(formula.latex for formula in shown), SUM)
    return operation(call.op, call.arguments(shown, result))


@dataclass(frozen=True, slots=True)
class _Term:
    """A partial as a quotient: its sign, the factors of numerator and denominator."""

    sign: int
    factors: tuple[Formula, ...]
    denominators: tuple[Formula, ...]


def _term(row_program: Program, row: int, position: int) -> _Term:
    """The partial of a row with respect to one argument."""
    template = partial(row_program.ops[row], position)
    assert template is not None
    calls = {
        _call_text(row_program, row, call, False): _call_formula(row_program, row, call)
        for call in template.shared
    }
    program = specialised(row_program, row, position)

    def leaf(slot: int) -> Formula:
        name = program.names[slot]
        return calls.get(name) or Formula(name_latex(name))

    found = formulas(program, leaf, lambda slot: True)
    sign = 1
    factors: list[Formula] = []
    denominators: list[Formula] = []
    todo = [(program.outputs[0], factors)]
    while todo:
        slot, place = todo.pop()
        op, args = program.ops[slot], program.args[slot]
        constant = program.constants.get(slot)
        if constant is not None and constant.value < 0:
            sign, constant = -sign, constant.negated()
        if constant is not None:
            if constant.text not in ("1", "1.0"):
                place.append(constant_formula(constant))
        elif op == "neg":
            sign = -sign
            todo.append((args[0], place))
        elif op == "mul":
            todo += [(args[1], place), (args[0], place)]
        elif op == "div":
            todo += [(args[1], denominators if place is factors else factors), (args[0], place)]
        elif op == "share":  # in the rule of max and min: whether the argument is the result
            result, argument, *_ = (found[arg].latex for arg in args)
            place.append(Formula(rf"\left[{argument} = {result}\right]"))
        else:
            place.append(_iverson(program, slot, found))
    return _Term(sign, tuple(factors), tuple(denominators))


def _iverson(program: Program, slot: int, found: dict[int, Formula]) -> Formula:
    """A row's formula; a choice between 1 and 0 as an Iverson bracket."""
    op, args = program.ops[slot], program.args[slot]
    if op in SELECTING:
        branches = [found[arg].latex for arg in args[1:]]
        if branches == ["1", "0"]:
            return Formula(rf"\left[{found[args[0]].latex}\right]")
        if branches == ["0", "1"]:
            return Formula(rf"\left[\lnot {found[args[0]].within(ATOM)}\right]")
    return found[slot]


def _times(first: Formula, factors: tuple[Formula, ...]) -> str:
    numbers = [f for f in factors if f.latex[0].isdigit() and f.strength >= PRODUCT]
    others = [f for f in factors if f not in numbers]
    ordered = [*numbers, first, *others]
    total = ordered[0]
    for factor in ordered[1:]:
        total = Formula(operation("mul", [total, factor]).latex, factor.strength)
        # Keep the strength of a function at the end, so that a next factor is kept apart from it.
        total = Formula(total.latex, min(PRODUCT, factor.strength) if factor.strength != 80 else 80)
    return total.latex


def _over(numerator: str, denominators: tuple[Formula, ...]) -> str:
    if not denominators:
        return numerator
    if len(denominators) == 1:
        return f"{numerator} / {denominators[0].within(FUNCTION)}"
    product = denominators[0]
    for factor in denominators[1:]:
        product = operation("mul", [product, factor])
    return rf"{numerator} / \left({product.latex}\right)"


def partial_latex(program: Program, slot: int, position: int) -> str:
    """The partial in general form, in the row's own names."""
    term = _term(program, slot, position)
    numerator = _times(term.factors[0], term.factors[1:]) if term.factors else "1"
    return ("-" if term.sign < 0 else "") + _over(numerator, term.denominators)


def partial_text(program: Program, slot: int, position: int, whole: bool = False) -> str:
    """The partial in general form, in the product's language.

    Args:
        program, slot, position: the row, and which of its arguments.
        whole: whether many arguments are all listed, so that the text can be parsed.
    """
    part = specialised(program, slot, position, whole)
    names = part.names
    writer = LanguageWriter(part, lambda arg: names[arg], set(part.rows))
    return writer.operand(part.outputs[0]).text


def contribution_latex(program: Program, slot: int, position: int) -> str:
    """What a row sends to one argument: adjoint times partial."""
    bar = Formula(name_latex(program.names[slot], "bar"))
    term = _term(program, slot, position)
    if not term.factors and not term.denominators:
        return rf"{bar.latex} \cdot {'1' if term.sign > 0 else '(-1)'}"
    return ("-" if term.sign < 0 else "") + _over(_times(bar, term.factors), term.denominators)


def tangent_latex(program: Program, slot: int, edges: list[tuple[int, int]]) -> str:
    """The tangent rule of a row: the sum of partial times tangent over (argument, position)."""
    terms = []
    for arg, position in edges:
        term = _term(program, slot, position)
        dot = Formula(name_latex(program.names[arg], "dot"))
        leading = program.ops[slot] == "mul" and position == 0
        factors = term.factors
        whole = (dot, *factors) if leading else (*factors, dot)
        terms.append((term.sign, _times(whole[0], whole[1:]), term.denominators))
    if not terms:
        return "0"
    shared = {tuple(d.latex for d in denominators) for _, _, denominators in terms}
    if len(terms) > 1 and len(shared) == 1 and terms[0][2]:
        return _over(rf"\left({_sum(terms, merged=True)}\right)", terms[0][2])
    return _sum(terms, merged=False)


def _sum(terms: list[tuple[int, str, tuple[Formula, ...]]], merged: bool) -> str:
    text = ""
    for sign, numerator, denominators in terms:
        piece = numerator if merged else _over(numerator, denominators)
        if text:
            text += f" {'+' if sign > 0 else '-'} {piece}"
        else:
            text = piece if sign > 0 else f"-{piece}"
    return text
