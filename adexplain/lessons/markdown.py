"""The Markdown of lessons: CommonMark with tables, math, computed numbers and citations.

``[[gw.v4.value]]`` is a computed number, ``[^key: page 12]`` a citation. HTML is shown as text, and
``---`` always separates slides instead of underlining a heading.
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

TokenLine = tuple[Token, int]
"""A token and its line."""


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The shared parser of lessons. To add rules, use :func:`new_parser`."""
    return new_parser()


def new_parser() -> MarkdownIt:
    """A new parser of lessons, to which rules can be added."""
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
    """The references to computed numbers in a formula."""
    return (match[1].strip() for match in _NUMBER.finditer(maths))


def with_numbers(maths: str, written: Sequence[str]) -> str:
    """A formula with its references replaced by the numbers as written."""
    remaining = iter(written)
    return _NUMBER.sub(lambda _: next(remaining), maths)


def pieces(tokens: Sequence[Token], line: int) -> Iterator[TokenLine]:
    """Every token, also inline, with its line; ``line`` is the line on which the text begins."""
    for token in tokens:
        here = line + (token.map[0] if token.map else 0)
        yield token, here
        for child in token.children or ():
            yield child, here
            here += child.type in _BREAKS
            here += child.content.count("\n")


def linked_term(tokens: Sequence[Token], index: int) -> str:
    """The term that a link to the glossary means: by ``glossary#term``, its title, or its text."""
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
