"""The complex-step derivative f′(x) ≈ Im f(x + ih) / h, and primitives in complex arithmetic.

There is no subtraction, so h may be 1e-20 without cancellation. The function has to be analytic:
|x|, max, floor and comparisons have no meaning off the real line.
Source: Squire & Trapp, Using complex variables to estimate derivatives of real functions (1998).
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Sequence
from functools import cache, partial

from adexplain.evaluate.arithmetic import Arithmetic, NoFormError
from adexplain.evaluate.run import evaluate, run
from adexplain.primitives.polygamma import polygamma
from adexplain.primitives.primitive import PRIMITIVES
from adexplain.program import Program

STEP = 1e-20


def complex_step(
    program: Program, point: Sequence[float], output: int, variable: int
) -> tuple[float | None, str]:
    """The derivative by the complex step and "", or None and the reason why there is none."""
    primitive = non_analytic_primitive(program)
    if primitive:
        return None, f"{primitive} is not analytic, so it cannot take a complex step."
    values_at_point = evaluate(program, point)
    moved: list[complex] = [complex(value) for value in point]
    moved[variable] = complex(point[variable], STEP)
    values = run(program, moved, arithmetic())
    slot = program.outputs[output]
    value, real = complex(values[slot] or 0.0), values_at_point[slot]
    if real is None or not math.isfinite(real):
        return None, "The function has no finite value here."
    if not cmath.isfinite(value) or abs(value.real - real) > 1e-6 * max(abs(real), 1e-9):
        return None, "A row leaves the range or the domain of complex floating point."
    return value.imag / STEP, ""


def non_analytic_primitive(program: Program) -> str:
    """Name of the first primitive that is not analytic and depends on an input, or ""."""
    for slot in program.rows:
        if program.active[slot] and not is_analytic(program.ops[slot]):
            primitive = PRIMITIVES[program.ops[slot]]
            return primitive.symbol or primitive.name
    return ""


def is_analytic(name: str) -> bool:
    """Whether a primitive has complex values that continue its real ones.

    One with a kink or a jump has them only where they are written here, as the angle of a point has
    beside its jump.
    """
    primitive = PRIMITIVES[name]
    if primitive.is_condition or primitive.selects or set(primitive.partials) == {"0"}:
        return False
    breaks = any(point.status in ("kink", "jump") for point in primitive.nonsmooth_points)
    return not breaks or name in arithmetic().own


@cache
def arithmetic() -> Arithmetic:
    """Complex numbers of two floats, with functions that never raise."""
    return Arithmetic(
        lambda constant: complex(constant.value),
        complex,
        _own(),
        _library,
        lambda _, function: partial(_nan_on_error, function),
    )


def _nan_on_error(function: Callable[..., complex], *args: complex) -> complex:
    try:
        return complex(function(*args))
    except (ArithmeticError, ValueError, TypeError, NoFormError):
        return complex(math.nan, math.nan)


def _library(name: str) -> Callable[..., complex] | None:
    """The function of ``cmath``, or else of mpmath, which is slower, in 50 digits."""
    if name in ("sinc", "hypot"):  # mpmath means another function, or loses what is tiny
        return None
    return getattr(cmath, name, None) or (partial(_by_mpmath, name) if _is_special(name) else None)


def _is_special(name: str) -> bool:
    import mpmath

    return hasattr(mpmath.mp, name)


def _by_mpmath(name: str, *args: complex) -> complex:
    import mpmath

    with mpmath.workdps(50):
        return complex(getattr(mpmath.mp, name)(*map(mpmath.mpc, args)))


def _own() -> dict[str, Callable[..., complex]]:
    """Functions that keep a tiny imaginary part, do not overflow, or continue a real one."""
    return {
        "pow": _power,
        "expm1": lambda a: cmath.exp(a) - 1.0,
        "cbrt": lambda a: -_power(-a, 1 / 3) if a.real < 0 else _power(a, 1 / 3),
        "acot": lambda a: cmath.atan(1.0 / a),
        "sinpi": lambda a: cmath.sin(math.pi * _reduced(a)),
        "cospi": lambda a: cmath.cos(math.pi * _reduced(a)),
        "atan2": _atan2,
        "hypot": _hypot,
        "logaddexp": _logaddexp,
        "softplus": lambda a: _logaddexp(0j, a),
        "sigmoid": _sigmoid,
        "silu": lambda a: a * _sigmoid(a),
        **{name: partial(_special, name) for name in _SPECIAL},
    }


_SPECIAL = ("lgamma", "digamma", "polygamma", "sphbessel")


def _special(name: str, *args: complex) -> complex:
    """Functions that mpmath has in another form, in 50 digits to keep the tiny imaginary part."""
    import mpmath

    with mpmath.workdps(50):
        numbers = [mpmath.mpc(a) for a in args]
        if name == "lgamma":
            value = mpmath.gamma(numbers[0])
            return complex(mpmath.log(value if value.real > 0 else -value))
        if name in ("digamma", "polygamma"):
            order = int(args[0].real) if name == "polygamma" else 0
            return complex(polygamma(order, numbers[-1]))
        order, z = numbers[0].real, numbers[1]
        if z == 0:
            return complex(order == 0)
        sign = -1 if z.real < 0 and order % 2 else 1
        z = -z if z.real < 0 else z
        return complex(sign * mpmath.sqrt(mpmath.pi / (2 * z)) * mpmath.besselj(order + 0.5, z))


def _reduced(a: complex) -> complex:
    return complex(math.fmod(a.real, 2.0), a.imag)


def _power(a: complex, b: complex) -> complex:
    """A power that keeps the tiny imaginary part of its base, also where the base is negative."""
    b = complex(b)
    if b.imag == 0.0 and b.real.is_integer():
        return _whole_power(a, int(b.real))
    if a.real <= 0.0:
        raise ValueError("the logarithm of the base is not real")
    return cmath.exp(b * cmath.log(a))


def _whole_power(a: complex, n: int) -> complex:
    if n < 0:
        return 1.0 / _whole_power(a, -n)
    result = complex(1.0)
    while n:
        if n & 1:
            result *= a
        n >>= 1
        if n:
            a *= a
    return result


def _atan2(a: complex, b: complex) -> complex:
    """The angle, by the arctangent of the smaller ratio: analytic across both axes."""
    if abs(b.real) >= abs(a.real):
        turn = 0.0 if b.real > 0 else math.copysign(math.pi, a.real)
        return cmath.atan(a / b) + turn
    return math.copysign(math.pi / 2, a.real) - cmath.atan(b / a)


def _hypot(*arguments: complex) -> complex:
    size = max(abs(a.real) for a in arguments)
    if size == 0.0:
        raise ValueError("hypot is not analytic at the origin")
    first, *others = ((a / size) * (a / size) for a in arguments)
    return size * cmath.sqrt(sum(others, first))


def _logaddexp(a: complex, b: complex) -> complex:
    big, small = (a, b) if a.real >= b.real else (b, a)
    return big + cmath.log(1.0 + cmath.exp(small - big))


def _sigmoid(a: complex) -> complex:
    if a.real >= 0:
        return 1.0 / (1.0 + cmath.exp(-a))
    e = cmath.exp(a)
    return e / (1.0 + e)
