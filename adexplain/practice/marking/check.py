"""A person's own derivation, checked row by row."""

from __future__ import annotations

import math
from collections.abc import Mapping

from adexplain import budgets
from adexplain.errors import BudgetError, InputError
from adexplain.evaluate.points import At, Seed, seeds_of
from adexplain.explanation.explain import Explanation, explain
from adexplain.plain_numbers import printed, short
from adexplain.practice.marking.alignment.alignment import align
from adexplain.practice.marking.alignment.effort import Effort
from adexplain.practice.marking.diagnosis.kinds import KINDS
from adexplain.practice.marking.judging import finals
from adexplain.practice.marking.judging.findings import Finding
from adexplain.practice.marking.judging.judge import Judge
from adexplain.practice.marking.judging.primals import row_words
from adexplain.practice.marking.judging.result import (
    FOLLOWS,
    MARKS,
    RIGHT,
    ROUNDED,
    SCHEMA,
    WRONG,
    Checked,
    Marked,
    Note,
)
from adexplain.practice.marking.reading.notation import BAR, DOT, PARTIAL
from adexplain.practice.marking.reading.numbering import (
    as_adjoints,
    may_mean_adjoints,
    written_order,
)
from adexplain.practice.marking.reading.work import Work, read_work
from adexplain.program import Program


def check(f: str | Program, at: At, work: str, seed: Seed = None) -> Checked:
    """Mark a derivation row by row, and say what is wrong with a row that is.

    Args:
        f: the function, as ``explain`` takes it.
        at: a value for each input.
        work: the derivation: a list of statements, a table (spreadsheet, Markdown, LaTeX, CSV), or
            a derivative alone.
        seed: the direction and weights, where the work does not say them.

    Raises:
        InputError: the function, the point or the work cannot be read; where it is the work, the
            error's ``field`` is "work" and its span is within the work.
    """
    explanation = explain(f, at, seed=seed)
    program = explanation.program
    if len(program.rows) > budgets.WORK_STEPS:
        raise BudgetError(
            f"The function has more than {budgets.WORK_STEPS} rows.", None, "Check a part of it."
        )
    if not program.inputs:
        raise InputError("There is no variable, so there is nothing to differentiate by.")
    try:
        return _checked(explanation, work, seed)
    except WorkError:
        raise
    except InputError as error:
        raise WorkError(error.message, error.span, error.hint) from error


class WorkError(InputError):
    """Something in the derivation cannot be read; the span is within its text."""

    field = "work"


def _checked(explanation: Explanation, work: str, seed: Seed) -> Checked:
    program = explanation.program
    point = {row.name: row.value for row in explanation.inputs}
    read = read_work(work, program)
    tangent, adjoint = _seeds(seed, program)
    judge = Judge(align(program, point, read), read.statements, tangent, adjoint)
    findings = judge.run()
    if _wrong(findings):
        read, judge, findings = _read_otherwise(judge, findings, read, work)
    for finding in findings:
        _look_further(judge, finding)
    starts = _line_starts(work)
    lines = {side.span[0]: _line(starts, side.span[0]) for side in read.finals}
    findings += finals.alone(judge, read.finals, lines)
    speaks_of_dots = any(finding.atom.kind == DOT for finding in findings)
    result = Checked(SCHEMA, explanation.text, point, judge.seed if speaks_of_dots else {})
    teller = _Teller(explanation, judge, work)
    result.rows = [teller.marked(finding) for finding in findings]
    result.notes = [Note(line, text) for line, text in read.notes]
    result.counts = {mark: sum(row.mark == mark for row in result.rows) for mark in MARKS}
    result.unexplained = sum(
        finding.mark == WRONG and finding.guess is not None and not finding.guess.looked
        for finding in findings
    )
    result.verdict = verdict(result)
    return result


def _read_otherwise(
    judge: Judge, findings: list[Finding], read: Work, work: str
) -> tuple[Work, Judge, list[Finding]]:
    """The work in another way of reading it, if that makes most of what is wrong right."""
    program, point = judge.alignment.program, judge.alignment.points[0]

    def other(
        called: Mapping[int, str], reverse: bool, effort: Effort
    ) -> tuple[Work, Judge, list[Finding]]:
        again = read_work(work, program)
        if reverse:
            again = as_adjoints(again)
        alignment = align(program, point, again, called)
        other_judge = Judge(alignment, again.statements, *judge.given, effort)
        return again, other_judge, other_judge.run()

    ways: list[tuple[dict[int, str], bool]] = []
    called = written_order(program, read)
    ways += [(called, False)] if called else []
    ways += [({}, True)] if may_mean_adjoints(read, work, program) else []
    for way in ways:
        marked = other(*way, Effort(0))  # nothing is explained until it is known which it is
        if 2 * _wrong(marked[2]) <= _wrong(findings):
            return other(*way, Effort()) if _wrong(marked[2]) else marked
    return read, judge, findings


def _wrong(findings: list[Finding]) -> int:
    return sum(finding.mark == WRONG for finding in findings)


def _seeds(
    seed: Seed, program: Program
) -> tuple[Mapping[str, float] | None, Mapping[str, float] | None]:
    if not seed:
        return None, None
    tangent, adjoint = seeds_of(program, seed)
    parts = set(seed) | {
        inner for value in seed.values() if isinstance(value, Mapping) for inner in value
    }
    dots = dict(zip(program.input_names, tangent, strict=True))
    bars = dict(zip(program.output_names, adjoint, strict=True))
    return (
        dots if parts & set(program.input_names) else None,
        bars if parts & set(program.output_names) else None,
    )


def _look_further(judge: Judge, finding: Finding) -> None:
    """A wrong answer whose sweep is not written down may come from any row of it."""
    graph, atom = judge.graph, finding.atom
    if atom.kind == BAR and atom.name in graph.inputs:
        if not any(s.target.name in graph.nodes for s in judge.adjoints):
            finals.trace_back(judge, finding, atom.name)
    elif atom.kind == DOT and atom.name in graph.outputs:
        ones = [name for name in graph.inputs if judge.seed.get(name)]
        written = [s for some in judge.tangents.values() for s in some]
        only = all(s.target.name in (atom.name, *graph.inputs) for s in written)
        if only and len(ones) == 1 and judge.seed[ones[0]] == 1.0:
            finals.trace_back(judge, finding, ones[0])


def _line_starts(work: str) -> list[int]:
    return [0, *(place + 1 for place, sign in enumerate(work) if sign == "\n")]


def _line(starts: list[int], place: int) -> int:
    return sum(start <= place for start in starts)


class _Teller:
    """Findings as rows of plain data."""

    def __init__(self, explanation: Explanation, judge: Judge, work: str) -> None:
        self.explanation = explanation
        self.judge = judge
        self.work = work
        self.program = explanation.program

    def marked(self, finding: Finding) -> Marked:
        """One finding."""
        statement, guess = finding.statement, finding.guess
        wrong = finding.mark == WRONG
        start, end = statement.span
        number = next((s.number for s in reversed(statement.sides) if s.number), None)
        true = finding.true if finding.true is not None and math.isfinite(finding.true) else None
        return Marked(
            line=statement.line,
            start=start,
            end=end,
            text=statement.text.strip() or self.work[start:end].strip(),
            sweep=self._sweep(finding),
            target=(statement.asked or statement.target).told(),
            row=self._row(finding),
            mark=finding.mark,
            kind=guess.kind if wrong and guess else None,
            also=guess.second if wrong and guess else None,
            says=guess.sentence if wrong and guess else None,
            instead=self._instead(finding) if wrong else None,
            given=number.value if number else None,
            true=true,
            follows_from=finding.follows.line if finding.follows else None,
            step=self._step(finding),
        )

    def _sweep(self, finding: Finding) -> str:
        kind = finding.atom.kind
        if kind == PARTIAL:
            return "answer" if finding.row is not None else "partial"
        return {"": "primal", DOT: "tangent", BAR: "adjoint"}[kind]

    def _slot(self, name: str) -> int | None:
        graph = self.judge.graph
        name = graph.find(name)
        node = graph.nodes.get(name)
        if node is not None:
            return node.slot
        names = self.program.input_names
        return self.program.inputs[names.index(name)] if name in names else None

    def _row(self, finding: Finding) -> str | None:
        name = finding.atom.per if self._sweep(finding) == "answer" else finding.atom.name
        slot = self._slot(name)
        return None if slot is None else self.program.names[slot]

    def _step(self, finding: Finding) -> int | None:
        """The step of the trace that computes what a row is about."""
        name, stepping = self._row(finding), self.explanation.stepping
        if name is None:
            return None
        kind = finding.atom.kind
        if kind == "":
            return stepping.primal.get(name)
        if kind == DOT:
            return stepping.tangent.get(name)
        contributions = self.explanation.contributions
        users = {t.node.slot for t in finding.row.terms} if finding.row else set()
        sent = {self.program.names[slot] for slot in users if slot is not None}
        fitting = [
            place
            for place, c in enumerate(contributions)
            if c.into == name and (c.out_of in sent or not sent)
        ]
        if fitting:
            return stepping.of_contribution(fitting[-1])
        return stepping.seeded.get(name)

    def _instead(self, finding: Finding) -> str:
        """What to write instead: the rule with its names, and its number."""
        statement, true = finding.statement, finding.true
        number = f" = {printed(short(true))}" if true is not None and math.isfinite(true) else ""
        if finding.row is not None and finding.row.terms:
            told = finding.row.told()
            if statement.asked is not None and statement.asked.kind == PARTIAL:
                told = f"{statement.asked.told()} = {told.partition(' = ')[2]}"
            if statement.adds or finding.whole is not None:
                told = told.replace(" = ", " += ", 1)
            if finding.whole is not None:  # assigned: the sum is what it should have become
                total = printed(short(finding.whole.values[0]))
                return f"Write {told}; then {finding.whole.told()} = {total}."
            return f"Write {told}{number}."
        node = self.judge.graph.nodes.get(self.judge.graph.find(statement.target.name))
        if not statement.target.kind and node is not None:
            return f"Write {statement.target.told()} = {row_words(node)}{number}."
        return f"Write {statement.target.told()}{number or ' another way'}."


def _all(total: int) -> str:
    few = {0: "There is no row to mark: nothing is", 1: "The row is", 2: "Both rows are"}
    return few.get(total, f"All {total} rows are")


def verdict(result: Checked) -> str:
    """One sentence on the whole work."""
    counts, total = result.counts, len(result.rows)
    if not counts[WRONG]:
        if counts[ROUNDED]:
            return f"{_all(total)} right, up to rounding."
        return f"{_all(total)} right."
    first = result.wrong[0]
    kind = KINDS[first.kind] if first.kind else "wrong"
    text = f"{first.target} in line {first.line} is wrong: {kind}."
    more = counts[WRONG] - 1
    if more:
        text += f" {more} more {'is' if more == 1 else 'are'} wrong."
    if counts[FOLLOWS]:
        text += f" {counts[FOLLOWS]} {'follows' if counts[FOLLOWS] == 1 else 'follow'} from it."
    if result.unexplained:
        text += f" {result.unexplained} of the wrong rows are marked, but not explained."
    fine = counts[RIGHT] + counts[ROUNDED]
    if fine:
        text += f" {fine} {'is' if fine == 1 else 'are'} right."
    return text
