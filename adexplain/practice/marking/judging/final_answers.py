"""Judge final derivatives without a derivation, and find the slip in one row that gives them.

A slip changes the tangent or adjoint of one row, and the answer by this change times the derivative
along the rest of the sweep. So the guesses for all rows can be tried without repeating the sweep.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from adexplain.practice.equality import Match, compare_numbers
from adexplain.practice.marking.alignment.rows import Row, adjoint_row, agree, tangent_row
from adexplain.practice.marking.alignment.vectors import Vector
from adexplain.practice.marking.alignment.views import View, check_known, true_view
from adexplain.practice.marking.diagnosis.expected import Expected
from adexplain.practice.marking.diagnosis.find_mistake import COMPARED, guess_giving
from adexplain.practice.marking.diagnosis.mistake_kinds import OTHER, Guess
from adexplain.practice.marking.diagnosis.usual_mistakes import guesses
from adexplain.practice.marking.judging.findings import Finding
from adexplain.practice.marking.judging.primals import row_words
from adexplain.practice.marking.judging.protocol import JudgeInterface
from adexplain.practice.marking.judging.result import WRONG
from adexplain.practice.marking.reading.notation import BAR, DOT, PARTIAL, Atom
from adexplain.practice.marking.reading.statements import Side, Statement

ROWS_TRIED = 60
"""Most rows of a function whose final answers are traced back to a slip."""


def judge_final_answers(
    judge: JudgeInterface, sides: list[Side], line_of: dict[int, int]
) -> list[Finding]:
    """Judge derivatives without statements: one for each input in order, or a single one."""
    inputs = judge.graph.inputs
    count = len(sides)
    found = []
    for number, side in enumerate(sides):
        name = inputs[number] if count == len(inputs) else _likeliest(judge, side)
        target = Atom(PARTIAL, judge.graph.outputs[0], name)
        statement = Statement(line_of.get(side.span[0], 1), target, False, [side], side.span)
        statement.position = number
        check_known(judge.graph, statement)
        found.append(judge_answer(judge, statement, name))
    return found


def _likeliest(judge: JudgeInterface, side: Side) -> str:
    """The input that a single derivative is by: the one for which it is right, or the first."""
    inputs = judge.graph.inputs
    for name in inputs:
        true = [
            evaluation.derivatives_by(name).get(judge.graph.outputs[0], 0.0)
            for evaluation in judge.evaluations
        ]
        number = side.number
        if number is None:
            if agree(judge.views[""].true.evaluate(side), true):
                return name
        elif compare_numbers(number, true[0]) is not Match.WRONG:
            return name
    return inputs[0]


def judge_answer(judge: JudgeInterface, statement: Statement, name: str) -> Finding:
    """Judge a derivative of the output by one input."""

    view = _view(judge, name)
    output = judge.graph.outputs[0]
    true = [evaluation.derivatives_by(name).get(output, 0.0) for evaluation in view.evaluations]
    row = Row(statement.target, [], true, view)
    finding = Finding(statement, statement.target, row=row, true=true[0])
    expected = Expected(row, None, row)
    for side in statement.sides:
        judge.judge_side(finding, side, expected)
    trace_back(judge, finding, name)
    return finding


def trace_back(judge: JudgeInterface, finding: Finding, name: str) -> None:
    """Explain a wrong answer by one slip in one row, if there is such a slip."""
    is_explained = finding.guess is not None and finding.guess.kind != OTHER
    if finding.mark != WRONG or is_explained or len(judge.graph.nodes) > ROWS_TRIED:
        return
    longest = max((len(node.program.ops) for node in judge.graph.nodes.values()), default=1)
    for side in finding.statement.sides:
        count = COMPARED if side.number is None else 1
        judge.effort.cut = False
        tried = judge.effort.limited(_guesses_in_all_rows(judge, name, count), count * longest)
        if side.number is not None:
            found = guess_giving(side.number, list(tried))
        else:
            written = judge.views[""].true.evaluate(side, count=count)
            found = next((guess for guess in tried if agree(written, guess.values)), None)
        if found:
            finding.guess = found
            return


def _view(judge: JudgeInterface, name: str, count: int = 0) -> View:
    evaluations = judge.evaluations[: count or len(judge.evaluations)]
    seeds = [{other: float(other == name) for other in judge.graph.inputs}] * len(evaluations)
    return true_view(judge.alignment, name, seeds, judge.weights, evaluations)


def _guesses_in_all_rows(judge: JudgeInterface, name: str, count: int) -> Iterator[Guess]:
    """The derivative by an input after each slip in each row."""
    view = _view(judge, name, count)
    output = judge.graph.outputs[0]
    true = [evaluation.derivatives_by(name).get(output, 0.0) for evaluation in view.evaluations]
    for node in reversed(list(judge.graph.nodes)):
        if node not in judge.graph.feeding:
            continue
        row = tangent_row(view, node)
        sensitivity = [
            evaluation.derivatives_of(output).get(node, 0.0) for evaluation in view.evaluations
        ]
        yield from _propagated(row, sensitivity, true, Atom(DOT, node))
    for node in (*reversed(list(judge.graph.nodes)), name):
        seed = judge.weights.get(node, 0.0)
        row = adjoint_row(view, node, seed)
        sensitivity = [
            evaluation.derivatives_by(name).get(node, float(node == name))
            for evaluation in view.evaluations
        ]
        yield from _propagated(row, sensitivity, true, Atom(BAR, node))


def _propagated(row: Row, sensitivity: Vector, true: Vector, atom: Atom) -> Iterator[Guess]:
    right = row.values
    for guess in guesses(row):
        changed = [
            t + r * (g - v)
            for t, r, g, v in zip(true, sensitivity, guess.values, right, strict=True)
        ]
        if changed != true:
            where = atom.text
            node = row.view.graph.nodes.get(atom.name)
            if node is not None:  # the names of the rows are not known to the student
                where = f"the row {node.name} = {row_words(node)}"
            message = partial(_slip_in, where, guess)
            yield Guess(guess.kind, changed, message, rank=guess.rank)


def _slip_in(where: str, guess: Guess) -> str:
    return f"One slip in {where} gives this answer. {guess.sentence}"
