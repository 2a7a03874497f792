"""A Program at a point: values, tangents, adjoints. Loops, never recursion.

``evaluate`` and ``run`` compute values in any arithmetic. ``first_look`` is the one fast loop: a
pass over the rows with value and partials from one compiled function per primitive, and one pass
back. A property test holds it equal, to the bit at finite points, to the transformed programs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adexplain.arithmetic import IEEE, safely
from adexplain.program import Constant, Program
from adexplain.steps import BOTH, LEFT, RIGHT, STEPS, UNARY, Step, step_for

_ONE_OF_TWO = (LEFT, RIGHT)

Value = Any
"""A number of whatever arithmetic is used."""


def run(
    program: Program,
    point: Sequence[Value],
    functions: Mapping[str, Callable[..., Value]],
    constant: Callable[[Constant], Value],
) -> list[Value | None]:
    """Values of all slots in any arithmetic; None where a branch was not taken.

    Args:
        program: what is evaluated.
        point: one value for each input.
        functions: primitive → function on values of that arithmetic.
        constant: turns a constant into such a value.
    """
    values: list[Value | None] = [None] * len(program.ops)
    for slot, value in zip(program.inputs, point, strict=True):
        values[slot] = value
    for slot, number in program.constants.items():
        values[slot] = constant(number)
    if program.lazy:
        _run_on_demand(program, values, functions)
        return values
    ops, args = program.ops, program.args
    for slot in program.rows:
        values[slot] = functions[ops[slot]](*[values[arg] for arg in args[slot]])
    return values


def _run_on_demand(
    program: Program, values: list[Value | None], functions: Mapping[str, Callable[..., Value]]
) -> None:
    """Evaluate what the outputs (and rows nothing uses) need, and no branch that is not taken."""
    used = {arg for args in program.args for arg in args}
    roots = [*program.outputs, *(slot for slot in program.rows if slot not in used)]
    stack = roots[::-1]
    while stack:
        slot = stack[-1]
        if values[slot] is not None:
            stack.pop()
            continue
        op = program.ops[slot]
        wanted = wanted_arguments(op, program.args[slot], values)
        missing = [arg for arg in wanted if values[arg] is None]
        if missing:
            stack.extend(reversed(missing))
        elif op == "where":
            values[slot] = values[wanted[1]]
        else:
            values[slot] = functions[op](*[values[arg] for arg in wanted])


def wanted_arguments(
    op: str, args: tuple[int, ...], values: Sequence[Value | None]
) -> tuple[int, ...]:
    """The arguments a row looks at, as far as is known: a lazy row first wants its condition."""
    if op not in ("where", "and", "or"):
        return args
    condition = values[args[0]]
    if condition is None:
        return args[:1]
    if op == "where":
        return (args[0], args[1] if condition else args[2])
    decided = bool(condition) == (op == "or")
    return (args[0], args[0]) if decided else args


def evaluate(program: Program, point: Sequence[float]) -> list[float | None]:
    """Values of all slots in floating point, as IEEE 754 has them: nothing raises.

    Returns:
        One value a slot; None for a row in a branch that was not taken.
    """
    return run(program, point, IEEE, lambda constant: constant.value)


Contribution = tuple[int, int, float, float, float]
"""One ``v̄ += …`` along one edge: the slot it goes into, the row it comes out of, the partial, the
amount, and the total so far. A plain tuple, because a long trace has very many of them."""


@dataclass(slots=True)
class Trace:
    """Everything one look at a point computes.

    Attributes:
        program: what was evaluated.
        values: primal of each slot; None for a row not taken.
        tangents: tangent of each slot for the tangent seed.
        adjoints: adjoint of each slot for the adjoint seed; None where nothing arrives.
        edges: per slot, the argument slots it has an edge to.
        partials: per slot, the partial of each of its edges.
        contributions: in the order in which the reverse sweep makes them.
    """

    program: Program
    values: list[float | None]
    tangents: list[float | None]
    adjoints: list[float | None]
    edges: list[tuple[int, ...]]
    partials: list[tuple[float, ...]]
    contributions: list[Contribution]


def first_look(
    program: Program,
    point: Sequence[float],
    tangent_seed: Sequence[float],
    adjoint_seed: Sequence[float],
) -> Trace:
    """Primal, tangent and adjoint traces in one pass forward and one pass back.

    Args:
        program: what is differentiated.
        point: one value for each input.
        tangent_seed: one number for each input, the direction.
        adjoint_seed: one number for each output, the weights.
    """
    trace = _forward(program, point, tangent_seed)
    _reverse(trace, adjoint_seed)
    # What is not finite on the way is not finite at the end: 0·∞ is nan before it is mended.
    ends = [trace.tangents[s] for s in program.outputs] + [
        trace.adjoints[s] for s in program.inputs
    ]
    if not all(map(math.isfinite, ends)):
        trace.tangents = sweep_tangents(trace, tangent_seed)
        trace.adjoints, trace.contributions = sweep_adjoints(trace, adjoint_seed)
    return trace


def _forward(program: Program, point: Sequence[float], seed: Sequence[float]) -> Trace:
    ops, args, masks = program.ops, program.args, program.masks
    size = len(ops)
    values: list[Any] = [None] * size
    tangents: list[Any] = [0.0] * size
    edges: list[tuple[int, ...]] = [()] * size
    partials: list[tuple[float, ...]] = [()] * size
    for slot, value, direction in zip(program.inputs, point, seed, strict=True):
        values[slot] = value
        tangents[slot] = direction
    for slot, constant in program.constants.items():
        values[slot] = constant.value
    taken = _taken(program, point) if program.lazy else program.rows
    for slot in taken:
        arguments = args[slot]
        op = ops[slot]
        step = STEPS.get((op, masks[slot], len(arguments))) or step_for(
            op, masks[slot], len(arguments)
        )
        call, shape, positions, _ = step
        try:
            if shape == BOTH:
                a, b = arguments
                values[slot], p, q = call(values[a], values[b])
                tangents[slot] = p * tangents[a] + q * tangents[b]
                edges[slot] = arguments
                partials[slot] = (p, q)
            elif shape == UNARY:
                (a,) = arguments
                values[slot], p = call(values[a])
                tangents[slot] = p * tangents[a]
                edges[slot] = arguments
                partials[slot] = (p,)
            elif shape in _ONE_OF_TWO:
                a, b = arguments
                values[slot], p = call(values[a], values[b])
                if shape == RIGHT:
                    a = b
                tangents[slot] = p * tangents[a]
                edges[slot] = (a,)
                partials[slot] = (p,)
            elif op == "where":
                _choose(slot, arguments, values, tangents, edges, partials, masks)
            else:
                found = call(*[values[arg] for arg in arguments])
                _record(slot, found, arguments, positions, values, tangents, edges, partials)
        except (ArithmeticError, ValueError, TypeError):
            found = _step_carefully(op, step, [values[arg] for arg in arguments])
            _record(slot, found, arguments, positions, values, tangents, edges, partials)
    for slot in program.rows if program.lazy else ():
        if values[slot] is None:
            tangents[slot] = None
    return Trace(program, values, tangents, [None] * size, edges, partials, [])


def _record(
    slot: int,
    found: Any,
    arguments: tuple[int, ...],
    positions: tuple[int, ...],
    values: list[Any],
    tangents: list[Any],
    edges: list[tuple[int, ...]],
    partials: list[tuple[float, ...]],
) -> None:
    """Note what a step of any shape found."""
    if not positions:
        values[slot] = found
        return
    values[slot] = found[0]
    partials[slot] = slopes = found[1:]
    edges[slot] = ends = tuple(arguments[position] for position in positions)
    tangent = slopes[0] * tangents[ends[0]]
    for slope, arg in zip(slopes[1:], ends[1:], strict=True):
        tangent += slope * tangents[arg]
    tangents[slot] = tangent


def _choose(
    slot: int,
    arguments: tuple[int, ...],
    values: list[Any],
    tangents: list[Any],
    edges: list[tuple[int, ...]],
    partials: list[tuple[float, ...]],
    masks: list[int],
) -> None:
    """A ``where`` is a copy of the branch taken, with the slope 1."""
    arg = arguments[1] if values[arguments[0]] else arguments[2]
    values[slot], tangents[slot] = values[arg], tangents[arg]
    if masks[arg]:
        edges[slot], partials[slot] = (arg,), (1.0,)


def _taken(program: Program, point: Sequence[float]) -> list[int]:
    values = evaluate(program, point)
    return [slot for slot in program.rows if values[slot] is not None]


def _step_carefully(op: str, step: Step, arguments: list[Any]) -> Any:
    """Value and partials one by one, each as IEEE 754 has it: one that fails spoils no other.

    A lazy row whose second argument was not evaluated sees its first in its place.
    """
    known = [arguments[0] if argument is None else argument for argument in arguments]
    value = safely(op, known)
    slopes = []
    for template in step.partials:
        result = evaluate(template, [*known, value])[template.outputs[0]]
        slopes.append(math.nan if result is None else result)
    return (value, *slopes) if slopes else value


def _reverse(trace: Trace, seed: Sequence[float]) -> None:
    """The adjoint sweep: scatter along the edges, rows backwards, arguments in order."""
    adjoints: list[Any] = trace.adjoints
    add = trace.contributions.append
    for slot, weight in zip(trace.program.outputs, seed, strict=True):
        before = adjoints[slot]
        adjoints[slot] = weight if before is None else before + weight
    edges, partials = trace.edges, trace.partials
    for slot in reversed(trace.program.rows):
        bar = adjoints[slot]
        if bar is not None:
            for arg, partial in zip(edges[slot], partials[slot]):  # noqa: B905 - the hottest line
                total = amount = bar * partial
                before = adjoints[arg]
                if before is not None:
                    total = before + amount
                adjoints[arg] = total
                add((arg, slot, partial, amount, total))
    for slot in trace.program.inputs:
        if adjoints[slot] is None:
            adjoints[slot] = 0.0


def _times(flow: float, partial: float) -> float:
    """The product along an edge. Nothing times however much is nothing: 0·∞ is 0 in a sweep."""
    return 0.0 if flow == 0.0 or partial == 0.0 else flow * partial


def sweep_tangents(trace: Trace, seed: Sequence[float]) -> list[float | None]:
    """Tangents of all slots for another direction, from the partials already computed."""
    tangents: list[Any] = [0.0 if value is not None else None for value in trace.values]
    for slot, direction in zip(trace.program.inputs, seed, strict=True):
        tangents[slot] = direction
    for slot in trace.program.rows:
        for position, (arg, partial) in enumerate(
            zip(trace.edges[slot], trace.partials[slot], strict=True)
        ):
            flow = _times(tangents[arg], partial)
            tangents[slot] = tangents[slot] + flow if position else flow
    return tangents


def sweep_adjoints(
    trace: Trace, seed: Sequence[float]
) -> tuple[list[float | None], list[Contribution]]:
    """Adjoints and contributions for other weights, from the partials already computed."""
    adjoints: list[Any] = [None] * len(trace.values)
    contributions: list[Contribution] = []
    for slot, weight in zip(trace.program.outputs, seed, strict=True):
        adjoints[slot] = weight if adjoints[slot] is None else adjoints[slot] + weight
    for slot in reversed(trace.program.rows):
        bar = adjoints[slot]
        if bar is None:
            continue
        for arg, partial in zip(trace.edges[slot], trace.partials[slot], strict=True):
            amount = _times(bar, partial)
            adjoints[arg] = amount if adjoints[arg] is None else adjoints[arg] + amount
            contributions.append((arg, slot, partial, amount, adjoints[arg]))
    for slot in trace.program.inputs:
        if adjoints[slot] is None:
            adjoints[slot] = 0.0
    return adjoints, contributions


def jacobian(trace: Trace, mode: str = "") -> list[list[float]]:
    """The whole Jacobian, outputs by inputs, from the partials already computed.

    Args:
        trace: a look at the point.
        mode: "reverse" makes it row by row, "forward" column by column; by default the cheaper.
    """
    inputs, outputs = trace.program.inputs, trace.program.outputs
    if (mode or ("reverse" if len(outputs) <= len(inputs) else "forward")) == "reverse":
        rows = [sweep_adjoints(trace, _unit(len(outputs), k))[0] for k in range(len(outputs))]
        return [[row[slot] or 0.0 for slot in inputs] for row in rows]
    columns = [sweep_tangents(trace, _unit(len(inputs), k)) for k in range(len(inputs))]
    return [[column[slot] or 0.0 for column in columns] for slot in outputs]


def _unit(size: int, position: int) -> list[float]:
    return [1.0 if k == position else 0.0 for k in range(size)]
