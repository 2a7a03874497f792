"""A trace in a lesson: its table for readers and printers, and the live trace that takes its place.

What is to be predicted is room to write on paper: no number of it is in the page.
"""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from adexplain.explanation.explain import Explanation
from adexplain.lessons.fences import Trace
from adexplain.server.explorer import content
from adexplain.server.explorer.panels.covering import cover_blocks
from adexplain.server.explorer.panels.graph import graph_at_once
from adexplain.server.explorer.panels.predict import prediction
from adexplain.server.explorer.panels.step_card import card
from adexplain.server.exporting import embed
from adexplain.server.exporting.html_file import framed
from adexplain.server.http.address import State
from adexplain.server.http.security import FRAMED
from adexplain.server.http.templating import fragment
from adexplain.server.lessons.html import Setting, line
from adexplain.server.practice.worksheet import roomy

CARDS = 60
"""Steps that a file tells in words to who reads it without its script."""
USUAL = ("table", "graph", "step")
"""What a trace in a lesson shows unless its author says otherwise."""


def state_of(trace: Trace) -> State:
    """The address's state of a trace: what its frame opens."""
    # A prediction opens at what is asked first.
    step = None if trace.predict and not trace.step else trace.step
    return State(
        trace.f,
        trace.at,
        trace.mode,
        trace.seed,
        trace.bar,
        trace.exact,
        step=step,
        predict=trace.predict,
    )


def trace(trace: Trace, explanation: Explanation, number: int, setting: Setting) -> Markup:
    """A trace: its table, and its live frame's address, or in a file what stands in the frame."""
    state = state_of(trace)
    address = state.address(FRAMED)
    if trace.show != USUAL:
        address += f"&show={','.join(trace.show)}"
    last = min(explanation.stepping.total, CARDS) if setting.saved else 0
    return fragment(
        "lessons/_trace.html",
        trace=trace,
        page=_still(explanation, state),
        state=_whole(state),
        numbers=False,
        own=f"trace-{number}-",
        table_name=f"Trace {number}",
        frame="" if setting.saved else address,
        framed=_framed(trace, explanation, state) if setting.saved else "",
        open="" if setting.saved else state.address(),
        drawn=trace.show != USUAL and "graph" in trace.show,
        caption=line(trace.caption, setting),
        cards=[card(explanation, number) for number in range(1, last + 1)],
    )


def _whole(state: State) -> State:
    return replace(state, step=None, predict="", shape="wide")


def _still(explanation: Explanation, state: State) -> content.Page:
    """The whole trace at once; where it is to be predicted, with room for what is asked."""
    page = content.page_of(explanation, _whole(state))
    cover = prediction(explanation, state).cover(explanation) if state.predict else None
    if cover is None:
        return page
    cover_blocks(page.table.blocks, cover)
    return replace(
        page,
        table=roomy(page.table),
        graph=graph_at_once(explanation, None, "wide", cover),
        code=[] if cover.rules else page.code,
    )


def _framed(trace: Trace, explanation: Explanation, state: State) -> Markup:
    """The trace that steps without a server. Nobody could judge a prediction there: it stands
    before what is asked first, and the next step shows it.
    """
    step, parts = state.step, embed.USUAL if trace.show == USUAL else trace.show
    if state.predict:
        asked = prediction(explanation, state).covered
        step = None if asked is None else asked - 1
        parts = tuple(part for part in parts if part not in ("answer", "code"))  # they would tell
    return framed(explanation, step, parts)
