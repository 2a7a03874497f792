"""The Markdown of lessons: CommonMark with tables and maths, numbers and sources.

``[[gw.v4.value]]`` is a number that the product computes, ``[^key: page 12]`` a work that is cited.
HTML is text here, and ``---`` always divides pages: it never underlines a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

_NUMBER = re.compile(r"\[\[(.+?)\]\]")
_CITE = re.compile(r"\[\^([\w-]+)(?::\s*([^\]]+))?\]")
_BREAKS = ("softbreak", "hardbreak")

Placed = tuple[Token, int]
"""A token and the line it stands on."""


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The parser of lessons; renderers add their rules to one of their own."""
    return new_parser()


def new_parser() -> MarkdownIt:
    """A parser that nobody else has."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("lheading")
    markdown.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    markdown.inline.ruler.before("link", "number", _number)
    markdown.inline.ruler.before("link", "cite", _cite)
    return markdown


def _number(state: StateInline, silent: bool) -> bool:
    match = _NUMBER.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("number", "", 0).content = match[1].strip()
    state.pos = match.end()
    return True


def _cite(state: StateInline, silent: bool) -> bool:
    match = _CITE.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("cite", "", 0).meta = {"key": match[1], "where": (match[2] or "").strip()}
    state.pos = match.end()
    return True


def numbers_in(maths: str) -> Iterator[str]:
    """The numbers that a formula asks for."""
    return (match[1].strip() for match in _NUMBER.finditer(maths))


def with_numbers(maths: str, written: Sequence[str]) -> str:
    """A formula with its numbers written in their places."""
    left = iter(written)
    return _NUMBER.sub(lambda _: next(left), maths)


def pieces(tokens: Sequence[Token], line: int) -> Iterator[Placed]:
    """Every token, inline ones as well, with its line; ``line`` is that of the text's first."""
    for token in tokens:
        here = line + (token.map[0] if token.map else 0)
        yield token, here
        for child in token.children or ():
            yield child, here
            here += child.type in _BREAKS
            here += child.content.count("\n")


def meant(tokens: Sequence[Token], index: int) -> str:
    """The term that the link at a place means: ``glossary#term``, its title, or its text."""
    token = tokens[index]
    named = str(token.attrGet("href") or "").partition("#")[2] or str(token.attrGet("title") or "")
    if named:
        return named.replace("-", " ") if "#" in str(token.attrGet("href")) else named
    words = []
    for inner in tokens[index + 1 :]:
        if inner.type == "link_close":
            break
        words.append(inner.content or " ")
    return "".join(words)
