"""Sheets of exercises, blank and solved, for one person or for a whole class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from adexplain.errors import InputError
from adexplain.explanation.explain import Explanation
from adexplain.export.blank import SOLVED, Blank
from adexplain.export.latex import NEEDS, formula, tables, words
from adexplain.practice.exercises import LEVELS, Exercise, different
from adexplain.typeset.formulas import name_latex

MIXED = "mixed"
"""A sheet with an exercise of each level in turn."""
TITLES = {MIXED: "All levels in turn", **LEVELS}
"""What a sheet may be made of → how people call it."""
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
        origin: what makes the same sheet again: the level, and the number of the set.
    """

    number: int
    name: str
    exercises: tuple[Exercise, ...]
    origin: str


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
    origin = f"{TITLES[level]}, number {seed}"
    return [
        Sheet(number, names[number - 1] if names else "", given, origin)
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
    out = [NEEDS, r"\pagestyle{myheadings}"]
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
    out = _head(title, sheet)
    if blank is not SOLVED:
        out.append(rf"\noindent Name: \underline{{{name}}}\par\bigskip")
    for number, exercise in enumerate(sheet.exercises, 1):
        out += _task_latex(number, exercise, blank)
    return out


def _head(title: str, sheet: Sheet) -> list[str]:
    """The title, and what stands above every page: papers that fall apart find together again."""
    origin, name = words(sheet.origin), words(sheet.name)
    mark = rf"{title}\quad {name}\hfill {origin}" if name else rf"{title}\hfill {origin}"
    return [rf"\markright{{{mark}\hfill}}", rf"\section*{{{title}}}"]


def _task_latex(number: int, exercise: Exercise, blank: Blank) -> list[str]:
    """A question, its tables, and its answers or lines for them."""
    sweeps = exercise.sweeps()
    parts = []
    for place, (bar, explanation) in enumerate(zip(exercise.bars, sweeps, strict=True)):
        title = [rf"\noindent {whose(bar)}"] if len(sweeps) > 1 else []
        parts.append([*title, *tables(explanation, blank, answer=False, primal=not place)])
    asked = rf"\noindent\textbf{{{number}.}} {exercise.question_latex}"
    parts[0] = [asked, *formula(sweeps[0]), *parts[0]]
    parts[-1].append(_answered_latex(exercise, blank))
    # Boxes, so that no page ends between a question and where its answer is written.
    begin, end = r"\noindent\begin{minipage}{\linewidth}", r"\end{minipage}\par\bigskip"
    return [line for part in parts for line in (begin, *part, end)]


def _answered_latex(exercise: Exercise, blank: Blank) -> str:
    """The answers, or a line for each."""
    if blank is SOLVED:
        return rf"\noindent Answer: {answers_latex(exercise)}"
    room = (
        r"\underline{\hspace{20mm}}" if len(exercise.blanks) > 3 else r"\underline{\hspace{28mm}}"
    )
    lines = r"\quad ".join(f"${each.latex} = {{}}$ {room}" for each in exercise.blanks)
    return rf"\noindent {lines}"


def whose(bar: Mapping[str, int]) -> str:
    """Whose derivatives the adjoint sweep with this seed finds: formulas between dollar signs."""
    output = next(name for name, by in bar.items() if by)
    seeds = ", ".join(f"${name_latex(name, 'bar')} = {by}$" for name, by in bar.items())
    return f"The derivatives of ${name_latex(output)}$: {seeds}"


def answers_latex(exercise: Exercise) -> str:
    """The answers of an exercise, as formulas between dollar signs."""
    return ", ".join(f"${blank.latex} = {blank.form}$" for blank in exercise.blanks)


def _key_latex(made: Sequence[Sheet]) -> list[str]:
    out = _head("Answers", replace(made[0], name=""))
    out += [r"{\renewcommand{\arraystretch}{1.35}"]
    whose_sheet = r"p{0.25\linewidth}" if made[0].name else "r"
    out += [rf"\begin{{longtable}}{{{whose_sheet}lp{{0.62\linewidth}}}}", r"\toprule"]
    out += [r"sheet & & answers \\", r"\midrule", r"\endhead", r"\bottomrule", r"\endlastfoot"]
    for sheet in made:
        if sheet is not made[0]:
            out.append(r"\midrule")
        for number, exercise in enumerate(sheet.exercises, 1):
            first = str(sheet.number) if number == 1 else ""
            who = f" {words(sheet.name)}" if number == 1 and sheet.name else ""
            # A starred end keeps the answers of one sheet on one page.
            end = r"\\" if number == len(sheet.exercises) else r"\\*"
            out.append(rf"{first}{who} & {number}. & {answers_latex(exercise)} {end}")
    return [*out, r"\end{longtable}}"]
