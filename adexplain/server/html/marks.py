"""How far the telling of a trace has come, as classes on what it has and has not computed yet.

The script that steps keeps the same classes up to date (``js/state.js``); here they are made for
the step in the address, so that a reload, a print and a browser without scripts show it as well.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from adexplain.explanation.stepping import standing as classes

__all__ = ["classes", "mark"]


def mark(step: int | None, number: int | None, given: str = "", until: int | None = None) -> Markup:
    """The attributes ``class``, ``data-step`` and ``data-until`` of an element.

    Args:
        step, number, until: as for ``standing``; without a number it belongs to no step.
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
