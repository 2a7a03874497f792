"""Checks a derivative of 0 in high precision: its true value, and whether there is an extremum."""

from __future__ import annotations

from typing import Any

from adexplain.doctor.trace_analysis import TraceAnalysis


def true_slope(analysis: TraceAnalysis, k: int, j: int) -> float:
    """The true derivative where the function is smooth; else 0."""
    if analysis.exact is None or not analysis.can_afford(6):
        return 0.0
    sides = analysis.exact.sides(k, j)
    return sides.right.slope or 0.0 if sides.kind == "smooth" else 0.0


def shape(analysis: TraceAnalysis, k: int, j: int) -> str:
    """A clause on a minimum, a maximum or no change along an input; "" for anything else."""
    if analysis.exact is None or not analysis.can_afford(3):
        return ""
    import mpmath

    from adexplain.evaluate.high_precision import mp_outputs

    program = analysis.program
    here: list[Any] = [analysis.trace.values[slot] for slot in program.inputs]
    name, output = program.input_names[j], program.output_names[k]
    with mpmath.workdps(70):
        step = mpmath.mpf(10) ** -6 * max(1, abs(here[j]))
        beside = [[*here[:j], here[j] + sign * step, *here[j + 1 :]] for sign in (-1, 0, 1)]
        left, middle, right = (mp_outputs(program, point)[k] for point in beside)
        rises = [value - middle for value in (left, right)]
        if not all(mpmath.isfinite(rise) for rise in rises):
            return ""
        # Smaller differences are rounding: the function does not change.
        rises = [0 if abs(r) < mpmath.mpf(10) ** -50 * (1 + abs(middle)) else r for r in rises]
    if not any(rises):
        return f"{output} does not change with {name} here"
    if min(rises) > 0:
        return f"{output} has a minimum in {name} here"
    if max(rises) < 0:
        return f"{output} has a maximum in {name} here"
    return ""
