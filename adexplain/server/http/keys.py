"""The keyboard shortcuts of all pages: the explorer's menu and the reference list them."""

from __future__ import annotations

from typing import NamedTuple


class Shortcut(NamedTuple):
    """Some keys and what they do."""

    keys: tuple[str, ...]
    action: str


class ShortcutGroup(NamedTuple):
    """The shortcuts of one place, such as the trace of the explorer."""

    place: str
    shortcuts: tuple[Shortcut, ...]
    in_menu: bool = False
    """Whether the explorer's menu lists them."""


SHORTCUTS = (
    ShortcutGroup(
        "In a trace",
        (
            Shortcut(("→", "←"), "one step forward, one back"),
            Shortcut(("Home", "End"), "before the first step, the last step"),
            Shortcut(("space",), "play and pause"),
            Shortcut(("Esc",), "show the whole trace"),
            Shortcut(
                ("PageDown", "PageUp"),
                "as → and ←, in the projector view: the keys of a presenter",
            ),
            Shortcut(("+", "−", "0"), "in the graph: larger, smaller, all of it"),
            Shortcut(("Ctrl", "Enter"), "in the function: trace it"),
            Shortcut(("?",), "this list"),
        ),
        in_menu=True,
    ),
    ShortcutGroup(
        "While you predict",
        (
            Shortcut(("→",), "to the next step, or into the field that asks for it"),
            Shortcut(("Enter",), "in the field: judge the answer"),
            Shortcut(("Esc",), "out of the field, back to the steps"),
        ),
    ),
    ShortcutGroup(
        "In lecture mode",
        (
            Shortcut(("PageDown", "→", "space"), "the next page"),
            Shortcut(("PageUp", "←"), "the page before"),
            Shortcut(("Home", "End"), "the first page, the last"),
            Shortcut(("B", "."), "the screen dark, and light again; the notes follow"),
            Shortcut(("Enter",), "into the trace of the page, where the same keys step"),
            Shortcut(("F",), "the whole screen"),
            Shortcut(("Esc",), "out of the trace, then back to the lesson"),
        ),
    ),
    ShortcutGroup(
        "In a chart",
        (Shortcut(("→", "←"), "read the numbers of the next place, of the one before"),),
    ),
    ShortcutGroup("On every page", (Shortcut(("/",), "go to the search field"),), in_menu=True),
)
