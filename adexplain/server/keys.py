"""The keys of the pages: the menu of the explorer and the page of all keys read this list."""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """Some keys and what they do."""

    keys: tuple[str, ...]
    what: str


class Keys(NamedTuple):
    """The keys of one place."""

    where: str
    keys: tuple[Key, ...]
    explorer: bool = False
    """Whether the explorer's menu lists them."""


KEYS = (
    Keys(
        "In a trace",
        (
            Key(("→", "←"), "one step forward, one back"),
            Key(("Home", "End"), "before the first step, the last step"),
            Key(("space",), "play and pause"),
            Key(("Esc",), "show the whole trace"),
            Key(
                ("PageDown", "PageUp"),
                "as → and ←, in the projector view: the keys of a presenter",
            ),
            Key(("+", "−", "0"), "in the graph: larger, smaller, all of it"),
            Key(("Ctrl", "Enter"), "in the function: trace it"),
            Key(("?",), "this list"),
        ),
        explorer=True,
    ),
    Keys("In a chart", (Key(("→", "←"), "read the numbers of the next place, of the one before"),)),
    Keys("On every page", (Key(("/",), "go to the search field"),), explorer=True),
)
