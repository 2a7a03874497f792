"""The argument parser: all commands with their options and examples."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from adexplain.cli import check_lessons, check_work, practice
from adexplain.errors import InputError
from adexplain.explanation.explain import MODES
from adexplain.server.exporting.formats import FORMATS
from adexplain.version import __version__

CODE_MODES = ("reverse", "forward", "primal")

DESCRIPTION = (
    "See how a derivative is made: the trace of a function, row by row, checked three ways."
)
EXAMPLES = {
    "": """\
examples:
  adexplain trace "ln(x1) + x1*x2 - sin(x2)" x1=2 x2=5
  adexplain steps "x*y + sin(x)" x=1 y=2 --mode reverse
  adexplain compare "x*exp(-x^2)" x=0.3
  adexplain doctor "log(x)*relu(y)" x=0 y=-1
  adexplain code "x*y + sin(x)" --mode forward
  adexplain serve

adexplain COMMAND --help tells more. docs/language.md tells what a function may look like.""",
    "trace": """\
examples:
  adexplain trace "ln(x1) + x1*x2 - sin(x2)" x1=2 x2=5
  adexplain trace "sin(x)^2" x=pi/3 --exact
  adexplain trace "x*y" --at x=2,y=3 --mode forward --seed x=1,y=0.5
  adexplain trace "[r*cos(t), r*sin(t)]" r=2 t=0.5 --seed f2
  adexplain trace --file model.txt w=0.1 --format latex --standalone --output trace.tex
  echo "x^2" | adexplain trace - x=3 --format json

Several lines are assignments; the last line is the result.""",
    "steps": """\
examples:
  adexplain steps "ln(x1) + x1*x2 - sin(x2)" x1=2 x2=5
  adexplain steps "x*y*x" x=2 y=3 --mode reverse --step 6
  adexplain steps "max(x, y)" x=1 y=1 --format markdown""",
    "compare": """\
examples:
  adexplain compare "x*exp(-x^2)" x=0.3
  adexplain compare "[x*y, x/y]" x=1 y=2 --of f2 --format json""",
    "doctor": """\
examples:
  adexplain doctor "sqrt(x^2 + y^2)" x=0 y=0
  adexplain doctor "log(sigmoid(x))" x=-800 --format json""",
    "code": """\
examples:
  adexplain code "x*y + sin(x)"
  adexplain code "x*y + sin(x)" --mode forward --output derivative.py""",
    **practice.EXAMPLES,
    check_work.NAME: check_work.EXAMPLE,
    check_lessons.NAME: check_lessons.EXAMPLE,
    "serve": """\
examples:
  adexplain serve
  adexplain serve --port 8080
  adexplain serve --host 0.0.0.0 --port 80""",
}


_FUNCTION, _VALUES = "FUNCTION", "[NAME=NUMBER ...]"


class _Parser(argparse.ArgumentParser):
    """Reports errors as ``InputError``, like the rest of the package."""

    def error(self, message: str) -> NoReturn:
        sentence = message[:1].upper() + message[1:].rstrip(".")
        raise InputError(f"{sentence}.", None, f"See {self.prog} --help.")


def _add(commands: Any, name: str, words: str, help_text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        usage=f"adexplain {name} {words}[options]",
        help=help_text,
        description=help_text[0].upper() + help_text[1:] + ".",
        epilog=EXAMPLES[name],
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    return parser


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    root = _Parser(
        prog="adexplain",
        description=DESCRIPTION,
        epilog=EXAMPLES[""],
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    root.add_argument("--version", action="version", version=f"adexplain {__version__}")
    commands = root.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for add_command in (_trace, _steps, _compare, _doctor, _code):
        add_command(commands)
    practice.add_options(commands, _add)
    check_work.add_options(commands, _add)
    check_lessons.add_options(commands, _add)
    _serve(commands)
    return root


def _trace(commands: Any) -> None:
    trace = _add(
        commands,
        "trace",
        f"{_FUNCTION} {_VALUES} ",
        "show every step with its primal, tangent and adjoint",
    )
    _function(trace)
    _point(trace)
    _derivatives(trace)
    trace.add_argument("--exact", action="store_true", help="also exact values such as sqrt(3)/2")
    trace.add_argument(
        "--step", type=_count, help="the step at which a picture stands still (the last)"
    )
    _writing(trace, "explanation")


def _steps(commands: Any) -> None:
    steps = _add(
        commands,
        "steps",
        f"{_FUNCTION} {_VALUES} ",
        "tell every step in words",
    )
    _function(steps)
    _point(steps)
    _derivatives(steps)
    steps.add_argument("--step", type=_count, help="tell this step alone, and why")
    _writing(steps, "steps")


def _compare(commands: Any) -> None:
    compare = _add(
        commands,
        "compare",
        f"{_FUNCTION} {_VALUES} ",
        "compare the derivative with independent methods",
    )
    _function(compare)
    _point(compare)
    compare.add_argument("--of", metavar="OUTPUT", help="the output to compare (the first)")
    _writing(compare, "comparison")


def _doctor(commands: Any) -> None:
    doctor = _add(
        commands,
        "doctor",
        f"{_FUNCTION} {_VALUES} ",
        "find where a derivative became NaN, infinite or zero, and why",
    )
    _function(doctor)
    _point(doctor)
    _writing(doctor, "findings")


def _code(commands: Any) -> None:
    code = _add(commands, "code", f"{_FUNCTION} ", "write the derivative as Python code")
    _function(code)
    code.add_argument("--mode", choices=CODE_MODES, default="reverse", help="the code (reverse)")
    _writing(code, "code")


def _serve(commands: Any) -> None:
    serve = _add(commands, "serve", "", "start the page and the JSON API on this machine")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen at (127.0.0.1)")
    serve.add_argument(
        "--port", type=_port, default=8000, help="its port; 0 takes a free one (8000)"
    )


def _function(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--file",
        help="read the function from a file; a FUNCTION that is - is read from standard input",
    )
    parser.add_argument(
        "--no-share", action="store_true", help="give equal subexpressions rows of their own"
    )


def _point(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--at",
        action="append",
        default=[],
        metavar="NAME=NUMBER,…",
        help="values, instead of words at the end; without names in the order of the inputs",
    )


def _derivatives(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mode", choices=MODES, default="both", help="derivatives to show (both)")
    parser.add_argument(
        "--seed",
        action="append",
        default=[],
        metavar="NAME=NUMBER,…",
        help="tangents of inputs, adjoints of outputs; a bare name means 1 "
        "(the first input, the first output)",
    )


def _writing(parser: argparse.ArgumentParser, what: str) -> None:
    supporting = {name: form for name, form in FORMATS.items() if getattr(form, what)}
    about = "; ".join(f"{name}: {form.about}" for name, form in supporting.items())
    parser.add_argument("--format", choices=tuple(supporting), default="table", help=about)
    documents = " or ".join(name for name, form in supporting.items() if form.document)
    if documents:
        parser.add_argument(
            "--standalone", action="store_true", help=f"with --format {documents}: a whole document"
        )
    parser.add_argument("--output", metavar="FILE", help="write to a file")


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port; ports are 0 to 65535")
    return int(text)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text} is no step; steps are 0, 1, 2, …")
    return int(text)
