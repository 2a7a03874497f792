"""Writes the steps of a trace in words, as text, JSON and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from unicodedata import normalize

from adexplain.explanation.explain import Explanation
from adexplain.export.grid import flagged, wrapped
from adexplain.export.json_csv import json_text
from adexplain.export.markdown import cell, dollars
from adexplain.export.numbers import latex as number_latex
from adexplain.export.style import Style
from adexplain.narration.parts import plain_text
from adexplain.narration.step import Narration, Part, narrate
from adexplain.plain_data import plain

MAX_STEPS = 1_000
"""Most steps of one export; of more, the first ones are written."""
_ACCENTED = (
    (re.compile("(\\w)\u0304(\\w*)"), r"\1\2_bar"),
    (re.compile("(\\w)\u0307(\\w*)"), r"\1\2'"),
)
"""Accented names, decomposed, and how they are written in ASCII."""


_SIGNS = {"−": "-", "×": r"\times ", "≤": r"\le ", "≥": r"\ge ", "≠": r"\ne ", "…": r"\ldots ",
          "^": r"\wedge "}  # fmt: skip


def _narrations(explanation: Explanation, style: Style) -> Iterator[tuple[int, Narration]]:
    """Number and narration of the step ``style.step``, or of all steps."""
    total = explanation.stepping.total
    numbers: Iterable[int] = range(1, min(total, MAX_STEPS) + 1)
    if style.step is not None:
        numbers = [style.step] if style.step else []
    return ((number, narrate(explanation, number)) for number in numbers)


def _left_out_sentence(explanation: Explanation, style: Style) -> str:
    more = explanation.stepping.total - MAX_STEPS
    if style.step is not None or more <= 0:
        return ""
    return f"{more:,} more steps are not told; --step shows any of them."


def steps_text(explanation: Explanation, style: Style) -> str:
    """The steps as lines of text, sweep by sweep; a single step with the reason as well."""
    out: list[str] = []
    sweep = ""
    for number, narration in _narrations(explanation, style):
        if style.step is not None:
            out += _step_in_full(narration, style)
            continue
        heading = narration.label.partition(",")[0]
        if heading != sweep:
            out += ["", style.paint(heading, "bold")]
            sweep = heading
        lines = [f"{plain_text(narration.sentence)} {narration.calculation()}."]
        if len(lines[0]) > style.width - 6:  # the formula has a line of its own
            lines = [plain_text(narration.sentence), f"{narration.calculation()}."]
        for place, line in enumerate(lines):
            start = " " * 6 if place else f"{number:>4}  "
            out += wrapped(_for_screen(line, style), style, start, " " * 6)
        if narration.note:
            out += flagged(_for_screen(narration.note, style), style, indent=" " * 6)
    if more := _left_out_sentence(explanation, style):
        out += ["", more]
    return "\n".join([*out, ""])


def _step_in_full(narration: Narration, style: Style) -> list[str]:
    """One step with label, sentence, reason, calculation and note."""
    out = [style.paint(narration.label, "bold")]
    lines = (
        plain_text(narration.sentence),
        plain_text(narration.why),
        f"{narration.calculation()}.",
    )
    for line in filter(None, lines):
        out += wrapped(_for_screen(line, style), style, "  ", "  ")
    if narration.note:
        out += flagged(_for_screen(narration.note, style), style, indent="  ")
    return out


def _for_screen(text: str, style: Style) -> str:
    """A text in the characters that the output can show."""
    if style.unicode:
        return text
    text = normalize("NFD", text)
    for accented, replacement in _ACCENTED:
        text = accented.sub(replacement, text)
    return style.sign(normalize("NFC", text))


def steps_json(explanation: Explanation, style: Style) -> str:
    """The steps as data: sentences as text, formulas as LaTeX, numbers with all digits."""
    stepping = explanation.stepping
    steps = [
        {
            "number": number,
            "label": narration.label,
            "name": stepping.at(number).name,
            "sentence": plain_text(narration.sentence),
            "why": plain_text(narration.why) or None,
            "rule_latex": narration.rule or None,
            "names_latex": narration.names,
            "names": narration.names_text,
            "numbers": plain_text(narration.numbers),
            "amount": narration.amount,
            "total": narration.total,
            "note": narration.note or None,
        }
        for number, narration in _narrations(explanation, style)
    ]
    data: dict[str, Any] = {"text": explanation.text, "total": stepping.total, "steps": steps}
    return json_text(plain(data), not style.unicode)


def steps_markdown(explanation: Explanation, style: Style) -> str:
    """The steps as a numbered list with formulas, a heading for each sweep."""
    out: list[str] = []
    sweep = ""
    for number, narration in _narrations(explanation, style):
        heading = narration.label if style.step is not None else narration.label.partition(",")[0]
        if heading != sweep:
            out += ["", f"## {heading}", ""]
            sweep = heading
        numbers = "".join(_math(part) for part in narration.numbers)
        lines = [_prose(narration.sentence), f"{dollars(narration.names)}: {dollars(numbers)}"]
        if style.step is not None:
            lines[1:1] = [line for line in (_prose(narration.why), dollars(narration.rule)) if line]
        if narration.note:
            lines.append(f"▲ {cell(narration.note)}")
        out.append(f"{number}. " + "\\\n   ".join(lines))
    if more := _left_out_sentence(explanation, style):
        out += ["", more]
    return "\n".join(out).strip() + "\n"


def _prose(parts: Iterable[Part]) -> str:
    """A sentence with its formulas between dollar signs."""
    return "".join(
        dollars(part.text if part.latex else _math(part))
        if part.latex or part.value is not None
        else cell(part.text)
        for part in parts
    )


def _math(part: Part) -> str:
    """A part of a calculation, for math mode."""
    if part.value is not None:
        return number_latex(part.value, part.given)
    if part.text.endswith("(") and part.text[0].isalpha():
        return rf"\operatorname{{{part.text[:-1]}}}("
    if any(character.isalpha() for character in part.text):
        return rf"\text{{{part.text}}}"
    return "".join(_SIGNS.get(character, character) for character in part.text).strip()
