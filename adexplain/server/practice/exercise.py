"""An exercise as a page shows it: the question, its fields, what is said of the answers.

A view of an exercise whose answers are kept back holds none of them, so no template can show one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from markupsafe import Markup, escape

from adexplain.errors import InputError
from adexplain.explanation.explain import Explanation
from adexplain.practice.equality import Match, compare_numbers, one_digit, read_number
from adexplain.practice.exercises import LEVELS, Blank, Exercise, make
from adexplain.practice.exercises.branches import branch
from adexplain.practice.exercises.hints import hints
from adexplain.practice.exercises.slips import slip
from adexplain.practice.worksheets import whose
from adexplain.server.explorer.panels.table import Table, table
from adexplain.server.html.mathml import in_a_line, typeset
from adexplain.typeset.formulas import name_latex

PATH = "/practice/exercises"
TRIES = 3
"""Wrong tries after which the solved trace is shown: each before it brings a hint."""
LONGEST_ANSWER = 200
SAID = {
    Match.EXACT: "Right.",
    Match.ROUNDED: "Right up to rounding.",
    Match.WRONG: "Not yet.",
}


class Named(Protocol):
    """What says which exercise is meant: an exercise itself, or a lesson's fence."""

    @property
    def level(self) -> str:
        """Its level."""

    @property
    def seed(self) -> int:
        """Its seed."""


@dataclass(frozen=True)
class Field:
    """One number to type, and what is said of it."""

    name: str
    label: Markup
    spoken: str
    given: str = ""
    verdict: str = ""
    """right, rounded, wrong, short, unread, or "" where nothing was typed."""
    said: str = ""
    help: str = ""
    remark: str | Markup = ""
    """What a wrong answer is instead, or what a rounded one is exactly."""


@dataclass(frozen=True)
class Sweep:
    """A solved trace. Of several, each has a title."""

    title: Markup
    table: Table
    address: str
    """Where the explorer shows the same trace."""


@dataclass(frozen=True)
class Solution:
    """What answers an exercise."""

    sweeps: list[Sweep]
    answers: list[tuple[Markup, Markup]]
    why: list[Markup]
    """What the trace does not tell: the branches beside a kink."""


@dataclass(frozen=True)
class ExerciseView:
    """An exercise, asked, and perhaps answered and solved."""

    level: str
    seed: int
    title: str
    formula: list[Markup]
    question: Markup
    steps: list[Markup]
    fields: list[Field]
    hidden: bool
    tries: int
    outcome: str
    """right, wrong, shown, open where nothing is wrong and something missing, "" at first."""
    missing: int
    """How many answers are still to be typed, where all that were are right."""
    hints: list[Markup]
    solution: Solution | None

    @property
    def key(self) -> str:
        """Its name in a reader's progress."""
        return f"{self.level}-{self.seed}"

    def address(self, seed: int | None = None, **more: str) -> str:
        """Its own address, or that of another seed."""
        pairs = {"level": self.level, "seed": str(self.seed if seed is None else seed), **more}
        if self.hidden:
            pairs["answers"] = "hidden"
        return f"{PATH}?{urlencode(pairs)}"


def exercise_view(
    asked: Named | ExerciseView,
    given: Mapping[str, str] | None = None,
    *,
    hidden: bool = False,
    solve: bool = False,
    tries: int = 0,
) -> ExerciseView:
    """The view of an exercise.

    Args:
        asked: which one: an exercise, or anything with its level and seed.
        given: what was typed into its fields, by their names.
        hidden: keep the answers back; only right or wrong is said.
        solve: show the solution, unless the answers are kept back.
        tries: how often it was answered before.
    """
    if isinstance(asked, ExerciseView):
        return asked
    exercise = asked if isinstance(asked, Exercise) else make(asked.level, asked.seed)
    explanation = exercise.explanation()
    fields = _fields(exercise, given or {}, hidden)
    outcome = _outcome(fields)
    tries += outcome == "wrong"  # what cannot be read, or is not there yet, is no try
    told = outcome == "wrong" and not hidden
    reveal = not hidden and (solve or outcome == "right" or (told and tries >= TRIES))
    if solve and not hidden and not outcome:
        outcome = "shown"
    missed = [
        blank
        for blank, field in zip(exercise.blanks, fields, strict=True)
        if field.verdict == "wrong"
    ]
    return ExerciseView(
        exercise.level,
        exercise.seed,
        LEVELS[exercise.level],
        [typeset(line, display=True) for line in explanation.formula],
        sentence(exercise.question_latex),
        _steps(explanation),
        fields,
        hidden,
        tries,
        outcome,
        _missing(fields),
        _hints(exercise, missed, tries) if told and not reveal else [],
        _solution(exercise, explanation) if reveal else None,
    )


def _missing(fields: list[Field]) -> int:
    empty = sum(not field.verdict for field in fields)
    right = sum(field.verdict in ("right", "rounded") for field in fields)
    return empty if right and right + empty == len(fields) else 0


def _outcome(fields: list[Field]) -> str:
    verdicts = {field.verdict for field in fields}
    if verdicts == {""}:
        return ""
    if "wrong" in verdicts:
        return "wrong"
    return "right" if verdicts <= {"right", "rounded"} else "open"


def sentence(text: str) -> Markup:
    """A sentence with what stands between dollar signs typeset."""
    return Markup("").join(
        typeset(in_a_line(part)) if place % 2 else escape(part)
        for place, part in enumerate(text.split("$"))
    )


def _fields(exercise: Exercise, given: Mapping[str, str], hidden: bool) -> list[Field]:
    return [
        _field(exercise, f"a{number}", blank, given.get(f"a{number}", "")[:LONGEST_ANSWER], hidden)
        for number, blank in enumerate(exercise.blanks, 1)
    ]


def _field(exercise: Exercise, name: str, blank: Blank, given: str, hidden: bool) -> Field:
    label, spoken = typeset(blank.latex), SPOKEN[blank.what].format(blank.of, blank.by)
    if not given.strip():
        return Field(name, label, spoken)
    try:
        read = read_number(result_of(given))
    except InputError as error:
        return Field(name, label, spoken, given, "unread", error.message, error.hint)
    match = compare_numbers(read, blank.value)
    if match is Match.WRONG and one_digit(read, blank.value):
        return Field(name, label, spoken, given, "short", ONE_DIGIT)
    verdict = {Match.EXACT: "right", Match.ROUNDED: "rounded", Match.WRONG: "wrong"}[match]
    remark: str | Markup = ""
    if match is Match.ROUNDED and not hidden:
        remark = Markup("Exactly: {}").format(typeset(in_a_line(blank.form)))
    elif match is Match.WRONG and not hidden:
        remark = sentence(slip(exercise, blank, result_of(given)))
    return Field(name, label, spoken, given, verdict, SAID[match], "", remark)


ONE_DIGIT = "Right to one digit: write at least two, or the exact number."


def result_of(given: str) -> str:
    """What stands after the last sign of equality: people write ``x' = 2*3 = 6``."""
    parts = [part for part in given.replace("≈", "=").split("=") if part.strip()]
    return parts[-1] if parts else given


SPOKEN = {
    "value": "value of {}",
    "tangent": "tangent of {}",
    "adjoint": "adjoint of {}",
    "partial": "derivative of {} by {}",
    "left": "derivative from the left",
    "right": "derivative from the right",
}


def _steps(explanation: Explanation) -> list[Markup]:
    """The rows by name, so that it is plain what is asked about."""
    program = explanation.program
    if all(slot in program.labels for slot in program.rows):
        return []  # the function was given row by row
    rows = [(row.name_latex or name_latex(row.name), row.latex) for row in explanation.rows]
    return [typeset(in_a_line(f"{name} = {latex}")) for name, latex in rows if latex]


def _hints(exercise: Exercise, missed: list[Blank], tries: int) -> list[Markup]:
    """The hint of this try for each wrong answer, each said once."""
    return [sentence(text) for text in hints(exercise, missed, min(tries, TRIES - 1))]


def _solution(exercise: Exercise, explanation: Explanation) -> Solution:
    answers = [(typeset(b.latex), typeset(in_a_line(b.form))) for b in exercise.blanks]
    sides = [branch(explanation, b.what) for b in exercise.blanks if b.what in ("left", "right")]
    return Solution(_sweeps(exercise), answers, [sentence(text) for text in sides])


def _sweeps(exercise: Exercise) -> list[Sweep]:
    return [
        Sweep(
            sweep_title(exercise, bar),
            table(explanation.to_dict(), explanation.stepping),
            _address(exercise, explanation, bar),
        )
        for bar, explanation in zip(exercise.bars, exercise.sweeps(), strict=True)
    ]


def sweep_title(exercise: Exercise, bar: Mapping[str, int]) -> Markup:
    """Whose derivatives a sweep finds; of a single one there is nothing to tell."""
    return sentence(whose(bar)) if len(exercise.bars) > 1 else Markup()


def _address(exercise: Exercise, explanation: Explanation, bar: Mapping[str, int]) -> str:
    pairs = [("f", exercise.text), *((f"at.{n}", text) for n, text in exercise.at.items())]
    if exercise.mode != "both":
        pairs.append(("mode", exercise.mode))
    if exercise.mode != "reverse":
        pairs.append(("seed", ", ".join(_weights(explanation, exercise.tangent))))
    if set(bar.values()) != {1} or len(bar) > 1:
        pairs.append(("bar", ", ".join(str(weight) for weight in bar.values())))
    return f"/?{urlencode([*pairs, ('exact', '1')])}"


def _weights(explanation: Explanation, seed: Mapping[str, int]) -> list[str]:
    return [str(seed[name]) for name in explanation.program.input_names]
