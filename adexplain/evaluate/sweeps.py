"""Values, tangents and adjoints of a Program at a point, in one pass forward and one pass back.

``first_look`` is the one fast loop: value and partials of a row come from one compiled function per
primitive. A property test holds it equal, to the bit at finite points, to the transformed programs.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, reduce
from typing import Any

from adexplain.evaluate.compiled_rows import BOTH, LEFT, RIGHT, UNARY, Step, step_for
from adexplain.evaluate.run import evaluate
from adexplain.primitives.ieee import safely
from adexplain.primitives.table import LAZY
from adexplain.program import Node, Program

Contribution = tuple[int, int, float, float, float]
"""One ``v̄ += …`` along one edge: the slot it goes into, the row it comes out of, the partial, the
amount, and the total so far. A plain tuple, because a long trace has very many of them."""

Record = tuple[int, int, float, int | None, float]
"""What the sweep back needs of a row: the row, the slot and the partial of an edge, and those of a
second one or None. A row with more edges has several records, the last edges first."""


class Trace:
    """Everything one look at a point computes.

    Attributes:
        program: what was evaluated.
        values: primal of each slot; None for a row not taken.
        tangents: tangent of each slot for the tangent seed.
        adjoints: adjoint of each slot for the adjoint seed; None where nothing arrives.
        records: the rows with edges, in execution order.
    """

    mended = False  # whether 0·∞ was met in a sweep, and is 0

    def __init__(
        self,
        program: Program,
        values: list[float | None],
        tangents: list[float | None],
        records: list[Record],
        adjoint_seed: Sequence[float],
    ) -> None:
        self.program = program
        self.values = values
        self.tangents = tangents
        self.records = records
        self.adjoint_seed = adjoint_seed
        self.adjoints: list[float | None] = [None] * len(values)

    @cached_property
    def edges(self) -> list[tuple[int, ...]]:
        """Per slot, the argument slots it has an edge to."""
        edges: list[tuple[int, ...]] = [()] * len(self.values)
        for slot, a, _, b, _ in reversed(self.records):
            edges[slot] += (a,) if b is None else (a, b)
        return edges

    @cached_property
    def partials(self) -> list[tuple[float, ...]]:
        """Per slot, the partial of each of its edges."""
        partials: list[tuple[float, ...]] = [()] * len(self.values)
        for slot, _, p, b, q in reversed(self.records):
            partials[slot] += (p,) if b is None else (p, q)
        return partials

    @cached_property
    def contributions(self) -> list[Contribution]:
        """In the order in which the reverse sweep makes them."""
        times = _times if self.mended else operator.mul
        return sweep_adjoints(self, self.adjoint_seed, times)[1]


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
    trace = _forward(program, point, tangent_seed, adjoint_seed)
    # What is not finite on the way is not finite at the end: 0·∞ is nan before it is mended.
    zero = _reverse(trace, adjoint_seed)
    tangents: list[Any] = trace.tangents
    for slot in program.outputs:
        zero += tangents[slot] * 0.0
    if zero != 0.0:
        trace.mended = True
        trace.tangents = sweep_tangents(trace, tangent_seed)
        trace.adjoints, trace.contributions = sweep_adjoints(trace, adjoint_seed)
    return trace


def _forward(
    program: Program,
    point: Sequence[float],
    seed: Sequence[float],
    adjoint_seed: Sequence[float],
    taken: Sequence[int] | None = None,
) -> Trace:
    """The pass forward; over the rows that are taken, where a lazy program takes only some."""
    nodes = program.nodes
    rows: Iterable[tuple[int, Node]] = enumerate(nodes)
    values: list[Any] = [None] * len(nodes)
    tangents: list[Any] = [None] * len(nodes)
    if taken is not None:
        rows = [(slot, nodes[slot]) for slot in taken]
        tangents = [0.0 if mask else None for mask in program.masks]
    for slot, value, direction in zip(program.inputs, point, seed, strict=True):
        values[slot] = value
        tangents[slot] = direction
    for slot, constant in program.constants.items():
        values[slot] = constant.value
    inactive = list(program.constants)
    records: list[Record] = []
    if not _sweep_forward(rows, values, tangents, records, inactive, taken is not None):
        return _forward(program, point, seed, adjoint_seed, _taken(program, point))
    for slot in inactive:
        tangents[slot] = 0.0
    if taken is not None:
        pairs = zip(values, tangents, strict=True)
        tangents = [None if value is None else tangent for value, tangent in pairs]
    return Trace(program, values, tangents, records, adjoint_seed)


def _sweep_forward(
    rows: Iterable[tuple[int, Node]],
    values: list[Any],
    tangents: list[Any],
    records: list[Record],
    inactive: list[int],
    lazy: bool,
) -> bool:
    """Values, tangents and records of the rows; false where one is lazy and that was not known.

    The tangent of a slot that depends on no input is None here; the row is noted as inactive.
    """
    record = records.append
    for slot, (op, args) in rows:
        if not args:
            continue
        try:  # the two commonest shapes, rows of two arguments and of one, are written out
            if len(args) == 2:
                a, b = args
                dot, second = tangents[a], tangents[b]
                if dot is None:
                    if second is not None and (call := RIGHT[op]):
                        values[slot], p = call(values[a], values[b])
                        tangents[slot] = p * second
                        record((slot, b, p, None, 0.0))
                        continue
                elif second is None:
                    if call := LEFT[op]:
                        values[slot], p = call(values[a], values[b])
                        tangents[slot] = p * dot
                        record((slot, a, p, None, 0.0))
                        continue
                elif call := BOTH[op]:
                    values[slot], p, q = call(values[a], values[b])
                    tangents[slot] = p * dot + q * second
                    record((slot, a, p, b, q))
                    continue
            elif len(args) == 1:
                (a,) = args
                dot = tangents[a]
                if dot is not None and (call := UNARY[op]):
                    values[slot], p = call(values[a])
                    tangents[slot] = p * dot
                    record((slot, a, p, None, 0.0))
                    continue
            if op in LAZY and not lazy:
                return False
            _step(slot, op, args, values, tangents, records)
        except (ArithmeticError, ValueError, TypeError):
            _step(slot, op, args, values, tangents, records, careful=True)
        if tangents[slot] is None:
            inactive.append(slot)
    return True


def _step(
    slot: int,
    op: str,
    args: tuple[int, ...],
    values: list[Any],
    tangents: list[Any],
    records: list[Record],
    careful: bool = False,
) -> None:
    """One row of any shape."""
    if op == "where":  # a copy of the branch taken, with the slope 1
        arg = args[1] if values[args[0]] else args[2]
        values[slot] = values[arg]
        if tangents[arg] is not None:
            tangents[slot] = tangents[arg]
            records.append((slot, arg, 1.0, None, 0.0))
        return
    mask = sum(1 << position for position, arg in enumerate(args) if tangents[arg] is not None)
    step = step_for(op, mask, len(args))
    arguments = [values[arg] for arg in args]
    found = _step_carefully(op, step, arguments) if careful else step.call(*arguments)
    if not step.edges:
        values[slot] = found
        tangents[slot] = 0.0 if mask else None
        return
    values[slot], *slopes = found
    ends = [args[position] for position in step.edges]
    flows = [slope * tangents[arg] for slope, arg in zip(slopes, ends, strict=True)]
    # Not sum(): 0.0 + -0.0 would lose the sign.
    tangents[slot] = reduce(operator.add, flows)
    for k in range((len(ends) - 1) // 2 * 2, -1, -2):
        if k + 1 < len(ends):
            records.append((slot, ends[k], slopes[k], ends[k + 1], slopes[k + 1]))
        else:
            records.append((slot, ends[k], slopes[k], None, 0.0))


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


def _reverse(trace: Trace, seed: Sequence[float]) -> float:
    """The adjoint sweep: scatter along the edges, rows backwards, arguments in order.

    Returns:
        0 where all adjoints of inputs are finite, nan otherwise.
    """
    adjoints: list[Any] = trace.adjoints
    for slot, weight in zip(trace.program.outputs, seed, strict=True):
        before = adjoints[slot]
        adjoints[slot] = weight if before is None else before + weight
    for slot, a, p, b, q in reversed(trace.records):
        bar = adjoints[slot]
        if bar is not None:
            before = adjoints[a]
            adjoints[a] = bar * p if before is None else before + bar * p
            if b is not None:
                before = adjoints[b]
                adjoints[b] = bar * q if before is None else before + bar * q
    zero = 0.0
    for slot in trace.program.inputs:
        bar = adjoints[slot]
        if bar is None:
            adjoints[slot] = 0.0
        else:
            zero += bar * 0.0
    return zero


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
    trace: Trace,
    seed: Sequence[float],
    times: Callable[[float, float], float] = _times,
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
            amount = times(bar, partial)
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
