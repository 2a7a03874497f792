"""The address of a derivation to check: the explorer's fields, and the work."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote_plus

from adexplain.server.http.address import LONGEST, State

PATH = "/practice/check"


def address(state: State, work: str) -> str:
    """The address of a state and a derivation; it may be too long, see :func:`fits`."""
    base = replace(state, mode="both", exact=False, compare=False, view="page", step=None)
    text = quote_plus(work.encode("utf-8", "replace").decode("utf-8"), safe="*()/,:!'")
    return f"{base.address(PATH)}&work={text}"


def fits(state: State, work: str) -> bool:
    """Whether the address is short enough to be sent."""
    return len(state.text) + len(work) <= LONGEST and len(address(state, work)) <= LONGEST
