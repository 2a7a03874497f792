"""``main``: the command line, ``adexplain trace | steps | compare | doctor | code | …``.

Exit codes: 0 done, 1 an error in adexplain (of check-work: a row is wrong; of check-lessons: a
fault was found), 2 an error in the input, 130 stopped by Ctrl-C, 141 a closed pipe.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, TextIO

from adexplain.cli import check_lessons, check_work, practice
from adexplain.cli.arguments import error_text, read_text, seeds, values
from adexplain.cli.parser import parser
from adexplain.errors import InputError
from adexplain.export.formats import Style
from adexplain.export.json_csv import json_text
from adexplain.language import parse
from adexplain.server.exporting.formats import FORMATS

EXIT_FAULT, EXIT_INPUT, EXIT_STOPPED, EXIT_PIPE = 1, 2, 130, 141
_CHUNK = 16_384


def _read_words(words: Sequence[str]) -> argparse.Namespace:
    """The options; ``words`` holds the words that are none. Both may come in any order.

    A function may begin with a minus sign. Such words get a space in front, because argparse then
    does not take them for options.
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
    """Carries out one command line."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.text = ""
        self.code = 0

    @property
    def wants_json(self) -> bool:
        """Whether an error is printed as JSON, decided without parsing, which may fail itself."""
        words = [*self.words, ""]
        return "--format=json" in words or any(
            pair == ("--format", "json") for pair in pairwise(words)
        )

    def run(self) -> None:
        """Carry it out.

        Raises:
            InputError: the words, the function or the point cannot be read.
        """
        options = _read_words(self.words)
        if options.command is None:
            parser().print_help()
            return
        if options.command == "serve":
            from adexplain.cli.serve import serve

            if options.words:
                raise InputError(f"`{options.words[0]}` is one word too many.")
            serve(options.host, options.port)
            return
        if options.command in practice.COMMANDS:
            _save(practice.answer(options), options.output)
            return
        if options.command == check_lessons.NAME:
            answer, self.code = check_lessons.run(options)
            _save(answer, None)
            return
        if options.command == check_work.NAME:
            self.text = check_work.text_of(options)
            answer, self.code = check_work.run(options, self.text)
            _save(answer, options.output)
            return
        word = options.words.pop(0) if options.words and options.file is None else None
        self.text = read_text(word, options.file)
        program = parse(self.text, share=not options.no_share)
        _write(_answer(options, program), options)


def _answer(options: argparse.Namespace, program: Any) -> Any:
    """The output as a function of the style."""
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
        from adexplain.comparison.compare import compare

        found = compare(program, point, output=options.of).to_dict()
        assert form.comparison
        return partial(form.comparison, found)
    from adexplain.explanation.explain import explain

    if options.command == "doctor":
        assert form.findings
        return partial(form.findings, explain(program, point))
    exact = options.command == "trace" and options.exact
    explanation = explain(program, point, options.mode, seeds(options.seed), exact)
    total = explanation.stepping.total
    if options.step is not None and options.step > total:
        raise InputError(f"There is no step {options.step}.", None, f"The last one is {total}.")
    view = form.explanation if options.command == "trace" else form.steps
    assert view
    return lambda style: view(explanation, replace(style, step=options.step))


def _write(answer: Any, options: argparse.Namespace) -> None:
    make_document = FORMATS[options.format].document
    if make_document and options.standalone:
        _save(lambda style: make_document(answer(style)), options.output)
    else:
        _save(answer, options.output)


def _save(answer: Callable[[Style], str], output: str | None) -> None:
    """Write to a file, or to standard output in the style that suits it."""
    text = answer(Style() if output else Style.of(sys.stdout))
    if not output:
        _print(text, sys.stdout)
        return
    try:
        Path(output).write_text(text, "utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{output} cannot be written: {reason}.") from error


def _print(text: str, stream: TextIO) -> None:
    """Write and flush, so that a closed pipe is noticed here; escape what cannot be encoded."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    for start in range(0, len(text), _CHUNK):  # unbuffered streams hide short writes
        stream.write(text[start : start + _CHUNK])
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
                _print(error_text(error, request.text) + "\n", sys.stderr)
            return EXIT_INPUT
        return request.code
    except BrokenPipeError:  # the reader was closed, as in `adexplain trace … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_PIPE
    except KeyboardInterrupt:
        return EXIT_STOPPED
    except Exception as error:
        what = f"{type(error).__name__}: {error}"[:300]
        _print(f"adexplain: Something went wrong in adexplain itself ({what}).\n", sys.stderr)
        return EXIT_FAULT
