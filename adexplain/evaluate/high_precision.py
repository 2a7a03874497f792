"""A ``Program`` evaluated in mpmath, to any number of digits, without exceptions.

Only values are computed here, no derivatives. Each primitive is evaluated by the formula in the
``exact`` column of the table, with mpmath's functions; so this arithmetic checks the float kernels
independently, and the statuses of doubtful points rest on it. Branches are evaluated on demand. A
domain error or a complex result is nan, a pole ±inf.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache, partial
from typing import Any

from adexplain.evaluate.run import run
from adexplain.primitives.primitive import PRIMITIVES
from adexplain.program import Constant, Program
from adexplain.transforms.partials import read_rule

Number = Any
"""An mpmath ``mpf``; mpmath has no types of its own."""

DIGITS = 70
"""Default precision, in decimal digits."""
HUGE = 5000
"""Largest binary exponent of an argument of the functions below; a larger one counts as infinite,
because exp(exp(exp(9))) would need more memory than there is."""
_BOUNDED = frozenset(
    (
        *("exp", "sin", "cos", "tan", "sec", "csc", "cot", "sinpi", "cospi"),
        *("sinh", "cosh", "tanh", "sech", "csch", "coth", "digamma", "polygamma"),
    )
)


def mp_values(
    program: Program, point: Sequence[float | Fraction | Number], dps: int = DIGITS
) -> list[Number | None]:
    """The value of each slot as an ``mpf``; None in a branch that is not taken.

    Args:
        program: what is evaluated.
        point: a float, Fraction or ``mpf`` for each input; a float means exactly that number.
        dps: decimal digits of every operation.
    """
    arithmetic = _arithmetic()
    with arithmetic.context.workdps(dps):
        exact = [arithmetic.number(value) for value in point]
        return run(program, exact, arithmetic.functions, arithmetic.constant)


def mp_outputs(
    program: Program, point: Sequence[float | Fraction | Number], dps: int = DIGITS
) -> list[Number]:
    """The value of each output as an ``mpf`` of ``dps`` decimal digits."""
    values = mp_values(program, point, dps)
    return [values[slot] for slot in program.outputs]


def functions() -> dict[str, Callable[..., Number]]:
    """Primitive → a function of ``mpf`` numbers in mpmath's current precision; it never raises."""
    return _arithmetic().functions


@cache
def _arithmetic() -> _MpmathArithmetic:
    return _MpmathArithmetic()


class _MpmathArithmetic:
    """The table's primitives as functions over mpmath."""

    def __init__(self) -> None:
        # Imported here, because mpmath takes as long to import as this whole package.
        import mpmath

        self.context = mpmath.mp
        self.nan = self.context.nan
        self.functions: dict[str, Callable[..., Number]] = {}
        atoms = self._atoms()
        for name in PRIMITIVES:
            formula = atoms[name] if name in atoms else partial(self._by_rule, name)
            self.functions[name] = partial(self._safely, name, formula)

    def number(self, value: float | Fraction | Number) -> Number:
        """A given value as an ``mpf``, rounded to the working precision."""
        if isinstance(value, Fraction):
            return self.context.mpf(value.numerator) / value.denominator
        return self.context.convert(value)

    def constant(self, constant: Constant) -> Number:
        """A constant of a program: the decimal that was typed, not its float."""
        value = self.number(constant.fraction)
        named = {"pi": self.context.pi, "e": self.context.e}
        return value * named[constant.symbol] if constant.symbol else value

    def _safely(self, name: str, formula: Callable[..., Number], *args: Number) -> Number:
        """A primitive without exceptions: nan for no real value, infinite for too large a one."""
        known = [self._bounded(a) for a in args] if name in _BOUNDED else args
        try:
            value = formula(*known)
        except ZeroDivisionError:
            return self._pole(name, args)
        except (ArithmeticError, ValueError, self.context.NoConvergence):
            return self.nan
        return self.nan if isinstance(value, self.context.mpc) else value

    def _bounded(self, a: Number) -> Number:
        if a and self.context.isfinite(a) and self.context.mag(a) > HUGE:
            return self.context.inf * self.context.sign(a)
        return a

    def _pole(self, name: str, args: Sequence[Number]) -> Number:
        """The value at a division by zero. mpmath has no -0, so the zero counts as positive."""
        if name in ("asec", "acsc"):
            return self.nan
        above = args[0] if name == "div" else self.context.one
        return self.context.inf * self.context.sign(above) if above else self.nan

    def _by_rule(self, name: str, *args: Number) -> Number:
        """A primitive by the formula in the table's ``exact`` column."""
        rule = read_exact(name, len(args))
        values = run(rule, [*args, self.nan], self.functions, self.constant)
        return values[rule.outputs[0]]

    def _atoms(self) -> dict[str, Callable[..., Number]]:
        """The functions in terms of which the ``exact`` column is written."""
        mp = self.context
        names = "exp sin cos tan sec csc cot asin acos atan asec acsc acot sinh cosh tanh sech csch"
        names += " coth asinh acosh atanh asech acsch acoth erf sign floor ceil"
        table = {name: getattr(mp, name) for name in names.split()}
        return table | {
            "sinpi": mp.sinpi,
            "cospi": mp.cospi,
            "sinc": mp.sincpi,
            "mod": self._mod,
            "identity": lambda a: a,
            "add": lambda a, b: a + b,
            "sub": lambda a, b: a - b,
            "mul": lambda a, b: a * b,
            "div": lambda a, b: a / b,
            "neg": lambda a: -a,
            "pow": self._power,
            "abs": abs,
            "sqrt": lambda a: mp.sqrt(a) if a >= 0 else mp.nan,
            "log": lambda a: mp.log(a) if a >= 0 else mp.nan,
            "atan2": lambda a, b: mp.nan if mp.isnan(a) or mp.isnan(b) else mp.atan2(a, b),
            "erfc": self._erfc,
            "gamma": self._gamma,
            "lgamma": self._lgamma,
            "digamma": lambda a: self._polygamma(mp.zero, a),
            "polygamma": self._polygamma,
            "sphbessel": self._sphbessel,
            "min": lambda *a: mp.nan if any(map(mp.isnan, a)) else min(a),
            "max": lambda *a: mp.nan if any(map(mp.isnan, a)) else max(a),
            "share": lambda y, a, *rest: mp.one / rest.count(y) if a == y else mp.zero,
            "ties": lambda y, *rest: mp.mpf(rest.count(y)),
            "round": mp.nint,
            **self._conditions(),
        }

    def _conditions(self) -> dict[str, Callable[..., Number]]:
        truth = self.context.mpf
        return {
            "lt": lambda a, b: truth(a < b),
            "le": lambda a, b: truth(a <= b),
            "gt": lambda a, b: truth(a > b),
            "ge": lambda a, b: truth(a >= b),
            "eq": lambda a, b: truth(a == b),
            "ne": lambda a, b: truth(a != b),
            "and": lambda a, b: truth(bool(a) and bool(b)),
            "or": lambda a, b: truth(bool(a) or bool(b)),
            "not": lambda a: truth(not a),
            "where": lambda a, b, c: b if a else c,
        }

    def _power(self, a: Number, b: Number) -> Number:
        mp = self.context
        if mp.isnan(a) or mp.isnan(b):
            # As in IEEE 754: x**0 is 1 for every x, and 1**x too, even where x is nan.
            return mp.one if b == 0 or a == 1 else mp.nan
        if a == 0 or not mp.isfinite(a) or not mp.isfinite(b):
            return mp.convert(_ieee_power(float(a), float(b)))
        if a < 0 and b != mp.floor(b):
            return mp.nan
        if mp.mag(b) + mp.mag(mp.log(abs(a)) or 1) > HUGE:
            grows = (abs(a) > 1) == (b > 0)
            return mp.one if abs(a) == 1 else mp.inf if grows else mp.zero
        return mp.power(a, b)

    def _mod(self, a: Number, b: Number) -> Number:
        mp = self.context
        if not mp.isfinite(a) or mp.isnan(b) or b == 0 or abs(mp.mag(a) - mp.mag(b)) > HUGE:
            return mp.nan
        if mp.isinf(b):
            return a if a == 0 or (a > 0) == (b > 0) else b
        return a % b

    def _erfc(self, a: Number) -> Number:
        if abs(a) > 10**6:  # mpmath fails here; the error of 0 or 2 is below e^(-10^12)
            return self.context.mpf(2 if a < 0 else 0)
        return self.context.erfc(a)

    def _gamma(self, a: Number) -> Number:
        mp = self.context
        if a <= 0 and a == mp.floor(a):
            return mp.nan if a else mp.inf
        return mp.inf if a > mp.mpf(2) ** 1100 else mp.gamma(a)

    def _lgamma(self, a: Number) -> Number:
        mp = self.context
        if a <= 0 and a == mp.floor(a):
            return mp.inf
        return mp.re(mp.loggamma(a))

    def _polygamma(self, a: Number, b: Number) -> Number:
        mp = self.context
        if a < 0 or a != mp.floor(a) or a > 500 or (b <= 0 and b == mp.floor(b)):
            return mp.nan
        return mp.psi(int(a), b)

    def _sphbessel(self, a: Number, b: Number) -> Number:
        mp = self.context
        if a < 0 or a != mp.floor(a):
            return mp.nan
        if b == 0 or mp.isinf(b):
            return mp.mpf(a == 0 and b == 0)
        if a > 10**4:
            return mp.zero if abs(b) < a / 2 else mp.nan
        if abs(b) > 10**8 or abs(b) > a > 100:  # mpmath's series would need as many digits as b has
            return self._far_sphbessel(a, b)
        value = mp.sqrt(mp.pi / (2 * abs(b))) * mp.besselj(a + mp.mpf(1) / 2, abs(b))
        return -value if b < 0 and a % 2 else value

    def _far_sphbessel(self, a: Number, b: Number) -> Number:
        """j_a(b) by upward recurrence from j_0 and j_1 (DLMF 10.51.1), stable where b > a."""
        mp = self.context
        if mp.mag(b) > HUGE:
            return mp.nan
        current, following = mp.sin(b) / b, (mp.sin(b) / b - mp.cos(b)) / b
        for order in range(1, int(a) + 1):
            current, following = following, (2 * order + 1) / b * following - current
        return current


def _ieee_power(a: float, b: float) -> float:
    from adexplain.primitives.ieee import apply_primitive

    return apply_primitive("pow", (a, b))


@cache
def read_exact(name: str, count: int) -> Program:
    """The ``exact`` column of a primitive of ``count`` arguments, as a program of them and y."""
    primitive = PRIMITIVES[name]
    return read_rule(primitive, primitive.exact, count)
