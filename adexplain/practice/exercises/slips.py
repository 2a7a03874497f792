"""What a wrong answer comes from: the trace is done again with one usual slip in it.

Whatever gives just the number that was typed is named. Where two slips give the same number, the
one that people make more often is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from adexplain.errors import InputError
from adexplain.evaluate.run import run
from adexplain.explanation.explain import Explanation
from adexplain.practice.equality import Match, compare_numbers, read_number
from adexplain.practice.exercises.asking import Blank
from adexplain.practice.exercises.making import Exercise
from adexplain.practice.usual_slips import ANGULAR, DEGREES, SIGN, in_degrees
from adexplain.primitives.ieee import IEEE
from adexplain.program import CONSTANT
from adexplain.transforms.tangent import tangent
from adexplain.typeset.formulas import name_latex

Slope = Callable[[int, int], float]
"""The partial of a row along one of its edges."""
Slip = tuple[float, str]
"""The number it gives, and what to say of it."""

NEAR = 0.02
"""Relative error of what was rounded too early."""


def slip(exercise: Exercise, blank: Blank, given: str) -> str:
    """What a wrong answer is instead, with formulas between dollar signs; "" where nobody knows."""
    try:
        read = read_number(given)
    except InputError:
        return ""
    if not math.isfinite(read.value):
        return ""
    for number, told in _slips(exercise, blank):
        if compare_numbers(read, number) is not Match.WRONG:
            return told
    if read.unit and abs(read.value - blank.value) <= NEAR * abs(blank.value):
        return "Close: was something rounded on the way? Keep roots and fractions until the end."
    return ""


def _slips(exercise: Exercise, blank: Blank) -> Iterator[Slip]:
    if blank.what in ("left", "right"):
        yield from _others(exercise, blank)
        yield from _sign(blank)
        return
    yield from _sign(blank)
    yield from _others(exercise, blank)
    if blank.what != "value":
        yield from _Sweep(exercise, blank).slips()
    yield from _in_degrees(exercise, blank)


def _sign(blank: Blank) -> Iterator[Slip]:
    if blank.value:
        yield -blank.value, SIGN


def _others(exercise: Exercise, blank: Blank) -> Iterator[Slip]:
    """What another field asks for."""
    for other in exercise.blanks:
        if other is not blank and other.value:
            side = other.what in ("left", "right")
            which = f"the derivative from the {other.what}" if side else f"${other.latex}$"
            yield other.value, f"That is {which}."


class _Sweep:
    """The sweep that finds a derivative, to be done again with a slip in it."""

    def __init__(self, exercise: Exercise, blank: Blank) -> None:
        self.exercise, self.blank = exercise, blank
        self.explanation: Explanation = exercise.explanation()
        program, self.trace = self.explanation.program, self.explanation.trace
        self.program = program
        self.forward = blank.what == "tangent"
        self.dots = {slot: float(exercise.tangent[program.names[slot]]) for slot in program.inputs}
        self.bars = [float(exercise.bar[name]) for name in program.output_names]
        if blank.what == "partial":
            self.bars = [float(name == blank.of) for name in program.output_names]
        self.slot = _slot(self.explanation, blank.by or blank.of)

    def slips(self) -> Iterator[Slip]:
        """The usual ones, those that are made more often first."""
        yield from self._seedless()
        for change in (self._left_out, self._forgotten, self._powers, self._signs, self._undone):
            for slot in reversed(self.program.rows):
                for place in range(len(self.trace.edges[slot])):
                    for slope, told in change(slot, place):
                        yield self._with(slot, place, slope), told
        yield from self._products()
        yield from self._neighbours()

    def _with(self, slot: int, place: int, slope: float) -> float:
        """The answer with one partial changed."""

        def slopes(row: int, edge: int) -> float:
            return slope if (row, edge) == (slot, place) else self.trace.partials[row][edge]

        return self._answer(slopes, self.dots, self.bars)

    def _answer(self, slope: Slope, dots: dict[int, float], bars: Sequence[float]) -> float:
        edges, found = self.trace.edges, dict(dots)
        if self.forward:
            for row in self.program.rows:
                found[row] = sum(slope(row, k) * found[arg] for k, arg in enumerate(edges[row]))
            return found[self.slot]
        found = dict.fromkeys(range(len(edges)), 0.0)
        for slot, bar in zip(self.program.outputs, bars, strict=True):
            found[slot] += bar
        for row in reversed(self.program.rows):
            for k, arg in enumerate(edges[row]):
                found[arg] += slope(row, k) * found[row]
        return found[self.slot]

    def _seedless(self) -> Iterator[Slip]:
        """All seeds taken as 1."""
        seeds, accent = self.exercise.bar, "bar"
        if self.forward:
            seeds, accent = self.exercise.tangent, "dot"
        if self.blank.what == "partial" or set(seeds.values()) == {1}:
            return
        given = ", ".join(f"${name_latex(name, accent)} = {by}$" for name, by in seeds.items())
        ones = self._answer(
            lambda row, edge: self.trace.partials[row][edge],
            dict.fromkeys(self.dots, 1.0),
            [1.0] * len(self.bars),
        )
        yield ones, f"That is what comes with 1 as seed: here {given}."

    def _left_out(self, slot: int, place: int) -> Iterator[Slip]:
        """A contribution that was overwritten, a term of a product that is missing."""
        arg = self.trace.edges[slot][place]
        if self.forward:
            if len(self.trace.edges[slot]) > 1:
                yield (
                    0.0,
                    (
                        f"That comes where ${self._name(slot, 'dot')}$ lacks the term with "
                        f"${self._name(arg, 'dot')}$: each place brings one, and they are added."
                    ),
                )
        elif sum(edges.count(arg) for edges in self.trace.edges) > 1:
            yield (
                0.0,
                (
                    f"That comes where ${self._name(arg, 'bar')}$ lacks the contribution from "
                    f"${self._name(slot)}$: contributions are added, none replaces another."
                ),
            )

    def _forgotten(self, slot: int, place: int) -> Iterator[Slip]:
        """An inner derivative that was forgotten."""
        if abs(self.trace.partials[slot][place]) != 1.0:
            yield 1.0, f"That comes where the factor ${self._partial(slot, place)}$ is forgotten."

    def _powers(self, slot: int, place: int) -> Iterator[Slip]:
        """The usual slips with a power and a quotient."""
        program, slope = self.program, self.trace.partials[slot][place]
        op, args = program.ops[slot], program.args[slot]
        told = f"That comes from a slip in ${self._partial(slot, place)}$: "
        if op == "pow" and program.ops[args[1]] is CONSTANT:
            power, base = program.constants[args[1]].value, self.trace.values[args[0]]
            if power and base is not None:
                yield slope / power, f"{told}the exponent becomes a factor."
                yield slope * base, f"{told}the exponent goes down by 1."
        elif op == "div" and args[1] == self.trace.edges[slot][place] and args[0] != args[1]:
            below = self.trace.values[args[1]]
            yield slope * (below or 1.0), f"{told}the denominator is squared."

    def _signs(self, slot: int, place: int) -> Iterator[Slip]:
        slope = self.trace.partials[slot][place]
        yield -slope, f"That comes where the sign of ${self._partial(slot, place)}$ is wrong."

    def _undone(self, slot: int, place: int) -> Iterator[Slip]:
        """The function where its derivative should be."""
        value = self.trace.values[slot]
        if value is not None and len(self.trace.edges[slot]) == 1:
            row = f"${self._name(slot)} = {self._row(slot)}$"
            yield value, f"That comes where the row {row} is not differentiated."

    def _products(self) -> Iterator[Slip]:
        """Derivatives multiplied where the product rule belongs."""
        if not self.forward and self.slot not in self.program.inputs:
            return
        dots = self.dots if self.forward else dict.fromkeys(self.dots, 0.0) | {self.slot: 1.0}
        edges, partials = self.trace.edges, self.trace.partials
        for product in self.program.rows:
            if self.program.ops[product] != "mul" or len(edges[product]) < 2:
                continue
            found = dict(dots)
            for row in self.program.rows:
                terms = [p * found[a] for a, p in zip(edges[row], partials[row], strict=True)]
                found[row] = sum(terms)
                if row == product:
                    found[row] = math.prod(found[arg] for arg in edges[row])
            ends = self.program.outputs
            number = sum(bar * found[end] for bar, end in zip(self.bars, ends, strict=True))
            yield (
                found[self.slot] if self.forward else number,
                (
                    f"That comes where the derivatives of both factors of ${self._name(product)}$ "
                    "are multiplied: a product has two terms, and in each only one factor moves."
                ),
            )

    def _neighbours(self) -> Iterator[Slip]:
        """The tangent or the adjoint of another row."""
        if self.blank.what == "partial":
            return
        trace, accent = self.explanation.trace, "dot" if self.forward else "bar"
        numbers = trace.tangents if self.forward else trace.adjoints
        for slot in (*self.program.rows, *self.program.inputs):
            yield numbers[slot] or 0.0, f"That is ${self._name(slot, accent)}$."

    def _name(self, slot: int, accent: str = "") -> str:
        return name_latex(self.program.names[slot], accent)

    def _partial(self, slot: int, place: int) -> str:
        return (
            rf"\partial {self._name(slot)} / \partial {self._name(self.trace.edges[slot][place])}"
        )

    def _row(self, slot: int) -> str:
        name = self.program.names[slot]
        return next(row.latex or "" for row in self.explanation.rows if row.name == name)


def _slot(explanation: Explanation, name: str) -> int:
    program = explanation.program
    if name in program.output_names:
        return program.outputs[program.output_names.index(name)]
    return program.names.index(name)


def _in_degrees(exercise: Exercise, blank: Blank) -> Iterator[Slip]:
    """What a pocket calculator says that was left in degrees."""
    explanation = exercise.explanation()
    program = explanation.program
    if not ANGULAR.keys() & set(program.ops):
        return
    functions = {**IEEE, **{primitive: in_degrees(primitive) for primitive in ANGULAR}}
    names = program.input_names
    dots = [float(exercise.tangent[name]) for name in names]
    if blank.what in ("partial", "adjoint"):
        if (blank.by or blank.of) not in names:
            return
        dots = [float(name == (blank.by or blank.of)) for name in names]
    point = [float(explanation.trace.values[slot] or 0.0) for slot in program.inputs]
    along = tangent(program)
    found = run(along, [*point, *dots], functions, lambda constant: constant.value)
    ends = [float(found[slot] or 0.0) for slot in along.outputs]
    values = dict(zip(program.output_names, ends, strict=False))
    tangents = dict(zip(program.output_names, ends[len(values) :], strict=True))
    if blank.what == "adjoint":
        yield sum(by * tangents[name] for name, by in exercise.bar.items()), DEGREES
        return
    rows = {item.row: item.name for item in explanation.outputs}
    output = rows.get(blank.of, blank.of)
    if output in tangents:
        yield (values if blank.what == "value" else tangents)[output], DEGREES
