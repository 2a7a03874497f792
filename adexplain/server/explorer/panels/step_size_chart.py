"""Two charts of the comparison: the error of finite differences, and the Taylor remainder.

Both are drawn against the step h.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from adexplain.server.html.chart import Chart, Series, chart, number
from adexplain.server.html.numerals import Data, to_float

SLOPES = {"slope 1, wrong": 1, "slope 2, right": 2}


def error_chart(data: Data, title: Markup, name: str) -> Chart | None:
    """The errors of the finite differences of one input; None where there is too little to draw.

    Args:
        data: a sweep over step sizes, as plain data.
        title: the derivative, typeset.
        name: the input.
    """
    steps = [to_float(step) for step in data["h"]]
    forward, central = ([to_float(e) for e in data[kind]] for kind in ("forward", "central"))
    series = [
        Series("forward", "forward", "forward errs by {}", forward),
        Series("central", "central", "central by {}", central),
    ]
    return chart(title, f"Error in {name}", steps, series, _least_errors(steps, series))


def remainder_chart(data: Data) -> Chart | None:
    """The Taylor remainder, as plain data ``data`` has it; None where it is only rounding."""
    if data["slope"] is None:
        return None
    steps = [to_float(step) for step in data["h"]]
    series = [
        Series(
            "central", "remainder", "the remainder is {}", list(map(to_float, data["remainder"]))
        )
    ]
    return chart(
        Markup("Taylor remainder"), "Taylor remainder", steps, series, data["message"], SLOPES
    )


def _least_errors(steps: Sequence[float | None], series: Sequence[Series]) -> str:
    """A sentence on the least error of each series and the step at which it occurs."""
    parts = []
    for curve in series:
        pairs = zip(curve.numbers, steps, strict=False)
        known = [(abs(error), step) for error, step in pairs if error is not None and step]
        if known:
            error, step = min(known, key=lambda pair: pair[0])
            how = f"err least, by {number(error)}," if error else "have no error"
            parts.append(f"{curve.label} differences {how} at h = {number(step)}")
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""
