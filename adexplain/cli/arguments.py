"""Reads function, values and seeds from the words of a command line, and formats input errors."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from adexplain.errors import InputError
from adexplain.export.style import width_of

_EXAMPLE = "Write name=number, such as x=2 or x=pi/3."


def read_text(word: str | None, file: str | None) -> str:
    """The text of the function: of a file, of standard input for ``-``, or the word itself.

    Raises:
        InputError: there is none, or it cannot be read.
    """
    if file is not None:
        return _read_file(file)
    if word is None:
        hint = 'For example: adexplain trace "x*y + sin(x)" x=1 y=2'
        raise InputError("There is no function.", None, hint)
    if word != "-":
        return word
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("Standard input is not UTF-8 text.") from error


def _read_file(file: str) -> str:
    try:
        return Path(file).read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror or error}.") from error
    except (UnicodeDecodeError, ValueError) as error:  # ValueError: a zero byte in the name
        raise InputError(f"{file} is not UTF-8 text.") from error


def split(text: str) -> Iterator[str]:
    """The parts between commas, except commas in brackets."""
    depth, start = 0, 0
    for position, character in enumerate(text):
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            yield text[start:position].strip()
            start = position + 1
    yield text[start:].strip()


def values(words: Iterable[str], options: Iterable[str]) -> dict[str, str] | list[str]:
    """The point, from words such as ``x1=2`` and lists after ``--at``.

    It is a list in the order of the inputs if no value has a name; whether that order is clear is
    for the function to say.

    Raises:
        InputError: a word is no value, or a name has two.
    """
    parts = [*words, *(part for option in options for part in split(option))]
    if parts and not any("=" in part for part in parts):
        return parts
    return _by_name(parts, "")


def seeds(options: Iterable[str]) -> dict[str, str] | None:
    """The seeds after ``--seed``, where a bare name means 1; None without such an option."""
    parts = [part for option in options for part in split(option)]
    return _by_name([part if "=" in part else f"{part}=1" for part in parts], "seed of ") or None


def _by_name(parts: Iterable[str], prefix: str) -> dict[str, str]:
    values_by_name: dict[str, str] = {}
    for part in parts:
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not name:
            raise InputError(f"`{part}` gives no variable a value.", None, _EXAMPLE)
        if name in values_by_name:
            raise InputError(
                f"The {prefix or 'value of '}{name} is given twice.", None, "Drop one."
            )
        values_by_name[name] = value
    return values_by_name


def error_text(error: InputError, text: str) -> str:
    """An input error as text: the message, the line of input with carets below it, and the hint."""
    lines = [f"adexplain: {_printable(error.message)}"]
    pointer = error.pointer(text)
    if pointer:
        shown, _, caret = pointer.partition("\n")
        shown = _printable(shown)
        before = len(caret) - len(caret.lstrip())
        marked = shown[before : before + caret.count("^")] or " "
        lines += ["", f"  {shown}", f"  {' ' * width_of(shown[:before])}{'^' * width_of(marked)}"]
    if error.hint:
        lines += [f"  {_printable(error.hint)}"]
    return "\n".join(lines)


def _printable(text: str) -> str:
    """Text without control characters, which could change the state of a terminal."""
    return "".join(c if c.isprintable() else " " if c in "\t\n" else "\ufffd" for c in text)
