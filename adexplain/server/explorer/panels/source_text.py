"""The typed text again, every row in its place: it lies behind the field and lights up there."""

from __future__ import annotations

from markupsafe import Markup, escape

from adexplain.program import Program

LONGEST = 4_000
"""Characters beyond which nobody looks for a row in the text."""


def typed(program: Program) -> Markup:
    """``program.text`` with an element around each row's characters; empty where it is long."""
    text = program.text
    if not text or len(text) > LONGEST:
        return Markup()
    names = program.names
    spans = {slot: span for slot in program.rows if (span := program.span(slot))}
    # An outer row opens before an inner one that begins at the same character.
    order = sorted(spans.items(), key=lambda item: (item[1][0], -item[1][1], -item[0]))
    out: list[str] = []
    closing: list[int] = []
    at = 0

    def write_to(end: int) -> None:
        nonlocal at
        while closing and closing[-1] <= end:
            out.append(f"{escape(text[at : closing[-1]])}</span>")
            at = closing.pop()
        out.append(str(escape(text[at:end])))
        at = end

    for slot, (start, end) in order:
        write_to(start)
        if closing and end > closing[-1]:
            continue  # not inside the row around it: spans of one text nest
        out.append(str(Markup('<span data-row="{}">').format(names[slot])))
        closing.append(end)
    write_to(len(text))
    return Markup("".join(out))
