"""The examples of the explorer's menu, in groups."""

from __future__ import annotations

from dataclasses import dataclass

from adexplain.server.http.address import State


@dataclass(frozen=True)
class Example:
    """A function at a point.

    Attributes:
        title: its name in the menu.
        why: what it shows, in a few words.
        text: the function.
        at: the value of each variable, as typed.
        seed, bar: the seeds of the tangents and of the adjoints, as typed; "" for the default.
    """

    title: str
    why: str
    text: str
    at: dict[str, str]
    seed: str = ""
    bar: str = ""

    def state(self) -> State:
        """The state of the page that shows the example."""
        return State(self.text, self.at, seed=self.seed, bar=self.bar)


_GRIEWANK = """\
v1 = x1/x2
v2 = sin(v1)
v3 = exp(x2)
v4 = v1 - v3
v5 = v2 + v4
v6 = v5*v4"""

_LOGISTIC_MAP = """\
l1 = x
l2 = 4*l1*(1 - l1)
l3 = 4*l2*(1 - l2)
l4 = 4*l3*(1 - l3)"""

_SOFTMAX = """\
m = max(z1, z2, z3)
s = exp(z1 - m) + exp(z2 - m) + exp(z3 - m)
loss = log(s) + m - z2"""

_NETWORK = """\
h1 = tanh(w1*x + b1)
h2 = sigmoid(w2*h1 + b2)
loss = (h2 - t)^2"""

GROUPS: dict[str, list[Example]] = {
    "From the books": [
        Example(
            "Baydin",
            "the survey's Tables 2 and 3",
            "ln(x1) + x1*x2 - sin(x2)",
            {"x1": "2", "x2": "5"},
        ),
        Example(
            "Griewank–Walther",
            "six rows, two contributions each into v4, v1 and x2",
            _GRIEWANK,
            {"x1": "1.5", "x2": "0.5"},
        ),
        Example(
            "Griewank–Walther in one line",
            "the same rows, shared subexpressions found",
            "(sin(x1/x2) + (x1/x2 - exp(x2)))*(x1/x2 - exp(x2))",
            {"x1": "1.5", "x2": "0.5"},
        ),
        Example(
            "Speelpenning",
            "a product: no division by a factor that may be 0",
            "x1*x2*x3*x4*x5",
            {"x1": "1", "x2": "2", "x3": "0", "x4": "4", "x5": "5"},
        ),
        Example(
            "Logistic map",
            "a formula swells, a trace does not",
            _LOGISTIC_MAP,
            {"x": "0.2"},
        ),
        Example(
            "Rosenbrock",
            "the classical valley",
            "(1 - x)^2 + 100*(y - x^2)^2",
            {"x": "-1.2", "y": "1"},
        ),
    ],
    "Learning": [
        Example(
            "Logistic loss",
            "one sample, two weights",
            "softplus(-y*(w1*x1 + w2*x2 + b))",
            {"w1": "0.5", "w2": "-1", "b": "0.1", "x1": "2", "x2": "1", "y": "1"},
        ),
        Example(
            "Softmax cross-entropy",
            "three scores, the second is right",
            _SOFTMAX,
            {"z1": "2", "z2": "1", "z3": "-1"},
        ),
        Example(
            "Two neurons",
            "backpropagation is the adjoint sweep",
            _NETWORK,
            {"w1": "0.6", "w2": "-1.1", "b1": "0.1", "b2": "0.4", "x": "1.5", "t": "1"},
        ),
        Example(
            "Several outputs",
            "polar coordinates, a Jacobian",
            "[r*cos(t), r*sin(t)]",
            {"r": "2", "t": "pi/3"},
        ),
    ],
    "Where it is not smooth": [
        Example(
            "A kink",
            "left and right derivatives differ",
            "abs(x - 1) + max(x, y)",
            {"x": "1", "y": "1"},
        ),
        Example(
            "A NaN trap",
            "the length of a vector at 0",
            "sqrt(x^2 + y^2)",
            {"x": "0", "y": "0"},
        ),
        Example(
            "where",
            "only the branch taken is evaluated",
            "where(x > 0, x*log(x), x^2)",
            {"x": "-2"},
        ),
        Example(
            "Written differently",
            "identically 0, yet the rules answer 1",
            "relu(-x) + x - relu(x)",
            {"x": "0"},
        ),
        Example(
            "Outside the domain",
            "a finite slope, no value",
            "log(x) + x",
            {"x": "-1"},
        ),
        Example(
            "Overflow",
            "squares too large for a float",
            "sqrt(x^2 + y^2)",
            {"x": "1e200", "y": "1e200"},
        ),
        Example(
            "Cancellation",
            "a right formula that loses its digits",
            "(1 - cos(x))/x^2",
            {"x": "1e-7"},
        ),
    ],
}

OPENING = GROUPS["From the books"][0]
"""The example on which the explorer opens."""
