"""The trace of a ``Program`` at a point: values, tangents and adjoints of all rows.

``compute_trace`` makes one forward and one reverse sweep; the value and the partials of a row come
from one compiled function. At finite points its results are those of the transformed programs to
the bit, which a property test checks.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, reduce
from typing import Any

from adexplain.evaluate.compiled_rows import BOTH, LEFT, RIGHT, UNARY, value_and_partials
from adexplain.evaluate.flow import push_forward, scatter_back, times
from adexplain.evaluate.run import FLOATS, evaluate, run_partial
from adexplain.primitives.ieee import apply_primitive
from adexplain.primitives.primitive import LAZY, SELECTING
from adexplain.program import Node, Program
from adexplain.transforms.partials import SharedCall, partial

Contribution = tuple[int, int, float, float, float]
"""One ``v̄ += …`` along one edge: the slot that receives it, the row it comes from, the partial, the
amount, and the total after it. A plain tuple, because a long trace has very many of them."""

EdgeRecord = tuple[int, int, float, int | None, float]
"""What the reverse sweep needs of a row: its slot, then the argument slot and the partial of one
edge, then those of a second edge (the slot None if there is none). A row with more than two edges
has several records, the last edges first."""


class Trace:
    """The numbers of one forward and one reverse sweep at a point.

    Attributes:
        program: what was evaluated.
        values: primal of each slot; None for a row not taken.
        tangents: tangent of each slot for the tangent seed.
        adjoints: adjoint of each slot for the adjoint seed; None for a slot without contributions.
        records: the edges of the rows, in execution order.
        zero_times_inf: whether 0·∞ occurred in a sweep, where it counts as 0.
    """

    zero_times_inf = False

    def __init__(
        self,
        program: Program,
        values: list[float | None],
        tangents: list[float | None],
        records: list[EdgeRecord],
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
        """Per slot, the arguments to which it has an edge."""
        records = reversed(self.records)
        pieces = ((slot, (a,) if b is None else (a, b)) for slot, a, _, b, _ in records)
        return _joined(len(self.values), pieces)

    @cached_property
    def partials(self) -> list[tuple[float, ...]]:
        """Per slot, the partial of each of its edges."""
        records = reversed(self.records)
        pieces = ((slot, (p,) if b is None else (p, q)) for slot, _, p, b, q in records)
        return _joined(len(self.values), pieces)

    @cached_property
    def contributions(self) -> list[Contribution]:
        """All contributions, in the order of the reverse sweep."""
        product = times if self.zero_times_inf else operator.mul
        return sweep_adjoints(self, self.adjoint_seed, product)[1]


def _joined(size: int, pieces: Iterable[tuple[int, tuple[Any, ...]]]) -> list[tuple[Any, ...]]:
    """Per slot, its pieces in one tuple. Only rows of many arguments have several."""
    found: list[tuple[Any, ...]] = [()] * size
    several: dict[int, list[Any]] = {}
    for slot, piece in pieces:
        if found[slot]:
            several.setdefault(slot, list(found[slot])).extend(piece)
        else:
            found[slot] = piece
    for slot, items in several.items():
        found[slot] = tuple(items)
    return found


def compute_trace(
    program: Program,
    point: Sequence[float],
    tangent_seed: Sequence[float],
    adjoint_seed: Sequence[float],
) -> Trace:
    """The primal, tangent and adjoint trace at a point, by one forward and one reverse sweep.

    Args:
        program: what is differentiated.
        point: one value for each input.
        tangent_seed: one number for each input, the direction.
        adjoint_seed: one number for each output, the weights.
    """
    trace = _forward(program, point, tangent_seed, adjoint_seed)
    # The fast sweeps make 0·∞ nan, and a nan reaches the result, where it is noticed here. Then
    # both sweeps are repeated with 0·∞ = 0.
    zero = _reverse(trace, adjoint_seed)
    tangents: list[Any] = trace.tangents
    for slot in program.outputs:
        zero += tangents[slot] * 0.0
    if zero != 0.0:
        trace.zero_times_inf = True
        trace.tangents = sweep_tangents(trace, tangent_seed)
        trace.adjoints, trace.contributions = sweep_adjoints(trace, adjoint_seed)
    return trace


def _forward(
    program: Program,
    point: Sequence[float],
    seed: Sequence[float],
    adjoint_seed: Sequence[float],
    evaluated: Sequence[int] | None = None,
) -> Trace:
    """The forward sweep.

    Args:
        program, point, seed, adjoint_seed: as for ``compute_trace``.
        evaluated: of a program with branches, the rows in the branches that are taken; None means
            all rows, until a row turns out to be lazy.
    """
    nodes = program.nodes
    rows: Iterable[tuple[int, Node]] = enumerate(nodes)
    values: list[Any] = [None] * len(nodes)
    tangents: list[Any] = [None] * len(nodes)
    if evaluated is not None:
        rows = [(slot, nodes[slot]) for slot in evaluated]
        tangents = [0.0 if active else None for active in program.active]
    for slot, value, direction in zip(program.inputs, point, seed, strict=True):
        values[slot] = value
        tangents[slot] = direction
    for slot, constant in program.constants.items():
        values[slot] = constant.value
    inactive = list(program.constants)
    records: list[EdgeRecord] = []
    if not _sweep_forward(rows, values, tangents, records, inactive, evaluated is not None):
        return _forward(program, point, seed, adjoint_seed, _rows_evaluated(program, point))
    for slot in inactive:
        tangents[slot] = 0.0
    if evaluated is not None:
        pairs = zip(values, tangents, strict=True)
        tangents = [None if value is None else tangent for value, tangent in pairs]
    return Trace(program, values, tangents, records, adjoint_seed)


def _sweep_forward(
    rows: Iterable[tuple[int, Node]],
    values: list[Any],
    tangents: list[Any],
    records: list[EdgeRecord],
    inactive: list[int],
    lazy: bool,
) -> bool:
    """Values, tangents and records of the rows; False if one is lazy although ``lazy`` is not set.

    The tangent of a row that depends on no input is None here, and the row is in ``inactive``.
    """
    record = records.append
    for slot, (op, args) in rows:
        if not args:
            continue
        try:  # rows of two arguments and of one are the commonest: inlined, for speed
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
            _general_row(slot, op, args, values, tangents, records)
        except (ArithmeticError, ValueError, TypeError):
            _general_row(slot, op, args, values, tangents, records, safe=True)
        if tangents[slot] is None:
            inactive.append(slot)
    return True


def _general_row(
    slot: int,
    op: str,
    args: tuple[int, ...],
    values: list[Any],
    tangents: list[Any],
    records: list[EdgeRecord],
    safe: bool = False,
) -> None:
    """One row with any number of arguments.

    Args:
        slot, op, args: the row.
        values, tangents, records: as in ``_sweep_forward``; the row's are added.
        safe: whether Python may raise for this row, so that IEEE 754 results are used.
    """
    if op in SELECTING:  # a copy of the branch taken, with partial 1
        arg = args[1] if values[args[0]] else args[2]
        values[slot] = values[arg]
        if tangents[arg] is not None:
            tangents[slot] = tangents[arg]
            records.append((slot, arg, 1.0, None, 0.0))
        return
    active = [position for position, arg in enumerate(args) if tangents[arg] is not None]
    positions = [position for position in active if partial(op, position) is not None]
    arguments = [values[arg] for arg in args]
    evaluate_row = _value_and_partials_safely if safe else value_and_partials
    values[slot], slopes = evaluate_row(op, arguments, positions)
    if not positions:
        tangents[slot] = 0.0 if active else None
        return
    ends = [args[position] for position in positions]
    flows = [slope * tangents[arg] for slope, arg in zip(slopes, ends, strict=True)]
    # Not sum(): 0.0 + -0.0 would lose the sign.
    tangents[slot] = reduce(operator.add, flows)
    for k in range((len(ends) - 1) // 2 * 2, -1, -2):
        if k + 1 < len(ends):
            records.append((slot, ends[k], slopes[k], ends[k + 1], slopes[k + 1]))
        else:
            records.append((slot, ends[k], slopes[k], None, 0.0))


def _rows_evaluated(program: Program, point: Sequence[float]) -> list[int]:
    values = evaluate(program, point)
    return [slot for slot in program.rows if values[slot] is not None]


def _value_and_partials_safely(
    op: str, arguments: Sequence[Any], positions: Sequence[int]
) -> tuple[float, Sequence[float]]:
    """Value and partials of a row by IEEE 754 arithmetic, each computed by itself.

    Where a lazy row's second argument was not evaluated, the first one is used in its place.
    """
    known = [arguments[0] if argument is None else argument for argument in arguments]
    value = apply_primitive(op, known)
    shared: dict[SharedCall, Any] = {}
    slopes = [run_partial(op, place, known, value, FLOATS, shared) for place in positions]
    return value, [math.nan if slope is None else slope for slope in slopes]


def _reverse(trace: Trace, seed: Sequence[float]) -> float:
    """The reverse sweep, which fills ``trace.adjoints``: rows backwards, arguments in order.

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


def sweep_tangents(trace: Trace, seed: Sequence[float]) -> list[float | None]:
    """The tangents of all slots for another direction, from the partials of a trace."""
    tangents: list[Any] = [0.0 if value is not None else None for value in trace.values]
    for slot, direction in zip(trace.program.inputs, seed, strict=True):
        tangents[slot] = direction
    push_forward(_flow(trace, trace.program.rows), tangents)
    return tangents


def sweep_adjoints(
    trace: Trace,
    seed: Sequence[float],
    product: Callable[[float, float], float] = times,
) -> tuple[list[float | None], list[Contribution]]:
    """Adjoints and contributions for other weights of the outputs, from the partials of a trace."""
    adjoints: list[Any] = [None] * len(trace.values)
    seeds = zip(trace.program.outputs, seed, strict=True)
    rows = _flow(trace, reversed(trace.program.rows))
    contributions = scatter_back(rows, adjoints, seeds, product)
    for slot in trace.program.inputs:
        if adjoints[slot] is None:
            adjoints[slot] = 0.0
    return adjoints, contributions


def _flow(
    trace: Trace, rows: Iterable[int]
) -> Iterator[tuple[int, tuple[int, ...], tuple[float, ...]]]:
    edges, partials = trace.edges, trace.partials
    return ((slot, edges[slot], partials[slot]) for slot in rows)


def jacobian(trace: Trace, mode: str = "") -> list[list[float]]:
    """The whole Jacobian, outputs by inputs, from the partials of a trace.

    Args:
        trace: a trace at the point.
        mode: "reverse" computes it row by row, "forward" column by column; by default the cheaper.
    """
    inputs, outputs = trace.program.inputs, trace.program.outputs
    if (mode or ("reverse" if len(outputs) <= len(inputs) else "forward")) == "reverse":
        rows = [sweep_adjoints(trace, _unit(len(outputs), k))[0] for k in range(len(outputs))]
        return [[row[slot] or 0.0 for slot in inputs] for row in rows]
    columns = [sweep_tangents(trace, _unit(len(inputs), k)) for k in range(len(inputs))]
    return [[column[slot] or 0.0 for column in columns] for slot in outputs]


def _unit(size: int, position: int) -> list[float]:
    return [1.0 if k == position else 0.0 for k in range(size)]
