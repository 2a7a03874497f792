"""Test functions of the optimization literature, typed in the product's language.

Collections
    MGH   Moré, Garbow & Hillstrom, Testing unconstrained optimization software, ACM TOMS 7 (1981)
    HS    Hock & Schittkowski, Test examples for nonlinear programming codes (1981), objectives
    CUTE  Bongartz, Conn, Gould & Toint, CUTE, ACM TOMS 21 (1995), with the collection's names
    SB    Surjanovic & Bingham, Virtual library of simulation experiments (after De Jong and others)
    JY    Jamil & Yang, A literature survey of benchmark functions, IJMMNO 4 (2013)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Published(NamedTuple):
    """One function: where it is from, its text, the standard start, and values known from there.

    ``value`` is f at the start, as published or by hand; ``minimum`` is f at ``minimizer``.
    """

    source: str
    text: str
    start: tuple[float, ...]
    value: float | None = None
    minimizer: tuple[float, ...] = ()
    minimum: float = 0.0


def total(count: int, term: Callable[[int], str]) -> str:
    return " + ".join(term(i) for i in range(1, count + 1))


def header(count: int) -> str:
    return f"f({', '.join(f'x{i}' for i in range(1, count + 1))}) = "


def _words(text: str) -> list[str]:
    return text.split()


_BARD = _words("0.14 0.18 0.22 0.25 0.29 0.32 0.35 0.39 0.37 0.58 0.73 0.96 1.34 2.10 4.39")
_GAUSS = _words("0.0009 0.0044 0.0175 0.0540 0.1295 0.2420 0.3521 0.3989")
_GAUSS += _GAUSS[-2::-1]
_KOWALIK_Y = _words("0.1957 0.1947 0.1735 0.1600 0.0844 0.0627 0.0456 0.0342 0.0323 0.0235 0.0246")
_KOWALIK_U = _words("4 2 1 0.5 0.25 0.167 0.125 0.1 0.0833 0.0714 0.0625")
_HARTMANN = [
    ("1.0", "3 10 30", "0.3689 0.1170 0.2673"),
    ("1.2", "0.1 10 35", "0.4699 0.4387 0.7470"),
    ("3.0", "3 10 30", "0.1091 0.8732 0.5547"),
    ("3.2", "0.1 10 35", "0.0381 0.5743 0.8828"),
]


def _bard(i: int) -> str:
    return f"({_BARD[i - 1]} - (x1 + {i}/({16 - i} x2 + {min(i, 16 - i)} x3)))^2"


def _gaussian(i: int) -> str:
    return f"(x1 exp(-x2 ({(8 - i) / 2} - x3)^2/2) - {_GAUSS[i - 1]})^2"


def _kowalik(i: int) -> str:
    y, u = _KOWALIK_Y[i - 1], _KOWALIK_U[i - 1]
    return f"({y} - x1*({u}^2 + {u}*x2)/({u}^2 + {u}*x3 + x4))^2"


def _biggs(i: int) -> str:
    t = f"{i}/10"
    y = f"exp(-{t}) - 5 exp(-{i}) + 3 exp(-4*{t})"
    return f"(x3 exp(-{t}*x1) - x4 exp(-{t}*x2) + x6 exp(-{t}*x5) - ({y}))^2"


def _brown_dennis(i: int) -> str:
    t = f"({i}/5)"
    return f"((x1 + {t} x2 - exp({t}))^2 + (x3 + x4 sin({t}) - cos({t}))^2)^2"


def _trigonometric(i: int, n: int = 10) -> str:
    cosines = " - ".join(f"cos x{j}" for j in range(1, n + 1))
    return f"({n} - {cosines} + {i}*(1 - cos x{i}) - sin x{i})^2"


def _broyden_tridiagonal(i: int, n: int = 10) -> str:
    before = f" - x{i - 1}" if i > 1 else ""
    after = f" - 2*x{i + 1}" if i < n else ""
    return f"((3 - 2*x{i})*x{i}{before}{after} + 1)^2"


def _broyden_banded(i: int, n: int = 10) -> str:
    near = [j for j in range(max(1, i - 5), min(n, i + 1) + 1) if j != i]
    band = " - ".join(f"x{j}*(1 + x{j})" for j in near)
    return f"(x{i}*(2 + 5*x{i}^2) + 1 - ({band.replace(' - ', ' + ')}))^2"


def _brown_almost_linear(n: int = 10) -> str:
    plain = " + ".join(f"x{j}" for j in range(1, n + 1))
    product = "*".join(f"x{j}" for j in range(1, n + 1))
    terms = total(n - 1, lambda i: f"(x{i} + s - {n + 1})^2")
    return f"s = {plain}\n{header(n)}{terms} + ({product} - 1)^2"


def _variably_dimensioned(n: int = 10) -> str:
    weighted = total(n, lambda j: f"{j}*(x{j} - 1)")
    squares = total(n, lambda j: f"(x{j} - 1)^2")
    return f"s = {weighted}\n{header(n)}{squares} + s^2 + s^4"


def _hartmann(i: int) -> str:
    alpha, a, p = _HARTMANN[i - 1]
    inside = " + ".join(
        f"{u}*(x{k} - {q})^2" for k, (u, q) in enumerate(zip(a.split(), p.split(), strict=True), 1)
    )
    return f"{alpha} exp(-({inside}))"


FUNCTIONS: dict[str, Published] = {
    "Rosenbrock": Published(
        "MGH 1", header(2) + "100(x2 - x1^2)^2 + (1 - x1)^2", (-1.2, 1), 24.2, (1, 1)
    ),
    "Freudenstein and Roth": Published(
        "MGH 2",
        "(-13 + x1 + ((5 - x2)x2 - 2)x2)^2 + (-29 + x1 + ((x2 + 1)x2 - 14)x2)^2",
        (0.5, -2),
        400.5,
        (5, 4),
    ),
    "Powell badly scaled": Published(
        "MGH 3", "(10^4 x1 x2 - 1)^2 + (exp(-x1) + exp(-x2) - 1.0001)^2", (0, 1), 1.13526171734
    ),
    "Brown badly scaled": Published(
        "MGH 4",
        "(x1 - 1e6)^2 + (x2 - 2e-6)^2 + (x1 x2 - 2)^2",
        (1, 1),
        999998000002.999996,
        (1e6, 2e-6),
    ),
    "Beale": Published(
        "MGH 5", total(3, lambda i: f"({['1.5', '2.25', '2.625'][i - 1]} - x1(1 - x2^{i}))^2"),
        (1, 1), 14.203125, (3, 0.5),
    ),
    "Jennrich and Sampson": Published(
        "MGH 6", total(10, lambda i: f"(2 + 2*{i} - (exp({i} x1) + exp({i} x2)))^2"), (0.3, 0.4),
        4171.306,
    ),
    "Helical valley": Published(
        "MGH 7",
        "theta = where(x1 > 0, atan(x2/x1)/(2pi), atan(x2/x1)/(2pi) + 0.5)\n"
        "f(x1, x2, x3) = 100((x3 - 10 theta)^2 + (√(x1² + x2²) - 1)^2) + x3²",
        (-1, 0, 0), 2500, (1, 0, 0),
    ),
    "Bard": Published("MGH 8", header(3) + total(15, _bard), (1, 1, 1), 41.6817),
    "Gaussian": Published("MGH 9", header(3) + total(15, _gaussian), (0.4, 1, 0), 3.888107e-6),
    "Box three-dimensional": Published(
        "MGH 12",
        header(3) + total(
            10, lambda i: f"(exp(-{i}/10*x1) - exp(-{i}/10*x2) - x3(exp(-{i}/10) - exp(-{i})))^2"
        ),
        (0, 10, 20), 1031.154, (1, 10, 1),
    ),
    "Powell singular": Published(
        "MGH 13", "(x1 + 10x2)^2 + 5(x3 - x4)^2 + (x2 - 2x3)^4 + 10(x1 - x4)^4", (3, -1, 0, 1), 215,
        (0, 0, 0, 0),
    ),
    "Wood": Published(
        "MGH 14, HS 38",
        header(4) + "100(x2 - x1²)² + (1 - x1)² + 90(x4 - x3²)² + (1 - x3)²"
        " + 10(x2 + x4 - 2)² + (x2 - x4)²/10",
        (-3, -1, -3, -1), 19192, (1, 1, 1, 1),
    ),
    "Kowalik and Osborne": Published(
        "MGH 15", header(4) + total(11, _kowalik), (0.25, 0.39, 0.415, 0.39), 5.313172e-3
    ),
    "Brown and Dennis": Published(
        "MGH 16", header(4) + total(20, _brown_dennis), (25, 5, -5, -1), 7926693.337
    ),
    "Biggs EXP6": Published(
        "MGH 18", header(6) + total(13, _biggs), (1, 2, 1, 1, 1, 1), 0.7790700756,
        (1, 10, 1, 5, 4, 3),
    ),
    "Extended Rosenbrock": Published(
        "MGH 21",
        header(10) + total(5, lambda i: f"100(x{2 * i} - x{2 * i - 1}^2)^2 + (1 - x{2 * i - 1})^2"),
        (-1.2, 1) * 5, 121, (1,) * 10,
    ),
    "Variably dimensioned": Published(
        "MGH 25", _variably_dimensioned(), tuple(1 - j / 10 for j in range(1, 11)), 2198551.1625,
        (1,) * 10,
    ),
    "Trigonometric": Published(
        "MGH 26", header(10) + total(10, _trigonometric), (0.1,) * 10, 7.0757594e-3, (0,) * 10
    ),
    "Brown almost-linear": Published(
        "MGH 27", _brown_almost_linear(), (0.5,) * 10, 273.24804782867431640625, (1,) * 10
    ),
    "Broyden tridiagonal": Published(
        "MGH 30", header(10) + total(10, _broyden_tridiagonal), (-1,) * 10, 21
    ),
    "Broyden banded": Published(
        "MGH 31", header(10) + total(10, _broyden_banded), (-1,) * 10, 360
    ),
    "Himmelblau's sine": Published(
        "HS 5", "sin(x1 + x2) + (x1 - x2)^2 - 1.5x1 + 2.5x2 + 1", (0, 0), 1,
        (-1.0471975511965976 + 0.5, -1.0471975511965976 - 0.5), -1.9132229549810367,
    ),
    "HS 26": Published("HS 26", "(x1 - x2)^2 + (x2 - x3)^4", (-2.6, 2, 2), 21.16),
    "HS 45": Published("HS 45", "2 - x1 x2 x3 x4 x5/120", (2,) * 5, 2 - 32 / 120),
    "HS 71": Published("HS 71", header(4) + "x1 x4 (x1 + x2 + x3) + x3", (1, 5, 5, 1), 16),
    "HS 103": Published(
        "HS 103",
        header(7) + "10x1 x2^-1 x4^2 x6^-3 x7^0.5 + 15x1^-1 x2^-2 x3 x4 x5^-1 x7^-0.5"
        " + 20x1^-2 x2 x4^-1 x5^-2 x6 + 25x1^2 x2^2 x3^-1 x5^0.5 x6^-2 x7",
        (6,) * 7,
    ),
    "Cliff": Published(
        "CUTE CLIFF", "((x1 - 3)/100)^2 - (x1 - x2) + exp(20(x1 - x2))", (0, -1), 485165194.410673
    ),
    "Cube": Published("CUTE CUBE", "(x1 - 1)^2 + 100(x2 - x1^3)^2", (-1.2, 1), 749.0384, (1, 1)),
    "Dennis and Schnabel A": Published(
        "CUTE DENSCHNA", "x1^4 + (x1 + x2)^2 + (-1 + exp(x2))^2", (1, 1), 5 + 1.7182818284590452**2,
        (0, 0),
    ),
    "Sisser": Published("CUTE SISSER", "3x1^4 - 2(x1 x2)^2 + 3x2^4", (1, 0.1), 2.9803, (0, 0)),
    "Hairy": Published(
        "CUTE HAIRY",
        "30 (sin(7x1))^2 (cos(7x2))^2 √(0.01 + (x1 - x2)²) + √(0.01 + x1²)*100", (-5, -7),
    ),
    "Sphere": Published(
        "SB, De Jong 1", total(5, lambda i: f"x{i}^2"), (5.12,) * 5, 131.072, (0,) * 5
    ),
    "Ackley": Published(
        "SB",
        "-20 exp(-0.2 √((x^2 + y^2)/2)) - exp((cos(2pi x) + cos(2pi y))/2) + 20 + e", (1, 1),
        3.6253849384403627,
    ),
    "Branin": Published(
        "SB",
        header(2) + "(x2 - 5.1x1^2/(4pi^2) + 5x1/pi - 6)^2 + 10(1 - 1/(8pi))cos x1 + 10",
        (2.5, 7.5), None, (3.141592653589793, 2.275), 0.39788735772973816,
    ),
    "Goldstein and Price": Published(
        "SB",
        "(1 + (x + y + 1)^2 (19 - 14x + 3x^2 - 14y + 6x y + 3y^2))"
        "(30 + (2x - 3y)^2 (18 - 32x + 12x^2 + 48y - 36x y + 27y^2))",
        (0, 0), 600, (0, -1), 3,
    ),
    "Six-hump camel": Published(
        "SB", "(4 - 2.1x^2 + x^4/3)x^2 + x y + (-4 + 4y^2)y^2", (1, 1), 4 - 2.1 + 1 / 3 + 1
    ),
    "Rastrigin": Published(
        "SB", "30 + " + total(3, lambda i: f"(x{i}^2 - 10cos(2pi*x{i}))"), (0.5, -0.25, 2),
        None, (0, 0, 0),
    ),
    "Griewank": Published(
        "SB", "1 + (x^2 + y^2)/4000 - cos(x)*cos(y/√2)", (100, -100), None, (0, 0)
    ),
    "Levy 13": Published(
        "SB", "sin²(3pi x) + (x - 1)²(1 + sin²(3pi y)) + (y - 1)²(1 + sin²(2pi y))", (-5, 3.3),
        None, (1, 1),
    ),
    "Michalewicz": Published(
        "SB", "-sin(x) sin(x²/pi)^20 - sin(y) sin(2y²/pi)^20", (2, 1.5), None,
        (2.202906, 1.570796), -1.8013
    ),
    "Schwefel": Published(
        "SB", header(3) + "418.9829*3 - (" + total(3, lambda i: f"x{i} sin(√|x{i}|)") + ")",
        (-300, 25, 400),
    ),
    "Hartmann 3": Published(
        "SB", header(3) + "-(" + total(4, _hartmann) + ")", (0.5, 0.5, 0.5), None,
        (0.114614, 0.555649, 0.852547), -3.86278,
    ),
    "Easom": Published("SB", "-cos(x)cos(y)exp(-(x - pi)^2 - (y - pi)^2)", (3, 4)),
    "Adjiman": Published("JY 2", "cos(x) sin(y) - x/(y^2 + 1)", (2, 0.10578), -2.02181),
    "Bird": Published(
        "JY 16", "sin(x) exp((1 - cos(y))^2) + cos(y) exp((1 - sin(x))^2) + (x - y)^2",
        (1, 2), None, (4.70104313, 3.15293850), -106.764537,
    ),
    "Egg crate": Published("JY 52", "x^2 + y^2 + 25(sin^2 x + sin^2 y)", (5, -3), None, (0, 0)),
    "Himmelblau": Published("JY 65", "(x^2 + y - 11)^2 + (x + y^2 - 7)^2", (0, 0), 170, (3, 2)),
    "Keane": Published(
        "JY 69", "-(sin^2(x - y) sin^2(x + y))/√(x^2 + y^2)", (0, 1.39325), -0.673668
    ),
    "Zettl": Published(
        "JY 173", "(x^2 + y^2 - 2x)^2 + 0.25x", (-1, 3), None, (-0.0298959776, 0), -0.003791
    ),
}  # fmt: skip
