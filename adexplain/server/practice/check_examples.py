"""The examples of check-my-work: right and wrong derivations in different notations."""

from __future__ import annotations

from dataclasses import dataclass

from adexplain.server.http.address import State
from adexplain.server.practice.check_address import address

_BOOK = "v1 = x1/x2\nv2 = sin(v1)\nv3 = exp(x2)\nv4 = v1 - v3\nv5 = v2 + v4\nv6 = v5*v4"
_AT = {"x1": "1.5", "x2": "0.5"}


@dataclass(frozen=True)
class Example:
    """A derivation: its title, what it shows (``why``), the function and the work."""

    title: str
    why: str
    state: State
    work: str

    @property
    def address(self) -> str:
        """The address at which it is shown and marked."""
        return address(self.state, self.work)


EXAMPLES = [
    Example(
        "The erratum of the tutorial",
        "forward, a list of statements: the minus of 6:23",
        State(_BOOK, _AT),
        "x1' = 1\nx2' = 0\nv1' = x1'/x2 = 2\nv2' = cos(v1)*v1' = -1.9800\nv3' = v3*x2' = 0\n"
        "v4' = v1' - v3' = 2\nv5' = v2' + v4' = 0.0200\nv6' = v5'*v4 - v4'*v5 = -2.9578",
    ),
    Example(
        "= instead of +=",
        "reverse, a list of statements",
        State(_BOOK, _AT),
        "v6_bar = 1\nv5_bar = v6_bar*v4\nv4_bar = v6_bar*v5\nv2_bar = v5_bar\nv4_bar = v5_bar\n"
        "v1_bar = v4_bar\nv3_bar = -v4_bar\nx2_bar = v3_bar*v3\nv1_bar += v2_bar*cos(v1)\n"
        "x1_bar = v1_bar/x2\nx2_bar += -v1_bar*v1/x2",
    ),
    Example(
        "A table from a spreadsheet",
        "numbers only; one slip, and what follows from it",
        State("ln(x1) + x1*x2 - sin(x2)", {"x1": "2", "x2": "5"}),
        "row\tvalue\ttangent\tadjoint\nx1\t2\t1\t5.5\nx2\t5\t0\t1.716\nv1\t0.693\t2\t1\nv2\t10\t5\t1\n"
        "v3\t-0.959\t0\t-1\nv4\t10.693\t7\t1\nv5\t11.652\t7\t1",
    ),
    Example(
        "A LaTeX table with names of its own",
        "all right, in other steps than ours",
        State("x*exp(-x^2)", {"x": "0.7"}),
        "\\begin{tabular}{lll}\n$a$ & $-x^2$ & $-0.49$ \\\\\n$b$ & $e^{a}$ & $0.6126$ \\\\\n"
        "$f$ & $x \\cdot b$ & $0.4288$ \\\\\n$\\dot a$ & $-2x\\,\\dot x$ & $-1.4$ \\\\\n"
        "$\\dot b$ & $b\\,\\dot a$ & $-0.8577$ \\\\\n"
        "$\\dot f$ & $\\dot x\\,b + x\\,\\dot b$ & $0.0123$ \\\\\n"
        "\\end{tabular}",
    ),
    Example(
        "A derivative alone",
        "which slip leads to it?",
        State("sin(x^2)", {"x": "0.8"}),
        "cos(x^2)",
    ),
]
