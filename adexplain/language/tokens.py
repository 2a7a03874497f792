"""Text → tokens, by one regular expression.

``tokenize`` gives the tokens alone, for speed; ``positions`` finds their places when an error or a
highlight needs them.
"""

from __future__ import annotations

import re

from adexplain.errors import Span

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")

# A superscript digit counts as a letter for \w, so names exclude them one by one.
_TOKEN = re.compile(
    r"[^\S\n]*("
    r"[(),+/^-]|"  # the commonest signs, tried first
    r"[^\W\d⁰¹²³⁴-⁹][^\W⁰¹²³⁴-⁹]*"
    r"|[0-9]+\.?[0-9]*(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?"
    r"|\*\*|[<>=!]=|[⁺⁻]?[⁰¹²³⁴-⁹]+|\\[A-Za-z]+|.|\n|$)"
)


def tokenize(text: str) -> list[str]:
    """The tokens of ``text``, ended by an empty one. A line break is a token; spaces are not."""
    return _TOKEN.findall(_without_comments(text))


def positions(text: str) -> list[Span]:
    """Where each token of ``tokenize(text)`` stands, in characters."""
    return [match.span(1) for match in _TOKEN.finditer(_without_comments(text))]


def _without_comments(text: str) -> str:
    """The text with every comment blanked, so that all else keeps its place."""
    if "#" not in text:
        return text
    return re.sub(r"#[^\n]*", lambda comment: " " * len(comment[0]), text)
