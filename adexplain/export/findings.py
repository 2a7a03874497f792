"""Writes the gradient doctor's findings as text, JSON, Markdown, LaTeX and CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from adexplain.doctor.cards import Card, cards
from adexplain.doctor.diagnose import diagnose, findings_as_dict
from adexplain.doctor.finding import Finding
from adexplain.explanation.explain import Explanation
from adexplain.export.grid import MARGIN, wrapped
from adexplain.export.json_csv import csv_text, json_text
from adexplain.export.latex import escaped
from adexplain.export.markdown import cell
from adexplain.export.style import Style
from adexplain.plain_data import plain
from adexplain.statuses.status import OK

HEALTHY = "Every number of the answer is finite, and none is 0."


def findings_text(explanation: Explanation, style: Style) -> str:
    """A card for each origin, with reason, place and fix; quiet findings in a line each."""
    found = diagnose(explanation)
    lines: list[str] = []
    for card in cards(found):
        lines += ["", style.paint(f"{MARGIN}▲ {card.symptom}", "status")]
        lines += wrapped(card.why, style, MARGIN * 3, MARGIN * 3)
        for head, text in _details(card):
            lines += wrapped(f"{head:<7}{text}", style, MARGIN * 3, MARGIN * 10)
    for finding in found:
        if finding.quiet:
            lines += ["", *wrapped(f"{finding.symptom}. {finding.why}", style, MARGIN, MARGIN * 3)]
    lines = lines or ["", *wrapped(_verdict(explanation), style, MARGIN, MARGIN * 3)]
    return "\n".join(style.sign(line) for line in [*lines, ""]) + "\n"


def _verdict(explanation: Explanation) -> str:
    """The sentence where nothing was found: all is well, unless the answer has a status."""
    status = explanation.status
    return f"✓ {HEALTHY}" if status["kind"] == OK else f"▲ {status['message'] or status['kind']}"


def _details(card: Card) -> Iterator[tuple[str, str]]:
    """The details of a card with their headings: place, row with its numbers, and fix."""
    if card.where:
        yield "began", card.where + (f", step {card.step}" if card.step else "")
        yield "there", "; ".join(text for text in (card.operation, card.partial) if text)
    if card.fix:
        yield "mend", card.fix


def findings_json(explanation: Explanation, style: Style) -> str:
    """The findings as data."""
    data: dict[str, Any] = findings_as_dict(explanation)
    return json_text(data, not style.unicode)


def findings_markdown(explanation: Explanation) -> str:
    """The findings as a list."""
    found = diagnose(explanation)
    lines = []
    for card in cards(found):
        lines.append(f"- ▲ **{cell(card.symptom)}.** {cell(card.why)}")
        lines += [f"  - {head}: {_markdown_text(head, text)}" for head, text in _details(card)]
    lines += [
        f"- **{cell(finding.symptom)}.** {cell(finding.why)}" for finding in found if finding.quiet
    ]
    return "\n".join(lines or [cell(_verdict(explanation))]) + "\n"


def _markdown_text(head: str, text: str) -> str:
    if head == "there":
        return f"`{text}`"
    parts = text.split("`")  # what stands between backticks is code in Markdown too
    return "".join(f"`{part}`" if k % 2 else cell(part) for k, part in enumerate(parts))


def findings_latex(explanation: Explanation) -> str:
    """The findings as a description list."""
    found = diagnose(explanation)
    if not found:
        return f"{escaped(_verdict(explanation).partition(' ')[2])}\n"
    lines = [r"\begin{description}"]
    for card in cards(found):
        rest = "; ".join(f"{head}: {text}" for head, text in _details(card))
        lines.append(rf"\item[{escaped(card.symptom)}] {escaped(f'{card.why} {rest}'.rstrip())}")
    lines += [
        rf"\item[{escaped(finding.symptom)}] {escaped(finding.why)}"
        for finding in found
        if finding.quiet
    ]
    return "\n".join([*lines, r"\end{description}"]) + "\n"


def findings_csv(explanation: Explanation) -> str:
    """One line for each finding."""
    lines = (plain(finding.to_dict()) for finding in diagnose(explanation))
    return csv_text(
        Finding.published_keys(),
        ({name: "" if value is None else value for name, value in line.items()} for line in lines),
    )
