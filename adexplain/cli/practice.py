"""``adexplain exercise`` and ``adexplain worksheet``: their options and their output."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from adexplain.cli.arguments import read_text, seeds, values
from adexplain.errors import InputError
from adexplain.export.grid import MARGIN, wrapped
from adexplain.export.style import Style
from adexplain.export.table import table
from adexplain.practice.exercises import LARGEST_SEED, LEVELS, Exercise, level_of, make, seed_of
from adexplain.practice.worksheets import MIXED, PARTS

COMMANDS = ("exercise", "worksheet")
EXAMPLES = {
    "exercise": """\
examples:
  adexplain exercise chain --seed 7
  adexplain exercise sharing --seed 1 --count 3 --solution
  adexplain exercise kinks --seed 2 --format json

The same level and seed give the same exercise on every machine.""",
    "worksheet": """\
examples:
  adexplain worksheet "x1*x2 + sin(x1)" x1=pi/3 x2=4 --exact
  adexplain worksheet --level mixed --seed 4 --exercises 3 --part blank
  adexplain worksheet --level chain --sheets 30 --output class.tex

It is a LaTeX document. Sheets of a class differ, and their answers are in one key.""",
}
_MAX_COUNT = 1_000

AddParser = Callable[[Any, str, str, str], argparse.ArgumentParser]


def add_options(commands: Any, add_parser: AddParser) -> None:
    """Add both commands to the parser of the command line."""
    exercise = add_parser(
        commands, "exercise", "LEVEL ", "write an exercise with numbers to do by hand"
    )
    exercise.add_argument("--seed", default="1", metavar="N", help="which exercise (1)")
    exercise.add_argument(
        "--count", default="1", metavar="N", help="how many, from that one on (1)"
    )
    exercise.add_argument("--solution", action="store_true", help="also the answer and the trace")
    exercise.add_argument(
        "--format", choices=("table", "json"), default="table", help="text, or data"
    )
    sheet = add_parser(
        commands,
        "worksheet",
        "[FUNCTION NAME=NUMBER ...] ",
        "write a blank and a solved sheet in LaTeX",
    )
    sheet.add_argument("--file", help="read the function from a file")
    sheet.add_argument("--at", action="append", default=[], metavar="NAME=NUMBER,…", help="values")
    sheet.add_argument("--mode", choices=("both", "forward", "reverse"), default="both")
    sheet.add_argument(
        "--seed",
        action="append",
        default=[],
        metavar="…",
        help="of a function its seeds; of a set its number (1)",
    )
    sheet.add_argument("--exact", action="store_true", help="exact values such as sqrt(3)/2")
    sheet.add_argument("--level", help=f"a set of exercises: {', '.join(LEVELS)} or {MIXED}")
    sheet.add_argument("--exercises", default="3", metavar="N", help="how many on a sheet (3)")
    sheet.add_argument("--sheets", default="1", metavar="N", help="how many sheets, all different")
    sheet.add_argument("--names", metavar="FILE", help="whose sheets: a name a line")
    sheet.add_argument("--part", choices=PARTS, default="both", help="what is written (both)")
    sheet.add_argument(
        "--hide-operations", action="store_true", help="the student writes the operations, too"
    )
    for command in (exercise, sheet):
        command.add_argument("--output", metavar="FILE", help="write to a file")


def answer(options: argparse.Namespace) -> Callable[[Style], str]:
    """The output of the command as a function of the style.

    Raises:
        InputError: what is asked for cannot be made.
    """
    return _exercises(options) if options.command == "exercise" else _worksheet(options)


def _exercises(options: argparse.Namespace) -> Callable[[Style], str]:
    if len(options.words) != 1:
        hint = f"adexplain exercise chain --seed 7; the levels: {', '.join(LEVELS)}."
        raise InputError("An exercise has one level.", None, hint)
    level = level_of(options.words[0])
    first, count = seed_of(options.seed), seed_of(options.count)
    if not 1 <= count <= _MAX_COUNT or first + count - 1 > LARGEST_SEED:
        raise InputError(
            f"{count} exercises cannot be written.", None, f"Ask for 1 to {_MAX_COUNT}."
        )
    exercises = [make(level, seed) for seed in range(first, first + count)]
    if options.format == "json":
        from adexplain.export.json_csv import json_text

        data = {"exercises": [_data(exercise, options.solution) for exercise in exercises]}
        return lambda style: json_text(data, not style.unicode)
    return lambda style: "\n".join(
        _text(exercise, options.solution, style) for exercise in exercises
    )


def _data(exercise: Exercise, solution: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "level": exercise.level,
        "seed": exercise.seed,
        "text": exercise.text,
        "at": dict(exercise.at),
        "question": exercise.question,
        "asked": [blank.label for blank in exercise.blanks],
    }
    if solution:
        data["answers"] = {blank.label: blank.answer_text for blank in exercise.blanks}
    return data


def _text(exercise: Exercise, solution: bool, style: Style) -> str:
    head = [style.paint(exercise.title, "bold"), "", *exercise.text.splitlines(), ""]
    out = ["", *(f"{MARGIN}{line}".rstrip() for line in head)]
    out += wrapped(style.sign(exercise.question), style, MARGIN, MARGIN)
    if not solution:
        return "\n".join(out) + "\n"
    out += ["", *wrapped(style.sign(f"Answer: {exercise.answer}"), style, MARGIN, MARGIN)]
    return (
        "\n".join(out)
        + "\n"
        + "\n".join(table(explanation, style) for explanation in exercise.sweeps())
    )


def _worksheet(options: argparse.Namespace) -> Callable[[Style], str]:
    from adexplain.export.blank import Blank
    from adexplain.export.latex import document
    from adexplain.practice import worksheets

    blank = Blank(operations=not options.hide_operations)
    if options.level is not None:
        if options.words:
            raise InputError(f"`{options.words[0]}` is one word too many beside a level.")
        level = options.level if options.level == MIXED else level_of(options.level)
        seed = seed_of(options.seed[-1] if options.seed else "1")
        per_sheet = worksheets.count_of(options.exercises, 3, "exercises")
        count = worksheets.count_of(options.sheets, 1, "sheets")
        names = read_text(None, options.names).splitlines() if options.names else []
        sheets = worksheets.sheets(level, seed, per_sheet, count, names)
        return lambda _style: document(worksheets.sheets_latex(sheets, options.part, blank))
    from adexplain.explanation.explain import explain

    word = options.words.pop(0) if options.words and options.file is None else None
    text = read_text(word, options.file)
    point = values(options.words, options.at)
    explanation = explain(text, point, options.mode, seeds(options.seed), options.exact)
    return lambda _style: document(worksheets.function_latex(explanation, options.part, blank))
