"""Generated Python, line by line, with the few colours the page gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from adexplain.codegen import Line
from adexplain.explanation.stepping import Stepping

LINES_SHOWN = 300

_WORDS = re.compile(
    r"(?P<comment>\#.*$)|(?P<string>\"[^\"]*\"|'[^']*')|"
    r"(?P<keyword>\b(?:def|return|import|from|as|if|else|elif|for|while|in|and|or|not|None)\b)|"
    r"(?P<bar>\b\w+_bar\b)|(?P<dot>\b\w+_dot\b)"
)


@dataclass(frozen=True)
class Listed:
    """One line of a listing, and the row, step and contribution it belongs to."""

    html: Markup
    row: str = ""
    step: int | None = None
    edge: int | None = None


@dataclass(frozen=True)
class Code:
    """One listing: what its tab says, its lines, and the plain text to copy."""

    key: str
    title: str
    lines: list[Listed]
    text: str
    left_out: int


def code(key: str, title: str, lines: list[Line], stepping: Stepping) -> Code:
    """A listing of generated source; a very long one shows its beginning."""
    listed = list(_placed(lines, stepping))
    text = "\n".join(line.text for line in lines) + "\n"
    return Code(
        key,
        title,
        listed[:LINES_SHOWN],
        "" if len(lines) > LINES_SHOWN else text,
        max(0, len(lines) - LINES_SHOWN),
    )


def _placed(lines: list[Line], stepping: Stepping) -> Iterator[Listed]:
    """Each line with its row, step and contribution.

    The adjoint lines are one for each contribution, in order, after the copies of the seeds; where
    branches have merged or doubled some of them, a line keeps its row and has no step.
    """
    adjoint = [line for line in lines if line.kind == "adjoint" and line.target]
    contributions = stepping.counts.get("adjoint", 0) - len(stepping.seeds)
    copies = len(adjoint) - contributions
    met = 0
    for line in lines:
        step = edge = None
        if line.kind == "primal":
            step = stepping.primal.get(line.target)
        elif line.kind == "tangent":
            step = stepping.tangent.get(line.target)
        elif line.kind == "adjoint" and line.target:
            if 0 <= copies <= len(stepping.seeds):
                edge = met - copies if met >= copies else None
                known = stepping.seeded.get(line.target)
                step = known if edge is None else stepping.of_contribution(edge)
            met += 1
        yield Listed(_coloured(line.text), line.target, step, edge)


@lru_cache(maxsize=2048)
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
