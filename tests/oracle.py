"""An independent reading of the table: the ``exact`` column in mpmath, at many digits.

Nothing here looks at the partials or the kernels. Derivatives are central differences with a step
so small, and so many digits, that dozens of them are right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import mpmath
import sympy
from mpmath import mp, mpf

from adexplain.evaluate.run import NumberType, run
from adexplain.primitives.primitive import PRIMITIVES
from adexplain.program import Constant, Program
from adexplain.transforms.partials import read_rule

_COSTLY = {"gamma", "lgamma", "digamma", "polygamma", "logaddexp", "pow", "log_base"}
"""Functions that take mpmath long at hundreds of digits; 60 will do, away from saturation."""


def _sphbessel(n: mpf, x: mpf) -> mpf:
    if x == 0:
        return mpf(n == 0)
    size = mpmath.sqrt(mp.pi / (2 * abs(x))) * mpmath.besselj(n + mpf("0.5"), abs(x))
    return -size if x < 0 and n % 2 else size


def _round(a: mpf) -> mpf:
    below = mpmath.floor(a)
    half = a - below - mpf("0.5")
    return below + (half > 0 or (half == 0 and below % 2 == 1))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "pow": lambda a, b: mpmath.power(a, b) if a else mpf(b == 0) if b >= 0 else None,
    "neg": lambda a: -a,
    "identity": lambda a: a,
    "exp": mpmath.exp,
    "log": mpmath.log,
    "sqrt": mpmath.sqrt,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "tan": mpmath.tan,
    "sec": mpmath.sec,
    "csc": mpmath.csc,
    "cot": mpmath.cot,
    "atan2": lambda a, b: mpmath.atan2(a, b),
    "asin": mpmath.asin,
    "acos": mpmath.acos,
    "atan": mpmath.atan,
    "asec": lambda a: mpmath.acos(1 / a),
    "acsc": lambda a: mpmath.asin(1 / a),
    "acot": lambda a: mp.pi / 2 if a == 0 else mpmath.atan(1 / a),
    "sinh": mpmath.sinh,
    "cosh": mpmath.cosh,
    "tanh": mpmath.tanh,
    "sech": mpmath.sech,
    "csch": mpmath.csch,
    "coth": mpmath.coth,
    "asinh": mpmath.asinh,
    "acosh": mpmath.acosh,
    "atanh": mpmath.atanh,
    "asech": lambda a: mpmath.acosh(1 / a),
    "acsch": lambda a: mpmath.asinh(1 / a),
    "acoth": lambda a: mpmath.atanh(1 / a),
    "sphbessel": _sphbessel,
    "erf": mpmath.erf,
    "erfc": lambda a: mpf(0) if a > 10**4 else mpmath.erfc(a),
    "gamma": mpmath.gamma,
    "digamma": mpmath.digamma,
    "polygamma": lambda a, b: mpmath.psi(int(a), b),
    "abs": abs,
    "sign": mpmath.sign,
    "min": min,
    "max": max,
    "share": lambda y, a, *rest: mpf(1) / rest.count(y) if a == y else mpf(0),
    "ties": lambda y, *rest: mpf(rest.count(y)),
    "floor": mpmath.floor,
    "ceil": mpmath.ceil,
    "round": _round,
    "lt": lambda a, b: mpf(a < b),
    "le": lambda a, b: mpf(a <= b),
    "gt": lambda a, b: mpf(a > b),
    "ge": lambda a, b: mpf(a >= b),
    "eq": lambda a, b: mpf(a == b),
    "ne": lambda a, b: mpf(a != b),
    "and": lambda a, b: mpf(bool(a) and bool(b)),
    "or": lambda a, b: mpf(bool(a) or bool(b)),
    "not": lambda a: mpf(not a),
    "where": lambda a, b, c: b if a else c,
}
"""What the exact column may use, from mpmath; everything else is written in terms of these."""


def constant(number: Constant) -> mpf:
    """A constant at the working precision; its text is its exact meaning."""
    fraction = number.fraction
    unit = {"": mpf(1), "pi": mp.pi, "e": mp.e}[number.symbol]
    return mpf(fraction.numerator) / fraction.denominator * unit


@cache
def exact_form(name: str, count: int) -> Program:
    return read_rule(PRIMITIVES[name], PRIMITIVES[name].exact, count)


def _real(value: Any) -> mpf | None:
    return None if isinstance(value, mpmath.mpc) else value


def at(name: str, point: Sequence[mpf]) -> mpf | None:
    if PRIMITIVES[name].value == PRIMITIVES[name].exact:
        return _real(FUNCTIONS[name](*point))
    form = exact_form(name, len(point))
    # The last input is the result y, which an exact form does not mention.
    return _real(run(form, [*point, mpf(0)], NumberType(FUNCTIONS, constant, mpf))[form.outputs[0]])


def _digits(name: str, point: Sequence[float]) -> int:
    """Digits that leave plenty after a sine's argument is reduced, or 1 added to something tiny."""
    scale = max((abs(mpmath.log10(abs(mpf(x)))) for x in point if x), default=mpf(0))
    return (60 if name in _COSTLY else 220) + 2 * int(scale)


def value(name: str, point: Sequence[float]) -> mpf | None:
    """A primitive at floats, to far more digits than a float has; None where it is not real."""
    with mp.workdps(2 * _digits(name, point)):
        return at(name, [mpf(x) for x in point])


def derivative(name: str, point: Sequence[float], orders: Sequence[int]) -> mpf | None:
    """A mixed partial of the exact form: ``orders`` says how often by each argument."""
    total = sum(orders)
    digits = _digits(name, point)
    with mp.workdps(3 * digits):
        step = [mpf(10) ** -digits * (abs(mpf(x)) or 1) for x in point]
        stencil: dict[tuple[int, ...], int] = {tuple(0 for _ in point): 1}
        for argument, order in enumerate(orders):
            for _ in range(order):
                shifted: dict[tuple[int, ...], int] = {}
                for place, weight in stencil.items():
                    for move in (1, -1):
                        moved = (*place[:argument], place[argument] + move, *place[argument + 1 :])
                        shifted[moved] = shifted.get(moved, 0) + weight * move
                stencil = shifted
        found = mpf(0)
        for place, weight in stencil.items():
            there = [mpf(x) + k * h for x, k, h in zip(point, place, step, strict=True)]
            here = at(name, there)
            if here is None:
                return None
            found += weight * here
        for h, order in zip(step, orders, strict=True):
            found /= (2 * h) ** order
        return found if total else None


SYMBOLS = sympy.symbols("a b c a4", real=True)


def _sympy_constant(number: Constant) -> Any:
    fraction = number.fraction
    unit = {"": sympy.Integer(1), "pi": sympy.pi, "e": sympy.E}[number.symbol]
    return sympy.Rational(fraction.numerator, fraction.denominator) * unit


SYMPY: dict[str, Callable[..., Any]] = {
    **{name: getattr(sympy, name, function) for name, function in FUNCTIONS.items()},
    **{name: FUNCTIONS[name] for name in ("add", "sub", "mul", "div", "neg")},
    "pow": lambda a, b: a**b,
    "sphbessel": sympy.jn,
    "abs": sympy.Abs,
    "ceil": sympy.ceiling,
    "min": sympy.Min,
    "max": sympy.Max,
    "eq": sympy.Eq,
    "where": lambda a, b, c: sympy.Piecewise((b, a), (c, True)),
}
"""The same in SymPy, for the functions that have a partial."""


@cache
def symbolic_partial(name: str, fixed: tuple[int, ...], count: int, argument: int) -> Any:
    """SymPy's derivative of the exact form, as a function of mpmath numbers.

    ``fixed`` are whole leading arguments (orders), which SymPy does not differentiate by.
    """
    symbols = [*map(sympy.Integer, fixed), *SYMBOLS[len(fixed) : count]]
    if PRIMITIVES[name].value == PRIMITIVES[name].exact:
        expression = SYMPY[name](*symbols)
    else:
        expression = _expression(exact_form(name, count), symbols)
    slope = sympy.diff(expression, SYMBOLS[argument]).doit()
    # Between its jumps a step is flat.
    slope = slope.replace(sympy.Subs, lambda *_: 0).replace(sympy.Derivative, lambda *_: 0)
    known = {"jn": _sphbessel, "DiracDelta": lambda *_: 0}
    return sympy.lambdify(SYMBOLS[:count], slope, modules=[known, "mpmath"])


def _expression(form: Program, symbols: Sequence[Any]) -> Any:
    values: list[Any] = [None] * len(form.ops)
    for slot, symbol in zip(form.inputs, symbols, strict=False):
        values[slot] = symbol
    for slot, number in form.constants.items():
        values[slot] = _sympy_constant(number)
    for slot in form.rows:  # every branch of a choice: SymPy keeps both
        values[slot] = SYMPY[form.ops[slot]](*(values[arg] for arg in form.args[slot]))
    return values[form.outputs[0]]
