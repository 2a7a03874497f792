"""Renders a trace in a lesson: its table, for reading and print, and the live trace.

The page's script replaces the table by the live trace. What is to be predicted is blank in the
table, to be filled in on paper.
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
from adexplain.server.exporting.html_file import frame_html
from adexplain.server.http.address import State
from adexplain.server.http.security import EMBED_PATH
from adexplain.server.http.templating import fragment
from adexplain.server.lessons.html import RenderContext, inline_html
from adexplain.server.practice.worksheet import with_blanks

CARD_LIMIT = 60
"""The most steps that a file has in words, for a reader without its script."""
DEFAULT_PARTS = ("table", "graph", "step")
"""The parts that a trace shows unless its author names others."""


def state_of(trace: Trace) -> State:
    """The state of the address at which the explorer, or a frame, shows a trace."""
    # Without a step, a prediction opens at its first question.
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


def trace(trace: Trace, explanation: Explanation, number: int, context: RenderContext) -> Markup:
    """A trace: its table, and the address of its live frame, or in a file the frame's content."""
    state = state_of(trace)
    address = state.address(EMBED_PATH)
    if trace.show != DEFAULT_PARTS:
        address += f"&show={','.join(trace.show)}"
    last = min(explanation.stepping.total, CARD_LIMIT) if context.saved else 0
    return fragment(
        "lessons/_trace.html",
        trace=trace,
        page=_static_page(explanation, state),
        state=_whole_trace(state),
        numbers_only=False,
        id_prefix=f"trace-{number}-",
        table_name=f"Trace {number}",
        frame_address="" if context.saved else address,
        frame_html=_frame_html(trace, explanation, state) if context.saved else "",
        explorer_address="" if context.saved else state.address(),
        show_graph=trace.show != DEFAULT_PARTS and "graph" in trace.show,
        caption=inline_html(trace.caption, context),
        cards=[card(explanation, number) for number in range(1, last + 1)],
    )


def _whole_trace(state: State) -> State:
    return replace(state, step=None, predict="", shape="wide")


def _static_page(explanation: Explanation, state: State) -> content.Page:
    """The whole trace at once; where it is to be predicted, with blanks for what is covered."""
    page = content.page_of(explanation, _whole_trace(state))
    cover = prediction(explanation, state).cover(explanation) if state.predict else None
    if cover is None:
        return page
    cover_blocks(page.table.blocks, cover)
    return replace(
        page,
        table=with_blanks(page.table),
        graph=graph_at_once(explanation, None, "wide", cover),
        code_panels=[] if cover.rules else page.code_panels,
    )


def _frame_html(trace: Trace, explanation: Explanation, state: State) -> Markup:
    """The trace that steps without a server.

    A prediction cannot be judged there: the trace stops before its first question, and the next
    step shows the answer.
    """
    step, parts = state.step, embed.DEFAULT_PARTS if trace.show == DEFAULT_PARTS else trace.show
    if state.predict:
        covered = prediction(explanation, state).covered
        step = None if covered is None else covered - 1
        # The other parts would reveal the answers.
        parts = tuple(part for part in parts if part not in ("answer", "code"))
    return frame_html(explanation, step, parts)
