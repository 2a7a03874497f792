"""The graph of a trace as an animated SVG file, which plays a sweep step by step without a script.

CSS in the file shows and hides what each step computes. Readers who prefer reduced motion, and
programs without animations, get the end of the sweep.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby

from adexplain.explanation.explain import Explanation
from adexplain.explanation.stepping import ADJOINT, NOW, PAST, PENDING, TANGENT, step_state
from adexplain.export.svg import StillPen, sheet, styles
from adexplain.graph import WIDE, glyphs, graph_of, sketch_of
from adexplain.graph.svg import Drawing
from adexplain.narration.parts import plain_text
from adexplain.narration.step import narrate
from adexplain.typeset.formulas import name_text

SECONDS = 1.2
"""Time for which one step is shown."""
END_STEPS = 3
"""Time for which the end is shown before the animation repeats, in steps."""
MAX_STEPS = 90
"""Most steps of one animation; of more, the first ones are shown, and then the whole trace."""
MIN_WIDTH = 460.0
"""Smallest width of the drawing, so that captions have room."""
_LINE_HEIGHT = 17.0

# The style of each kind of element in each state. Elements are hidden by opacity, since a child of
# an element with visibility:hidden could show itself. Lines stay thin and dashed until their row is
# computed.
_STYLES: dict[str, dict[str, str]] = {
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
_STYLE_OF_CLASS = {
    "value": "value", "halo": "once", "pill": "once", "slot": "slot", "forward": "forward",
    "head": "shown", "back": "shown", "partial": "shown", "flag": "shown", "stage": "shown",
}  # fmt: skip
_EXTRA_STYLES = (
    ".slot,.halo,.pill{display:inline}"
    ".halo{fill:none;stroke:#ffe08a;stroke-width:19px;stroke-linecap:round}"
    ".label{font:700 13px sans-serif;fill:#1a1e23}.sentence{font:13px sans-serif;fill:#454c54}"
    ".done{fill:#ad3a00}.whole{fill:#e1e2dc}"
)


def animation(explanation: Explanation, sweep: str = "") -> str:
    """An animation of one sweep, or of all.

    Args:
        explanation: the trace.
        sweep: "tangent", "adjoint" or "all"; by default the last sweep of the trace.
    """
    stepping = explanation.stepping
    sweep_shown = sweep or (ADJOINT if ADJOINT in stepping.counts else TANGENT)
    first = 0 if sweep_shown == "all" else stepping.starts[sweep_shown]
    count = stepping.total if sweep_shown == "all" else stepping.counts[sweep_shown]
    steps = range(first, first + min(count, MAX_STEPS) + 1)
    frames: list[int | None] = [*steps, *[None] * END_STEPS]
    graph = graph_of(explanation, first + 1 if stepping.total else None)
    sketch = sketch_of(graph, WIDE, explanation.reverse)
    pen = _AnimationPen(explanation, frames)
    sketch = sketch._replace(width=max(sketch.width, MIN_WIDTH))
    inside = Drawing(explanation, graph, sketch, pen).elements()
    captions, height = _captions(explanation, pen, sketch.width, sketch.height)
    return sheet(sketch, explanation.text, styles() + pen.style(), inside + captions, height)


class _AnimationPen(StillPen):
    """Gives elements that look alike in every frame one class, and writes its keyframes."""

    def __init__(self, explanation: Explanation, frames: Sequence[int | None]) -> None:
        super().__init__(explanation, None)
        self.frames = frames
        self.stepping = explanation.stepping
        self.classes_by_looks: dict[tuple[str, ...], str] = {}
        self.steps = {number: self.stepping.at(number) for number in set(frames) if number}

    def mark(self, number: int | None, classes: str, until: int | None = None) -> str:
        """The class for the looks of an element in all frames."""
        kind = _STYLE_OF_CLASS.get(classes.split()[0])
        if number is None or kind is None or "untaken" in classes:
            return f'class="{classes}"'

        def state(step: int | None) -> str:
            return step_state(step, number, until).split(" ")[0]

        return f'class="{classes} {self._class_for_looks(kind, state)}"'

    def row(self, name: str, classes: str) -> str:
        """The class for a node, whose box shows all steps that concern it."""
        primal = self.stepping.primal.get(name, 0)

        def state(frame: int | None) -> str:
            step = self.steps.get(frame or 0)
            if step is not None and step.name == name:
                return NOW
            if step is not None and name in step.sources:
                return "source"
            return PENDING if frame is not None and frame < primal else ""

        return f'class="{classes} {self._class_for_looks("box", state)}"'

    def caption(self, number: int | None) -> str:
        """The class of the caption of one step."""
        return self._class_for_looks("caption", lambda step: NOW if step == number else PENDING)

    def _class_for_looks(self, kind: str, state: Callable[[int | None], str]) -> str:
        looks = tuple(_STYLES[kind].get(state(frame), _STYLES[kind][""]) for frame in self.frames)
        target = kind if kind == "box" else ""
        key = (target, *looks)
        return self.classes_by_looks.setdefault(key, f"k{len(self.classes_by_looks)}")

    def style(self) -> str:
        """The styles and keyframes of all classes; without motion, the last look stays."""
        total = len(self.frames)
        parts = [_EXTRA_STYLES]
        animated = []
        for (target, *looks), name in self.classes_by_looks.items():
            selector = f".{name}>.box" if target else f".{name}"
            parts.append(f"{selector}{{{looks[-1]}}}")
            if len(set(looks)) == 1:
                continue
            stops, place = [], 0
            for look, run in groupby(looks):
                stops.append(f"{100 * place / total:.4g}%{{{look}}}")
                place += len(list(run))
            parts.append(f"@keyframes {name}{{{''.join(stops)}100%{{{looks[-1]}}}}}")
            animated.append(f"{selector}{{animation-name:{name}}}")
        parts.append(
            f"@keyframes bar{{0%{{transform:scaleX(0)}}{100 * (total - END_STEPS) / total:.4g}%,"
            "100%{transform:scaleX(1)}}"
        )
        timing = f"animation:{SECONDS * total:.4g}s step-end infinite"
        names = ",".join(f".{name}>.box,.{name}" for name in self.classes_by_looks.values())
        parts.append(
            f"@media (prefers-reduced-motion:no-preference){{{names}{{{timing}}}{''.join(animated)}"
            f".done{{animation:bar {SECONDS * total:.4g}s linear infinite}}}}"
        )
        return "".join(parts)


def _captions(
    explanation: Explanation, pen: _AnimationPen, width: float, top: float
) -> tuple[str, float]:
    """The captions of all steps, to go below the drawing, and their height."""
    letters = int((width - 24) / 6.3)
    texts: dict[int | None, tuple[str, list[str]]] = {}
    for number in dict.fromkeys(pen.frames):
        label, text = _caption(explanation, number, number == pen.frames[0])
        texts[number] = (label, textwrap.wrap(text, letters, max_lines=3, placeholder=" …"))
    line_count = max(len(lines) for _, lines in texts.values())
    parts = [
        f'<rect class="whole" x="12" y="{top + 4:g}" width="{width - 24:g}" height="3"/>'
        f'<g transform="translate(12 {top + 4:g})">'
        f'<rect class="done" width="{width - 24:g}" height="3"/></g>'
    ]
    for number, (label, lines) in texts.items():
        parts.append(f'<g class="{pen.caption(number)}">')
        parts.append(f'<text class="label" x="12" y="{top + 27:g}">{escape(label)}</text>')
        for place, line in enumerate(lines, 1):
            y = top + 27 + _LINE_HEIGHT * place
            parts.append(f'<text class="sentence" x="12" y="{y:g}">{escape(line)}</text>')
        parts.append("</g>")
    return "".join(parts), 27 + _LINE_HEIGHT * line_count + 12


def _caption(explanation: Explanation, number: int | None, first: bool) -> tuple[str, str]:
    """The caption of one step: its label, and what happens."""
    if number is None:
        return "The whole", _answer(explanation)
    if first:
        label = "Before this sweep" if number else "Before the first step"
        return label, "What is not computed yet is an empty box."
    narration = narrate(explanation, number)
    return narration.label, f"{plain_text(narration.sentence)} {narration.calculation()}"


def _answer(explanation: Explanation) -> str:
    """The adjoints of the inputs, or the tangents of the outputs."""
    if explanation.reverse:
        numbers = [(row.name, row.adjoint) for row in explanation.inputs]
        accent = "bar"
    else:
        tangents = explanation.trace.tangents
        slots = zip(explanation.outputs, explanation.program.outputs, strict=True)
        numbers, accent = [(row.row, tangents[slot]) for row, slot in slots], "dot"
    shown = [
        f"{name_text(name, accent)} = {glyphs.number(value or 0.0, 99).text}"
        for name, value in numbers[:8]
    ]
    return ", ".join(shown) + (", …" if len(numbers) > 8 else "")
