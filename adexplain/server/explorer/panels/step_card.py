"""The card of a step: what it does in words, its rule, and the rule with names and numbers."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from adexplain.explanation.explain import Explanation
from adexplain.narration.parts import Part, Parts
from adexplain.narration.step import narrate
from adexplain.server.html.mathml import inline_fractions, typeset
from adexplain.server.html.numerals import numeral

MAX_CARDS = 48
"""The most cards of one response; a page fetches the next ones before it needs them."""


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
    is_question: bool = False


def card(explanation: Explanation, number: int) -> Card:
    """The card of a step."""
    narration = narrate(explanation, number)
    return Card(
        number,
        explanation.stepping.at(number).sweep,
        narration.label,
        parts_html(narration.sentence),
        parts_html(narration.why),
        typeset(narration.rule, display=True) if narration.rule else Markup(),
        typeset(narration.names, display=True) if narration.names else Markup(),
        parts_html(narration.numbers),
        narration.note,
        narration.plain(),
    )


def cards(explanation: Explanation, first: int, last: int) -> list[Card]:
    """The cards of the steps from ``first`` to ``last``, at most :data:`MAX_CARDS`."""
    first = max(first, 1)
    last = min(last, explanation.stepping.total, first + MAX_CARDS - 1)
    return [card(explanation, number) for number in range(first, last + 1)]


def parts_html(parts: Parts) -> Markup:
    """Parts as HTML; neighbors that belong to the amount of this step share one mark element."""
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
        shown.full, shown.full, typeset(inline_fractions(part.exact)) if part.exact else shown.html
    )
