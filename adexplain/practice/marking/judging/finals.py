"""A derivative that stands alone: which one slip, in which row, would have given it.

A slip in one row changes that row's tangent or adjoint, and the answer changes by the difference
times what the rest of the sweep makes of it. So every row's guesses can be tried without a sweep.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from adexplain.practice.equality import Match, compare_numbers
from adexplain.practice.marking.alignment.rows import Row, adjoint_row, agree, tangent_row
from adexplain.practice.marking.alignment.vectors import Vector
from adexplain.practice.marking.alignment.views import View, check_known, true_view
from adexplain.practice.marking.diagnosis.diagnosis import COMPARED, given_by
from adexplain.practice.marking.diagnosis.expected import Expected
from adexplain.practice.marking.diagnosis.guesses import guesses
from adexplain.practice.marking.diagnosis.kinds import OTHER, Guess
from adexplain.practice.marking.judging.findings import Finding
from adexplain.practice.marking.judging.primals import row_words
from adexplain.practice.marking.judging.protocol import Judging
from adexplain.practice.marking.judging.result import WRONG
from adexplain.practice.marking.reading.notation import BAR, DOT, PARTIAL, Atom
from adexplain.practice.marking.reading.statements import Side, Statement

ROWS_TRIED = 60
"""Rows beyond which an answer alone is not traced back to a slip."""


def alone(judge: Judging, sides: list[Side], line_of: dict[int, int]) -> list[Finding]:
    """Derivatives without any statement: one for each input in order, or one of them."""
    inputs = judge.graph.inputs
    count = len(sides)
    found = []
    for number, side in enumerate(sides):
        name = inputs[number] if count == len(inputs) else _likeliest(judge, side)
        target = Atom(PARTIAL, judge.graph.outputs[0], name)
        statement = Statement(line_of.get(side.span[0], 1), target, False, [side], side.span)
        statement.position = number
        check_known(judge.graph, statement)
        found.append(answer(judge, statement, name))
    return found


def _likeliest(judge: Judging, side: Side) -> str:
    """The input a single derivative belongs to: the one for which it is right, or the first."""
    inputs = judge.graph.inputs
    for name in inputs:
        true = [world.per(name).get(judge.graph.outputs[0], 0.0) for world in judge.worlds]
        number = side.number
        if number is None:
            if agree(judge.views[""].true.evaluate(side), true):
                return name
        elif compare_numbers(number, true[0]) is not Match.WRONG:
            return name
    return inputs[0]


def answer(judge: Judging, statement: Statement, name: str) -> Finding:
    """A derivative of the output by one input."""

    view = _view(judge, name)
    output = judge.graph.outputs[0]
    true = [world.per(name).get(output, 0.0) for world in view.worlds]
    row = Row(statement.target, [], true, view)
    finding = Finding(statement, statement.target, row=row, true=true[0])
    expected = Expected(row, None, row)
    for side in statement.sides:
        judge.side(finding, side, expected)
    trace_back(judge, finding, name)
    return finding


def trace_back(judge: Judging, finding: Finding, name: str) -> None:
    """Explain a wrong answer by one slip in one row, if there is such a slip."""
    usual = finding.guess is not None and finding.guess.kind != OTHER
    if finding.mark != WRONG or usual or len(judge.graph.nodes) > ROWS_TRIED:
        return
    longest = max((len(node.program.ops) for node in judge.graph.nodes.values()), default=1)
    for side in finding.statement.sides:
        count = COMPARED if side.number is None else 1
        judge.effort.cut = False
        tried = judge.effort.limited(_everywhere(judge, name, count), count * longest)
        if side.number is not None:
            found = given_by(side.number, list(tried))
        else:
            written = judge.views[""].true.evaluate(side, count=count)
            found = next((guess for guess in tried if agree(written, guess.values)), None)
        if found:
            finding.guess = found
            return


def _view(judge: Judging, name: str, count: int = 0) -> View:
    worlds = judge.worlds[: count or len(judge.worlds)]
    seeds = [{one: float(one == name) for one in judge.graph.inputs}] * len(worlds)
    return true_view(judge.alignment, name, seeds, judge.weights, worlds)


def _everywhere(judge: Judging, name: str, count: int) -> Iterator[Guess]:
    """What every slip in every row would make of the derivative by an input."""
    view = _view(judge, name, count)
    output = judge.graph.outputs[0]
    true = [world.per(name).get(output, 0.0) for world in view.worlds]
    for node in reversed(list(judge.graph.nodes)):
        if node not in judge.graph.feeding:
            continue
        row = tangent_row(view, node)
        rest = [world.of(output).get(node, 0.0) for world in view.worlds]
        yield from _carried(row, rest, true, Atom(DOT, node))
    for node in (*reversed(list(judge.graph.nodes)), name):
        seed = judge.weights.get(node, 0.0)
        row = adjoint_row(view, node, seed)
        rest = [world.per(name).get(node, float(node == name)) for world in view.worlds]
        yield from _carried(row, rest, true, Atom(BAR, node))


def _carried(row: Row, rest: Vector, true: Vector, atom: Atom) -> Iterator[Guess]:
    right = row.values
    for guess in guesses(row):
        changed = [
            t + r * (g - v) for t, r, g, v in zip(true, rest, guess.values, right, strict=True)
        ]
        if changed != true:
            where = atom.told()
            node = row.view.graph.nodes.get(atom.name)
            if node is not None:  # who gave only an answer has not seen our names
                where = f"the row {node.name} = {row_words(node)}"
            says = partial(_slip_in, where, guess)
            yield Guess(guess.kind, changed, says, rank=guess.rank)


def _slip_in(where: str, guess: Guess) -> str:
    return f"One slip in {where} gives this answer. {guess.sentence}"
