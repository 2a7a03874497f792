"""The attributes of an element that shows what a step of the trace computes.

The page's script adds and removes the same classes while it steps (``js/explorer/state.js``). Here
they are written for the step in the address, so that a reload, a print and a browser without
scripts show that step, too.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from adexplain.explanation.stepping import step_state


def step_attributes(
    step: int | None, number: int | None, given: str = "", until: int | None = None
) -> Markup:
    """The attributes ``class``, ``data-step`` and ``data-until`` of an element.

    Args:
        step, number, until: as for ``step_state``; an element without a number belongs to no step.
        given: the element's other classes.
    """
    if number is None:
        return Markup('class="{}"').format(given) if given else Markup()
    names = f"{given} {step_state(step, number, until)}".strip()
    parts = [f'data-step="{number}"']
    if until is not None:
        parts.append(f'data-until="{until}"')
    if names:
        parts.append(f'class="{escape(names)}"')
    return Markup(" ".join(parts))
