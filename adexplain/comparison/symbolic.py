"""The gradient by symbolic differentiation: SymPy's formula, and its value to 30 digits and more.

``derive`` is what a worker runs; it answers in plain data. ``request`` says what to hand to the
worker, or why SymPy is not asked at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from adexplain import budgets
from adexplain.evaluate import sympy_forms
from adexplain.evaluate.high_precision import functions, mp_values
from adexplain.program import Program

DIGITS = 40
"""Digits that are certain in a value."""
_PRECISIONS = (60, 120, 240, 480, 960)


@dataclass(frozen=True, slots=True)
class Formula:
    """A derivative as SymPy wrote it; text and LaTeX are None where it is too long to show."""

    operations: int
    text: str | None = None
    latex: str | None = None


@dataclass(slots=True)
class Symbolic:
    """What symbolic differentiation found; each table is by input.

    Attributes:
        values: the derivative as a decimal of 40 digits.
        formulas: the derivative as a formula.
        messages: why there is no value.
        message: why there is nothing at all ("" where there is something).
    """

    values: dict[str, str] = field(default_factory=dict)
    formulas: dict[str, Formula] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    message: str = ""


Request = tuple[Callable[..., Symbolic], tuple[Any, ...]]


def request(program: Program, point: Sequence[float], output: int) -> Request | Symbolic:
    """The function and arguments for a worker, or at once why SymPy is not asked."""
    rows = len(program.rows)
    if rows > budgets.SYMBOLIC_ROWS:
        return Symbolic(
            message=f"SymPy is not asked beyond {budgets.SYMBOLIC_ROWS} rows; there are {rows:,}. "
            "Symbolic derivatives grow much faster than traces."
        )
    if len(program.inputs) > budgets.SYMBOLIC_INPUTS:
        return Symbolic(message=f"SymPy is not asked beyond {budgets.SYMBOLIC_INPUTS} inputs.")
    return derive, (program, tuple(point), output)


def failure(error: BaseException) -> Symbolic:
    """What to say where the worker came to no end."""
    if isinstance(error, TimeoutError):
        return Symbolic(
            message=f"SymPy did not finish within {budgets.SYMBOLIC_SECONDS:g} seconds."
        )
    if isinstance(error, (RecursionError, SyntaxError)):
        return Symbolic(message="The function is nested too deeply for SymPy.")
    if isinstance(error, MemoryError):
        return Symbolic(message="The symbolic derivative needs more memory than it may have.")
    return Symbolic(message=str(error) or f"SymPy failed with {type(error).__name__}.")


def derive(program: Program, point: Sequence[float], output: int) -> Symbolic:
    """Differentiate one output by each input and evaluate that at the point; never raises."""
    try:
        return _derive(program, point, output)
    except TimeoutError:
        raise
    except Exception as error:
        # SymPy raises whatever it likes; a comparison without it is still one.
        return failure(error)


def _derive(program: Program, point: Sequence[float], output: int) -> Symbolic:
    symbols = sympy_forms.symbols(program)
    known = mp_values(program, point)
    if not _is_finite(known[program.outputs[output]]):
        return Symbolic(message="The function has no finite value here, so it has no derivative.")
    form = sympy_forms.expression(program, output, symbols, known)
    size = _tree_size(form)
    if size > budgets.SYMBOLIC_NODES:
        return Symbolic(
            message=f"Written out as one expression this has {size:,} parts. SymPy is not asked "
            f"beyond {budgets.SYMBOLIC_NODES:,}; a trace shares what occurs more than once."
        )
    found = Symbolic()
    for symbol, name in zip(symbols, program.input_names, strict=True):
        derivative = form.diff(symbol)
        real = _is_real(derivative)
        if real:
            found.formulas[name] = _formula(derivative)
        value = _value(derivative, symbols, point)
        if not real:
            found.messages[name] = "SymPy's formula is complex here, so it is not shown."
        elif value is None:
            found.messages[name] = "The symbolic derivative has no finite real value here."
        else:
            found.values[name] = value
    return found


def _is_real(expression: Any) -> bool:
    """Whether a formula has no imaginary unit in it and nothing that is no number."""
    import sympy

    return not expression.has(sympy.I, sympy.nan, sympy.zoo, sympy.oo, -sympy.oo)


def _is_finite(value: Any) -> bool:
    import mpmath

    return value is not None and bool(mpmath.isfinite(value))


def _formula(expression: Any) -> Formula:
    """The formula as text and LaTeX, or only its size."""
    size = _tree_size(expression)
    if size > budgets.SYMBOLIC_TEXT:
        return Formula(size)
    import sympy

    expression = _without_distributions(expression)
    operations = int(expression.count_ops())
    text = sympy.sstr(expression)
    if len(text) > budgets.SYMBOLIC_TEXT:
        return Formula(operations)
    return Formula(
        operations, text, sympy.latex(expression, inv_trig_style="full", ln_notation=True)
    )


def _without_distributions(expression: Any) -> Any:
    """Heaviside's step as the two cases it is, Dirac's peak, which is beside the point, as 0."""
    import sympy

    if not expression.has(sympy.Heaviside, sympy.DiracDelta):
        return expression
    cases = expression.replace(
        sympy.Heaviside, lambda a, _at_zero: sympy.Piecewise((1, a > 0), (0, True))
    )
    return cases.replace(sympy.DiracDelta, lambda *_: sympy.Integer(0))


def _tree_size(expression: Any) -> int:
    """Nodes of the expression written out. It may have 2⁶⁰ and still share them in memory."""
    sizes: dict[Any, int] = {}
    stack = [expression]
    while stack:
        node = stack[-1]
        missing = [arg for arg in node.args if arg not in sizes]
        if missing:
            stack.extend(missing)
        else:
            sizes[node] = 1 + sum(sizes[arg] for arg in node.args)
            stack.pop()
    return sizes[expression]


def _value(expression: Any, symbols: Sequence[Any], point: Sequence[float]) -> str | None:
    """The value to 40 digits: computed with ever more digits until two results agree in so many.

    None where it is infinite, undefined or complex.
    """
    import mpmath
    import sympy

    call = sympy.lambdify(
        symbols, expression, modules=[_numeric(), "mpmath"], cse=True, dummify=True
    )
    before: Any = None
    for digits in _PRECISIONS:
        with mpmath.workdps(digits):
            value = _evaluate(call, point)
            if value is None:
                return None
            if before is not None and abs(value - before) <= abs(value) * mpmath.mpf(10) ** -DIGITS:
                return str(mpmath.nstr(value, DIGITS, strip_zeros=False))
            before = value
    return None


def _evaluate(call: Callable[..., Any], point: Sequence[float]) -> Any:
    import mpmath

    try:
        value = mpmath.mpmathify(call(*map(mpmath.mpf, point)))
    except (ArithmeticError, ValueError, TypeError, mpmath.libmp.NoConvergence):
        return None
    if isinstance(value, mpmath.mpc):
        if abs(value.imag) > mpmath.eps * abs(value.real) * 1000:
            return None
        value = value.real
    return value if mpmath.isfinite(value) else None


def _numeric() -> dict[str, Callable[..., Any]]:
    """The numeric functions for those that mpmath has not, or has with complex values."""
    import mpmath

    ours = functions()
    named = ("log", "sign", "floor", "ceil", "round", "abs", "asin", "acos", "acosh", "atanh")
    table = {name: ours[name] for name in named}

    def heaviside(a: Any, at_zero: Any = 0.5) -> Any:
        return mpmath.mpf(at_zero if a == 0 else a > 0)

    def dirac_delta(a: Any, _order: int = 0) -> Any:
        return mpmath.nan if a == 0 else mpmath.zero

    return table | {
        "Abs": abs,
        "Max": ours["max"],
        "Min": ours["min"],
        "jn": ours["sphbessel"],
        "Heaviside": heaviside,
        "DiracDelta": dirac_delta,
    }
