"""The graph of a trace as an SVG file that moves: a sweep, step by step, without a script.

CSS inside the file shows and hides what each step computes. A reader who wants no motion, and a
program that knows none, gets the end of the sweep.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby

from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import ADJOINT, NOW, PAST, PENDING, TANGENT, standing
from adexplain.export.svg import StillPen, sheet, styles
from adexplain.graph import WIDE, glyphs, graph_of, sketch_of
from adexplain.graph.svg import Drawing
from adexplain.narration.parts import spoken
from adexplain.narration.step import words
from adexplain.typeset.formulas import name_text

SECONDS = 1.2
"""How long one step is shown."""
LAST = 3
"""Steps' time for which the end is shown before it begins anew."""
MOST = 90
"""Steps of one film; of more, the first ones are shown, and then the whole."""
NARROWEST = 460.0
"""Units of width a caption has at least."""
_LINE = 17.0

# What each kind of element does in each state; opacity, because a part of what is hidden cannot
# show itself. Lines stay dashed and thin until their row is computed.
_LOOKS: dict[str, dict[str, str]] = {
    "shown": {PENDING: "opacity:0", PAST: "opacity:0", NOW: "opacity:1", "": "opacity:1"},
    "value": {
        PENDING: "opacity:0", PAST: "opacity:0", NOW: "opacity:1;font-weight:700",
        "": "opacity:1;font-weight:400",
    },
    "once": {PENDING: "opacity:0", PAST: "opacity:0", NOW: "opacity:1", "": "opacity:0"},
    "slot": {PENDING: "opacity:1", PAST: "opacity:0", NOW: "opacity:0", "": "opacity:0"},
    "forward": {
        PENDING: "stroke:#80868d;stroke-width:1;stroke-dasharray:3 3",
        NOW: "stroke:#1a1e23;stroke-width:2.4;stroke-dasharray:none",
        "": "stroke:#646b73;stroke-width:1.4;stroke-dasharray:none",
    },
    "box": {
        PENDING: "fill:#fff;stroke:#80868d;stroke-width:1.2;stroke-dasharray:4 3",
        NOW: "fill:#fff3c9;stroke:#1a1e23;stroke-width:2.6;stroke-dasharray:none",
        "source": "fill:#fff;stroke:#1a1e23;stroke-width:2.6;stroke-dasharray:2.6 2.2",
        "": "fill:#fff;stroke:#80868d;stroke-width:1.2;stroke-dasharray:none",
    },
    "caption": {PENDING: "opacity:0", PAST: "opacity:0", NOW: "opacity:1", "": "opacity:0"},
}  # fmt: skip
_KINDS = {
    "value": "value", "halo": "once", "pill": "once", "slot": "slot", "forward": "forward",
    "head": "shown", "back": "shown", "partial": "shown", "flag": "shown", "stage": "shown",
}  # fmt: skip
_MORE = (
    ".slot,.halo,.pill{display:inline}"
    ".halo{fill:none;stroke:#ffe08a;stroke-width:19px;stroke-linecap:round}"
    ".label{font:700 13px sans-serif;fill:#1a1e23}.sentence{font:13px sans-serif;fill:#454c54}"
    ".done{fill:#ad3a00}.whole{fill:#e1e2dc}"
)


def animation(explanation: Explanation, sweep: str = "") -> str:
    """A film of one sweep, or of all.

    Args:
        explanation: the trace.
        sweep: "tangent", "adjoint" or "all"; by default the last of the sweeps shown.
    """
    stepping = explanation.stepping
    wanted = sweep or (ADJOINT if ADJOINT in stepping.counts else TANGENT)
    first = 0 if wanted == "all" else stepping.starts[wanted]
    count = stepping.total if wanted == "all" else stepping.counts[wanted]
    steps = range(first, first + min(count, MOST) + 1)
    frames: list[int | None] = [*steps, *[None] * LAST]
    graph = graph_of(explanation, first + 1 if stepping.total else None)
    sketch = sketch_of(graph, WIDE, explanation.reverse)
    film = _Film(explanation, frames)
    sketch = sketch._replace(width=max(sketch.width, NARROWEST))
    inside = Drawing(explanation, graph, sketch, film).elements()
    captions, height = _captions(explanation, film, sketch.width, sketch.height)
    return sheet(sketch, explanation.text, styles() + film.style(), inside + captions, height)


class _Film(StillPen):
    """Gives each element the class of its way through the frames, and writes their keyframes."""

    def __init__(self, explanation: Explanation, frames: Sequence[int | None]) -> None:
        super().__init__(explanation, None)
        self.frames = frames
        self.stepping = explanation.stepping
        self.sheets: dict[tuple[str, ...], str] = {}
        self.steps = {number: self.stepping.at(number) for number in set(frames) if number}

    def mark(self, number: int | None, given: str, until: int | None = None) -> str:
        """The class of how it looks in each frame."""
        kind = _KINDS.get(given.split()[0])
        if number is None or kind is None or "untaken" in given:
            return f'class="{given}"'

        def state(step: int | None) -> str:
            return standing(step, number, until).split(" ")[0]

        return f'class="{given} {self._way(kind, state)}"'

    def row(self, name: str, given: str) -> str:
        """A node's box follows all the steps that concern it."""
        primal = self.stepping.primal.get(name, 0)

        def state(frame: int | None) -> str:
            step = self.steps.get(frame or 0)
            if step is not None and step.name == name:
                return NOW
            if step is not None and name in step.sources:
                return "source"
            return PENDING if frame is not None and frame < primal else ""

        return f'class="{given} {self._way("box", state)}"'

    def caption(self, number: int | None) -> str:
        """The class of what is said at one step."""
        return self._way("caption", lambda step: NOW if step == number else PENDING)

    def _way(self, kind: str, state: Callable[[int | None], str]) -> str:
        looks = tuple(_LOOKS[kind].get(state(frame), _LOOKS[kind][""]) for frame in self.frames)
        target = kind if kind == "box" else ""
        key = (target, *looks)
        return self.sheets.setdefault(key, f"k{len(self.sheets)}")

    def style(self) -> str:
        """All the keyframes; without motion, the last look holds."""
        total = len(self.frames)
        parts = [_MORE]
        moving = []
        for (target, *looks), name in self.sheets.items():
            selector = f".{name}>.box" if target else f".{name}"
            parts.append(f"{selector}{{{looks[-1]}}}")
            if len(set(looks)) == 1:
                continue
            stops, place = [], 0
            for look, run in groupby(looks):
                stops.append(f"{100 * place / total:.4g}%{{{look}}}")
                place += len(list(run))
            parts.append(f"@keyframes {name}{{{''.join(stops)}100%{{{looks[-1]}}}}}")
            moving.append(f"{selector}{{animation-name:{name}}}")
        parts.append(
            f"@keyframes bar{{0%{{transform:scaleX(0)}}{100 * (total - LAST) / total:.4g}%,100%"
            "{transform:scaleX(1)}}"
        )
        timing = f"animation:{SECONDS * total:.4g}s step-end infinite"
        names = ",".join(f".{name}>.box,.{name}" for name in self.sheets.values())
        parts.append(
            f"@media (prefers-reduced-motion:no-preference){{{names}{{{timing}}}{''.join(moving)}"
            f".done{{animation:bar {SECONDS * total:.4g}s linear infinite}}}}"
        )
        return "".join(parts)


def _captions(explanation: Explanation, film: _Film, width: float, top: float) -> tuple[str, float]:
    """What each step does, below the drawing, and how much room that takes."""
    letters = int((width - 24) / 6.3)
    texts: dict[int | None, tuple[str, list[str]]] = {}
    for number in dict.fromkeys(film.frames):
        label, said = _told(explanation, number, number == film.frames[0])
        texts[number] = (label, textwrap.wrap(said, letters, max_lines=3, placeholder=" …"))
    most = max(len(lines) for _, lines in texts.values())
    parts = [
        f'<rect class="whole" x="12" y="{top + 4:g}" width="{width - 24:g}" height="3"/>'
        f'<g transform="translate(12 {top + 4:g})">'
        f'<rect class="done" width="{width - 24:g}" height="3"/></g>'
    ]
    for number, (label, lines) in texts.items():
        parts.append(f'<g class="{film.caption(number)}">')
        parts.append(f'<text class="label" x="12" y="{top + 27:g}">{escape(label)}</text>')
        for place, line in enumerate(lines, 1):
            y = top + 27 + _LINE * place
            parts.append(f'<text class="sentence" x="12" y="{y:g}">{escape(line)}</text>')
        parts.append("</g>")
    return "".join(parts), 27 + _LINE * most + 12


def _told(explanation: Explanation, number: int | None, first: bool) -> tuple[str, str]:
    """What is said at one step: where it stands, and what happens."""
    if number is None:
        return "The whole", _answer(explanation)
    if first:
        begin = "Before this sweep" if number else "Before the first step"
        return begin, "What is not computed yet is an empty box."
    told = words(explanation, number)
    return told.label, f"{spoken(told.sentence)} {told.told()}"


def _answer(explanation: Explanation) -> str:
    """The adjoints of the inputs, or the tangents of the outputs."""
    if explanation.reverse:
        found = [(row.name, row.adjoint) for row in explanation.inputs]
        accent = "bar"
    else:
        tangents = explanation.trace.tangents
        slots = zip(explanation.outputs, explanation.program.outputs, strict=True)
        found, accent = [(row.row, tangents[slot]) for row, slot in slots], "dot"
    shown = [
        f"{name_text(name, accent)} = {glyphs.number(value or 0.0, 99).text}"
        for name, value in found[:8]
    ]
    return ", ".join(shown) + (", …" if len(found) > 8 else "")
