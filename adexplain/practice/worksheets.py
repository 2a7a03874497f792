"""Sheets of exercises, blank and solved, for one person or for a whole class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adexplain.errors import InputError
from adexplain.explain import Explanation
from adexplain.export.blank import SOLVED, Blank
from adexplain.export.latex import NEEDS, formula, tables, words

from .exercises import LEVELS, Exercise, different

MIXED = "mixed"
"""A sheet with an exercise of each level in turn."""
MOST_EXERCISES = 12
"""Exercises on one sheet."""
MOST_SHEETS = 60
"""Sheets of one class."""
LONGEST_NAME = 60
PARTS = ("both", "blank", "solved")
"""What is printed: the sheet to write on, the solved one, or both."""


@dataclass(frozen=True)
class Sheet:
    """What one person gets.

    Attributes:
        number: its place in the class, from 1.
        name: whose it is, or "".
        exercises: what is on it.
    """

    number: int
    name: str
    exercises: tuple[Exercise, ...]


def sheets(
    level: str, seed: int, exercises: int, count: int = 1, names: Sequence[str] = ()
) -> list[Sheet]:
    """Sheets from one seed. No exercise is on two of them; all have the same levels.

    Args:
        level: one of ``LEVELS``, or ``mixed``.
        seed: a whole number; the same one gives the same sheets everywhere.
        exercises: how many are on each sheet.
        count: how many sheets; as many as there are names, if there are any.
        names: whose they are.

    Raises:
        InputError: there is no such level, or more is asked for than a class needs.
    """
    names = [" ".join(name.split())[:LONGEST_NAME] for name in names if name.strip()]
    count = len(names) or count
    _within(exercises, MOST_EXERCISES, "exercises on a sheet")
    _within(count, MOST_SHEETS, "sheets")
    levels = list(LEVELS) if level == MIXED else [level]
    plan = [levels[place % len(levels)] for place in range(exercises)]
    stock = {each: iter(different(each, seed, plan.count(each) * count)) for each in set(plan)}
    dealt = [tuple(next(stock[each]) for each in plan) for _ in range(count)]
    return [
        Sheet(number, names[number - 1] if names else "", given)
        for number, given in enumerate(dealt, 1)
    ]


def _within(number: int, most: int, what: str) -> None:
    if not 1 <= number <= most:
        raise InputError(f"{number} {what} cannot be made.", None, f"Ask for 1 to {most}.")


def count_of(text: str, usual: int, what: str) -> int:
    """How many are asked for, as typed; nothing typed is the usual number.

    Raises:
        InputError: it is no whole number.
    """
    text = text.strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdigit()) or len(text) > 6:
        raise InputError(f"`{text[:20]}` is no number of {what}.", None, "Write a whole number.")
    return int(text)


def function_latex(explanation: Explanation, part: str, blank: Blank) -> str:
    """A sheet about any function as the body of a LaTeX document."""
    heads = {"blank": "Worksheet", "solved": "Solution"}
    out = [NEEDS]
    for each in _parts(part):
        out += [rf"\section*{{{heads[each]}}}", *formula(explanation)]
        out += tables(explanation, blank if each == "blank" else SOLVED)
        out.append(r"\clearpage")
    return "\n".join(out[:-1]) + "\n"


def sheets_latex(made: Sequence[Sheet], part: str, blank: Blank) -> str:
    """Sheets as the body of a LaTeX document; of a class, the key is a table at the end."""
    out = [NEEDS]
    if part != "solved":
        for sheet in made:
            out += [*_sheet_latex(sheet, len(made) > 1, blank), r"\clearpage"]
    if part != "blank" and len(made) == 1:
        out += [*_sheet_latex(made[0], False, SOLVED), r"\clearpage"]
    elif part != "blank":
        out += [*_key_latex(made), r"\clearpage"]
    return "\n".join(out[:-1]) + "\n"


def _parts(part: str) -> tuple[str, ...]:
    return ("blank", "solved") if part == "both" else (part,)


def _sheet_latex(sheet: Sheet, several: bool, blank: Blank) -> list[str]:
    title = f"Sheet {sheet.number}" if several else "Worksheet"
    title = title if blank is not SOLVED else "Solution"
    name = words(sheet.name) if sheet.name else r"\hspace{60mm}"
    out = [rf"\section*{{{title}}}"]
    if blank is not SOLVED:
        out.append(rf"\noindent Name: \underline{{{name}}}\par\bigskip")
    for number, exercise in enumerate(sheet.exercises, 1):
        explanation = exercise.explanation()
        out += [rf"\noindent\textbf{{{number}.}} {exercise.question_latex}"]
        out += [*formula(explanation), *tables(explanation, blank, answer=False)]
        if blank is SOLVED:
            out.append(rf"\noindent Answer: {answers_latex(exercise)}")
        out.append(r"\par\bigskip")
    return out


def answers_latex(exercise: Exercise) -> str:
    """The answers of an exercise, as formulas between dollar signs."""
    return ", ".join(f"${blank.latex} = {blank.form}$" for blank in exercise.blanks)


def _key_latex(made: Sequence[Sheet]) -> list[str]:
    out = [r"\section*{Answers}", r"\begin{longtable}{rlp{0.72\linewidth}}", r"\toprule"]
    out += [r"sheet & & answers \\", r"\midrule", r"\endhead"]
    for sheet in made:
        for number, exercise in enumerate(sheet.exercises, 1):
            first = str(sheet.number) if number == 1 else ""
            who = f" {words(sheet.name)}" if number == 1 and sheet.name else ""
            out.append(rf"{first}{who} & {number}. & {answers_latex(exercise)} \\")
    return [*out, r"\bottomrule", r"\end{longtable}"]
