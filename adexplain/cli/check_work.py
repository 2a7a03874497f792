"""``adexplain check-work``: its options, the format of the files it reads, and its output."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from adexplain.cli.arguments import read_text, seeds, split, values
from adexplain.errors import InputError
from adexplain.export.grid import MARGIN, wrapped
from adexplain.export.json_csv import json_text
from adexplain.export.markdown import cell, pipes
from adexplain.export.style import Style

if TYPE_CHECKING:
    from adexplain.practice.marking import CheckedWork, MarkedRow

NAME = "check-work"
EXAMPLE = """\
examples:
  adexplain check-work mine.txt
  adexplain check-work mine.csv --function "ln(x1) + x1*x2 - sin(x2)" x1=2 x2=5
  pbpaste | adexplain check-work - --function "x*y" x=1 y=2 --format markdown

mine.txt holds the function, the point and the derivation:

  function: x*y + sin(x)
  at: x=1, y=2
  work:
  v1' = x'*y - x*y'
  v2' = cos(x)*x'

The derivation is a list of statements, a table (tabs, Markdown, LaTeX, CSV) or a derivative alone.
The exit code is 0 if every row is right, 1 if one is wrong, 2 if something cannot be read."""

EXIT_WRONG = 1
_SECTION = re.compile(r"[ \t]*(function|f|at|point|seed|work)[ \t]*:[ \t]*", re.IGNORECASE)
_SIGNS = {"right": "✓", "rounded": "≈", "follows": "↳", "wrong": "✗"}
_ASCII = {"✓": "+", "≈": "~", "↳": ">", "✗": "x"}

AddParser = Callable[[Any, str, str, str], argparse.ArgumentParser]


class WorkFile(NamedTuple):
    """The sections of a file.

    ``start`` and ``function_start`` are the offsets of the derivation and of the function.
    """

    function: str
    at: str
    seed: str
    work: str
    start: int
    function_start: int


def add_options(commands: Any, add_parser: AddParser) -> None:
    """Add the command to the parser of the command line."""
    parser = add_parser(
        commands, NAME, "FILE [NAME=NUMBER ...] ", "mark a derivation of your own, row by row"
    )
    parser.add_argument("--function", metavar="TEXT", help="the function, if FILE does not say it")
    parser.add_argument("--at", action="append", default=[], metavar="NAME=NUMBER,…", help="values")
    parser.add_argument(
        "--seed", action="append", default=[], metavar="NAME=NUMBER,…",
        help="the direction of the tangents, if the derivation does not say it",
    )  # fmt: skip
    parser.add_argument(
        "--format", choices=("table", "json", "markdown"), default="table",
        help="for a terminal, as data, or as a Markdown table",
    )  # fmt: skip
    parser.add_argument("--output", metavar="FILE", help="write to a file")


def text_of(options: argparse.Namespace) -> str:
    """The text of FILE.

    Raises:
        InputError: there is none, or it cannot be read.
    """
    if not options.words:
        raise InputError("There is no FILE.", None, "See adexplain check-work --help.")
    file = options.words[0]
    return read_text("-", None) if file == "-" else read_text(None, file)


def run(options: argparse.Namespace, text: str) -> tuple[Callable[[Style], str], int]:
    """What the command writes, and its exit code.

    Raises:
        InputError: something cannot be read; the message says the line and the column.
    """
    from adexplain.practice.marking import check

    file, *rest = options.words
    parts = read_work_file(text)
    function = options.function if options.function is not None else parts.function
    if not function.strip():
        hint = "Begin the file with a line `function: …`, or give --function."
        raise InputError("There is no function.", None, hint)
    at = values(rest, [*options.at, *([parts.at] if parts.at.strip() else [])])
    seed = seeds([*options.seed, *([parts.seed] if parts.seed.strip() else [])])
    # Text before the derivation is blanked, so that positions in ``work`` are those in the file.
    work = re.sub(r"[^\n]", " ", text[: parts.start]) + parts.work
    try:
        found = check(function, at, work, seed)
    except InputError as error:
        in_work = getattr(error, "field", "") == "work"
        if error.span is None or (not in_work and options.function is not None):
            raise InputError(error.message, None, error.hint) from error
        start = 0 if in_work else parts.function_start
        raise _located(error, text, start, "" if file == "-" else f"{file}, ") from error
    writers = {"json": _json, "markdown": _markdown, "table": _table}
    return writers[options.format](found), EXIT_WRONG if found.wrong else 0


def _located(error: InputError, text: str, start: int, file: str) -> InputError:
    """The error with its line and column in the file."""
    assert error.span
    first, end = (offset + start for offset in error.span)
    line = text.count("\n", 0, first) + 1
    column = first - text.rfind("\n", 0, first)
    return InputError(
        f"{file}line {line}, column {column}: {error.message}", (first, end), error.hint
    )


def read_work_file(text: str) -> WorkFile:
    """The sections of a file, each begun by a line such as ``at:``; or a derivation alone."""
    found = {"function": "", "at": "", "seed": "", "work": ""}
    starts = {"function": 0, "work": 0}
    part, offset = "", 0
    for line in text.splitlines(keepends=True):
        heading = _SECTION.match(line) if part != "work" else None
        if heading:
            part = {"f": "function", "point": "at"}.get(heading[1].lower(), heading[1].lower())
            starts[part] = offset + heading.end()
            found[part] = line[heading.end() :]
        elif not part and line.strip():
            return WorkFile("", "", "", text, 0, 0)
        elif part:
            if part in ("at", "seed"):
                line = line.strip()
                found[part] = found[part].rstrip() + ("," if line and found[part].strip() else "")
            found[part] += line
        offset += len(line)
    at = ",".join(part for part in split(found["at"].replace("\n", ",")) if part)
    return WorkFile(
        found["function"], at, found["seed"].strip(), found["work"], starts["work"],
        starts["function"],
    )  # fmt: skip


def _json(found: CheckedWork) -> Callable[[Style], str]:
    return lambda style: json_text(found.to_dict(), not style.unicode)


def _remark(row: MarkedRow) -> str:
    """The remark on a row: its mistake and what to write instead, or that it follows from one."""
    from adexplain.practice.marking import KINDS

    if row.mark == "wrong":
        kind = KINDS[row.kind] if row.kind else ""
        return f"{kind[:1].upper()}{kind[1:]}. {row.says} {row.instead}"
    if row.mark == "follows":
        place = f" in line {row.follows_from}" if row.follows_from else ""
        return f"Right, given the mistake{place}."
    return ""


def _row_text(row: MarkedRow) -> str:
    text = " ".join(row.text.split())
    return text if re.search("[=≈]", text) else f"{row.target} = {text}"


def _table(found: CheckedWork) -> Callable[[Style], str]:
    def table(style: Style) -> str:
        out = [""]
        for row in found.rows:
            sign = _SIGNS[row.mark] if style.unicode else _ASCII[_SIGNS[row.mark]]
            line = f"{MARGIN}{sign} {row.line:>3}  {_row_text(row)}"
            out.append(style.paint(line, "status" if row.mark == "wrong" else ""))
            if _remark(row):
                out += wrapped(_remark(row), style, MARGIN * 9, MARGIN * 9)
        for note in found.notes:
            out.append(f"{MARGIN}· {note.line:>3}  {note.text[:70]} (not marked)")
        out += ["", *wrapped(found.verdict, style, MARGIN, MARGIN * 3), ""]
        return "\n".join(style.sign(line) for line in out) + "\n"

    return table


def _markdown(found: CheckedWork) -> Callable[[Style], str]:
    from adexplain.practice.marking import MARKS

    lines = [
        [str(row.line), cell(_row_text(row)), MARKS[row.mark], cell(_remark(row))]
        for row in found.rows
    ]
    rows = pipes(["line", "written", "mark", "what to know"], "rlll", lines)
    return lambda style: "\n".join([f"{found.verdict}", "", *rows]) + "\n"
