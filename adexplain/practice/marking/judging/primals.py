"""Judge the values of rows, and statements about single partials."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import chain

from adexplain.practice.equality import Match, compare_numbers
from adexplain.practice.marking.alignment.graph import Evaluation, Node
from adexplain.practice.marking.alignment.rows import Row, Term, agree, typographic
from adexplain.practice.marking.alignment.vectors import Vector, same
from adexplain.practice.marking.diagnosis.find_mistake import COMPARED, guess_giving, not_searched
from adexplain.practice.marking.diagnosis.mistake_kinds import (
    FAR,
    LIKELY,
    OTHER,
    PARTIAL,
    SIGN,
    SWAPPED,
    VALUE,
    Guess,
)
from adexplain.practice.marking.diagnosis.mistakes_in_partials import (
    NAMES_TRIED,
    other_partials,
    other_values,
    wrong_partial,
)
from adexplain.practice.marking.diagnosis.rounding import near, rounded
from adexplain.practice.marking.judging.findings import Finding
from adexplain.practice.marking.judging.protocol import JudgeInterface
from adexplain.practice.marking.judging.result import FOLLOWS, RIGHT, ROUNDED, WRONG
from adexplain.practice.marking.reading.notation import PARTIAL as PARTIAL_ATOM
from adexplain.practice.marking.reading.notation import Atom
from adexplain.practice.marking.reading.statements import Side, Statement
from adexplain.program import row_text


def judge_values(judge: JudgeInterface) -> None:
    """Judge all statements about values, in the order of evaluation."""
    order = {name: k for k, name in enumerate((*judge.graph.inputs, *judge.graph.nodes))}
    ranked = sorted(
        judge.primal, key=lambda s: (order.get(judge.graph.find(s.target.name), 0), s.position)
    )
    for statement in ranked:
        _judge_value(judge, statement)


def _judge_value(judge: JudgeInterface, statement: Statement) -> None:

    written = statement.target.name
    name = judge.graph.find(written)
    alignment = judge.alignment
    values = alignment.values.get(written) or alignment.values.get(name) or [math.nan]
    finding = Finding(statement, Atom("", name), true=values[0])
    judge.findings[statement.position] = finding
    node = judge.graph.nodes.get(name)
    for side in statement.formulas:
        _judge_formula(judge, finding, side, node, values)
    for side in statement.numbers:
        _judge_number(judge, finding, side, node, values[0])
    if finding.mark in (WRONG, FOLLOWS):
        judge.mistakes.setdefault(finding.atom, finding.follows_from or statement)


def _judge_formula(
    judge: JudgeInterface, finding: Finding, side: Side, node: Node | None, values: Vector
) -> None:
    written = judge.views[""].true.evaluate(side)
    if same(written, values):
        return
    if judge.views[""].true.evaluate(side, count=1) and _rounded_formula(judge, side, values[0]):
        finding.worsen(ROUNDED)
        return
    name = finding.statement.target.name
    if node is None:  # an input with a formula instead of its value
        guess = Guess(OTHER, values, f"{name} is an input; its value is {values[0]:g}.")
    else:
        guess = _formula_slip(judge, node, written) or _unexplained(
            judge, f"{name} is {row_words(node)}."
        )
    finding.worsen(WRONG, guess)


def _rounded_formula(judge: JudgeInterface, side: Side, true: float) -> bool:
    """Whether a formula with numbers in place of names gives the right value."""
    if not any("." in c.text for c in side.program.constants.values()):
        return False
    value = judge.views[""].true.evaluate(side, count=1)[0]
    return abs(value - true) <= 2 * abs(value) * side.relative_error()


def _judge_number(
    judge: JudgeInterface, finding: Finding, side: Side, node: Node | None, true: float
) -> None:
    given = side.number
    assert given is not None
    match = compare_numbers(given, true)
    if match is Match.EXACT:
        return
    in_work_precision = rounded(given, true, judge.digits, judge.decimals)
    if match is Match.ROUNDED or near(given, true, 0.0) or in_work_precision:
        finding.worsen(ROUNDED)
        return
    name = finding.statement.target.name
    if node is None:
        sentence = f"{name} is {true:g} at this point."
        finding.worsen(WRONG, Guess(OTHER, [true], sentence))
        return
    student = judge.views[""].student
    student_node = student.graph.nodes[node.name]
    args = [student.graph.find(arg) for arg in student_node.program.input_names]
    value, slopes = student_node.value_and_partials(student.evaluations[0].values)
    spread = sum(
        abs(slope) * student.units.get(Atom("", student.graph.find(edge.arg)), 0.0)
        for edge, slope in zip(student_node.edges, slopes, strict=True)
    )
    causes = [judge.mistakes[Atom("", arg)] for arg in args if Atom("", arg) in judge.mistakes]
    if near(given, value, spread):
        if finding.mark == WRONG:
            return  # the number is that of the formula, which is wrong already
        finding.worsen(FOLLOWS if causes else ROUNDED)
        finding.follows_from = causes[0] if causes else None
        return
    if finding.mark == WRONG:
        return
    found = guess_giving(given, _try_guesses(judge, node, judge.evaluations[:1]))
    sentence = f"{name} = {row_words(node)} has another value."
    finding.worsen(WRONG, found or _unexplained(judge, sentence))


def _unexplained(judge: JudgeInterface, sentence: str) -> Guess:
    """The guess if no slip was found, or the search was cut off."""
    if judge.effort.cut:
        more = f"{sentence} Too much is wrong here for all to be explained."
        return Guess(OTHER, [], more, searched=False)
    return Guess(OTHER, [], sentence)


def _formula_slip(judge: JudgeInterface, node: Node, written: Vector) -> Guess | None:
    """The slip that gives a formula, tested at one generic point and then at several."""
    few = written[:COMPARED]
    if len(written) > COMPARED:
        beside = _try_guesses(judge, node, judge.evaluations[1:2])
        if not any(agree(written[1:2], g.values) for g in beside):
            return None
    tried = _try_guesses(judge, node, judge.evaluations[:COMPARED])
    return next((g for g in tried if agree(few, g.values)), None)


def _try_guesses(judge: JudgeInterface, node: Node, evaluations: list[Evaluation]) -> list[Guess]:
    """The slips in one operation, up to the limit."""
    judge.effort.cut = False
    cost = len(evaluations) * len(node.program.ops)
    return list(judge.effort.limited(_guesses(judge, node, evaluations), cost))


def row_words(node: Node) -> str:
    """The formula of a row in the student's names."""
    if node.program.rows:
        if node.single:
            return typographic(row_text(node.program, node.program.outputs[0]))
        return typographic(node.program.text.strip()) or node.name
    return node.program.names[node.program.outputs[0]]


def _guesses(judge: JudgeInterface, node: Node, evaluations: list[Evaluation]) -> Iterator[Guess]:
    """Slips in one operation at some points: its sign, the order or one of its arguments."""
    values = [evaluation.values for evaluation in evaluations]
    text = f"{node.name} is {row_words(node)}"
    args = [judge.graph.find(arg) for arg in node.program.input_names]
    columns = [[v[arg] for v in values] for arg in args]
    if node.op in ("add", "sub") and len(args) == 2:
        a, b = columns
        for pair in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
            flipped = [pair[0] * x + pair[1] * y for x, y in zip(a, b, strict=True)]
            yield Guess(SIGN, flipped, f"A sign is wrong: {text}.")
    negative = [-v[node.name] for v in values]
    yield Guess(SIGN, negative, f"The sign is wrong: {text}.")
    if len(args) == 2:
        swapped = [
            node.value_and_partials({**v, args[0]: v[args[1]], args[1]: v[args[0]]})[0]
            for v in values
        ]
        yield Guess(SWAPPED, swapped, f"The two arguments are swapped: {text}.")
    for arg in args:
        for other in [*judge.graph.inputs, *judge.graph.nodes][:NAMES_TRIED]:
            moved = [node.value_and_partials({**v, arg: v[other]})[0] for v in values]
            sentence = f"{other} stands where {arg} belongs: {text}."
            yield Guess(VALUE, moved, sentence, rank=FAR)
    if len(args) == 1 and node.op in ("sin", "cos", "tan"):
        moved = [
            node.value_and_partials({**v, args[0]: math.radians(v[args[0]])})[0] for v in values
        ]
        sentence = f"The angle {args[0]} was taken in degrees: {text}, in radians."
        yield Guess(VALUE, moved, sentence, rank=LIKELY)


def judge_partial(judge: JudgeInterface, statement: Statement) -> None:
    """Judge a statement such as ``∂v6/∂v5 = v4``."""

    target = statement.target
    view = judge.views[""].true
    count = len(view.evaluations)
    finding = Finding(statement, target)
    node = judge.graph.nodes.get(target.name)
    local = [view.value(target, k, local=True) for k in range(count)]
    total = [_total(judge, target, k) for k in range(count)]
    finding.true = local[0]
    for side in statement.sides:
        number = side.number
        if number is not None:
            matches = [compare_numbers(number, true[0]) for true in (local, total)]
            if Match.EXACT in matches:
                continue
            if Match.ROUNDED in matches:
                finding.worsen(ROUNDED)
                continue
        else:
            written = view.evaluate(side, local=True)
            if agree(written, local) or agree(written, total):
                continue
        guess = _partial_guess(judge, node, target, side)
        finding.worsen(WRONG, guess)
    finding.mark = finding.mark or RIGHT
    judge.findings[statement.position] = finding


def _total(judge: JudgeInterface, target: Atom, k: int) -> float:
    return judge.evaluations[k].derivatives_of(target.name).get(target.wrt, math.nan)


def _partial_guess(judge: JudgeInterface, node: Node | None, target: Atom, side: Side) -> Guess:
    plain = Guess(PARTIAL, [], f"{target.text} is another.")
    if node is None:
        return plain
    view = judge.views[""].true
    for place, edge in enumerate(node.edges):
        if judge.graph.find(edge.arg) != target.wrt:
            continue
        slopes = [evaluation.partials[node.name][place] for evaluation in view.evaluations]
        ones = [1.0] * len(slopes)
        term = Term(
            node, place, Atom(PARTIAL_ATOM, target.name, target.wrt), ones, slopes, view.evaluations
        )
        row = Row(target, [term], [0.0] * len(slopes), view)
        number = side.number
        written = view.evaluate(side) if number is None else []
        minus = Guess(SIGN, [-s for s in slopes], f"The sign of {target.text} is wrong.")
        judge.effort.cut = False
        guesses = chain([minus], other_values(row, 0, term), other_partials(row, 0, term))
        tried = judge.effort.limited(guesses, row.cost)
        if number is not None:
            found = guess_giving(number, list(tried))
        else:
            found = next((guess for guess in tried if agree(written, guess.values)), None)
        return found or (
            not_searched(row) if judge.effort.cut else Guess(PARTIAL, slopes, wrong_partial(term))
        )
    return plain
