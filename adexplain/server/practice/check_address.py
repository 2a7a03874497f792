"""The address of a derivation that is to be checked: the explorer's, and the work."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote_plus

from adexplain.server.http.address import LONGEST, State

PATH = "/practice/check"


def address(state: State, work: str) -> str:
    """The address that holds everything; see ``fits``."""
    asked = replace(state, mode="both", exact=False, compare=False, view="page", step=None)
    text = quote_plus(work.encode("utf-8", "replace").decode("utf-8"), safe="*()/,:!'")
    return f"{asked.address(PATH)}&work={text}"


def fits(state: State, work: str) -> bool:
    """Whether an address can hold it; servers refuse longer ones."""
    return len(state.text) + len(work) <= LONGEST and len(address(state, work)) <= LONGEST
