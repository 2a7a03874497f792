"""The functions of the benchmarks: a text, a point, and the derivative written by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, exp, log, sin

Answer = tuple[float, tuple[float, ...]]


@dataclass(frozen=True)
class Function:
    name: str
    text: str
    point: tuple[float, ...]
    by_hand: Callable[..., Answer]


def griewank(x1: float, x2: float) -> Answer:
    v1 = x1 / x2
    v3 = exp(x2)
    v4 = v1 - v3
    v5 = sin(v1) + v4
    v4_bar = v5 + v4
    v1_bar = v4_bar + v4 * cos(v1)
    return v5 * v4, (v1_bar / x2, -v4_bar * v3 - v1_bar * v1 / x2)


def baydin(x1: float, x2: float) -> Answer:
    return log(x1) + x1 * x2 - sin(x2), (1 / x1 + x2, x1 - cos(x2))


def rosenbrock(x: float, y: float) -> Answer:
    a = 1 - x
    b = y - x**2
    return a**2 + 100 * b**2, (-2 * a - 400 * b * x, 200 * b)


def speelpenning(
    x1: float, x2: float, x3: float, x4: float, x5: float, x6: float, x7: float, x8: float
) -> Answer:
    p2 = x1 * x2
    p3 = p2 * x3
    p4 = p3 * x4
    p5 = p4 * x5
    p6 = p5 * x6
    p7 = p6 * x7
    s6 = x7 * x8
    s5 = x6 * s6
    s4 = x5 * s5
    s3 = x4 * s4
    s2 = x3 * s3
    return p7 * x8, (x2 * s2, x1 * s2, p2 * s3, p3 * s4, p4 * s5, p5 * s6, p6 * x8, p7)


def logistic(x: float) -> Answer:
    l2 = 4 * x * (1 - x)
    l3 = 4 * l2 * (1 - l2)
    l4 = 4 * l3 * (1 - l3)
    return l4, (4 * (1 - 2 * l3) * 4 * (1 - 2 * l2) * 4 * (1 - 2 * x),)


_ASSIGNMENTS = """v1 = x1/x2
v2 = sin(v1)
v3 = exp(x2)
v4 = v1 - v3
v5 = v2 + v4
v6 = v5*v4"""

FUNCTIONS = (
    Function(
        "Griewank-Walther",
        "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))",
        (1.5, 0.5),
        griewank,
    ),
    Function("the same as six lines", _ASSIGNMENTS, (1.5, 0.5), griewank),
    Function("Baydin", "log(x1) + x1*x2 - sin(x2)", (2.0, 5.0), baydin),
    Function("Rosenbrock", "(1 - x)**2 + 100*(y - x**2)**2", (-1.2, 1.0), rosenbrock),
    Function(
        "Speelpenning, 8 factors",
        "*".join(f"x{k}" for k in range(1, 9)),
        (1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8),
        speelpenning,
    ),
    Function(
        "logistic map, 3 steps",
        "l2 = 4*x*(1 - x)\nl3 = 4*l2*(1 - l2)\nl4 = 4*l3*(1 - l3)",
        (0.2,),
        logistic,
    ),
)
