"""The steps of a trace in words: for a terminal, for other programs, for a notebook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from unicodedata import normalize

from adexplain.explanation.explain import Explanation
from adexplain.export.data import json_text
from adexplain.export.grid import flagged, wrapped
from adexplain.export.markdown import cell, dollars
from adexplain.export.numbers import latex as number_latex
from adexplain.export.style import Style
from adexplain.narration.parts import spoken
from adexplain.narration.step import Part, Words, words
from adexplain.plain_data import plain

STEPS_SHOWN = 1_000
"""Steps that are told one after the other; of more, the first ones are."""
_ACCENTED = (
    (re.compile("(\\w)\u0304(\\w*)"), r"\1\2_bar"),
    (re.compile("(\\w)\u0307(\\w*)"), r"\1\2'"),
)
"""Names with an accent, for a screen that has none."""


_SIGNS = {"−": "-", "×": r"\times ", "≤": r"\le ", "≥": r"\ge ", "≠": r"\ne ", "…": r"\ldots ",
          "^": r"\wedge "}  # fmt: skip


def _told(explanation: Explanation, style: Style) -> Iterator[tuple[int, Words]]:
    """The step that was asked for, or all of them."""
    total = explanation.stepping.total
    numbers: Iterable[int] = range(1, min(total, STEPS_SHOWN) + 1)
    if style.step is not None:
        numbers = [style.step] if style.step else []
    return ((number, words(explanation, number)) for number in numbers)


def _left_out(explanation: Explanation, style: Style) -> str:
    more = explanation.stepping.total - STEPS_SHOWN
    if style.step is not None or more <= 0:
        return ""
    return f"{more:,} more steps are not told; --step shows any of them."


def steps_text(explanation: Explanation, style: Style) -> str:
    """The steps as lines of text, sweep by sweep; a single step with its rule and why."""
    out: list[str] = []
    sweep = ""
    for number, said in _told(explanation, style):
        if style.step is not None:
            out += _whole(said, style)
            continue
        heading = said.label.partition(",")[0]
        if heading != sweep:
            out += ["", style.paint(heading, "bold")]
            sweep = heading
        lines = [f"{spoken(said.sentence)} {said.told()}."]
        if len(lines[0]) > style.width - 6:  # the formula has a line of its own
            lines = [spoken(said.sentence), f"{said.told()}."]
        for place, line in enumerate(lines):
            start = " " * 6 if place else f"{number:>4}  "
            out += wrapped(_readable(line, style), style, start, " " * 6)
        if said.note:
            out += flagged(_readable(said.note, style), style, indent=" " * 6)
    if more := _left_out(explanation, style):
        out += ["", more]
    return "\n".join([*out, ""])


def _whole(said: Words, style: Style) -> list[str]:
    """One step with everything that can be said of it."""
    out = [style.paint(said.label, "bold")]
    lines = (spoken(said.sentence), spoken(said.why), f"{said.told()}.")
    for line in filter(None, lines):
        out += wrapped(_readable(line, style), style, "  ", "  ")
    if said.note:
        out += flagged(_readable(said.note, style), style, indent="  ")
    return out


def _readable(text: str, style: Style) -> str:
    """A text as the screen can show it."""
    if style.unicode:
        return text
    text = normalize("NFD", text)
    for accented, instead in _ACCENTED:
        text = accented.sub(instead, text)
    return style.sign(normalize("NFC", text))


def steps_json(explanation: Explanation, style: Style) -> str:
    """The steps as data: sentences as text, formulas as LaTeX, numbers with all digits."""
    stepping = explanation.stepping
    told = [
        {
            "number": number,
            "label": said.label,
            "name": stepping.at(number).name,
            "sentence": spoken(said.sentence),
            "why": spoken(said.why) or None,
            "rule_latex": said.rule or None,
            "names_latex": said.names,
            "names": said.names_text,
            "numbers": spoken(said.numbers),
            "amount": said.amount,
            "total": said.total,
            "note": said.note or None,
        }
        for number, said in _told(explanation, style)
    ]
    data: dict[str, Any] = {"text": explanation.text, "total": stepping.total, "steps": told}
    return json_text(plain(data), not style.unicode)


def steps_markdown(explanation: Explanation, style: Style) -> str:
    """The steps as a numbered list with formulas, a heading for each sweep."""
    out: list[str] = []
    sweep = ""
    for number, said in _told(explanation, style):
        heading = said.label if style.step is not None else said.label.partition(",")[0]
        if heading != sweep:
            out += ["", f"## {heading}", ""]
            sweep = heading
        numbers = "".join(_math(part) for part in said.numbers)
        lines = [_prose(said.sentence), f"{dollars(said.names)}: {dollars(numbers)}"]
        if style.step is not None:
            lines[1:1] = [line for line in (_prose(said.why), dollars(said.rule)) if line]
        if said.note:
            lines.append(f"▲ {cell(said.note)}")
        out.append(f"{number}. " + "\\\n   ".join(lines))
    if more := _left_out(explanation, style):
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
    """A piece of a line of numbers, for math mode."""
    if part.value is not None:
        return number_latex(part.value, part.given)
    if part.text.endswith("(") and part.text[0].isalpha():
        return rf"\operatorname{{{part.text[:-1]}}}("
    if any(character.isalpha() for character in part.text):
        return rf"\text{{{part.text}}}"
    return "".join(_SIGNS.get(character, character) for character in part.text).strip()
