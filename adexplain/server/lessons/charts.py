"""The charts of a lesson: curves, drawn as on other pages, and tables of counts with bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from adexplain.comparison.compare import finish
from adexplain.comparison.symbolic import Symbolic, derive
from adexplain.evaluate.points import number
from adexplain.explanation.explain import explain
from adexplain.language import parse
from adexplain.lessons.fences import Chart
from adexplain.server.explorer.panels.step_size_chart import error_chart, remainder_chart
from adexplain.server.html.chart import Chart as Drawing
from adexplain.server.html.plot import Plot, plot
from adexplain.workers import pool

SECONDS = 20.0
"""The time limit for the symbolic derivatives of one chart."""


@dataclass(frozen=True)
class Bar:
    """A count: its number as text, and its length in percent of the longest bar."""

    text: str
    length: float


@dataclass(frozen=True)
class Bars:
    """A table of counts.

    Attributes:
        of: what the lines are counted by, such as "inputs".
        series: (CSS class, title) of each column.
        lines: (label, bars) of each line.
    """

    of: str
    series: tuple[tuple[str, str], ...]
    lines: list[tuple[str, list[Bar]]]


LessonDrawing = Drawing | Plot | Bars | None


def drawing_of(chart: Chart) -> LessonDrawing:
    """The drawing of a chart; None where there is nothing to draw."""
    if chart.kind == "function":
        return plot(parse(chart.f), 0, (0.0,), *chart.span)
    if chart.kind == "swell":
        return _swell(chart.steps)
    if chart.kind == "cost":
        return _cost(chart.sizes)
    program = parse(chart.f)
    point = [number(chart.at[name], name) for name in program.input_names]
    no_formula = Symbolic(message="SymPy is not asked.")  # the curves need no formula
    comparison = finish(program, point, 0, no_formula)
    if chart.kind == "taylor":
        return remainder_chart(comparison.taylor.to_dict()) if comparison.taylor else None
    name = program.input_names[0]
    return error_chart(comparison.sweeps[name].to_dict(), Markup("Error against the step"), name)


def logistic(step: int) -> str:
    """The logistic map after ``step - 1`` iterations, as assignments: l1 = x, then 4 l (1 − l)."""
    lines = ["l1 = x", *(f"l{k} = 4*l{k - 1}*(1 - l{k - 1})" for k in range(2, step + 1))]
    return "\n".join(lines)


@lru_cache(maxsize=8)
def symbolic_operations(step: int) -> int:
    """The operations in SymPy's derivative of the logistic map, not simplified."""
    found = pool.call(derive, parse(logistic(step)), [0.2], 0, timeout=SECONDS)
    return found.formulas["x"].operations


def _swell(steps: int) -> Bars:
    counts = [(k, symbolic_operations(k), 3 * (k - 1)) for k in range(1, steps + 1)]
    return _bars(
        "step of the map",
        (("symbolic", "operations in the formula"), ("tangent", "rows of the trace")),
        [(str(k), [formula, rows]) for k, formula, rows in counts],
    )


def speelpenning(size: int) -> str:
    """The product of ``size`` inputs, as typed."""
    return "*".join(f"x{k}" for k in range(1, size + 1))


def _cost(sizes: Sequence[int]) -> Bars:
    lines = []
    for size in sizes:
        costs = explain(speelpenning(size), [1.5] * size).cost
        times = [costs.tangent * size / costs.primal, costs.adjoint / costs.primal]
        lines.append((str(size), times))
    series = (("tangent", "forward, n sweeps"), ("adjoint", "reverse, one sweep"))
    return _bars("inputs", series, lines, "×")


def _bars(
    of: str,
    series: tuple[tuple[str, str], ...],
    lines: Sequence[tuple[str, Sequence[float]]],
    unit: str = "",
) -> Bars:
    longest = max(value for _, values in lines for value in values) or 1.0
    return Bars(
        of,
        series,
        [
            (name, [Bar(_count(value) + unit, round(100 * value / longest, 2)) for value in values])
            for name, values in lines
        ],
    )


def _count(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() or value >= 100 else f"{value:.1f}"
