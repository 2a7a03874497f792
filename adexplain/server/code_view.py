"""Generated Python, line by line, with the few colours the page gives it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

LINES_SHOWN = 300

_WORDS = re.compile(
    r"(?P<comment>\#.*$)|(?P<string>\"[^\"]*\"|'[^']*')|"
    r"(?P<keyword>\b(?:def|return|import|from|as|if|else|elif|for|while|in|and|or|not|None)\b)|"
    r"(?P<bar>\b\w+_bar\b)|(?P<dot>\b\w+_dot\b)"
)


@dataclass(frozen=True)
class Code:
    """One listing: what its tab says, its lines with markup, and the plain text to copy."""

    key: str
    title: str
    lines: list[Markup]
    text: str
    left_out: int


def code(key: str, title: str, source: str) -> Code:
    """A listing of ``source``; a very long one shows its beginning."""
    lines = source.rstrip("\n").split("\n")
    return Code(
        key,
        title,
        [_coloured(line) for line in lines[:LINES_SHOWN]],
        "" if len(lines) > LINES_SHOWN else source,
        max(0, len(lines) - LINES_SHOWN),
    )


def _coloured(line: str) -> Markup:
    out, end = [], 0
    for match in _WORDS.finditer(line):
        out += [
            escape(line[end : match.start()]),
            Markup("<span class='c-{}'>{}</span>").format(match.lastgroup, match.group()),
        ]
        end = match.end()
    out.append(escape(line[end:]))
    return Markup("").join(out)
