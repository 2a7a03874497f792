"""``Program`` → SymPy expressions, built row by row; SymPy's parser sees no user's text.

Each primitive is SymPy's function or the formula in the ``exact`` column of the table. SymPy
differentiates that form, not using the table's partials, so that its derivative is independent of
ours. Inputs are real symbols. Decimals are exact fractions, because one float would reduce all
numbers to 15 digits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache, partial
from typing import Any

from adexplain.evaluate.arithmetic import Arithmetic, NoFormError
from adexplain.evaluate.run import run
from adexplain.primitives.primitive import PRIMITIVES
from adexplain.program import Constant, Program

Expression = Any
"""A SymPy expression; SymPy has no types of its own."""


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
        NoFormError: a function has no form in SymPy.
    """
    return run(program, inputs, formulas(), known)[program.outputs[output]]


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
def formulas() -> Arithmetic:
    """SymPy's expressions, with functions that it can differentiate."""
    import sympy as sp

    own = (
        _continued()
        | _steps()
        | {"min": sp.Min, "max": sp.Max, "sphbessel": sp.jn, "share": _no_share}
    )
    return Arithmetic(constant, exact_number, own, library)


def _no_share(*_: Expression) -> Expression:
    raise NoFormError("SymPy has no form for share that can be differentiated.")


def library(name: str) -> Callable[..., Expression] | None:
    """SymPy's function of a name; None also where it computes something else than the table's."""
    import sympy

    found: Callable[..., Expression] | None = getattr(sympy, name, None)
    return None if name in ("cbrt", "sinc") else found


@cache
def _continued() -> dict[str, Callable[..., Expression]]:
    """The definitions; SymPy's own functions of these names have other branch cuts."""
    import sympy as sp

    return {
        "asec": lambda a: sp.acos(1 / a),
        "acsc": lambda a: sp.asin(1 / a),
        "acot": lambda a: sp.atan(1 / a),
        "acsch": lambda a: sp.asinh(1 / a),
        "acoth": lambda a: sp.atanh(1 / a),
    }


@cache
def exact_numbers() -> Arithmetic:
    """SymPy's numbers. What it cannot compute or decide is nan, and a condition is refused."""
    import sympy as sp

    own = _continued() | {
        "abs": sp.Abs,
        "ceil": sp.ceiling,
        "round": _half_to_even,
        "min": sp.Min,
        "max": sp.Max,
        "eq": sp.Eq,
        "ne": sp.Ne,
    }
    return Arithmetic(constant, exact_number, own, library, lambda *found: partial(_safely, *found))


def _half_to_even(a: Expression) -> Expression:
    import sympy as sp

    below = sp.floor(a)
    past = sp.Eq(a - below, sp.Rational(1, 2))
    return below + below % 2 if past else sp.floor(a + sp.Rational(1, 2))


def _safely(name: str, function: Callable[..., Expression], *args: Expression) -> Expression:
    """A primitive of exact numbers, of which SymPy may know nothing, or raise anything."""
    import sympy

    try:
        if not any(arg is sympy.nan for arg in args):
            return function(*args)
    except TimeoutError:
        raise
    except Exception:  # SymPy may raise anything; then this number has no exact form
        if PRIMITIVES[name].is_condition:
            raise NoFormError(f"SymPy cannot decide {name} here.") from None
        return sympy.nan
    if PRIMITIVES[name].is_condition:
        raise NoFormError(f"SymPy cannot decide {name} here.")
    return sympy.nan


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
