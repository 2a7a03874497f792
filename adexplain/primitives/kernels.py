"""Numerical kernels on floats: one function for each call in the table's ``value`` column.

Most are Python's own. This module adds those that Python lacks, written so that they keep their
digits where the textbook formula loses them, and ``AT_FAILURE``: the IEEE 754 result where Python
raises an exception.
A kernel takes floats and returns a float; it never returns a complex number. ``mpmath`` is
imported only when one of the rare special functions is evaluated.
"""

from __future__ import annotations

import builtins
import math
from collections.abc import Callable
from math import (
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atan2,
    atanh,
    cbrt,
    cos,
    cosh,
    erf,
    erfc,
    exp,
    exp2,
    expm1,
    gamma,
    hypot,
    inf,
    log,
    log1p,
    log2,
    log10,
    nan,
    pi,
    sin,
    sinh,
    sqrt,
    tan,
    tanh,
)
from math import copysign as _copysign
from math import pow as power  # never complex; an integral exponent is an integer power

__all__ = [  # noqa: RUF022 - in the order of the table
    "power", "identity", "exp", "exp2", "expm1", "log", "log_base", "log1p", "log2", "log10",
    "logaddexp", "sqrt", "cbrt", "square", "reciprocal", "sin", "cos", "tan", "sec", "csc", "cot",
    "atan2", "asin", "acos", "atan", "asec", "acsc", "acot", "sinh", "cosh", "tanh", "sech", "csch",
    "coth", "asinh", "acosh", "atanh", "asech", "acsch", "acoth", "hypot", "mod", "sinpi", "cospi",
    "sinc", "sphbessel", "deg2rad", "rad2deg", "sigmoid", "softplus", "relu", "silu", "gelu", "erf",
    "erfc", "gamma", "lgamma", "digamma", "polygamma", "abs", "sign", "min", "max", "share",
    "floor", "ceil", "round", "where", "AT_FAILURE",
]  # fmt: skip

abs = builtins.abs


def min(*arguments: float) -> float:
    return _nan_among(arguments) or builtins.min(arguments)


def max(*arguments: float) -> float:
    return _nan_among(arguments) or builtins.max(arguments)


def _nan_among(arguments: tuple[float, ...]) -> float:
    """The nan among the arguments (min and max would ignore it), or 0 if there is none."""
    for a in arguments:
        if a != a:
            return a
    return 0.0


def identity(a: float) -> float:
    return a


def log_base(a: float, b: float) -> float:
    return log(a) / log(b)


def logaddexp(a: float, b: float) -> float:
    if a == b:  # also where both are the same infinity
        return a + 0.6931471805599453
    return (a if a > b else b) + log1p(exp(-abs(a - b)))


def square(a: float) -> float:
    return a * a


def reciprocal(a: float) -> float:
    return 1.0 / a


def sec(a: float) -> float:
    return 1.0 / cos(a)


def csc(a: float) -> float:
    return 1.0 / sin(a)


def cot(a: float) -> float:
    return 1.0 / tan(a)


def _leg(a: float) -> float:
    """sqrt(a*a - 1) without overflow or cancellation, for abs(a) >= 1."""
    return sqrt(abs(a) - 1.0) * sqrt(abs(a) + 1.0)


def asec(a: float) -> float:
    return atan2(_leg(a), _copysign(1.0, a))


def acsc(a: float) -> float:
    return atan2(_copysign(1.0, a), _leg(a))


def acot(a: float) -> float:
    return pi / 2 if a == 0 else atan(1.0 / a)


def sech(a: float) -> float:
    e = exp(-abs(a))
    return 2.0 * e / (1.0 + e * e)


def csch(a: float) -> float:
    size = abs(a)
    return _copysign(2.0 * exp(-size) / -expm1(-2.0 * size), a)


def coth(a: float) -> float:
    return 1.0 / tanh(a)


def asech(a: float) -> float:
    leg = sqrt((1.0 - a) * (1.0 + a))
    # Two logarithms, because 1/a overflows for the smallest a.
    return atanh(leg) if a > 0.5 else log1p(leg) - log(a)


def acsch(a: float) -> float:
    if 0.0 < abs(a) < 1e-300:  # 1/a may overflow; asinh(x) is log(2x) here, to the last bit
        return _copysign(0.6931471805599453 - log(abs(a)), a)
    return asinh(1.0 / a)


def acoth(a: float) -> float:
    # log1p keeps the digits near 1, where 1/a has already lost them.
    return _copysign(0.5 * log1p(2.0 / (abs(a) - 1.0)), a)


def mod(a: float, b: float) -> float:
    return a % b


def sinpi(a: float) -> float:
    # The argument is reduced first, exactly: sin(pi*a) would round pi*a, and miss the zeros.
    r = abs(math.fmod(a, 2.0))
    quarter = int(r * 2.0 + 0.5)
    r = pi * (r - 0.5 * quarter)
    value = (sin(r), cos(r), -sin(r), -cos(r), sin(r))[quarter]
    return -value if a < 0.0 else value


def cospi(a: float) -> float:
    r = abs(math.fmod(a, 2.0))
    quarter = int(r * 2.0 + 0.5)
    r = pi * (r - 0.5 * quarter)
    return (cos(r), -sin(r), -cos(r), sin(r), cos(r))[quarter]


def sinc(a: float) -> float:
    return 1.0 if a == 0.0 else sinpi(a) / (pi * a)


def _need_order(a: float) -> None:
    if a < 0.0 or a != math.floor(a):
        raise ValueError("an order is a whole number, not negative")


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


def deg2rad(a: float) -> float:
    return a * (pi / 180.0)


def rad2deg(a: float) -> float:
    return a * (180.0 / pi)


def sigmoid(a: float) -> float:
    if a >= 0.0:
        return 1.0 / (1.0 + exp(-a))
    e = exp(a)
    return e / (1.0 + e)


def softplus(a: float) -> float:
    return (0.0 if a < 0.0 else a) + log1p(exp(-abs(a)))


def relu(a: float) -> float:
    return 0.0 if a <= 0.0 else a


def silu(a: float) -> float:
    return a * sigmoid(a)


def gelu(a: float) -> float:
    # erfc keeps the digits of the left tail, where 1 + erf cancels.
    return 0.5 * a * erfc(-a / 1.4142135623730951)


def lgamma(a: float) -> float:
    value = math.lgamma(a)
    if abs(value) >= 1.0:
        return value
    # Between its zeros math.lgamma is right to an ulp of 1, not of the small value.
    import mpmath

    with mpmath.workdps(40):
        return float(mpmath.log(abs(mpmath.gamma(mpmath.mpf(a)))))


def digamma(a: float) -> float:
    return polygamma(0.0, a)


def polygamma(a: float, b: float) -> float:
    """The derivative of order ``a`` of digamma at ``b`` (DLMF 5.15)."""
    import mpmath

    _need_order(a)
    if b <= 0.0 and b == math.floor(b):
        raise ValueError("polygamma has a pole here")
    if a > 500.0:  # would take minutes, and the value is nearly everywhere too large for a float
        return nan
    with mpmath.workdps(30):
        return float(mpmath.psi(int(a), mpmath.mpf(b)))


def sign(a: float) -> float:
    return 1.0 if a > 0.0 else -1.0 if a < 0.0 else a * 0.0


def share(y: float, a: float, *arguments: float) -> float:
    """1/k where ``a`` is one of the k arguments equal to ``y``, else 0."""
    if a == y:
        return 1.0 / arguments.count(y)
    return 0.0 if y == y else nan


def floor(a: float) -> float:
    return float(math.floor(a)) if math.isfinite(a) else a


def ceil(a: float) -> float:
    return float(math.ceil(a)) if math.isfinite(a) else a


def round(a: float) -> float:  # halves go to the even neighbour
    return float(builtins.round(a)) if math.isfinite(a) else a


def where(a: float, b: float, c: float) -> float:
    return b if a else c


def _pole(at: float, value: float = -inf) -> Callable[..., float]:
    """The result of a function with a pole at the end of its domain: ``value`` there, else nan."""
    return lambda a, *_: value if a == at else nan


def _power_failed(a: float, b: float) -> float:
    odd = abs(b) < 2.0**53 and b % 2.0 == 1.0
    if a < 0.0 and b != math.floor(b):
        return nan
    return -inf if odd and _copysign(1.0, a) < 0 else inf


def _divide_failed(a: float, b: float) -> float:
    if a == 0.0 or a != a:
        return nan
    return inf if (_copysign(1.0, a) > 0) == (_copysign(1.0, b) > 0) else -inf


def _log_base_failed(a: float, b: float) -> float:
    if a < 0.0 or b < 0.0 or (a == 0.0 and b in (0.0, inf)) or a != a or b != b:
        return nan
    if b == 0.0:
        return -0.0 * log(a)
    if b == 1.0:
        return _divide_failed(log(a) if a else -inf, 0.0)
    return -inf if b > 1.0 else inf


AT_FAILURE: dict[str, Callable[..., float]] = {
    "div": _divide_failed,
    "pow": _power_failed,
    "exp": lambda a: inf,
    "exp2": lambda a: inf,
    "expm1": lambda a: inf,
    "log": _pole(0.0),
    "log1p": _pole(-1.0),
    "log2": _pole(0.0),
    "log10": _pole(0.0),
    "log_base": _log_base_failed,
    "reciprocal": lambda a: _divide_failed(1.0, a),
    "csc": lambda a: _divide_failed(1.0, a) if math.isfinite(a) else nan,
    "cot": lambda a: _divide_failed(1.0, a) if math.isfinite(a) else nan,
    "csch": lambda a: _divide_failed(1.0, a),
    "coth": lambda a: _divide_failed(1.0, a),
    "acsch": lambda a: _divide_failed(1.0, a),
    "asech": _pole(0.0, inf),
    "atanh": lambda a: _copysign(inf, a) if abs(a) == 1.0 else nan,
    "acoth": lambda a: _copysign(inf, a) if abs(a) == 1.0 else nan,
    "sinh": lambda a: _copysign(inf, a),
    "cosh": lambda a: inf,
    "gamma": lambda a: _copysign(inf, a) if a >= 0.0 else nan,
    "lgamma": lambda a: inf,
}
"""Primitive -> the IEEE 754 result where its kernel raises; nan for a primitive not listed."""
