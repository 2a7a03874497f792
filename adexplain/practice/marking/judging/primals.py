"""Values of rows, and partials that stand alone, against what they should be."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import chain

from adexplain.practice.equality import Match, compare_numbers
from adexplain.practice.marking.alignment.graph import Node, World
from adexplain.practice.marking.alignment.rows import Row, Term, agree, printed
from adexplain.practice.marking.alignment.vectors import Vector, same
from adexplain.practice.marking.diagnosis.diagnosis import COMPARED, given_by, not_looked
from adexplain.practice.marking.diagnosis.guesses_partial import (
    NAMES_TRIED,
    other_partials,
    other_values,
    wrong_partial,
)
from adexplain.practice.marking.diagnosis.kinds import (
    FAR,
    LIKELY,
    OTHER,
    PARTIAL,
    SIGN,
    SWAPPED,
    VALUE,
    Guess,
)
from adexplain.practice.marking.diagnosis.rounding import near, rounded
from adexplain.practice.marking.judging.findings import Finding
from adexplain.practice.marking.judging.protocol import Judging
from adexplain.practice.marking.judging.result import FOLLOWS, RIGHT, ROUNDED, WRONG
from adexplain.practice.marking.reading.notation import PARTIAL as PER
from adexplain.practice.marking.reading.notation import Atom
from adexplain.practice.marking.reading.statements import Side, Statement
from adexplain.program import row_text


def judge_values(judge: Judging) -> None:
    """Judge all statements about values."""
    order = {name: k for k, name in enumerate((*judge.graph.inputs, *judge.graph.nodes))}
    ranked = sorted(
        judge.primal, key=lambda s: (order.get(judge.graph.find(s.target.name), 0), s.position)
    )
    for statement in ranked:
        _judge_value(judge, statement)


def _judge_value(judge: Judging, statement: Statement) -> None:

    written = statement.target.name
    name = judge.graph.find(written)
    alignment = judge.alignment
    values = alignment.values.get(written) or alignment.values.get(name) or [math.nan]
    finding = Finding(statement, Atom("", name), true=values[0])
    judge.findings[statement.position] = finding
    node = judge.graph.nodes.get(name)
    for side in statement.formulas:
        _formula(judge, finding, side, node, values)
    for side in statement.numbers:
        _number(judge, finding, side, node, values[0])
    if finding.mark in (WRONG, FOLLOWS):
        judge.bad.setdefault(finding.atom, finding.follows or statement)


def _formula(
    judge: Judging, finding: Finding, side: Side, node: Node | None, values: Vector
) -> None:
    written = judge.views[""].true.evaluate(side)
    if same(written, values):
        return
    if judge.views[""].true.evaluate(side, count=1) and _rounded_formula(judge, side, values[0]):
        finding.worsen(ROUNDED)
        return
    name = finding.statement.target.name
    if node is None:  # an input: x1 = 3/2 is a number, anything else is not what was asked
        guess = Guess(OTHER, values, f"{name} is an input; its value is {values[0]:g}.")
    else:
        guess = _slip(judge, node, written) or _another(judge, f"{name} is {row_words(node)}.")
    finding.worsen(WRONG, guess)


def _rounded_formula(judge: Judging, side: Side, true: float) -> bool:
    """Whether numbers that stand in the place of names give the right value."""
    if not any("." in c.text for c in side.program.constants.values()):
        return False
    value = judge.views[""].true.evaluate(side, count=1)[0]
    return abs(value - true) <= 2 * abs(value) * side.spread()


def _number(judge: Judging, finding: Finding, side: Side, node: Node | None, true: float) -> None:
    given = side.number
    assert given is not None
    match = compare_numbers(given, true)
    if match is Match.EXACT:
        return
    fine = rounded(given, true, judge.digits, judge.decimals)
    if match is Match.ROUNDED or near(given, true, 0.0) or fine:
        finding.worsen(ROUNDED)
        return
    name = finding.statement.target.name
    if node is None:
        sentence = f"{name} is {true:g} at this point."
        finding.worsen(WRONG, Guess(OTHER, [true], sentence))
        return
    own = judge.views[""].own
    mine = own.graph.nodes[node.name]
    args = [own.graph.find(arg) for arg in mine.program.input_names]
    value, slopes = mine.local(own.worlds[0].values)
    spread = sum(
        abs(slope) * own.units.get(Atom("", own.graph.find(edge.arg)), 0.0)
        for edge, slope in zip(mine.edges, slopes, strict=True)
    )
    causes = [judge.bad[Atom("", arg)] for arg in args if Atom("", arg) in judge.bad]
    if near(given, value, spread):
        if finding.mark == WRONG:
            return  # the number of the formula that is wrong already
        finding.worsen(FOLLOWS if causes else ROUNDED)
        finding.follows = causes[0] if causes else None
        return
    if finding.mark == WRONG:
        return
    found = given_by(given, _tried(judge, node, judge.worlds[:1]))
    sentence = f"{name} = {row_words(node)} has another value."
    finding.worsen(WRONG, found or _another(judge, sentence))


def _another(judge: Judging, sentence: str) -> Guess:
    """What is said where no slip was found, or looked for to the end."""
    if judge.effort.cut:
        more = f"{sentence} Too much is wrong here for all to be explained."
        return Guess(OTHER, [], more, looked=False)
    return Guess(OTHER, [], sentence)


def _slip(judge: Judging, node: Node, written: Vector) -> Guess | None:
    """The slip that gives a formula, at a point beside the one looked at and then at others."""
    few = written[:COMPARED]
    if len(written) > COMPARED:
        beside = _tried(judge, node, judge.worlds[1:2])
        if not any(agree(written[1:2], g.values) for g in beside):
            return None
    tried = _tried(judge, node, judge.worlds[:COMPARED])
    return next((g for g in tried if agree(few, g.values)), None)


def _tried(judge: Judging, node: Node, worlds: list[World]) -> list[Guess]:
    """The slips in one operation, as many as may be tried."""
    judge.effort.cut = False
    cost = len(worlds) * len(node.program.ops)
    return list(judge.effort.limited(_guesses(judge, node, worlds), cost))


def row_words(node: Node) -> str:
    """A row's formula in words of the person."""
    if node.program.rows:
        if node.single:
            return printed(row_text(node.program, node.program.outputs[0]))
        return printed(node.program.text.strip()) or node.name
    return node.program.names[node.program.outputs[0]]


def _guesses(judge: Judging, node: Node, worlds: list[World]) -> Iterator[Guess]:
    """Slips in one operation, at some points: its sign, its order, one of its arguments."""
    values = [world.values for world in worlds]
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
        swapped = [node.local({**v, args[0]: v[args[1]], args[1]: v[args[0]]})[0] for v in values]
        yield Guess(SWAPPED, swapped, f"The two arguments are swapped: {text}.")
    for arg in args:
        for other in [*judge.graph.inputs, *judge.graph.nodes][:NAMES_TRIED]:
            moved = [node.local({**v, arg: v[other]})[0] for v in values]
            sentence = f"{other} stands where {arg} belongs: {text}."
            yield Guess(VALUE, moved, sentence, rank=FAR)
    if len(args) == 1 and node.op in ("sin", "cos", "tan"):
        moved = [node.local({**v, args[0]: math.radians(v[args[0]])})[0] for v in values]
        sentence = f"The angle {args[0]} was taken in degrees: {text}, in radians."
        yield Guess(VALUE, moved, sentence, rank=LIKELY)


def judge_partial(judge: Judging, statement: Statement) -> None:
    """A statement such as ``∂v6/∂v5 = v4``."""

    target = statement.target
    view = judge.views[""].true
    count = len(view.worlds)
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


def _total(judge: Judging, target: Atom, k: int) -> float:
    return judge.worlds[k].of(target.name).get(target.per, math.nan)


def _partial_guess(judge: Judging, node: Node | None, target: Atom, side: Side) -> Guess:
    plain = Guess(PARTIAL, [], f"{target.told()} is another.")
    if node is None:
        return plain
    view = judge.views[""].true
    for place, edge in enumerate(node.edges):
        if judge.graph.find(edge.arg) != target.per:
            continue
        slopes = [world.partials[node.name][place] for world in view.worlds]
        ones = [1.0] * len(slopes)
        term = Term(node, place, Atom(PER, target.name, target.per), ones, slopes, view.worlds)
        row = Row(target, [term], [0.0] * len(slopes), view)
        number = side.number
        written = view.evaluate(side) if number is None else []
        minus = Guess(SIGN, [-s for s in slopes], f"The sign of {target.told()} is wrong.")
        judge.effort.cut = False
        guesses = chain([minus], other_values(row, 0, term), other_partials(row, 0, term))
        tried = judge.effort.limited(guesses, row.cost)
        if number is not None:
            found = given_by(number, list(tried))
        else:
            found = next((guess for guess in tried if agree(written, guess.values)), None)
        return found or (
            not_looked(row) if judge.effort.cut else Guess(PARTIAL, slopes, wrong_partial(term))
        )
    return plain
