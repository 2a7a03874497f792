"""The command line: ``adexplain trace | compare | code | serve``.

Exit codes: 0 done, 1 a fault of ours, 2 something in the input, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn, TextIO

from adexplain import __version__
from adexplain.command_words import read_text, seeds, told, values
from adexplain.errors import InputError
from adexplain.explain import MODES
from adexplain.export import Style
from adexplain.export.data import json_text
from adexplain.formats import FORMATS
from adexplain.language import parse

CODE_MODES = ("reverse", "forward", "primal")
EXIT_FAULT, EXIT_INPUT, EXIT_STOPPED, EXIT_PIPE = 1, 2, 130, 141

DESCRIPTION = (
    "See how a derivative is made: the trace of a function, row by row, checked three ways."
)
EXAMPLES = {
    "": """\
examples:
  adexplain trace "ln(x1) + x1*x2 - sin(x2)" x1=2 x2=5
  adexplain compare "x*exp(-x^2)" x=0.3
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
    "compare": """\
examples:
  adexplain compare "x*exp(-x^2)" x=0.3
  adexplain compare "[x*y, x/y]" x=1 y=2 --of f2 --format json""",
    "code": """\
examples:
  adexplain code "x*y + sin(x)"
  adexplain code "x*y + sin(x)" --mode forward --output derivative.py""",
    "serve": """\
examples:
  adexplain serve
  adexplain serve --port 8080
  adexplain serve --host 0.0.0.0 --port 80""",
}


_PIECE = 16_384
_FUNCTION, _VALUES = "FUNCTION", "[NAME=NUMBER ...]"


class _Parser(argparse.ArgumentParser):
    """Complains as everything else here does."""

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
    whole = _Parser(
        prog="adexplain",
        description=DESCRIPTION,
        epilog=EXAMPLES[""],
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"adexplain {__version__}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    trace = _add(
        commands,
        "trace",
        f"{_FUNCTION} {_VALUES} ",
        "show every step with its primal, tangent and adjoint",
    )
    _function(trace)
    _point(trace)
    trace.add_argument("--mode", choices=MODES, default="both", help="derivatives to show (both)")
    trace.add_argument(
        "--seed",
        action="append",
        default=[],
        metavar="NAME=NUMBER,…",
        help="tangents of inputs, adjoints of outputs; a bare name means 1 "
        "(the first input, the first output)",
    )
    trace.add_argument("--exact", action="store_true", help="also exact values such as sqrt(3)/2")
    trace.add_argument(
        "--step", type=_count, help="the step at which a picture stands still (the last)"
    )
    _writing(trace, "explanation")
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
    code = _add(commands, "code", f"{_FUNCTION} ", "write the derivative as Python code")
    _function(code)
    code.add_argument("--mode", choices=CODE_MODES, default="reverse", help="the code (reverse)")
    _writing(code, "code")
    serve = _add(commands, "serve", "", "start the page and the JSON API on this machine")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen at (127.0.0.1)")
    serve.add_argument(
        "--port", type=_port, default=8000, help="its port; 0 takes a free one (8000)"
    )
    return whole


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


def _writing(parser: argparse.ArgumentParser, what: str) -> None:
    able = {name: form for name, form in FORMATS.items() if getattr(form, what)}
    about = "; ".join(f"{name}: {form.about}" for name, form in able.items())
    parser.add_argument("--format", choices=tuple(able), default="table", help=about)
    documents = " or ".join(name for name, form in able.items() if form.document)
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


def _read_words(words: Sequence[str]) -> argparse.Namespace:
    """Options, and in ``words`` what is none, in any order.

    A function may begin with a minus. argparse takes no word with a space in front for an option.
    """
    end = words.index("--") if "--" in words else len(words)
    protected = [f" {word}" if _is_negative(word) else word for word in words[:end]]
    options, rest = parser().parse_known_args(protected)
    unknown = next((word for word in rest if word.startswith("--")), None)
    if unknown is not None:
        raise InputError(
            f"There is no option {unknown}.", None, f"See adexplain {options.command or ''} --help."
        )
    options.words = [w[1:] if w.startswith(" -") else w for w in rest] + list(words[end + 1 :])
    return options


def _is_negative(word: str) -> bool:
    return word.startswith("-") and word[1:2] not in ("", "-") and word != "-h"


class _Request:
    """One command line being carried out."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.text = ""

    @property
    def wants_json(self) -> bool:
        """Whether an error is to be JSON, also where the words could not be understood."""
        words = [*self.words, ""]
        return "--format=json" in words or any(
            pair == ("--format", "json") for pair in pairwise(words)
        )

    def run(self) -> None:
        """Carry it out; raises InputError for whatever is wrong with the words."""
        options = _read_words(self.words)
        if options.command is None:
            parser().print_help()
            return
        if options.command == "serve":
            from adexplain.serving import serve

            if options.words:
                raise InputError(f"`{options.words[0]}` is one word too many.")
            serve(options.host, options.port)
            return
        word = options.words.pop(0) if options.words and options.file is None else None
        self.text = read_text(word, options.file)
        program = parse(self.text, share=not options.no_share)
        _write(_answer(options, program), options)


def _answer(options: argparse.Namespace, program: Any) -> Any:
    """A function from a style to the text to write."""
    form = FORMATS[options.format]
    given = options.words
    if options.command == "code":
        from adexplain.codegen import source_lines

        if given:
            raise InputError(f"`{given[0]}` is one word too many.", None, "Code needs no values.")
        lines = source_lines(program, options.mode)
        assert form.code  # the parser offers no other formats
        return partial(form.code, lines, options.mode)
    point = values(given, options.at)
    if options.command == "compare":
        from adexplain.compare import compare

        found = compare(program, point, output=options.of).to_dict()
        assert form.comparison
        return partial(form.comparison, found)
    from adexplain.explain import explain

    explanation = explain(
        program, point, mode=options.mode, seed=seeds(options.seed), exact=options.exact
    )
    total = explanation.stepping.total
    if options.step is not None and options.step > total:
        raise InputError(f"There is no step {options.step}.", None, f"The last one is {total}.")
    return lambda style: form.explanation(explanation, replace(style, step=options.step))


def _write(answer: Any, options: argparse.Namespace) -> None:
    style = Style() if options.output else Style.of(sys.stdout)
    text: str = answer(style)
    whole = FORMATS[options.format].document
    if options.standalone and whole:
        text = whole(text)
    if not options.output:
        _print(text, sys.stdout)
        return
    try:
        Path(options.output).write_text(text, "utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{options.output} cannot be written: {reason}.") from error


def _print(text: str, stream: TextIO) -> None:
    """Write and flush, so that a closed pipe is noticed here; what cannot be encoded is escaped."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    for start in range(0, len(text), _PIECE):  # an unbuffered stream hides that one is cut short
        stream.write(text[start : start + _PIECE])
    stream.flush()


def main(words: Sequence[str] | None = None) -> int:
    """Carry out a command line and return its exit code."""
    request = _Request(sys.argv[1:] if words is None else words)
    try:
        try:
            request.run()
        except InputError as error:
            if request.wants_json:
                _print(json_text({"error": error.to_dict()}, ascii_only=True), sys.stdout)
            else:
                _print(told(error, request.text) + "\n", sys.stderr)
            return EXIT_INPUT
        return 0
    except BrokenPipeError:  # the reader has seen enough: `adexplain trace … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_PIPE
    except KeyboardInterrupt:
        return EXIT_STOPPED
    except Exception as error:
        what = f"{type(error).__name__}: {error}"[:300]
        _print(f"adexplain: Something went wrong in adexplain itself ({what}).\n", sys.stderr)
        return EXIT_FAULT
