"""Ten functions with their derivations as a student would write them, and mistakes planted in them.

The numbers of a derivation come from carrying its statements out in order, by Python: nothing of
the package is used, so that what is checked and what checks it have nothing in common.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple


class Derivation(NamedTuple):
    """A function, a point, and both sweeps."""

    f: str
    at: dict[str, float]
    forward: str
    reverse: str


DERIVATIONS = {
    "book": Derivation(
        "v1 = x1/x2; v2 = sin(v1); v3 = exp(x2); v4 = v1 - v3; v5 = v2 + v4; v6 = v5*v4",
        {"x1": 1.5, "x2": 0.5},
        "x1' = 1; x2' = 0; v1' = x1'/x2 - v1*x2'/x2; v2' = cos(v1)*v1'; v3' = v3*x2'; "
        "v4' = v1' - v3'; v5' = v2' + v4'; v6' = v5'*v4 + v5*v4'",
        "v6_bar = 1; v5_bar = v6_bar*v4; v4_bar = v6_bar*v5; v2_bar = v5_bar; v4_bar += v5_bar; "
        "v1_bar = v4_bar; v3_bar = -v4_bar; x2_bar = v3_bar*v3; v1_bar += v2_bar*cos(v1); "
        "x1_bar = v1_bar/x2; x2_bar += v1_bar*(-v1/x2)",
    ),
    "survey": Derivation(
        "v1 = ln(x1); v2 = x1*x2; v3 = v1 + v2; v4 = sin(x2); v5 = v3 - v4",
        {"x1": 2.0, "x2": 5.0},
        "x1' = 1; x2' = 2; v1' = x1'/x1; v2' = x1'*x2 + x1*x2'; v3' = v1' + v2'; "
        "v4' = cos(x2)*x2'; v5' = v3' - v4'",
        "v5_bar = 1; v3_bar = v5_bar; v4_bar = -v5_bar; x2_bar = v4_bar*cos(x2); v1_bar = v3_bar; "
        "v2_bar = v3_bar; x1_bar = v2_bar*x2; x2_bar += v2_bar*x1; x1_bar += v1_bar/x1",
    ),
    "chain": Derivation(
        "v1 = x^2; v2 = exp(v1); v3 = sin(v2)",
        {"x": 0.7},
        "x' = 1; v1' = 2*x*x'; v2' = exp(v1)*v1'; v3' = cos(v2)*v2'",
        "v3_bar = 1; v2_bar = v3_bar*cos(v2); v1_bar = v2_bar*exp(v1); x_bar = v1_bar*2*x",
    ),
    "neuron": Derivation(
        "a = w*x; z = a + b; p = sigmoid(z); d = p - t; loss = d^2",
        {"w": 0.8, "x": 1.5, "b": -0.3, "t": 1.0},
        "w' = 1; x' = 0; b' = 0; t' = 0; a' = w'*x + w*x'; z' = a' + b'; p' = p*(1 - p)*z'; "
        "d' = p' - t'; loss' = 2*d*d'",
        "loss_bar = 1; d_bar = loss_bar*2*d; p_bar = d_bar; t_bar = -d_bar; "
        "z_bar = p_bar*p*(1 - p); a_bar = z_bar; b_bar = z_bar; w_bar = a_bar*x; x_bar = a_bar*w",
    ),
    "quotient": Derivation(
        "v1 = x*y; v2 = x + y; v3 = v1/v2",
        {"x": 2.0, "y": 3.0},
        "x' = 1; y' = 3; v1' = x'*y + x*y'; v2' = x' + y'; v3' = (v1'*v2 - v1*v2')/v2^2",
        "v3_bar = 1; v1_bar = v3_bar/v2; v2_bar = -v3_bar*v1/v2^2; x_bar = v2_bar; y_bar = v2_bar; "
        "x_bar += v1_bar*y; y_bar += v1_bar*x",
    ),
    "polar": Derivation(
        "c = cos(t); s = sin(t); p = r*c; q = r*s; f = p*q",
        {"r": 2.0, "t": 0.6},
        "r' = 1; t' = 0.3; c' = -sin(t)*t'; s' = cos(t)*t'; p' = r'*c + r*c'; q' = r'*s + r*s'; "
        "f' = p'*q + p*q'",
        "f_bar = 1; p_bar = f_bar*q; q_bar = f_bar*p; r_bar = q_bar*s; s_bar = q_bar*r; "
        "r_bar += p_bar*c; c_bar = p_bar*r; t_bar = s_bar*cos(t); t_bar += -c_bar*sin(t)",
    ),
    "valley": Derivation(
        "u = 1 - x; v = x^2; w = y - v; p = u^2; q = w^2; r = 100*q; f = p + r",
        {"x": -1.2, "y": 1.0},
        "x' = 1.5; y' = 2; u' = -x'; v' = 2*x*x'; w' = y' - v'; p' = 2*u*u'; q' = 2*w*w'; "
        "r' = 100*q'; f' = p' + r'",
        "f_bar = 1; p_bar = f_bar; r_bar = f_bar; q_bar = 100*r_bar; w_bar = q_bar*2*w; "
        "u_bar = p_bar*2*u; y_bar = w_bar; v_bar = -w_bar; x_bar = v_bar*2*x; x_bar += -u_bar",
    ),
    "map": Derivation(
        "a = 1 - x; b = 4*x; c = b*a; d = 1 - c; h = 4*c; g = h*d",
        {"x": 0.2},
        "x' = 2; a' = -x'; b' = 4*x'; c' = b'*a + b*a'; d' = -c'; h' = 4*c'; g' = h'*d + h*d'",
        "g_bar = 1; h_bar = g_bar*d; d_bar = g_bar*h; c_bar = 4*h_bar; c_bar += -d_bar; "
        "b_bar = c_bar*a; a_bar = c_bar*b; x_bar = 4*b_bar; x_bar += -a_bar",
    ),
    "length": Derivation(
        "v1 = x^3; v2 = y^2; v3 = v1 + v2; v4 = sqrt(v3); v5 = tan(x); v6 = v4*v5; v7 = v6*x",
        {"x": 1.1, "y": 0.6},
        "x' = 1; y' = 0.5; v1' = 3*x^2*x'; v2' = 2*y*y'; v3' = v1' + v2'; v4' = v3'/(2*v4); "
        "v5' = x'/cos(x)^2; v6' = v4'*v5 + v4*v5'; v7' = v6'*x + v6*x'",
        "v7_bar = 1; v6_bar = v7_bar*x; x_bar = v7_bar*v6; v4_bar = v6_bar*v5; v5_bar = v6_bar*v4; "
        "x_bar += v5_bar/cos(x)^2; v3_bar = v4_bar/(2*v4); v1_bar = v3_bar; v2_bar = v3_bar; "
        "y_bar = v2_bar*2*y; x_bar += v1_bar*3*x^2",
    ),
    "product": Derivation(
        "v1 = x1*x2; v2 = v1*x3; v3 = v2*x4",
        {"x1": 2.0, "x2": 3.0, "x3": 5.0, "x4": 7.0},
        "x1' = 1; x2' = 2; x3' = 3; x4' = 4; v1' = x1'*x2 + x1*x2'; v2' = v1'*x3 + v1*x3'; "
        "v3' = v2'*x4 + v2*x4'",
        "v3_bar = 1; v2_bar = v3_bar*x4; x4_bar = v3_bar*v2; v1_bar = v2_bar*x3; "
        "x3_bar = v2_bar*v1; x1_bar = v1_bar*x2; x2_bar = v1_bar*x1",
    ),
}
"""Name → function, point, tangent statements, adjoint statements."""

SIGN, MISSING, SWAPPED = "wrong-sign", "missing-term", "swapped-factor"
PARTIAL, VALUE, CHAIN = "wrong-partial", "wrong-value", "chain-factor-forgotten"
ASSIGNED, CONTRIBUTION, ORDER = "assigned-not-accumulated", "contribution-missing", "wrong-order"


class Planted(NamedTuple):
    """A mistake: a statement, what stands in its place, and the kind.

    ``place`` is the statement that is to be found wrong, where that is not the changed one.
    """

    name: str
    sweep: str
    old: str
    new: str
    kind: str
    place: str = ""


def _forward(name: str, *planted: tuple[str, str, str]) -> list[Planted]:
    return [Planted(name, "forward", *one) for one in planted]


def _reverse(name: str, *planted: tuple[str, ...]) -> list[Planted]:
    return [Planted(name, "reverse", *one) for one in planted]


PLANTED = [
    *_forward(
        "book",
        ("v6' = v5'*v4 + v5*v4'", "v6' = v5'*v4 - v4'*v5", SIGN),  # the erratum of the tutorial
        ("v6' = v5'*v4 + v5*v4'", "v6' = v5'*v4", MISSING),
        ("v6' = v5'*v4 + v5*v4'", "v6' = v5'*v5 + v4*v4'", SWAPPED),
        ("v6' = v5'*v4 + v5*v4'", "v6' = v5'*v4'", PARTIAL),
        ("v2' = cos(v1)*v1'", "v2' = sin(v1)*v1'", PARTIAL),
        ("v2' = cos(v1)*v1'", "v2' = cos(v1)", CHAIN),
        ("v2' = cos(v1)*v1'", "v2' = cos(x1)*v1'", VALUE),
        ("v2' = cos(v1)*v1'", "v2' = -cos(v1)*v1'", SIGN),
        ("v5' = v2' + v4'", "v5' = v2'", MISSING),
    ),
    *_reverse(
        "book",
        ("v4_bar += v5_bar", "v4_bar = v5_bar", ASSIGNED),
        ("v4_bar += v5_bar", "", CONTRIBUTION, "v4_bar = v6_bar*v5"),
        ("v5_bar = v6_bar*v4", "v5_bar = v6_bar*v5", SWAPPED),
        ("v1_bar += v2_bar*cos(v1)", "v1_bar = v2_bar*cos(v1)", ASSIGNED),
        ("v1_bar += v2_bar*cos(v1)", "v1_bar += cos(v1)", CHAIN),
        ("v1_bar += v2_bar*cos(v1)", "v1_bar += v2_bar*cos(x1)", VALUE),
        ("v3_bar = -v4_bar", "v3_bar = v4_bar", SIGN),
        ("x2_bar += v1_bar*(-v1/x2)", "x2_bar += v1_bar*v1/x2", SIGN),
        ("x1_bar = v1_bar/x2", "x1_bar = v1_bar/x1", VALUE),
        ("v4_bar += v5_bar", "after v1_bar = v4_bar", ORDER, "v1_bar = v4_bar"),
    ),
    *_forward(
        "survey",
        ("v1' = x1'/x1", "v1' = x1'/x2", VALUE),
        ("v1' = x1'/x1", "v1' = x1'*x1", PARTIAL),
        ("v2' = x1'*x2 + x1*x2'", "v2' = x1'*x2 - x1*x2'", SIGN),
        ("v2' = x1'*x2 + x1*x2'", "v2' = x1*x2'", MISSING),
        ("v4' = cos(x2)*x2'", "v4' = cos(x2)", CHAIN),
        ("v5' = v3' - v4'", "v5' = v3' + v4'", SIGN),
    ),
    *_reverse(
        "survey",
        ("x2_bar += v2_bar*x1", "x2_bar = v2_bar*x1", ASSIGNED),
        ("x1_bar += v1_bar/x1", "", CONTRIBUTION, "x1_bar = v2_bar*x2"),
        ("x1_bar = v2_bar*x2", "x1_bar = v2_bar*x1", SWAPPED),
        ("x2_bar = v4_bar*cos(x2)", "x2_bar = v4_bar*sin(x2)", PARTIAL),
        ("v4_bar = -v5_bar", "v4_bar = v5_bar", SIGN),
        ("v2_bar = v3_bar", "after x1_bar = v2_bar*x2", ORDER, "x1_bar = v2_bar*x2"),
    ),
    *_forward(
        "chain",
        ("v2' = exp(v1)*v1'", "v2' = exp(v1)", CHAIN),
        ("v2' = exp(v1)*v1'", "v2' = exp(x)*v1'", VALUE),
        ("v3' = cos(v2)*v2'", "v3' = cos(v1)*v2'", VALUE),
        ("v3' = cos(v2)*v2'", "v3' = sin(v2)*v2'", PARTIAL),
        ("v1' = 2*x*x'", "v1' = x*x'", PARTIAL),
        ("v1' = 2*x*x'", "v1' = 2*v1*x'", VALUE),
    ),
    *_reverse(
        "chain",
        ("v1_bar = v2_bar*exp(v1)", "v1_bar = exp(v1)", CHAIN),
        ("v2_bar = v3_bar*cos(v2)", "v2_bar = -v3_bar*cos(v2)", SIGN),
        ("x_bar = v1_bar*2*x", "x_bar = v1_bar*x^2", PARTIAL),
    ),
    *_forward(
        "neuron",
        ("p' = p*(1 - p)*z'", "p' = p*(1 - p)", CHAIN),
        ("p' = p*(1 - p)*z'", "p' = p*z'", PARTIAL),
        ("loss' = 2*d*d'", "loss' = 2*d", CHAIN),
        ("a' = w'*x + w*x'", "a' = w'*w + x*x'", SWAPPED),
    ),
    *_reverse(
        "neuron",
        ("z_bar = p_bar*p*(1 - p)", "z_bar = p_bar*(1 - p^2)", PARTIAL),
        ("w_bar = a_bar*x", "w_bar = a_bar*w", SWAPPED),
        ("t_bar = -d_bar", "t_bar = d_bar", SIGN),
        ("d_bar = loss_bar*2*d", "d_bar = loss_bar*2*p", VALUE),
        ("z_bar = p_bar*p*(1 - p)", "after a_bar = z_bar", ORDER, "a_bar = z_bar"),
    ),
    *_forward(
        "quotient",
        ("v3' = (v1'*v2 - v1*v2')/v2^2", "v3' = (v1'*v2 + v1*v2')/v2^2", SIGN),
        ("v3' = (v1'*v2 - v1*v2')/v2^2", "v3' = v1'/v2", MISSING),
        ("v3' = (v1'*v2 - v1*v2')/v2^2", "v3' = v1'/v2'", PARTIAL),
        ("v1' = x'*y + x*y'", "v1' = x'*x + y*y'", SWAPPED),
    ),
    *_reverse(
        "quotient",
        ("v2_bar = -v3_bar*v1/v2^2", "v2_bar = -v3_bar*v1/v2", PARTIAL),
        ("x_bar += v1_bar*y", "x_bar = v1_bar*y", ASSIGNED),
        ("y_bar += v1_bar*x", "", CONTRIBUTION, "y_bar = v2_bar"),
        ("x_bar += v1_bar*y", "x_bar += v1_bar*x", SWAPPED),
    ),
    *_forward(
        "polar",
        ("c' = -sin(t)*t'", "c' = sin(t)*t'", SIGN),
        ("s' = cos(t)*t'", "s' = cos(r)*t'", VALUE),
        ("q' = r'*s + r*s'", "q' = r'*s", MISSING),
        ("f' = p'*q + p*q'", "f' = p'*p + q*q'", SWAPPED),
    ),
    *_reverse(
        "polar",
        ("r_bar += p_bar*c", "r_bar = p_bar*c", ASSIGNED),
        ("t_bar += -c_bar*sin(t)", "", CONTRIBUTION, "t_bar = s_bar*cos(t)"),
        ("t_bar += -c_bar*sin(t)", "t_bar += -sin(t)", CHAIN),
        ("s_bar = q_bar*r", "after t_bar = s_bar*cos(t)", ORDER, "t_bar = s_bar*cos(t)"),
    ),
    *_forward(
        "valley",
        ("u' = -x'", "u' = x'", SIGN),
        ("p' = 2*u*u'", "p' = 2*u", CHAIN),
        ("q' = 2*w*w'", "q' = 2*u*w'", VALUE),
        ("r' = 100*q'", "r' = q'", CHAIN),
        ("f' = p' + r'", "f' = r'", MISSING),
    ),
    *_reverse(
        "valley",
        ("x_bar += -u_bar", "x_bar = -u_bar", ASSIGNED),
        ("x_bar += -u_bar", "", CONTRIBUTION, "x_bar = v_bar*2*x"),
        ("v_bar = -w_bar", "v_bar = w_bar", SIGN),
        ("q_bar = 100*r_bar", "q_bar = r_bar", CHAIN),
        ("w_bar = q_bar*2*w", "after y_bar = w_bar", ORDER, "y_bar = w_bar"),
    ),
    *_forward(
        "map",
        ("c' = b'*a + b*a'", "c' = b'*a", MISSING),
        ("c' = b'*a + b*a'", "c' = b'*a'", PARTIAL),
        ("g' = h'*d + h*d'", "g' = h'*h + d*d'", SWAPPED),
    ),
    *_reverse(
        "map",
        ("c_bar += -d_bar", "c_bar = -d_bar", ASSIGNED),
        ("c_bar += -d_bar", "after b_bar = c_bar*a", ORDER, "b_bar = c_bar*a"),
        ("x_bar += -a_bar", "x_bar += a_bar", SIGN),
        ("x_bar += -a_bar", "", CONTRIBUTION, "x_bar = 4*b_bar"),
    ),
    *_forward(
        "length",
        ("v1' = 3*x^2*x'", "v1' = 3*x*x'", PARTIAL),
        ("v4' = v3'/(2*v4)", "v4' = v3'/v4", PARTIAL),
        ("v4' = v3'/(2*v4)", "v4' = 1/(2*v4)", CHAIN),
        ("v6' = v4'*v5 + v4*v5'", "v6' = v4'*v5 + v3*v5'", VALUE),
    ),
    *_reverse(
        "length",
        ("x_bar += v1_bar*3*x^2", "", CONTRIBUTION, "x_bar += v5_bar/cos(x)^2"),
        ("x_bar += v1_bar*3*x^2", "x_bar = v1_bar*3*x^2", ASSIGNED),
        ("v4_bar = v6_bar*v5", "v4_bar = v6_bar*v4", SWAPPED),
        ("v3_bar = v4_bar/(2*v4)", "v3_bar = v4_bar*sqrt(v3)", PARTIAL),
    ),
    *_forward(
        "product",
        ("v1' = x1'*x2 + x1*x2'", "v1' = x1'*x2 - x1*x2'", SIGN),
        ("v2' = v1'*x3 + v1*x3'", "v2' = v1'*x3", MISSING),
        ("v3' = v2'*x4 + v2*x4'", "v3' = v2'*v2 + x4*x4'", SWAPPED),
    ),
    *_reverse(
        "product",
        ("x3_bar = v2_bar*v1", "x3_bar = v1", CHAIN),
        ("x3_bar = v2_bar*v1", "x3_bar = v2_bar*x3", SWAPPED),
        ("x1_bar = v1_bar*x2", "x1_bar = v1_bar*x3", VALUE),
        ("v1_bar = v2_bar*x3", "after x1_bar = v1_bar*x2", ORDER, "x1_bar = v1_bar*x2"),
    ),
]  # fmt: skip


def statements(text: str) -> list[str]:
    """The statements of a sweep, one by one."""
    return [part.strip() for part in text.split(";")]


def planted(one: Planted) -> tuple[list[str], int]:
    """The statements with the mistake in them, and the place of the wrong one."""
    derivation = DERIVATIONS[one.name]
    lines = statements(derivation.forward if one.sweep == "forward" else derivation.reverse)
    where = lines.index(one.old)
    if one.new.startswith("after "):
        moved = lines.pop(where)
        lines.insert(lines.index(one.new.removeprefix("after ")) + 1, moved)
    elif one.new:
        lines[where] = one.new
    else:
        del lines[where]
    return lines, lines.index(one.place or one.new)


_FUNCTIONS = {
    "sin": math.sin, "cos": math.cos, "tan": math.tan, "exp": math.exp, "ln": math.log,
    "sqrt": math.sqrt, "sigmoid": lambda a: 1 / (1 + math.exp(-a)),
}  # fmt: skip


def carried_out(lines: list[str], values: dict[str, float], digits: int = 17) -> dict[str, float]:
    """The variables after the statements were carried out in order, each rounded to some digits."""
    found = dict(values)
    for line in lines:
        left, right = re.split(r"\s\+?=\s", line)
        name = left.replace("'", "_dot")
        text = right.replace("'", "_dot").replace("^", "**")
        amount = eval(text, {"__builtins__": {}}, {**_FUNCTIONS, **found})
        amount += found.get(name, 0.0) if " += " in line else 0.0
        found[name] = float(f"{amount:.{digits}g}")
    return found


def primal(derivation: Derivation) -> dict[str, float]:
    """The values of all rows."""
    return carried_out(statements(derivation.f), derivation.at)
