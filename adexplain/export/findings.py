"""The gradient doctor's findings: for a terminal, for other programs, for a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from adexplain.doctor.cards import Card, cards
from adexplain.doctor.doctor import as_dict, diagnose
from adexplain.doctor.finding import Finding
from adexplain.explanation.explain import Explanation
from adexplain.export.data import csv_text, json_text
from adexplain.export.grid import MARGIN, wrapped
from adexplain.export.latex import words
from adexplain.export.markdown import cell
from adexplain.export.style import Style
from adexplain.plain_data import plain
from adexplain.statuses.statuses import OK

HEALTHY = "Every number of the answer is finite, and none is 0."


def findings_text(explanation: Explanation, style: Style) -> str:
    """Each finding with its reason, where it began and the mend; quiet ones in a line."""
    found = diagnose(explanation)
    out: list[str] = []
    for card in cards(found):
        out += ["", style.paint(f"{MARGIN}▲ {card.symptom}", "status")]
        out += wrapped(card.why, style, MARGIN * 3, MARGIN * 3)
        for head, text in _parts(card):
            out += wrapped(f"{head:<7}{text}", style, MARGIN * 3, MARGIN * 10)
    for one in found:
        if one.quiet:
            out += ["", *wrapped(f"{one.symptom}. {one.why}", style, MARGIN, MARGIN * 3)]
    lines = out or ["", *wrapped(_verdict(explanation), style, MARGIN, MARGIN * 3)]
    return "\n".join(style.sign(line) for line in [*lines, ""]) + "\n"


def _verdict(explanation: Explanation) -> str:
    """What is said where nothing was found: all is well only if the answer's status says so."""
    status = explanation.status
    return f"✓ {HEALTHY}" if status["kind"] == OK else f"▲ {status['message'] or status['kind']}"


def _parts(card: Card) -> Iterator[tuple[str, str]]:
    """Where it began, the row with its numbers, and the mend."""
    if card.where:
        yield "began", card.where + (f", step {card.step}" if card.step else "")
        yield "there", "; ".join(text for text in (card.operation, card.partial) if text)
    if card.mend:
        yield "mend", card.mend


def findings_json(explanation: Explanation, style: Style) -> str:
    """The findings as data."""
    data: dict[str, Any] = as_dict(explanation)
    return json_text(data, not style.unicode)


def findings_markdown(explanation: Explanation) -> str:
    """The findings as a list."""
    found = diagnose(explanation)
    out = []
    for card in cards(found):
        out.append(f"- ▲ **{cell(card.symptom)}.** {cell(card.why)}")
        out += [f"  - {head}: {_marked(head, text)}" for head, text in _parts(card)]
    out += [f"- **{cell(one.symptom)}.** {cell(one.why)}" for one in found if one.quiet]
    return "\n".join(out or [cell(_verdict(explanation))]) + "\n"


def _marked(head: str, text: str) -> str:
    if head == "there":
        return f"`{text}`"
    parts = text.split("`")  # what stands between backticks is code in Markdown too
    return "".join(f"`{part}`" if k % 2 else cell(part) for k, part in enumerate(parts))


def findings_latex(explanation: Explanation) -> str:
    """The findings as a description list."""
    found = diagnose(explanation)
    if not found:
        return f"{words(_verdict(explanation).partition(' ')[2])}\n"
    out = [r"\begin{description}"]
    for card in cards(found):
        rest = "; ".join(f"{head}: {text}" for head, text in _parts(card))
        out.append(rf"\item[{words(card.symptom)}] {words(f'{card.why} {rest}'.rstrip())}")
    out += [rf"\item[{words(one.symptom)}] {words(one.why)}" for one in found if one.quiet]
    return "\n".join([*out, r"\end{description}"]) + "\n"


def findings_csv(explanation: Explanation) -> str:
    """One line for each finding."""
    lines = (plain(one) for one in diagnose(explanation))
    return csv_text(
        Finding.fields(),
        ({name: "" if value is None else value for name, value in line.items()} for line in lines),
    )
