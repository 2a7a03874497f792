"""The typed text with an element around each row, for the layer behind the input field.

The page highlights a row of the trace by styling its element there.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from adexplain.program import Program

LONGEST = 4_000
"""The longest text, in characters, that is marked up."""


def marked_source(program: Program) -> Markup:
    """``program.text`` with an element around each row's characters; empty if it is too long."""
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
            continue  # it overlaps the row around it, and elements must nest
        out.append(str(Markup('<span data-row="{}">').format(names[slot])))
        closing.append(end)
    write_to(len(text))
    return Markup("".join(out))
