"""Worksheets as LaTeX, blank and solved, for one student or for a whole class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from adexplain.errors import InputError
from adexplain.explanation.explain import Explanation
from adexplain.export.blank import SOLVED, Blank
from adexplain.export.latex import NEEDS, escaped, formula, tables
from adexplain.practice.exercises import LEVELS, Exercise, distinct_exercises
from adexplain.typeset.formulas import name_latex

MIXED = "mixed"
"""The level of a sheet whose exercises come from each level in turn."""
TITLES = {MIXED: "All levels in turn", **LEVELS}
"""Level of a sheet → its title."""
MAX_EXERCISES = 12
"""Most exercises on one sheet."""
MAX_SHEETS = 60
"""Most sheets for one class."""
MAX_NAME_LENGTH = 60
PARTS = ("both", "blank", "solved")
"""What is printed: the blank sheet, the solved one, or both."""


@dataclass(frozen=True)
class Sheet:
    """The worksheet of one student.

    Attributes:
        number: its place in the class, from 1.
        name: the student's name, or "".
        exercises: the exercises on it.
        origin: the level and the number of the set, from which the same sheet can be made again.
    """

    number: int
    name: str
    exercises: tuple[Exercise, ...]
    origin: str


def sheets(
    level: str, seed: int, exercises: int, count: int = 1, names: Sequence[str] = ()
) -> list[Sheet]:
    """Make worksheets from a seed. They share no exercise, and all have the same levels.

    Args:
        level: one of ``LEVELS``, or ``mixed``.
        seed: a whole number; the same seed gives the same sheets on every machine.
        exercises: the number of exercises on each sheet.
        count: the number of sheets; ignored if there are names.
        names: the students' names, one sheet for each.

    Raises:
        InputError: there is no such level, or a number is out of range.
    """
    names = [" ".join(name.split())[:MAX_NAME_LENGTH] for name in names if name.strip()]
    count = len(names) or count
    _check_range(exercises, MAX_EXERCISES, "exercises on a sheet")
    _check_range(count, MAX_SHEETS, "sheets")
    levels = list(LEVELS) if level == MIXED else [level]
    plan = [levels[place % len(levels)] for place in range(exercises)]
    stock = {
        each: iter(distinct_exercises(each, seed, plan.count(each) * count)) for each in set(plan)
    }
    dealt = [tuple(next(stock[each]) for each in plan) for _ in range(count)]
    origin = f"{TITLES[level]}, number {seed}"
    return [
        Sheet(number, names[number - 1] if names else "", dealt_exercises, origin)
        for number, dealt_exercises in enumerate(dealt, 1)
    ]


def _check_range(number: int, largest: int, what: str) -> None:
    if not 1 <= number <= largest:
        raise InputError(f"{number} {what} cannot be made.", None, f"Ask for 1 to {largest}.")


def count_of(text: str, default: int, what: str) -> int:
    """Read a typed number of exercises or sheets; an empty text gives the default.

    Raises:
        InputError: it is not a whole number.
    """
    text = text.strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > 6:
        raise InputError(f"`{text[:20]}` is no number of {what}.", None, "Write a whole number.")
    return int(text)


def function_latex(explanation: Explanation, part: str, blank: Blank) -> str:
    """A worksheet about any function, as the body of a LaTeX document."""
    heads = {"blank": "Worksheet", "solved": "Solution"}
    out = [NEEDS]
    for each in _parts(part):
        out += [rf"\section*{{{heads[each]}}}", *formula(explanation)]
        out += tables(explanation, blank if each == "blank" else SOLVED)
        out.append(r"\clearpage")
    return "\n".join(out[:-1]) + "\n"


def sheets_latex(class_sheets: Sequence[Sheet], part: str, blank: Blank) -> str:
    """Worksheets as the body of a LaTeX document; those of a class end with a table of answers."""
    out = [NEEDS, r"\pagestyle{myheadings}"]
    if part != "solved":
        for sheet in class_sheets:
            out += [*_sheet_latex(sheet, len(class_sheets) > 1, blank), r"\clearpage"]
    if part != "blank" and len(class_sheets) == 1:
        out += [*_sheet_latex(class_sheets[0], False, SOLVED), r"\clearpage"]
    elif part != "blank":
        out += [*_key_latex(class_sheets), r"\clearpage"]
    return "\n".join(out[:-1]) + "\n"


def _parts(part: str) -> tuple[str, ...]:
    return ("blank", "solved") if part == "both" else (part,)


def _sheet_latex(sheet: Sheet, several: bool, blank: Blank) -> list[str]:
    title = f"Sheet {sheet.number}" if several else "Worksheet"
    title = title if blank is not SOLVED else "Solution"
    name = escaped(sheet.name) if sheet.name else r"\hspace{60mm}"
    out = _heading(title, sheet)
    if blank is not SOLVED:
        out.append(rf"\noindent Name: \underline{{{name}}}\par\bigskip")
    for number, exercise in enumerate(sheet.exercises, 1):
        out += _task_latex(number, exercise, blank)
    return out


def _heading(title: str, sheet: Sheet) -> list[str]:
    """The title, and a running head, so that the pages of a sheet can be told apart."""
    origin, name = escaped(sheet.origin), escaped(sheet.name)
    mark = rf"{title}\quad {name}\hfill {origin}" if name else rf"{title}\hfill {origin}"
    return [rf"\markright{{{mark}\hfill}}", rf"\section*{{{title}}}"]


def _task_latex(number: int, exercise: Exercise, blank: Blank) -> list[str]:
    """A question, its tables, and its answers or lines to write them on."""
    sweeps = exercise.sweeps()
    parts = []
    for place, (bar, explanation) in enumerate(zip(exercise.bars, sweeps, strict=True)):
        title = [rf"\noindent {sweep_caption(bar)}"] if len(sweeps) > 1 else []
        parts.append([*title, *tables(explanation, blank, answer=False, primal=not place)])
    question = rf"\noindent\textbf{{{number}.}} {exercise.question_latex}"
    parts[0] = [question, *formula(sweeps[0]), *parts[0]]
    parts[-1].append(_answer_lines_latex(exercise, blank))
    # Boxes, so that no page ends between a question and where its answer is written.
    begin, end = r"\noindent\begin{minipage}{\linewidth}", r"\end{minipage}\par\bigskip"
    return [line for part in parts for line in (begin, *part, end)]


def _answer_lines_latex(exercise: Exercise, blank: Blank) -> str:
    """The answers, or a line to write each on."""
    if blank is SOLVED:
        return rf"\noindent Answer: {answers_latex(exercise)}"
    rule = (
        r"\underline{\hspace{20mm}}" if len(exercise.blanks) > 3 else r"\underline{\hspace{28mm}}"
    )
    lines = r"\quad ".join(f"${each.latex} = {{}}$ {rule}" for each in exercise.blanks)
    return rf"\noindent {lines}"


def sweep_caption(bar: Mapping[str, int]) -> str:
    """Which output's derivatives an adjoint sweep gives, with formulas between dollar signs."""
    output = next(name for name, by in bar.items() if by)
    seeds = ", ".join(f"${name_latex(name, 'bar')} = {by}$" for name, by in bar.items())
    return f"The derivatives of ${name_latex(output)}$: {seeds}"


def answers_latex(exercise: Exercise) -> str:
    """The answers of an exercise, with formulas between dollar signs."""
    return ", ".join(f"${blank.latex} = {blank.answer_latex}$" for blank in exercise.blanks)


def _key_latex(class_sheets: Sequence[Sheet]) -> list[str]:
    out = _heading("Answers", replace(class_sheets[0], name=""))
    out += [r"{\renewcommand{\arraystretch}{1.35}"]
    whose_sheet = r"p{0.25\linewidth}" if class_sheets[0].name else "r"
    out += [rf"\begin{{longtable}}{{{whose_sheet}lp{{0.62\linewidth}}}}", r"\toprule"]
    out += [r"sheet & & answers \\", r"\midrule", r"\endhead", r"\bottomrule", r"\endlastfoot"]
    for sheet in class_sheets:
        if sheet is not class_sheets[0]:
            out.append(r"\midrule")
        for number, exercise in enumerate(sheet.exercises, 1):
            first = str(sheet.number) if number == 1 else ""
            name = f" {escaped(sheet.name)}" if number == 1 and sheet.name else ""
            # A starred end keeps the answers of one sheet on one page.
            end = r"\\" if number == len(sheet.exercises) else r"\\*"
            out.append(rf"{first}{name} & {number}. & {answers_latex(exercise)} {end}")
    return [*out, r"\end{longtable}}"]
