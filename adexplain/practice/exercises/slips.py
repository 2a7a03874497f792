"""Find the slip behind a wrong answer by computing the trace again with one common slip in it.

A slip that gives the typed number is reported. If several do, the most common one is.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from adexplain.errors import InputError
from adexplain.evaluate.flow import push_forward, scatter_back
from adexplain.evaluate.run import FLOATS, run
from adexplain.explanation.explain import Explanation
from adexplain.practice.equality import Match, compare_numbers, read_number
from adexplain.practice.exercises.make_exercise import Exercise
from adexplain.practice.exercises.questions import Blank
from adexplain.practice.usual_slips import ANGULAR, DEGREES, SIGN, in_degrees
from adexplain.program import CONSTANT
from adexplain.transforms.tangent import tangent
from adexplain.typeset.formulas import name_latex

Slope = Callable[[int, int], float]
"""The partial of a row along one of its edges."""
Slip = tuple[float, str]
"""The number that a slip gives, and the sentence about it."""

ROUNDED_EARLY = 0.02
"""Relative error up to which a wrong answer may come from rounding too early."""


def slip(exercise: Exercise, blank: Blank, given: str) -> str:
    """The slip behind a wrong answer, with formulas between dollar signs; "" if none is found."""
    try:
        read = read_number(given)
    except InputError:
        return ""
    if not math.isfinite(read.value):
        return ""
    for number, sentence in _slips(exercise, blank):
        if compare_numbers(read, number) is not Match.WRONG:
            return sentence
    if read.unit and abs(read.value - blank.value) <= ROUNDED_EARLY * abs(blank.value):
        return "Close: was something rounded on the way? Keep roots and fractions until the end."
    return ""


def _slips(exercise: Exercise, blank: Blank) -> Iterator[Slip]:
    if blank.quantity in ("left", "right"):
        yield from _other_blanks(exercise, blank)
        yield from _wrong_sign(blank)
        return
    yield from _wrong_sign(blank)
    yield from _other_blanks(exercise, blank)
    if blank.quantity != "value":
        yield from _Sweep(exercise, blank).slips()
    yield from _in_degrees(exercise, blank)


def _wrong_sign(blank: Blank) -> Iterator[Slip]:
    if blank.value:
        yield -blank.value, SIGN


def _other_blanks(exercise: Exercise, blank: Blank) -> Iterator[Slip]:
    """The answers to the other blanks."""
    for other in exercise.blanks:
        if other is not blank and other.value:
            side = other.quantity in ("left", "right")
            name = f"the derivative from the {other.quantity}" if side else f"${other.latex}$"
            yield other.value, f"That is {name}."


class _Sweep:
    """The sweep that computes a derivative, repeated with one slip in it."""

    def __init__(self, exercise: Exercise, blank: Blank) -> None:
        self.exercise, self.blank = exercise, blank
        self.explanation: Explanation = exercise.explanation()
        program, self.trace = self.explanation.program, self.explanation.trace
        self.program = program
        self.forward = blank.quantity == "tangent"
        self.dots = {slot: float(exercise.tangent[program.names[slot]]) for slot in program.inputs}
        self.bars = [float(exercise.bar[name]) for name in program.output_names]
        if blank.quantity == "partial":
            self.bars = [float(name == blank.of) for name in program.output_names]
        self.slot = _slot(self.explanation, blank.by or blank.of)

    def slips(self) -> Iterator[Slip]:
        """The slips, the most common first."""
        yield from self._unit_seeds()
        for change in (
            self._missing_term,
            self._missing_factor,
            self._wrong_powers,
            self._wrong_signs,
            self._not_differentiated,
        ):
            for slot in reversed(self.program.rows):
                for place in range(len(self.trace.edges[slot])):
                    for slope, sentence in change(slot, place):
                        yield self._answer_with(slot, place, slope), sentence
        yield from self._product_of_derivatives()
        yield from self._other_rows()

    def _answer_with(self, slot: int, place: int, slope: float) -> float:
        """The answer with one partial changed."""

        def slopes(row: int, edge: int) -> float:
            return slope if (row, edge) == (slot, place) else self.trace.partials[row][edge]

        return self._computed(slopes, self.dots, self.bars)

    def _computed(self, slope: Slope, dots: dict[int, float], bars: Sequence[float]) -> float:
        edges, rows = self.trace.edges, self.program.rows

        def flow(order: Iterable[int]) -> Iterator[tuple[int, Sequence[int], list[float]]]:
            for row in order:
                yield row, edges[row], [slope(row, k) for k in range(len(edges[row]))]

        if self.forward:
            tangents = dict.fromkeys(range(len(edges)), 0.0) | dots
            push_forward(flow(rows), tangents)
            return tangents[self.slot]
        adjoints: list[float | None] = [None] * len(edges)
        scatter_back(flow(reversed(rows)), adjoints, zip(self.program.outputs, bars, strict=True))
        return adjoints[self.slot] or 0.0

    def _unit_seeds(self) -> Iterator[Slip]:
        """The answer with all seeds equal to 1."""
        seeds, accent = self.exercise.bar, "bar"
        if self.forward:
            seeds, accent = self.exercise.tangent, "dot"
        if self.blank.quantity == "partial" or set(seeds.values()) == {1}:
            return
        given = ", ".join(f"${name_latex(name, accent)} = {by}$" for name, by in seeds.items())
        ones = self._computed(
            lambda row, edge: self.trace.partials[row][edge],
            dict.fromkeys(self.dots, 1.0),
            [1.0] * len(self.bars),
        )
        yield ones, f"That is what comes with 1 as seed: here {given}."

    def _missing_term(self, slot: int, place: int) -> Iterator[Slip]:
        """A missing term of a tangent, or a contribution that was overwritten."""
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

    def _missing_factor(self, slot: int, place: int) -> Iterator[Slip]:
        """A forgotten factor of the chain rule."""
        if abs(self.trace.partials[slot][place]) != 1.0:
            yield 1.0, f"That comes where the factor ${self._partial(slot, place)}$ is forgotten."

    def _wrong_powers(self, slot: int, place: int) -> Iterator[Slip]:
        """Common slips in the partials of powers and quotients."""
        program, slope = self.program, self.trace.partials[slot][place]
        op, args = program.ops[slot], program.args[slot]
        sentence = f"That comes from a slip in ${self._partial(slot, place)}$: "
        if op == "pow" and program.ops[args[1]] is CONSTANT:
            power, base = program.constants[args[1]].value, self.trace.values[args[0]]
            if power and base is not None:
                yield slope / power, f"{sentence}the exponent becomes a factor."
                yield slope * base, f"{sentence}the exponent goes down by 1."
        elif op == "div" and args[1] == self.trace.edges[slot][place] and args[0] != args[1]:
            below = self.trace.values[args[1]]
            yield slope * (below or 1.0), f"{sentence}the denominator is squared."

    def _wrong_signs(self, slot: int, place: int) -> Iterator[Slip]:
        slope = self.trace.partials[slot][place]
        yield -slope, f"That comes where the sign of ${self._partial(slot, place)}$ is wrong."

    def _not_differentiated(self, slot: int, place: int) -> Iterator[Slip]:
        """The function instead of its derivative."""
        value = self.trace.values[slot]
        if value is not None and len(self.trace.edges[slot]) == 1:
            row = f"${self._name(slot)} = {self._row(slot)}$"
            yield value, f"That comes where the row {row} is not differentiated."

    def _product_of_derivatives(self) -> Iterator[Slip]:
        """The product of the derivatives instead of the product rule."""
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
            outputs = self.program.outputs
            number = sum(bar * found[end] for bar, end in zip(self.bars, outputs, strict=True))
            yield (
                found[self.slot] if self.forward else number,
                (
                    f"That comes where the derivatives of both factors of ${self._name(product)}$ "
                    "are multiplied: a product has two terms, and in each only one factor moves."
                ),
            )

    def _other_rows(self) -> Iterator[Slip]:
        """The tangent or the adjoint of another row."""
        if self.blank.quantity == "partial":
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
    """The answer of a calculator that is set to degrees."""
    explanation = exercise.explanation()
    program = explanation.program
    if not ANGULAR.keys() & set(program.ops):
        return
    functions = {**FLOATS.functions, **{sine: in_degrees(sine) for sine in ANGULAR}}
    names = program.input_names
    dots = [float(exercise.tangent[name]) for name in names]
    if blank.quantity in ("partial", "adjoint"):
        if (blank.by or blank.of) not in names:
            return
        dots = [float(name == (blank.by or blank.of)) for name in names]
    point = [float(explanation.trace.values[slot] or 0.0) for slot in program.inputs]
    along = tangent(program)
    found = run(along, [*point, *dots], replace(FLOATS, functions=functions))
    outputs = [float(found[slot] or 0.0) for slot in along.outputs]
    values = dict(zip(program.output_names, outputs, strict=False))
    tangents = dict(zip(program.output_names, outputs[len(values) :], strict=True))
    if blank.quantity == "adjoint":
        yield sum(by * tangents[name] for name, by in exercise.bar.items()), DEGREES
        return
    rows = {item.row: item.name for item in explanation.outputs}
    output = rows.get(blank.of, blank.of)
    if output in tangents:
        yield (values if blank.quantity == "value" else tangents)[output], DEGREES
