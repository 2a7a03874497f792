"""Explains why a difference quotient is off, by the error that its step is expected to have."""

from __future__ import annotations

import math
from collections.abc import Sequence

from adexplain.comparison.differences import Difference, InputLine
from adexplain.comparison.evidence import METHOD_PHRASES, Evidence, Verdict, capital, method_phrases
from adexplain.comparison.step_sweep import ErrorModel
from adexplain.evaluate.run import evaluate
from adexplain.primitives.ieee import IEEE
from adexplain.primitives.primitive import PRIMITIVES, Primitive
from adexplain.program import Program
from adexplain.transforms.partials import SharedCall, partial

_QUOTED_WITHIN = 30.0
"""The error model's figure is quoted only where the error is within this factor of it."""


def bad_steps_verdict(evidence: Evidence, poor: Sequence[tuple[str, str]]) -> Verdict:
    """The verdict where only differences, given as (method, input), fall short."""
    methods = list(dict.fromkeys(method for method, _ in poor))
    inputs = dict.fromkeys(name for _, name in poor)
    claim = f"AD is right; {method_phrases(methods)} {'is' if len(methods) == 1 else 'are'} not."
    first = [next(pair for pair in poor if pair[0] == method) for method in methods]
    reason = " ".join(_why(evidence, method, name) for method, name in first)
    if len(inputs) > 1:
        reason += f" The same goes for {len(inputs) - 1} more of the inputs."
    return Verdict(False, claim, reason)


def _why(evidence: Evidence, method: str, name: str) -> str:
    """Why one difference quotient failed, as a sentence."""
    digits = evidence.digits(method, name)
    difference = evidence.differences.get(method, {}).get(name)
    order = "forward" if method == "Forward difference" else "central"
    model = evidence.models.get(name, {}).get(order)
    count = f"{digits} digits" if digits != 1 else "1 digit"
    start = f"{capital(METHOD_PHRASES[method])} in {name} has {count} right"
    value, truth = evidence.values[method][name], evidence.reference[name]
    if difference is None or model is None or value is None:
        return f"{start}."
    error = float(abs(truth - value))
    line = evidence.lines.get(name)
    return f"{start}{_cause(method, difference, model, error, line)}."


def _cause(
    method: str, difference: Difference, model: ErrorModel, error: float, line: InputLine | None
) -> str:
    """The rest of the sentence. It quotes the error model only where the model fits the error."""
    h = abs(difference.step)
    truncation = _product_or_zero(model.truncation, math.prod([h] * model.order))  # ∞, not an error
    last = h / 2.0**difference.levels
    rounding = model.rounding / last
    fits = [
        size
        for size in (truncation, rounding)
        if error / _QUOTED_WITHIN <= size <= error * _QUOTED_WITHIN
    ]
    obstacle = crossed_switch(line, h) if line is not None else ""
    if obstacle and not (fits and method != "Richardson"):
        return f": its step {h:.2g} reaches across {obstacle}"
    best = "" if model.best_step is None else f"; h near {model.best_step:.1g} would be best"
    cancel = "nearly equal values cancel"
    if method == "Richardson":
        if rounding >= error / _QUOTED_WITHIN and rounding >= truncation:
            return f": {cancel} and leave a rounding error, which it cannot extrapolate away"
        return f"; its first step, {h:.2g}, is too large for this function to extrapolate"
    if truncation >= rounding:
        if fits:
            return f": its step {h:.2g} is too large, the truncation is {truncation:.1g}{best}"
        if truncation > error:
            return f": its step {h:.2g} is too large{best}"
    elif fits:
        return (
            f": its step {h:.2g} is too small, {cancel} and leave a rounding error of "
            f"{rounding:.1g}{best}"
        )
    elif rounding > error:
        return f": its step {h:.2g} is too small, {cancel} and little is left{best}"
    if line is not None and 0.0 < abs(line.x) < h:
        return f": its step {h:.2g} is too large, larger than {line.x:.2g} itself"
    if "only" in difference.note:
        return ", as it can look to one side only"
    return f": the function changes too much within its step {h:.2g}"


def _product_or_zero(a: float, b: float) -> float:
    """a·b, but 0 where a factor is 0 (also for 0·∞) or ``a`` is not a number."""
    return a * b if a and b and not math.isnan(a) else 0.0


def crossed_switch(line: InputLine, h: float) -> str:
    """The kink, jump or branch between the point and a step away; "" where none shows."""
    here = _branches_taken(line, line.x)
    for x in (line.x - h, line.x + h):
        for slot, branch in _branches_taken(line, x).items():
            if slot in here and here[slot] != branch:
                return _switch_name(PRIMITIVES[line.program.ops[slot]])
    return ""


def _switch_name(primitive: Primitive) -> str:
    name = primitive.symbol or primitive.spellings[0]
    if primitive.is_condition or not primitive.nonsmooth_points:
        return f"a branch of {name}"
    return f"a {primitive.nonsmooth_points[0].status} of {name}"


def _branches_taken(line: InputLine, x: float) -> dict[int, object]:
    """Slot → the branch it takes at x; only rows with finite numbers are listed."""
    program: Program = line.program
    point = line.point.copy()
    point[line.variable] = x
    values = evaluate(program, point)
    found: dict[int, object] = {}
    for slot in program.rows:
        op = program.ops[slot]
        given = [values[arg] for arg in program.args[slot]]
        if None in given or values[slot] is None:
            continue
        numbers = [float(value) for value in (*given, values[slot]) if value is not None]
        if all(map(math.isfinite, numbers)):
            found[slot] = _branch_taken(op, numbers[:-1], numbers[-1])
    return found


def _branch_taken(op: str, arguments: Sequence[float], value: float) -> object:
    """The branch a row takes, as a value to compare; None for operations without branches."""
    primitive = PRIMITIVES[op]
    if primitive.flat:
        return value
    if primitive.chooses:
        return [argument == value for argument in arguments]
    if all(point.status not in ("kink", "jump") for point in primitive.nonsmooth_points):
        return None
    # What is constant between the kinks or jumps of the slope tells on which side of them it is.
    known: dict[SharedCall, float] = {}
    taken = []
    for position in range(len(arguments)):
        template = partial(op, position)
        if template is not None:
            program = template.program
            values = evaluate(program, template.point(arguments, position, value, IEEE, known))
            taken += [values[s] for s in program.rows if PRIMITIVES[program.ops[s]].flat]
    return taken
