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
from adexplain.explain import Explanation
from adexplain.practice.equality import Match, same_number
from adexplain.practice.exercises import LEVELS, Blank, Exercise, make
from adexplain.practice.exercises.hints import hint
from adexplain.typeset import name_latex

from .mathml import in_a_line, typeset
from .trace_view import Table, table

PATH = "/practice/exercises"
TRIES = 2
"""Tries after which the solved trace is shown."""
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
    """right, rounded, wrong, unread, or "" where nothing was typed."""
    said: str = ""
    help: str = ""


@dataclass(frozen=True)
class Solution:
    """What answers an exercise."""

    table: Table
    answers: list[tuple[Markup, Markup]]
    address: str
    """Where the explorer shows the same trace."""


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
    """right, wrong, shown, or "" before anything was typed."""
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
    answered = any(field.verdict for field in fields)
    right = all(field.verdict in ("right", "rounded") for field in fields)
    tries += answered
    outcome = ("right" if right else "wrong") if answered else ""
    reveal = not hidden and (solve or right or (answered and tries >= TRIES))
    if solve and not hidden and not answered:
        outcome = "shown"
    missed = [k for k, field in enumerate(fields) if field.verdict == "wrong"]
    told = outcome == "wrong" and not hidden and not reveal
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
        [sentence(text) for text in _hints(exercise, explanation, missed)] if told else [],
        _solution(exercise, explanation) if reveal else None,
    )


def sentence(text: str) -> Markup:
    """A sentence with what stands between dollar signs typeset."""
    return Markup("").join(
        typeset(in_a_line(part)) if place % 2 else escape(part)
        for place, part in enumerate(text.split("$"))
    )


def _fields(exercise: Exercise, given: Mapping[str, str], hidden: bool) -> list[Field]:
    return [
        _field(f"a{number}", blank, given.get(f"a{number}", "")[:LONGEST_ANSWER], hidden)
        for number, blank in enumerate(exercise.blanks, 1)
    ]


def _field(name: str, blank: Blank, given: str, hidden: bool) -> Field:
    label, spoken = typeset(blank.latex), SPOKEN[blank.what].format(blank.of, blank.by)
    if not given.strip():
        return Field(name, label, spoken)
    try:
        match = same_number(given, blank.value)
    except InputError as error:
        return Field(name, label, spoken, given, "unread", error.message, error.hint)
    verdict = {Match.EXACT: "right", Match.ROUNDED: "rounded", Match.WRONG: "wrong"}[match]
    exact = f"Exactly: {blank.text}" if match is Match.ROUNDED and not hidden else ""
    return Field(name, label, spoken, given, verdict, SAID[match], exact)


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


def _hints(exercise: Exercise, explanation: Explanation, missed: list[int]) -> list[str]:
    """A hint for each wrong answer, each said once."""
    return list(dict.fromkeys(hint(exercise, explanation, exercise.blanks[k]) for k in missed))


def _solution(exercise: Exercise, explanation: Explanation) -> Solution:
    answers = [(typeset(b.latex), typeset(in_a_line(b.form))) for b in exercise.blanks]
    pairs = [("f", exercise.text), *((f"at.{n}", text) for n, text in exercise.at.items())]
    if exercise.mode != "both":
        pairs.append(("mode", exercise.mode))
    if exercise.mode != "reverse":
        pairs.append(("seed", ", ".join(_weights(explanation, exercise.tangent))))
    if set(exercise.bar.values()) != {1} or len(exercise.bar) > 1:
        pairs.append(("bar", ", ".join(str(weight) for weight in exercise.bar.values())))
    address = f"/?{urlencode([*pairs, ('exact', '1')])}"
    return Solution(table(explanation.to_dict(), explanation.stepping), answers, address)


def _weights(explanation: Explanation, seed: Mapping[str, int]) -> list[str]:
    return [str(seed[name]) for name in explanation.program.input_names]
