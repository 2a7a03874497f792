"""``Program`` → SymPy expressions, built row by row; SymPy's parser sees no user's text.

Each primitive has the form in the ``exact`` column of the table. SymPy differentiates that form,
not using the table's partials, so that its derivative is independent of ours. Inputs are real
symbols. Decimals are exact fractions, because one float would reduce all numbers to 15 digits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from adexplain.errors import AdexplainError
from adexplain.evaluate.high_precision import mp_values, read_exact
from adexplain.evaluate.run import wanted_arguments
from adexplain.primitives.primitive import CONDITIONS, PRIMITIVES, SELECTING
from adexplain.program import Constant, Program

Expression = Any
"""A SymPy expression; SymPy has no types of its own."""

SAME = (
    *("exp", "sin", "cos", "tan", "sec", "csc", "cot", "asin", "acos", "atan", "atan2"),
    *("sinh", "cosh", "tanh", "sech", "csch", "coth", "asinh", "acosh", "atanh", "asech"),
    *("erf", "erfc", "gamma", "digamma", "polygamma", "log", "sqrt"),
)
"""Primitives that SymPy knows under the same name."""


class NoSymbolicFormError(AdexplainError):
    """A function that SymPy has no form for."""


def symbols(program: Program) -> list[Expression]:
    """One real symbol for each input, called as the input is."""
    import sympy

    return [sympy.Symbol(name, real=True) for name in program.input_names]


def expression(
    program: Program, output: int, inputs: Sequence[Expression], known: Sequence[Any]
) -> Expression:
    """One output as a SymPy expression of the inputs.

    Args:
        program: the function.
        output: position of the output.
        inputs: an expression for each input.
        known: values of all slots at a point. Only the branches taken there are in the
            expression; the derivative at that point needs no others.

    Raises:
        NoSymbolicFormError: a function has no form in SymPy.
    """
    forms: list[Any] = [None] * len(program.ops)
    for slot, form in zip(program.inputs, inputs, strict=True):
        forms[slot] = form
    for slot, number in program.constants.items():
        forms[slot] = constant(number)
    for slot in program.rows:
        op, args = program.ops[slot], program.args[slot]
        if known[slot] is None:
            continue
        if op in SELECTING:
            forms[slot] = forms[wanted_arguments(op, args, known)[1]]
        elif op in CONDITIONS:
            forms[slot] = exact_number(int(known[slot]))
        else:
            arguments = [forms[arg] for arg in args]
            forms[slot] = _form(op, arguments, [known[arg] for arg in args])
    return forms[program.outputs[output]]


def _form(op: str, arguments: Sequence[Expression], known: Sequence[Any]) -> Expression:
    """One primitive: a function SymPy has, or the formula in the table's ``exact`` column."""
    table = functions()
    if op in table:
        return table[op](*arguments)
    primitive = PRIMITIVES[op]
    if primitive.exact == primitive.value:
        raise NoSymbolicFormError(f"SymPy has no form for {op} that can be differentiated.")
    import sympy

    rule = read_exact(op, len(arguments))
    values = mp_values(rule, [*known, float("nan")])
    return expression(rule, 0, [*arguments, sympy.nan], values)


def exact_number(value: float | Fraction) -> Expression:
    """The exact rational of a number."""
    import sympy

    fraction = Fraction(value)
    return sympy.Rational(fraction.numerator, fraction.denominator)


def constant(constant: Constant) -> Expression:
    """A constant of a program, exact."""
    import sympy

    factor = exact_number(constant.fraction)
    return factor * {"pi": sympy.pi, "e": sympy.E}[constant.symbol] if constant.symbol else factor


@cache
def functions() -> dict[str, Callable[..., Expression]]:
    """Primitive → its form in SymPy."""
    import sympy as sp

    step = _steps()
    table: dict[str, Callable[..., Expression]] = {name: getattr(sp, name) for name in SAME}
    return table | {
        "identity": lambda a: a,
        "add": lambda a, b: a + b,
        "sub": lambda a, b: a - b,
        "mul": lambda a, b: a * b,
        "div": lambda a, b: a / b,
        "neg": lambda a: -a,
        "pow": lambda a, b: a**b,
        "abs": step["abs"],
        "sign": step["sign"],
        "floor": step["floor"],
        "ceil": step["ceil"],
        "round": step["round"],
        "min": sp.Min,
        "max": sp.Max,
        "sphbessel": sp.jn,
        # The definitions; SymPy's own functions of these names have other branch cuts.
        "asec": lambda a: sp.acos(1 / a),
        "acsc": lambda a: sp.asin(1 / a),
        "acot": lambda a: sp.atan(1 / a),
        "acsch": lambda a: sp.asinh(1 / a),
        "acoth": lambda a: sp.atanh(1 / a),
    }


@cache
def _steps() -> dict[str, Any]:
    """|a| and the functions that are constant between jumps, as new SymPy functions.

    SymPy's own have derivatives with real and imaginary parts and Dirac deltas, because it cannot
    know that log(x) is real. These have the right derivative wherever there is one.
    """
    import sympy as sp

    def latex_of(left: str, right: str) -> Callable[..., str]:
        def latex(self: Any, printer: Any, exp: str | None = None) -> str:
            text = rf"\left{left} {printer._print(self.args[0])} \right{right}"
            return text if exp is None else f"{text}^{{{exp}}}"

        return latex

    def flat(name: str, brackets: tuple[str, str] | None = None) -> Any:
        body: dict[str, Any] = {"fdiff": lambda self, argindex=1: sp.S.Zero}
        if brackets:
            body["_latex"] = latex_of(*brackets)
        return type(name, (sp.Function,), body)

    found = {
        "sign": flat("sign"),
        "round": flat("round"),
        "floor": flat("floor", (r"\lfloor", r"\rfloor")),
        "ceil": flat("ceil", (r"\lceil", r"\rceil")),
    }
    slope = {"fdiff": lambda self, argindex=1: found["sign"](self.args[0])}
    found["abs"] = type("abs", (sp.Function,), slope | {"_latex": latex_of("|", "|")})
    return found
