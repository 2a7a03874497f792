"""The kernels on floats that Python lacks, and what Python's own functions give where they raise.

They are written so that they keep their digits where the textbook formula loses them.

A kernel takes floats and returns a float; it never returns a complex number. ``mpmath`` is imported
only when one of the rare special functions is evaluated.
"""

from __future__ import annotations

import builtins
import math
import operator
from collections.abc import Callable
from math import (
    asinh,
    atan,
    atan2,
    atanh,
    copysign,
    cos,
    erfc,
    exp,
    expm1,
    inf,
    log,
    log1p,
    nan,
    pi,
    sin,
    sqrt,
    tan,
    tanh,
)

from adexplain.primitives.kernel import kernel
from adexplain.primitives.polygamma import polygamma as polygamma_of


def _pole(at: float, value: float = -inf) -> Callable[..., float]:
    """The result of a function with a pole at the end of its domain: ``value`` there, else nan."""
    return lambda a, *_: value if a == at else nan


def _power_failed(a: float, b: float) -> float:
    odd = abs(b) < 2.0**53 and b % 2.0 == 1.0
    if a < 0.0 and b != math.floor(b):
        return nan
    return -inf if odd and copysign(1.0, a) < 0 else inf


def _quotient_failed(a: float, b: float) -> float:
    if a == 0.0 or a != a:
        return nan
    return inf if (copysign(1.0, a) > 0) == (copysign(1.0, b) > 0) else -inf


def _one_over(a: float) -> float:
    return _quotient_failed(1.0, a) if math.isfinite(a) else nan


def _signed_pole(a: float) -> float:
    """The result of a function with poles of opposite signs at 1 and -1."""
    return copysign(inf, a) if abs(a) == 1.0 else nan


def _log_base_failed(a: float, b: float) -> float:
    if a < 0.0 or b < 0.0 or (a == 0.0 and b in (0.0, inf)) or a != a or b != b:
        return nan
    if b == 0.0:
        return -0.0 * log(a)
    if b == 1.0:
        return _quotient_failed(log(a) if a else -inf, 0.0)
    return -inf if b > 1.0 else inf


kernel("div", fails=_quotient_failed)(operator.truediv)
power = kernel("pow", fails=_power_failed)(math.pow)  # never complex, unlike **
kernel(fails=inf)(math.exp)
kernel(fails=inf)(math.exp2)
kernel(fails=inf)(math.expm1)
kernel(fails=_pole(0.0))(math.log)
kernel(fails=_pole(-1.0))(math.log1p)
kernel(fails=_pole(0.0))(math.log2)
kernel(fails=_pole(0.0))(math.log10)
kernel(fails=_signed_pole)(math.atanh)
kernel(fails=lambda a: copysign(inf, a))(math.sinh)
kernel(fails=inf)(math.cosh)
kernel(fails=lambda a: copysign(inf, a) if a >= 0.0 else nan)(math.gamma)
kernel()(builtins.abs)


@kernel()
def min(*arguments: float) -> float:
    return _nan_among(arguments) or builtins.min(arguments)


@kernel()
def max(*arguments: float) -> float:
    return _nan_among(arguments) or builtins.max(arguments)


def _nan_among(arguments: tuple[float, ...]) -> float:
    """The nan among the arguments (min and max would ignore it), or 0 if there is none."""
    for a in arguments:
        if a != a:
            return a
    return 0.0


@kernel()
def identity(a: float) -> float:
    return a


@kernel(fails=_log_base_failed)
def log_base(a: float, b: float) -> float:
    return log(a) / log(b)


@kernel()
def logaddexp(a: float, b: float) -> float:
    if a == b:  # also where both are the same infinity
        return a + 0.6931471805599453
    return (a if a > b else b) + log1p(exp(-abs(a - b)))


@kernel()
def square(a: float) -> float:
    return a * a


@kernel(fails=lambda a: _quotient_failed(1.0, a))
def reciprocal(a: float) -> float:
    return 1.0 / a


@kernel()
def sec(a: float) -> float:
    return 1.0 / cos(a)


@kernel(fails=_one_over)
def csc(a: float) -> float:
    return 1.0 / sin(a)


@kernel(fails=_one_over)
def cot(a: float) -> float:
    return 1.0 / tan(a)


def _leg(a: float) -> float:
    """sqrt(a*a - 1) without overflow or cancellation, for abs(a) >= 1."""
    return sqrt(abs(a) - 1.0) * sqrt(abs(a) + 1.0)


@kernel()
def asec(a: float) -> float:
    return atan2(_leg(a), copysign(1.0, a))


@kernel()
def acsc(a: float) -> float:
    return atan2(copysign(1.0, a), _leg(a))


@kernel()
def acot(a: float) -> float:
    return pi / 2 if a == 0 else atan(1.0 / a)


@kernel()
def sech(a: float) -> float:
    e = exp(-abs(a))
    return 2.0 * e / (1.0 + e * e)


@kernel(fails=lambda a: _quotient_failed(1.0, a))
def csch(a: float) -> float:
    size = abs(a)
    return copysign(2.0 * exp(-size) / -expm1(-2.0 * size), a)


@kernel(fails=lambda a: _quotient_failed(1.0, a))
def coth(a: float) -> float:
    return 1.0 / tanh(a)


@kernel(fails=_pole(0.0, inf))
def asech(a: float) -> float:
    leg = sqrt((1.0 - a) * (1.0 + a))
    # Two logarithms, because 1/a overflows for the smallest a.
    return atanh(leg) if a > 0.5 else log1p(leg) - log(a)


@kernel(fails=lambda a: _quotient_failed(1.0, a))
def acsch(a: float) -> float:
    if 0.0 < abs(a) < 1e-300:  # 1/a may overflow; asinh(x) is log(2x) here, to the last bit
        return copysign(0.6931471805599453 - log(abs(a)), a)
    return asinh(1.0 / a)


@kernel(fails=_signed_pole)
def acoth(a: float) -> float:
    # log1p keeps the digits near 1, where 1/a has already lost them.
    return copysign(0.5 * log1p(2.0 / (abs(a) - 1.0)), a)


@kernel()
def mod(a: float, b: float) -> float:
    return a % b


@kernel()
def sinpi(a: float) -> float:
    # The argument is reduced first, exactly: sin(pi*a) would round pi*a, and miss the zeros.
    r = abs(math.fmod(a, 2.0))
    quarter = int(r * 2.0 + 0.5)
    r = pi * (r - 0.5 * quarter)
    value = (sin(r), cos(r), -sin(r), -cos(r), sin(r))[quarter]
    return -value if a < 0.0 else value


@kernel()
def cospi(a: float) -> float:
    r = abs(math.fmod(a, 2.0))
    quarter = int(r * 2.0 + 0.5)
    r = pi * (r - 0.5 * quarter)
    return (cos(r), -sin(r), -cos(r), sin(r), cos(r))[quarter]


@kernel()
def sinc(a: float) -> float:
    return 1.0 if a == 0.0 else sinpi(a) / (pi * a)


def _need_order(a: float) -> None:
    if a < 0.0 or a != math.floor(a):
        raise ValueError("an order is a whole number, not negative")


@kernel()
def sphbessel(a: float, b: float) -> float:
    """j_a(b) for whole a >= 0 (DLMF 10.49 and 10.53)."""
    _need_order(a)
    if b == 0.0:
        return 1.0 if a == 0.0 else 0.0
    if a == 0.0 or b in (inf, -inf):
        return sin(b) / b if math.isfinite(b) else 0.0
    if a > 1e4:  # too large for the series; well below the peak the value is smaller than any float
        return 0.0 if abs(b) < a / 2.0 else nan
    if abs(b) > 1e8 or abs(b) > a > 100.0:  # mpmath's series would need as many digits as b has
        return _far_sphbessel(a, b)
    import mpmath

    with mpmath.workdps(30):
        z = mpmath.mpf(b)
        value = mpmath.sqrt(mpmath.pi / (2 * abs(z))) * mpmath.besselj(mpmath.mpf(a) + 0.5, abs(z))
        return float(-value if b < 0 and a % 2 else value)


def _far_sphbessel(a: float, b: float) -> float:
    """j_a(b) by upward recurrence from j_0 and j_1 (DLMF 10.51.1), stable where b > a."""
    current, following = sin(b) / b, (sin(b) / b - cos(b)) / b
    for order in range(1, int(a) + 1):
        current, following = following, (2.0 * order + 1.0) / b * following - current
    return current


@kernel()
def deg2rad(a: float) -> float:
    return a * (pi / 180.0)


@kernel()
def rad2deg(a: float) -> float:
    return a * (180.0 / pi)


@kernel()
def sigmoid(a: float) -> float:
    if a >= 0.0:
        return 1.0 / (1.0 + exp(-a))
    e = exp(a)
    return e / (1.0 + e)


@kernel()
def softplus(a: float) -> float:
    return (0.0 if a < 0.0 else a) + log1p(exp(-abs(a)))


@kernel()
def relu(a: float) -> float:
    return 0.0 if a <= 0.0 else a


@kernel()
def silu(a: float) -> float:
    return a * sigmoid(a)


@kernel()
def gelu(a: float) -> float:
    # erfc keeps the digits of the left tail, where 1 + erf cancels.
    return 0.5 * a * erfc(-a / 1.4142135623730951)


@kernel(fails=inf)
def lgamma(a: float) -> float:
    value = math.lgamma(a)
    if abs(value) >= 1.0:
        return value
    # Between its zeros math.lgamma is right to an ulp of 1, not of the small value.
    import mpmath

    with mpmath.workdps(40):
        return float(mpmath.log(abs(mpmath.gamma(mpmath.mpf(a)))))


@kernel()
def digamma(a: float) -> float:
    return polygamma(0.0, a)


@kernel()
def polygamma(a: float, b: float) -> float:
    """The derivative of order ``a`` of digamma at ``b`` (DLMF 5.15)."""
    import mpmath

    _need_order(a)
    if b <= 0.0 and b == math.floor(b):
        raise ValueError("polygamma has a pole here")
    if a > 500.0:  # would take minutes, and the value is nearly everywhere too large for a float
        return nan
    with mpmath.workdps(30):
        return float(polygamma_of(int(a), mpmath.mpf(b)))


@kernel()
def sign(a: float) -> float:
    return 1.0 if a > 0.0 else -1.0 if a < 0.0 else a * 0.0


@kernel()
def share(y: float, a: float, *arguments: float) -> float:
    """1/k where ``a`` is one of the k arguments equal to ``y``, else 0."""
    if a == y:
        return 1.0 / arguments.count(y)
    return 0.0 if y == y else nan


@kernel()
def ties(y: float, *arguments: float) -> float:
    """How many of the arguments are equal to ``y``."""
    # count() finds a nan that is the same object.
    return float(arguments.count(y)) if y == y else 0.0


@kernel()
def floor(a: float) -> float:
    return float(math.floor(a)) if math.isfinite(a) else a


@kernel()
def ceil(a: float) -> float:
    return float(math.ceil(a)) if math.isfinite(a) else a


@kernel()
def round(a: float) -> float:  # halves go to the even neighbour
    return float(builtins.round(a)) if math.isfinite(a) else a


@kernel()
def where(a: float, b: float, c: float) -> float:
    return b if a else c
