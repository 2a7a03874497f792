"""The step in words, as the page's card: sentence, rule, rule with names, with numbers."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from adexplain.explanation.explain import Explanation
from adexplain.narration.parts import Part, Parts
from adexplain.narration.step import words
from adexplain.server.html.mathml import in_a_line, typeset
from adexplain.server.html.numerals import numeral

AT_ONCE = 48
"""Most cards of one answer: nobody steps through more while the next ones are on their way."""


@dataclass(frozen=True)
class Card:
    """One step in words, as the template prints it."""

    number: int
    sweep: str
    label: str
    sentence: Markup
    why: Markup
    rule: Markup
    names: Markup
    numbers: Markup
    note: str
    spoken: str
    asks: bool = False


def card(explanation: Explanation, number: int) -> Card:
    """The card of a step."""
    said = words(explanation, number)
    return Card(
        number,
        explanation.stepping.at(number).sweep,
        said.label,
        joined(said.sentence),
        joined(said.why),
        typeset(said.rule, display=True) if said.rule else Markup(),
        typeset(said.names, display=True) if said.names else Markup(),
        joined(said.numbers),
        said.note,
        said.plain(),
    )


def cards(explanation: Explanation, first: int, last: int) -> list[Card]:
    """The cards from one step to another, as far as one answer goes."""
    first = max(first, 1)
    last = min(last, explanation.stepping.total, first + AT_ONCE - 1)
    return [card(explanation, number) for number in range(first, last + 1)]


def joined(parts: Parts) -> Markup:
    """Parts as HTML; neighbours that belong to this step's amount share one mark."""
    out: list[Markup] = []
    marked = False
    for part in parts:
        if part.mark != marked:
            out.append(Markup("<mark>") if part.mark else Markup("</mark>"))
            marked = part.mark
        out.append(_part(part))
    if marked:
        out.append(Markup("</mark>"))
    return Markup("").join(out)


def _part(part: Part) -> Markup:
    if part.value is None:
        return typeset(part.text) if part.latex else escape(part.text)
    shown = numeral(part.value, given=part.given)
    assert shown is not None
    if shown.full == shown.text and not part.exact:
        return Markup("<span class='number'>{}</span>").format(shown.html)
    digits = Markup('<data class="number" value="{}" title="{}">{}</data>')
    return digits.format(
        shown.full, shown.full, typeset(in_a_line(part.exact)) if part.exact else shown.html
    )
