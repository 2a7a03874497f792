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
    Keys(
        "While you predict",
        (
            Key(("→",), "to the next step, or into the field that asks for it"),
            Key(("Enter",), "in the field: judge the answer"),
            Key(("Esc",), "out of the field, back to the steps"),
        ),
    ),
    Keys(
        "In lecture mode",
        (
            Key(("PageDown", "→", "space"), "the next page"),
            Key(("PageUp", "←"), "the page before"),
            Key(("Home", "End"), "the first page, the last"),
            Key(("B", "."), "the screen dark, and light again; the notes follow"),
            Key(("Enter",), "into the trace of the page, where the same keys step"),
            Key(("F",), "the whole screen"),
            Key(("Esc",), "out of the trace, then back to the lesson"),
        ),
    ),
    Keys("In a chart", (Key(("→", "←"), "read the numbers of the next place, of the one before"),)),
    Keys("On every page", (Key(("/",), "go to the search field"),), explorer=True),
)
