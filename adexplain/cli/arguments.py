"""What the words on a command line mean: function, values, seeds; and how an error looks."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from adexplain.errors import InputError
from adexplain.export.style import width_of

_EXAMPLE = "Write name=number, such as x=2 or x=pi/3."


def read_text(word: str | None, file: str | None) -> str:
    """The function: from a file, from standard input for ``-``, or the word itself.

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
    except (UnicodeDecodeError, ValueError) as error:  # a name may hold a zero byte
        raise InputError(f"{file} is not UTF-8 text.") from error


def split(text: str) -> Iterator[str]:
    """The parts between commas that stand outside brackets."""
    depth, start = 0, 0
    for place, character in enumerate(text):
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            yield text[start:place].strip()
            start = place + 1
    yield text[start:].strip()


def values(words: Iterable[str], options: Iterable[str]) -> dict[str, str] | list[str]:
    """The point: ``x1=2`` words and ``--at`` lists; a list without names is in the inputs' order.

    Raises:
        InputError: a word is no value, or a name has two.
    """
    parts = [*words, *(part for option in options for part in split(option))]
    if parts and not any("=" in part for part in parts):
        return parts
    return _named(parts, "")


def seeds(options: Iterable[str]) -> dict[str, str] | None:
    """``--seed``: a bare name means 1; None where there is no such option."""
    parts = [part for option in options for part in split(option)]
    return _named([part if "=" in part else f"{part}=1" for part in parts], "seed of ") or None


def _named(parts: Iterable[str], what: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not name:
            raise InputError(f"`{part}` gives no variable a value.", None, _EXAMPLE)
        if name in found:
            raise InputError(f"The {what or 'value of '}{name} is given twice.", None, "Drop one.")
        found[name] = value
    return found


def told(error: InputError, text: str) -> str:
    """An input error for people: the sentence, the line with a caret below, what to write."""
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
    """Text that cannot command a terminal: control characters are shown as �."""
    return "".join(c if c.isprintable() else " " if c in "\t\n" else "\ufffd" for c in text)
