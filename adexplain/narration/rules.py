r"""The rule of a step as formulas: in general (with z, a, b, c) and with a row's own names.

All of it is made from the rule table: values, partials and the sentence that says why.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from adexplain.language import parse
from adexplain.narration.parts import Part, Parts, formula, sentence
from adexplain.primitives.primitive import CONDITIONS, PRIMITIVES, parameters
from adexplain.program import Builder, Program, row_text
from adexplain.transforms.partials import edges
from adexplain.typeset.formulas import (
    PRODUCT,
    Formula,
    formulas,
    name_latex,
    name_text,
    operand,
    operation,
    row_latex,
)
from adexplain.typeset.rules import contribution_latex, specialised, tangent_latex

PLUS_ASSIGN = r"\;{+}{=}\;"
ARGUMENTS_SHOWN = 4
"""Arguments of one row, and terms of one sum, that a formula lists."""
_LONG = 90
"""LaTeX of a contribution beyond which the partial is not written out beside its symbol."""
_PRINTED = {" - ": " − ", " * ": " · ", " ** ": " ^ "}
_VARIABLE = re.compile(r"\b[abcy]\b")


def _small_brackets(latex: str) -> str:
    """A formula with brackets of normal size, unless it has something tall in it."""
    if any(tall in latex for tall in (r"\frac", r"\begin", r"\sqrt")):
        return latex
    return latex.replace(r"\left(", "(").replace(r"\right)", ")")


def _braced_minus(latex: str) -> str:
    """A formula to follow ``+=``, with a leading minus in braces so that it reads as a sign."""
    return f"{{{latex}}}" if latex.startswith("-") else latex


@cache
def _general_row(op: str, count: int) -> tuple[Program, int, str]:
    """A row z of arguments a, b, c: the program, its slot, and ``z = …`` as LaTeX."""
    several = PRIMITIVES[op].variadic and count > ARGUMENTS_SHOWN
    names = parameters(PRIMITIVES[op], 3 if several else count)
    builder = Builder()
    slot = builder.row(op, *(builder.input(name) for name in names))
    program = builder.build([slot])
    program.labels = {slot: ("z",)}
    shown = _row_latex(program, slot)
    if several:
        arguments = [Formula(name_latex(name)) for name in names]
        shown = operation(op, [*arguments, Formula(r"\ldots")]).latex
    return program, slot, f"z = {shown}"


@cache
def general_primal(op: str, count: int) -> str:
    """``z = a + b``."""
    return _general_row(op, count)[2]


@cache
def general_tangent(op: str, count: int, positions: tuple[int, ...]) -> str:
    """``z = a + b : ż = ȧ + ḃ``, for the arguments that depend on an input."""
    program, slot, shown = _general_row(op, count)
    args = program.args[slot]
    ends = [(args[i], i) for i in positions if i < len(args)]
    more = r" + \ldots" if len(ends) < len(positions) else ""
    return (
        rf"{shown} :\quad \dot{{z}} = {_small_brackets(tangent_latex(program, slot, ends))}{more}"
    )


@cache
def general_adjoint(op: str, count: int, position: int) -> str:
    """``z = a + b : b̄ += z̄ · 1``."""
    program, slot, shown = _general_row(op, count)
    args = program.args[slot]
    position = min(position, len(args) - 1)
    bar = name_latex(program.names[args[position]], "bar")
    amount = _small_brackets(contribution_latex(program, slot, position))
    return rf"{shown} :\quad {bar} {PLUS_ASSIGN} {_braced_minus(amount)}"


def named_primal(program: Program, slot: int) -> tuple[str, str]:
    """A row with its names, as LaTeX and as text."""
    args, name = program.args[slot], program.names[slot]
    texts = [program.names[arg] for arg in args]
    if len(args) <= ARGUMENTS_SHOWN:
        shown = _row_latex(program, slot)
    else:
        first_ones = [operand(program, arg) for arg in args[: ARGUMENTS_SHOWN - 1]]
        shown = operation(
            program.ops[slot], [*first_ones, Formula(r"\ldots"), operand(program, args[-1])]
        ).latex
        texts = [*texts[: ARGUMENTS_SHOWN - 1], "…", texts[-1]]
    return f"{name_latex(name)} = {shown}", f"{name} = {_row_as_text(program, slot, texts)}"


def _row_latex(program: Program, slot: int) -> str:
    """A row's operation as LaTeX; a condition is in Iverson brackets: v1 = [x = 0]."""
    is_condition = program.ops[slot] in CONDITIONS
    shown = row_latex(program, slot)
    return rf"\left[{shown}\right]" if is_condition else shown


def _row_as_text(program: Program, slot: int, arguments: Sequence[str]) -> str:
    """A row's operation as text, with −, · and ^ for the typed signs."""
    primitive = PRIMITIVES[program.ops[slot]]
    if not primitive.symbol:
        return primitive.call(arguments, spelling(program.ops[slot]))
    text = row_text(program, slot)
    if primitive.is_condition:
        return f"({text})"
    for typed, printed in _PRINTED.items():
        text = text.replace(typed, printed)
    return f"−{text[1:]}" if text.startswith("-") and len(arguments) == 1 else text


def named_tangent(program: Program, slot: int, ends: Sequence[tuple[int, int]]) -> tuple[str, str]:
    """A row's tangent rule with its names, for the (argument, position) pairs that count."""
    name = program.names[slot]
    shown = ends[:ARGUMENTS_SHOWN]
    more = len(ends) > len(shown)
    latex = _small_brackets(tangent_latex(program, slot, list(shown))) + (
        r" + \ldots" if more else ""
    )
    texts = [
        f"∂{name}/∂{program.names[arg]} · {name_text(program.names[arg], 'dot')}"
        for arg, _ in shown
    ]
    text = " + ".join([*texts, *(["…"] if more else [])]) or "0"
    return f"{name_latex(name, 'dot')} = {latex}", f"{name_text(name, 'dot')} = {text}"


def named_adjoint(program: Program, slot: int, position: int, first: bool) -> tuple[str, str]:
    """One contribution with its names, as LaTeX and as text: ``v̄4 += v̄5 · ∂v5/∂v4``.

    The LaTeX also has the product written out, unless the partial is a number or too long.
    """
    names, args = program.names, program.args[slot]
    into = names[args[position]]
    bar = name_latex(names[slot], "bar")
    sign, typed = ("=", "=") if first else (PLUS_ASSIGN, "+=")
    symbol = rf"\frac{{\partial {name_latex(names[slot])}}}{{\partial {name_latex(into)}}}"
    product = rf"{bar} \cdot {symbol}"
    amount = _small_brackets(contribution_latex(program, slot, position))
    spelt_out = len(amount) <= _LONG and "cases" not in amount and r"\partial" not in amount
    if args.count(args[position]) > 1 and spelt_out:
        product = _braced_minus(amount)  # ∂v/∂x would not say which of the two places is meant
    elif spelt_out and not is_number(program, slot, position):
        product = f"{product} = {amount}"
    text = f"{name_text(names[slot], 'bar')} · ∂{names[slot]}/∂{into}"
    latex = f"{name_latex(into, 'bar')} {sign} {product}"
    return latex, f"{name_text(into, 'bar')} {typed} {text}"


def is_number(program: Program, slot: int, position: int) -> bool:
    """Whether a partial is the same number everywhere, as in a sum."""
    part = specialised(program, slot, position)
    constant = part.constants.get(part.outputs[0])
    return constant is not None and not constant.symbol


def partial_symbol(program: Program, slot: int, arg: int) -> Part:
    """``∂v5/∂v4`` in a line of text."""
    above, below = program.names[slot], program.names[arg]
    latex = rf"\partial {name_latex(above)} / \partial {name_latex(below)}"
    return formula(latex, f"∂{above}/∂{below}")


def spelling(op: str) -> str:
    """The name of a primitive in its formula (``ln``), else the way it is typed (``sqrt``)."""
    primitive = PRIMITIVES[op]
    head = re.match(r"\\(?:operatorname\{(\w+)\}|([a-z]+) *)\{a:f\}", primitive.latex)
    if head:
        return head[1] or head[2]
    return primitive.spelling


def why(program: Program, slot: int, position: int | None = None) -> Parts:
    """The table's sentence on a primitive, with a row's names.

    Args:
        program: the program of the row.
        slot: the row.
        position: the argument that a step is about. Where the sentence has a clause for each
            partial, only that argument's clause is used.
    """
    clauses = _clauses(program.ops[slot])
    if len(clauses) > 1:
        active = [place for _, place in edges(program, slot)] if position is None else [position]
        clauses = tuple(clauses[i] for i in active) or clauses
    pieces: list[str | Part] = []
    for number, clause in enumerate(clauses):
        start = "; " if number else ""
        for text, is_formula in clause:
            if is_formula:
                pieces.append(_table_formula(program, slot, text))
            else:
                pieces.append(start + (text[:1].upper() + text[1:] if not pieces else text))
            start = ""
    return sentence(*pieces, ".")


@cache
def _clauses(op: str) -> tuple[tuple[tuple[str, bool], ...], ...]:
    """The clauses of the table's sentence, each as pieces (text, whether it is a formula)."""
    primitive = PRIMITIVES[op]
    whole = primitive.marked_why.removesuffix(".")
    clauses = [clause.strip() for clause in whole.split(";")]
    # A clause belongs to a partial only where there are as many of both. max has one partial for
    # any number of arguments, and the partials of a comparison are 0, so they are no edges.
    one_per_partial = len(clauses) == len(primitive.partials) and not primitive.variadic
    if not one_per_partial or "0" in primitive.partials:
        clauses = [whole]
    return tuple(
        tuple(
            (piece, bool(place % 2))
            for place, piece in enumerate(re.split(r"\{([^}]*)\}", clause))
            if piece
        )
        for clause in clauses
    )


@cache
def _template(text: str) -> Program:
    """A formula of the table as a program of a, b, c, y."""
    return parse(f"f(a, b, c, y) = {text}")


def _table_formula(program: Program, slot: int, text: str) -> Part:
    """A formula of the table with a row's names, on one line."""
    arguments = [(operand(program, arg), program.names[arg]) for arg in program.args[slot]]
    result = (Formula(name_latex(program.names[slot])), program.names[slot])
    by_letter = dict(zip(("a", "b", "c"), arguments, strict=False)) | {"y": result}
    template = _template(text)
    names = template.names
    shown = formulas(template, lambda leaf: by_letter.get(names[leaf], result)[0], lambda _: True)
    out = template.outputs[0]
    latex = shown[out].latex
    if template.ops[out] == "div":
        above, below = (shown[arg] for arg in template.args[out])
        latex = f"{above.within(PRODUCT)} / {below.within(PRODUCT + 1)}"
    return formula(latex, _VARIABLE.sub(lambda match: by_letter[match[0]][1], text))


def output_partial(output: str, name: str, fraction: bool = False) -> Part:
    """``∂f/∂x1``, in a line of text or as a fraction."""
    above, below = rf"\partial {name_latex(output)}", rf"\partial {name_latex(name)}"
    latex = rf"\frac{{{above}}}{{{below}}}" if fraction else f"{above} / {below}"
    return formula(latex, f"∂{output}/∂{name}")
