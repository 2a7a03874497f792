"""Pages of ``docs/`` as pages of the reference: each fact stands in one place, there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from adexplain.paths import folder

PAGES = {"language": "language.md", "numbers": "numbers.md", "pages": "pages.md"}
"""The last part of an address → the file."""
_LINKS = {"reference.md": "/reference"} | {file: f"/reference/{key}" for key, file in PAGES.items()}
_EMPTY_HEAD = re.compile(r"<th([^>]*)></th>")
_TABLE = '<div class="scroller" tabindex="0" role="group" aria-label="Table">\n<table>'


@dataclass(frozen=True)
class Section:
    """A part of a page under its heading: the key leads to it, the text is what it says."""

    key: str
    text: str
    words: str


@dataclass(frozen=True)
class Written:
    """A page made of Markdown."""

    title: str
    headings: list[Section]
    html: Markup


@cache
def written(name: str) -> Written:
    """The page of that name.

    Raises:
        KeyError: there is none.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse((folder("docs") / PAGES[name]).read_text("utf-8"))
    title = tokens[1].content
    body = tokens[3:]
    headings = list(_headings(body))
    for token in body:
        for part in (token, *(token.children or ())):
            if part.type == "link_open":
                target = str(part.attrGet("href"))
                part.attrSet("href", _LINKS.get(target, target))
    html = markdown.renderer.render(body, markdown.options, {})
    html = _EMPTY_HEAD.sub(r"<td\1></td>", html).replace("<pre>", '<pre tabindex="0">')
    html = html.replace(' style="text-align:right"', ' class="r"')  # no style may stand in a page
    # A table scrolls by itself where the screen is narrow.
    html = html.replace("<table>", _TABLE).replace("</table>", "</table>\n</div>")
    return Written(title, headings, Markup(html))


def _headings(tokens: Sequence[Token]) -> list[Section]:
    """The second-level headings, each made to be linked to, with the words below it."""
    found: list[Section] = []
    for k, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            text = tokens[k + 1].content
            key = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
            token.attrSet("id", key)
            found.append(Section(key, text, ""))
        elif found and token.type in ("inline", "fence") and token.content != found[-1].text:
            words = f"{found[-1].words} {_plain(token)}".strip()
            found[-1] = Section(found[-1].key, found[-1].text, words)
    return found


def _plain(token: Token) -> str:
    """What a token says, without its Markdown."""
    if not token.children:
        return token.content.replace("\n", " ")
    return "".join(
        child.content if child.content else " " if child.type == "softbreak" else ""
        for child in token.children
    )
