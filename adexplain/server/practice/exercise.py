"""An exercise as a page shows it: the question, its fields, the verdicts and the solution.

The view of an exercise whose answers are hidden has none of them, so that no template can show one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from markupsafe import Markup, escape

from adexplain.errors import InputError
from adexplain.explanation.explain import Explanation
from adexplain.practice.equality import Match, compare_numbers, read_number, right_to_one_digit
from adexplain.practice.exercises import LEVELS, Blank, Exercise, make
from adexplain.practice.exercises.branches import branch
from adexplain.practice.exercises.hints import hints
from adexplain.practice.exercises.slips import slip
from adexplain.practice.worksheets import sweep_caption
from adexplain.server.explorer.panels.table import Table, table
from adexplain.server.html.mathml import inline_fractions, typeset
from adexplain.typeset.formulas import name_latex

PATH = "/practice/exercises"
TRIES = 3
"""The number of wrong tries after which the solution is shown; earlier ones show a hint."""
LONGEST_ANSWER = 200
"""The most characters of an answer that are read."""
VERDICTS = {
    Match.EXACT: "Right.",
    Match.ROUNDED: "Right up to rounding.",
    Match.WRONG: "Not yet.",
}


class ExerciseId(Protocol):
    """What identifies an exercise: the exercise itself, or its fence in a lesson."""

    @property
    def level(self) -> str:
        """The level of the exercise."""

    @property
    def seed(self) -> int:
        """The seed from which it is made."""


@dataclass(frozen=True)
class Field:
    """One number to type, and the verdict on it.

    Attributes:
        name: the name of the form's field.
        label: what is to be typed, typeset; ``spoken`` is the same in words.
        given: what was typed.
    """

    name: str
    label: Markup
    spoken: str
    given: str = ""
    verdict: str = ""
    """right, rounded, wrong, short, unread, or "" where nothing was typed."""
    message: str = ""
    help: str = ""
    remark: str | Markup = ""
    """What a wrong answer is instead, or what a rounded one is exactly."""


@dataclass(frozen=True)
class Sweep:
    """The solved trace of one sweep; it has a title only where there are several."""

    title: Markup
    table: Table
    address: str
    """The address at which the explorer shows the same trace."""


@dataclass(frozen=True)
class Solution:
    """The solution of an exercise: its traces, and (label, answer) of each blank."""

    sweeps: list[Sweep]
    answers: list[tuple[Markup, Markup]]
    why: list[Markup]
    """What the trace does not show: the branches on either side of a kink."""


@dataclass(frozen=True)
class ExerciseView:
    """An exercise, perhaps with answers and a solution, as the template prints it."""

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
    """right, wrong, shown, open (nothing is wrong but something missing), or "" at first."""
    missing: int
    """How many answers are missing, if all others are right; else 0."""
    hints: list[Markup]
    solution: Solution | None

    @property
    def key(self) -> str:
        """Its key in the progress that the browser stores."""
        return f"{self.level}-{self.seed}"

    def address(self, seed: int | None = None, **more: str) -> str:
        """Its address, or that of the exercise with another seed; ``more`` are extra fields."""
        pairs = {"level": self.level, "seed": str(self.seed if seed is None else seed), **more}
        if self.hidden:
            pairs["answers"] = "hidden"
        return f"{PATH}?{urlencode(pairs)}"


def exercise_view(
    source: ExerciseId | ExerciseView,
    given: Mapping[str, str] | None = None,
    *,
    hidden: bool = False,
    solve: bool = False,
    tries: int = 0,
) -> ExerciseView:
    """The view of an exercise.

    Args:
        source: the exercise, or anything with its level and seed; a view is returned unchanged.
        given: name of a field → what was typed into it.
        hidden: hide the answers, and show only whether an answer is right.
        solve: show the solution, unless the answers are hidden.
        tries: how many wrong tries came before.

    Raises:
        InputError: there is no such exercise.
    """
    if isinstance(source, ExerciseView):
        return source
    exercise = source if isinstance(source, Exercise) else make(source.level, source.seed)
    explanation = exercise.explanation()
    fields = _fields(exercise, given or {}, hidden)
    outcome = _outcome(fields)
    tries += outcome == "wrong"  # an unreadable or missing answer does not count as a try
    show_hints = outcome == "wrong" and not hidden
    reveal = not hidden and (solve or outcome == "right" or (show_hints and tries >= TRIES))
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
        with_formulas(exercise.question_latex),
        _steps(explanation),
        fields,
        hidden,
        tries,
        outcome,
        _missing(fields),
        _hints(exercise, missed, tries) if show_hints and not reveal else [],
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


def with_formulas(text: str) -> Markup:
    """A sentence as HTML, with the formulas between dollar signs typeset."""
    return Markup("").join(
        typeset(inline_fractions(part)) if place % 2 else escape(part)
        for place, part in enumerate(text.split("$"))
    )


def _fields(exercise: Exercise, given: Mapping[str, str], hidden: bool) -> list[Field]:
    return [
        _field(exercise, f"a{number}", blank, given.get(f"a{number}", "")[:LONGEST_ANSWER], hidden)
        for number, blank in enumerate(exercise.blanks, 1)
    ]


def _field(exercise: Exercise, name: str, blank: Blank, given: str, hidden: bool) -> Field:
    label, spoken = typeset(blank.latex), SPOKEN_LABELS[blank.quantity].format(blank.of, blank.by)
    if not given.strip():
        return Field(name, label, spoken)
    try:
        read = read_number(after_last_equals(given))
    except InputError as error:
        return Field(name, label, spoken, given, "unread", error.message, error.hint)
    match = compare_numbers(read, blank.value)
    if match is Match.WRONG and right_to_one_digit(read, blank.value):
        return Field(name, label, spoken, given, "short", ONE_DIGIT_MESSAGE)
    verdict = {Match.EXACT: "right", Match.ROUNDED: "rounded", Match.WRONG: "wrong"}[match]
    remark: str | Markup = ""
    if match is Match.ROUNDED and not hidden:
        remark = Markup("Exactly: {}").format(typeset(inline_fractions(blank.answer_latex)))
    elif match is Match.WRONG and not hidden:
        remark = with_formulas(slip(exercise, blank, after_last_equals(given)))
    return Field(name, label, spoken, given, verdict, VERDICTS[match], "", remark)


ONE_DIGIT_MESSAGE = "Right to one digit: write at least two, or the exact number."


def after_last_equals(given: str) -> str:
    """The text after the last equals sign, since people write ``x' = 2*3 = 6``."""
    parts = [part for part in given.replace("≈", "=").split("=") if part.strip()]
    return parts[-1] if parts else given


SPOKEN_LABELS = {
    "value": "value of {}",
    "tangent": "tangent of {}",
    "adjoint": "adjoint of {}",
    "partial": "derivative of {} by {}",
    "left": "derivative from the left",
    "right": "derivative from the right",
}


def _steps(explanation: Explanation) -> list[Markup]:
    """The rows with their names, which the question uses; none if the function names them."""
    program = explanation.program
    if all(slot in program.labels for slot in program.rows):
        return []
    rows = [(row.name_latex or name_latex(row.name), row.latex) for row in explanation.rows]
    return [typeset(inline_fractions(f"{name} = {latex}")) for name, latex in rows if latex]


def _hints(exercise: Exercise, missed: list[Blank], tries: int) -> list[Markup]:
    """The hints of this try for the wrong answers."""
    return [with_formulas(text) for text in hints(exercise, missed, min(tries, TRIES - 1))]


def _solution(exercise: Exercise, explanation: Explanation) -> Solution:
    answers = [
        (typeset(b.latex), typeset(inline_fractions(b.answer_latex))) for b in exercise.blanks
    ]
    sides = [
        branch(explanation, b.quantity) for b in exercise.blanks if b.quantity in ("left", "right")
    ]
    return Solution(_sweeps(exercise), answers, [with_formulas(text) for text in sides])


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
    """What a sweep differentiates, in words; "" if there is only one sweep."""
    return with_formulas(sweep_caption(bar)) if len(exercise.bars) > 1 else Markup()


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
