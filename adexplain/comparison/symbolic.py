"""The gradient by symbolic differentiation: SymPy's formula, and its value to 40 digits.

A worker process runs ``derive``, which answers in plain data. ``request`` makes the call for the
worker, or says why SymPy is not used at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from adexplain import budgets
from adexplain.evaluate import sympy_forms
from adexplain.evaluate.high_precision import arithmetic, mp_values
from adexplain.program import Program

DIGITS = 40
"""Digits to which a value is certain."""
_WORKING_DIGITS = (60, 120, 240, 480, 960)


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
    """The function and arguments for a worker, or an answer that says why SymPy is not used."""
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
    """The answer that stands in for a worker that failed: only a message."""
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
    """Differentiate one output by each input and evaluate the derivatives at the point.

    Raises:
        TimeoutError: the worker's deadline. Every other failure is a message in the answer.
    """
    try:
        return _derive(program, point, output)
    except TimeoutError:
        raise
    except Exception as error:
        # SymPy may raise anything; the comparison goes on without it.
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
    """Whether a formula has neither an imaginary unit nor an infinity or nan in it."""
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
    """The formula with Heaviside's step as two cases, and Dirac's delta as 0.

    The delta matters only at its peak, where ``_value`` finds no value anyway.
    """
    import sympy

    if not expression.has(sympy.Heaviside, sympy.DiracDelta):
        return expression
    cases = expression.replace(
        sympy.Heaviside, lambda a, _at_zero: sympy.Piecewise((1, a > 0), (0, True))
    )
    return cases.replace(sympy.DiracDelta, lambda *_: sympy.Integer(0))


def _tree_size(expression: Any) -> int:
    """Nodes of the expression written out; they may be 2⁶⁰ where subexpressions are shared."""
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
    """The value to 40 digits: computed with growing precision until two results agree in them.

    None where it is infinite, undefined or complex.
    """
    import mpmath
    import sympy

    call = sympy.lambdify(
        symbols, expression, modules=[_numeric_functions(), "mpmath"], cse=True, dummify=True
    )
    previous: Any = None
    for digits in _WORKING_DIGITS:
        with mpmath.workdps(digits):
            value = _evaluate(call, point)
            if value is None:
                return None
            if (
                previous is not None
                and abs(value - previous) <= abs(value) * mpmath.mpf(10) ** -DIGITS
            ):
                return str(mpmath.nstr(value, DIGITS, strip_zeros=False))
            previous = value
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


def _numeric_functions() -> dict[str, Callable[..., Any]]:
    """Numeric versions of functions that mpmath lacks, or extends to complex values."""
    import mpmath

    available = arithmetic().functions
    preferred = ("log", "sign", "floor", "ceil", "round", "abs", "asin", "acos", "acosh", "atanh")
    table = {name: available[name] for name in preferred}

    def heaviside(a: Any, at_zero: Any = 0.5) -> Any:
        return mpmath.mpf(at_zero if a == 0 else a > 0)

    def dirac_delta(a: Any, _order: int = 0) -> Any:
        return mpmath.nan if a == 0 else mpmath.zero

    return table | {
        "Abs": abs,
        "Max": available["max"],
        "Min": available["min"],
        "jn": available["sphbessel"],
        "Heaviside": heaviside,
        "DiracDelta": dirac_delta,
    }
