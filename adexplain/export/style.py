"""``Style``: which characters, colours and width an output can show."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO
from unicodedata import combining, east_asian_width

from adexplain.typeset.formulas import name_text

_CODES = {"bold": "1", "tangent": "34", "adjoint": "31", "status": "35"}
_TEST_CHARACTERS = "━─▲✓✗×·←…∂█∞\u0307\u0304"
_ASCII = {
    "━": "=", "─": "-", "▲": "!", "✓": "yes:", "✗": "no:", "×": "*", "·": "*", "…": "...",
    "∂": "d", "█": "#", "≥": ">=", "≤": "<=", "≠": "!=", "−": "-", "∞": "inf",
}  # fmt: skip


@dataclass(frozen=True)
class Style:
    """What the output can show, and which step is wanted.

    Attributes:
        unicode: whether rules, accents and signs beyond ASCII may be used.
        colour: whether ANSI colours may be used.
        width: columns that lines should not exceed.
        step: the step to show; None for the whole trace.
    """

    unicode: bool = True
    colour: bool = False
    width: int = 100
    step: int | None = None

    @classmethod
    def of(cls, stream: TextIO, environment: Mapping[str, str] = os.environ) -> Style:
        """The style that suits a stream: colour on a terminal only, unless NO_COLOR is set."""
        terminal = stream.isatty()
        plain = bool(environment.get("NO_COLOR")) or environment.get("TERM") == "dumb"
        width = shutil.get_terminal_size((100, 24)).columns
        return cls(_can_show(stream.encoding), terminal and not plain, max(60, min(width, 120)))

    def paint(self, text: str, kind: str) -> str:
        """Text in the colour of its kind ("bold", "tangent", …), where colours may be used."""
        if not (self.colour and kind and text.strip()):
            return text
        content = text.rstrip()  # spaces stay outside, so that the end of a line can be trimmed
        return f"\x1b[{_CODES[kind]}m{content}\x1b[0m{text[len(content) :]}"

    def sign(self, text: str) -> str:
        """Text with its signs replaced by ASCII where the output has nothing else."""
        return text if self.unicode else "".join(_ASCII.get(c, c) for c in text)

    def dotted(self, name: str) -> str:
        """A name's tangent: v̇1, or v1' in ASCII."""
        return name_text(name, "dot") if self.unicode else f"{name}'"

    def barred(self, name: str) -> str:
        """A name's adjoint: v̄1, or v1_bar in ASCII."""
        return name_text(name, "bar") if self.unicode else f"{name}_bar"


def _can_show(encoding: str | None) -> bool:
    try:
        _TEST_CHARACTERS.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


_ESCAPE = re.compile(r"\x1b\[\d*m")


def width_of(text: str) -> int:
    """How many terminal columns a text takes."""
    if text.isascii():
        return len(_ESCAPE.sub("", text)) if "\x1b" in text else len(text)
    columns = 0
    for character in _ESCAPE.sub("", text):
        if not combining(character):
            columns += 2 if east_asian_width(character) in "WF" else 1
    return columns


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """A text of at most so many columns; a longer one has an ellipsis in place of its middle."""
    if width_of(text) <= width:
        return text
    room = width - len(ellipsis)
    keep = min(len(text), 2 * width)
    while (
        keep and width_of(text[: keep - keep // 3]) + width_of(text[len(text) - keep // 3 :]) > room
    ):
        keep -= 1
    return text[: keep - keep // 3] + ellipsis + text[len(text) - keep // 3 :]
