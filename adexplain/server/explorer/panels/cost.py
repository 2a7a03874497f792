"""The cost meter: operations of the function and its derivatives, beside the bound of 5."""

from __future__ import annotations

from dataclasses import dataclass

from adexplain.explanation.explain import Explanation
from adexplain.primitives.primitive import PRIMITIVES
from adexplain.transforms.cost import BOUND, beyond_bound

NAMED = 4
"""The most operations that the sentence names."""


@dataclass(frozen=True)
class Bar:
    """One count of operations.

    Attributes:
        kind: "primal", "tangent" or "adjoint".
        label: what is counted.
        length: the length of the bar, of 100.
        times: the count as a multiple of the function's.
        count: the operations.
    """

    kind: str
    label: str
    length: float
    times: str
    count: int


@dataclass(frozen=True)
class Meter:
    """The meter as the template prints it; ``bound`` is the position of the bound, of 100."""

    bars: list[Bar]
    bound: float
    sentence: str


def meter(explanation: Explanation) -> Meter | None:
    """The meter of a trace; None for a function without operations or without inputs."""
    cost, program = explanation.cost, explanation.program
    if not cost.primal or not program.inputs:
        return None
    several = len(program.outputs) > 1
    counts = [("primal", "function", cost.primal)]
    if explanation.forward:
        counts.append(("tangent", "with one tangent", cost.tangent))
    if explanation.reverse:
        label = "with one adjoint sweep" if several else "with the whole gradient"
        counts.append(("adjoint", label, cost.adjoint))
    times = [count / cost.primal for _, _, count in counts]
    whole = max(BOUND + 1.0, *times)
    bars = [
        Bar(kind, label, round(100 * ratio / whole, 2), f"{ratio:.3g}", count)
        for (kind, label, count), ratio in zip(counts, times, strict=True)
    ]
    return Meter(bars, round(100 * BOUND / whole, 2), _sentence(explanation))


def _sentence(explanation: Explanation) -> str:
    cost, program = explanation.cost, explanation.program
    inputs, outputs = len(program.inputs), len(program.outputs)
    ratio = cost.adjoint / cost.primal
    forward = "one sweep" if inputs == 1 else f"{inputs:,} sweeps, one for each input"
    reverse = "one" if outputs == 1 else f"{outputs:,}, one for each output"
    first = f"The forward mode needs {forward}; the reverse mode {reverse}"
    if ratio <= BOUND:
        return (
            f"{first}, at most {BOUND} times the function for sums, products, quotients and "
            "functions of one argument, however many inputs there are."
        )
    ops = beyond_bound(program)
    named = ", ".join(PRIMITIVES[op].symbol or PRIMITIVES[op].spellings[0] for op in ops[:NAMED])
    return (
        f"{first}. More than {BOUND} times the function, because of {named}: the bound holds for "
        "sums, products, quotients and functions of one argument; a row with two slopes of its own "
        "to work out costs up to 7 times itself."
    )
