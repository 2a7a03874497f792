"""How far the telling of a trace has come, as classes on what it has and has not computed yet.

The script that steps keeps the same classes up to date (``js/state.js``); here they are made for
the step in the address, so that a reload, a print and a browser without scripts show it as well.
"""

from __future__ import annotations

from markupsafe import Markup, escape

PENDING, NOW, NEXT, PAST = "pending", "now", "next", "past"


def classes(step: int | None, number: int, until: int | None = None) -> str:
    """The class of what step ``number`` computes, when the telling stands at ``step``.

    Args:
        step: where the telling stands; None where the whole trace is shown.
        number: the step that computes it.
        until: the step from which something else stands in its place, if any.
    """
    if until is not None and (step is None or step >= until):
        return PAST
    if step is None or number < step:
        return ""
    if number == step:
        return NOW
    return f"{PENDING} {NEXT}" if number == step + 1 else PENDING


def mark(step: int | None, number: int | None, given: str = "", until: int | None = None) -> Markup:
    """The attributes ``class``, ``data-step`` and ``data-until`` of an element.

    Args:
        step, number, until: as in :func:`classes`; without a number it belongs to no step.
        given: the element's other classes.
    """
    if number is None:
        return Markup('class="{}"').format(given) if given else Markup()
    names = f"{given} {classes(step, number, until)}".strip()
    parts = [f'data-step="{number}"']
    if until is not None:
        parts.append(f'data-until="{until}"')
    if names:
        parts.append(f'class="{escape(names)}"')
    return Markup(" ".join(parts))
