"""A ``Program`` evaluated in mpmath, to any number of digits, without exceptions.

Only values are computed here, no derivatives. Each primitive is mpmath's function, or the formula
in the ``exact`` column of the table; so this arithmetic checks the float kernels
independently, and the statuses of doubtful points rest on it. Branches are evaluated on demand. A
domain error or a complex result is nan, a pole ±inf.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache, partial
from typing import Any

from adexplain.evaluate.arithmetic import Arithmetic, NoFormError
from adexplain.evaluate.run import run, run_partial
from adexplain.primitives.ieee import apply_primitive
from adexplain.primitives.polygamma import polygamma
from adexplain.program import Constant, Program

Number = Any
"""An mpmath ``mpf``; mpmath has no types of its own."""

DIGITS = 70
"""Default precision, in decimal digits."""
HUGE = 5000
"""Largest binary exponent of an argument of the functions below; a larger one counts as infinite,
because exp(exp(exp(9))) would need more memory than there is."""


def mp_values(
    program: Program, point: Sequence[float | Fraction | Number], dps: int = DIGITS
) -> list[Number | None]:
    """The value of each slot as an ``mpf``; None in a branch that is not taken.

    Args:
        program: what is evaluated.
        point: a float, Fraction or ``mpf`` for each input; a float means exactly that number.
        dps: decimal digits of every operation.
    """
    numbers = arithmetic()
    import mpmath

    with mpmath.workdps(dps):
        return run(program, [numbers.number(value) for value in point], numbers)


def mp_outputs(
    program: Program, point: Sequence[float | Fraction | Number], dps: int = DIGITS
) -> list[Number]:
    """The value of each output as an ``mpf`` of ``dps`` decimal digits."""
    values = mp_values(program, point, dps)
    return [values[slot] for slot in program.outputs]


def mp_partial(
    op: str, position: int, arguments: Sequence[Number], result: Number, dps: int = DIGITS
) -> Number | None:
    """The partial of a row by one argument as an ``mpf``; it must not be the constant 0."""
    numbers = arithmetic()
    import mpmath

    with mpmath.workdps(dps):
        return run_partial(op, position, arguments, result, numbers, {})


@cache
def arithmetic() -> Arithmetic:
    """Mpmath's numbers, in its current precision."""
    return _Mpmath().arithmetic


_ANY_SIZE = (
    *("asinh", "acosh", "acoth", "asec", "acsc", "acot", "acsch", "floor", "ceil"),
    *("log1p", "log10"),
)
"""Functions of mpmath whose value at a huge argument matters, and takes no long computation."""


class _Mpmath:
    """The functions that need care in mpmath: branch cuts, poles, and arguments that are huge."""

    def __init__(self) -> None:
        # Imported here, because mpmath takes as long to import as this whole package.
        import mpmath

        self.context = mpmath.mp
        self.nan = self.context.nan
        own = self._own() | {name: getattr(self.context, name) for name in _ANY_SIZE}
        self.arithmetic = Arithmetic(
            self._constant,
            self.number,
            own,
            self._library,
            lambda *found: partial(self._safely, *found),
        )

    def number(self, value: Any) -> Number:
        """A given value as an ``mpf``, rounded to the working precision."""
        if isinstance(value, Fraction):
            return self.context.mpf(value.numerator) / value.denominator
        return self.context.convert(value)

    def _constant(self, constant: Constant) -> Number:
        """A constant of a program: the decimal that was typed, not its float."""
        value = self.number(constant.fraction)
        named = {"pi": self.context.pi, "e": self.context.e}
        return value * named[constant.symbol] if constant.symbol else value

    def _safely(self, name: str, function: Callable[..., Number], *args: Number) -> Number:
        """A primitive without exceptions: nan for no real value, infinite for too large a one."""
        try:
            value = function(*args)
        except ZeroDivisionError:  # mpmath has no -0, so the zero counts as positive
            return self.context.mpf(apply_primitive(name, [float(a) for a in args]))
        except (ArithmeticError, ValueError, self.context.NoConvergence, NoFormError):
            return self.nan
        return self.nan if isinstance(value, self.context.mpc) else value

    def _library(self, name: str) -> Callable[..., Number] | None:
        """Mpmath's function of a name, which is given infinity in place of a huge argument."""
        function = getattr(self.context, name, None)
        if function is None or name == "cbrt":  # whose values at negative numbers are complex
            return None
        return lambda *args: function(*map(self._bounded, args))

    def _bounded(self, a: Number) -> Number:
        if a and self.context.isfinite(a) and self.context.mag(a) > HUGE:
            return self.context.inf * self.context.sign(a)
        return a

    def _own(self) -> dict[str, Callable[..., Number]]:
        mp = self.context
        return {
            "sinc": mp.sincpi,
            "mod": self._mod,
            "div": self._quotient,
            "pow": self._power,
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
            "round": mp.nint,
        }

    def _quotient(self, a: Number, b: Number) -> Number:
        if b:
            return a / b
        return self.context.inf * self.context.sign(a) if a else self.nan

    def _power(self, a: Number, b: Number) -> Number:
        mp = self.context
        if mp.isnan(a) or mp.isnan(b):
            # As in IEEE 754: x**0 is 1 for every x, and 1**x too, even where x is nan.
            return mp.one if b == 0 or a == 1 else mp.nan
        if a == 0 or not mp.isfinite(a) or not mp.isfinite(b):
            return mp.convert(apply_primitive("pow", (float(a), float(b))))
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
        return polygamma(int(a), b)

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
