"""The code panel: generated Python with highlighted tokens, each line linked to its step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from adexplain.codegen import CodeLine
from adexplain.explanation.stepping import Stepping

LINES_SHOWN = 300
"""The most lines that a panel shows."""

_TOKENS = re.compile(
    r"(?P<comment>\#.*$)|(?P<string>\"[^\"]*\"|'[^']*')|"
    r"(?P<keyword>\b(?:def|return|import|from|as|if|else|elif|for|while|in|and|or|not|None)\b)|"
    r"(?P<bar>\b\w+_bar\b)|(?P<dot>\b\w+_dot\b)"
)


@dataclass(frozen=True)
class PanelLine:
    """One line of code, and the row, step and contribution to which it belongs.

    ``edge`` is the position of the contribution among the trace's; None for other lines.
    """

    html: Markup
    row: str = ""
    step: int | None = None
    edge: int | None = None


@dataclass(frozen=True)
class CodePanel:
    """One generated function.

    Attributes:
        key: "adjoint" or "tangent".
        title: the label of its tab.
        lines: the lines that are shown.
        text: the whole code as plain text, to be copied; "" where lines are left out.
        left_out: how many lines are not shown.
    """

    key: str
    title: str
    lines: list[PanelLine]
    text: str
    left_out: int


def code_panel(key: str, title: str, lines: list[CodeLine], stepping: Stepping) -> CodePanel:
    """The panel of a generated function, cut after :data:`LINES_SHOWN` lines."""
    panel_lines = list(_located(lines, stepping))
    text = "\n".join(line.text for line in lines) + "\n"
    return CodePanel(
        key,
        title,
        panel_lines[:LINES_SHOWN],
        "" if len(lines) > LINES_SHOWN else text,
        max(0, len(lines) - LINES_SHOWN),
    )


def _located(lines: list[CodeLine], stepping: Stepping) -> Iterator[PanelLine]:
    """Each line with its row, step and contribution.

    The adjoint lines are the copies of the seeds, then one line for each contribution, in order.
    Where branches have merged or doubled lines their number differs, and they have no step.
    """
    adjoint = [line for line in lines if line.kind == "adjoint" and line.target]
    contributions = stepping.counts.get("adjoint", 0) - len(stepping.seeds)
    copies = len(adjoint) - contributions
    adjoint_count = 0
    for line in lines:
        step = edge = None
        if line.kind == "primal":
            step = stepping.primal.get(line.target)
        elif line.kind == "tangent":
            step = stepping.tangent.get(line.target)
        elif line.kind == "adjoint" and line.target:
            if 0 <= copies <= len(stepping.seeds):
                edge = adjoint_count - copies if adjoint_count >= copies else None
                known = stepping.seeded.get(line.target)
                step = known if edge is None else stepping.of_contribution(edge)
            adjoint_count += 1
        yield PanelLine(_highlighted(line.text), line.target, step, edge)


@lru_cache(maxsize=2048)
def _highlighted(line: str) -> Markup:
    out, end = [], 0
    for match in _TOKENS.finditer(line):
        out += [
            escape(line[end : match.start()]),
            Markup("<span class='c-{}'>{}</span>").format(match.lastgroup, match.group()),
        ]
        end = match.end()
    out.append(escape(line[end:]))
    return Markup("").join(out)
