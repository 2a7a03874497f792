"""Mark a student's derivation (the "work") row by row."""

from __future__ import annotations

import math
from collections.abc import Mapping

from adexplain import budgets
from adexplain.errors import BudgetError, InputError
from adexplain.evaluate.points import Point, Seed, seeds_of
from adexplain.explanation.explain import Explanation, explain
from adexplain.plain_numbers import printed, short
from adexplain.practice.marking.alignment.align import align
from adexplain.practice.marking.alignment.effort import Effort
from adexplain.practice.marking.diagnosis.mistake_kinds import KINDS
from adexplain.practice.marking.judging import final_answers
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
    CheckedWork,
    MarkedRow,
    Note,
)
from adexplain.practice.marking.reading.notation import BAR, DOT, PARTIAL
from adexplain.practice.marking.reading.numbering import (
    as_adjoints,
    left_to_right_names,
    may_mean_adjoints,
)
from adexplain.practice.marking.reading.work import Work, read_work
from adexplain.program import Program


def check(f: str | Program, at: Point, work: str, seed: Seed = None) -> CheckedWork:
    """Mark a derivation row by row, and explain the mistakes.

    Args:
        f: the function, as ``explain`` takes it.
        at: a value for each input.
        work: the derivation: a list of statements, a table (spreadsheet, Markdown, LaTeX, CSV), or
            only the final derivative.
        seed: the tangent direction and adjoint weights, where the work does not state them.

    Raises:
        InputError: the function or the point cannot be read.
        WorkError: the work cannot be read; the span of the error is within the work.
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
    """The derivation cannot be read; the span is within its text."""

    field = "work"


def _checked(explanation: Explanation, work: str, seed: Seed) -> CheckedWork:
    program = explanation.program
    point = {row.name: row.value for row in explanation.inputs}
    parsed = read_work(work, program)
    tangent, adjoint = _split_seeds(seed, program)
    judge = Judge(align(program, point, parsed), parsed.statements, tangent, adjoint)
    findings = judge.run()
    if _count_wrong(findings):
        parsed, judge, findings = _reread(judge, findings, parsed, work)
    for finding in findings:
        _trace_back_answer(judge, finding)
    starts = _line_starts(work)
    lines = {side.span[0]: _line(starts, side.span[0]) for side in parsed.final_answers}
    findings += final_answers.judge_final_answers(judge, parsed.final_answers, lines)
    has_tangents = any(finding.atom.kind == DOT for finding in findings)
    result = CheckedWork(SCHEMA, explanation.text, point, judge.seed if has_tangents else {})
    builder = _RowBuilder(explanation, judge, work)
    result.rows = [builder.marked_row(finding) for finding in findings]
    result.notes = [Note(line, text) for line, text in parsed.notes]
    result.counts = {mark: sum(row.mark == mark for row in result.rows) for mark in MARKS}
    result.unexplained = sum(
        finding.mark == WRONG and finding.guess is not None and not finding.guess.searched
        for finding in findings
    )
    result.verdict = verdict(result)
    return result


def _reread(
    judge: Judge, findings: list[Finding], parsed: Work, work: str
) -> tuple[Work, Judge, list[Finding]]:
    """The work and its findings in another reading, if that halves the number of wrong rows."""
    program, point = judge.alignment.program, judge.alignment.points[0]

    def mark_again(
        renamed: Mapping[int, str], reverse: bool, effort: Effort
    ) -> tuple[Work, Judge, list[Finding]]:
        reread = read_work(work, program)
        if reverse:
            reread = as_adjoints(reread)
        alignment = align(program, point, reread, renamed)
        other_judge = Judge(alignment, reread.statements, *judge.given_seeds, effort)
        return reread, other_judge, other_judge.run()

    variants: list[tuple[dict[int, str], bool]] = []
    renamed = left_to_right_names(program, parsed)
    variants += [(renamed, False)] if renamed else []
    variants += [({}, True)] if may_mean_adjoints(parsed, work, program) else []
    for variant in variants:
        marked = mark_again(*variant, Effort(0))  # explain nothing before the reading is chosen
        if 2 * _count_wrong(marked[2]) <= _count_wrong(findings):
            return mark_again(*variant, Effort()) if _count_wrong(marked[2]) else marked
    return parsed, judge, findings


def _count_wrong(findings: list[Finding]) -> int:
    return sum(finding.mark == WRONG for finding in findings)


def _split_seeds(
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


def _trace_back_answer(judge: Judge, finding: Finding) -> None:
    """Explain a wrong answer without its sweep by a slip in any row of that sweep."""
    graph, atom = judge.graph, finding.atom
    if atom.kind == BAR and atom.name in graph.inputs:
        if not any(s.target.name in graph.nodes for s in judge.adjoints):
            final_answers.trace_back(judge, finding, atom.name)
    elif atom.kind == DOT and atom.name in graph.outputs:
        seeded = [name for name in graph.inputs if judge.seed.get(name)]
        written = [s for statements in judge.tangents.values() for s in statements]
        only_answer = all(s.target.name in (atom.name, *graph.inputs) for s in written)
        if only_answer and len(seeded) == 1 and judge.seed[seeded[0]] == 1.0:
            final_answers.trace_back(judge, finding, seeded[0])


def _line_starts(work: str) -> list[int]:
    return [0, *(place + 1 for place, character in enumerate(work) if character == "\n")]


def _line(starts: list[int], place: int) -> int:
    return sum(start <= place for start in starts)


class _RowBuilder:
    """Turns findings into plain data."""

    def __init__(self, explanation: Explanation, judge: Judge, work: str) -> None:
        self.explanation = explanation
        self.judge = judge
        self.work = work
        self.program = explanation.program

    def marked_row(self, finding: Finding) -> MarkedRow:
        """The marked row of a finding."""
        statement, guess = finding.statement, finding.guess
        wrong = finding.mark == WRONG
        start, end = statement.span
        number = next((s.number for s in reversed(statement.sides) if s.number), None)
        true = finding.true if finding.true is not None and math.isfinite(finding.true) else None
        return MarkedRow(
            line=statement.line,
            start=start,
            end=end,
            text=statement.text.strip() or self.work[start:end].strip(),
            sweep=self._sweep(finding),
            target=(statement.written_target or statement.target).text,
            row=self._row(finding),
            mark=finding.mark,
            kind=guess.kind if wrong and guess else None,
            also=guess.second_kind if wrong and guess else None,
            says=guess.sentence if wrong and guess else None,
            instead=self._instead(finding) if wrong else None,
            given=number.value if number else None,
            true=true,
            follows_from=finding.follows_from.line if finding.follows_from else None,
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
        name = finding.atom.wrt if self._sweep(finding) == "answer" else finding.atom.name
        slot = self._slot(name)
        return None if slot is None else self.program.names[slot]

    def _step(self, finding: Finding) -> int | None:
        """The step of the trace that computes the quantity of a row."""
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
        """What to write instead: the rule in the names of the row, and its number."""
        statement, true = finding.statement, finding.true
        number = f" = {printed(short(true))}" if true is not None and math.isfinite(true) else ""
        if finding.row is not None and finding.row.terms:
            equation = finding.row.equation
            if statement.written_target is not None and statement.written_target.kind == PARTIAL:
                equation = f"{statement.written_target.text} = {equation.partition(' = ')[2]}"
            if statement.adds or finding.full_sum is not None:
                equation = equation.replace(" = ", " += ", 1)
            if finding.full_sum is not None:  # assigned instead of added: give the sum as well
                total = printed(short(finding.full_sum.values[0]))
                return f"Write {equation}; then {finding.full_sum.equation} = {total}."
            return f"Write {equation}{number}."
        node = self.judge.graph.nodes.get(self.judge.graph.find(statement.target.name))
        if not statement.target.kind and node is not None:
            return f"Write {statement.target.text} = {row_words(node)}{number}."
        return f"Write {statement.target.text}{number or ' another way'}."


def _all_rows(total: int) -> str:
    phrases = {0: "There is no row to mark: nothing is", 1: "The row is", 2: "Both rows are"}
    return phrases.get(total, f"All {total} rows are")


def verdict(result: CheckedWork) -> str:
    """The verdict on the whole work, in a few sentences."""
    counts, total = result.counts, len(result.rows)
    if not counts[WRONG]:
        if counts[ROUNDED]:
            return f"{_all_rows(total)} right, up to rounding."
        return f"{_all_rows(total)} right."
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
    right = counts[RIGHT] + counts[ROUNDED]
    if right:
        text += f" {right} {'is' if right == 1 else 'are'} right."
    return text
