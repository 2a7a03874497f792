"""Renders documents of ``docs/`` as pages of the reference."""

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
"""Last part of an address → file in ``docs/``."""
_LINKS = {"reference.md": "/reference"} | {file: f"/reference/{key}" for key, file in PAGES.items()}
_EMPTY_HEAD = re.compile(r"<th([^>]*)></th>")
_TABLE = '<div class="scroller" tabindex="0" role="group" aria-label="Table">\n<table>'


@dataclass(frozen=True)
class Section:
    """A part of a document under its second-level heading.

    Attributes:
        key: the id of its heading.
        heading: the heading as text.
        text: all words below it, without markup.
    """

    key: str
    heading: str
    text: str


@dataclass(frozen=True)
class DocumentPage:
    """A document as a page."""

    title: str
    sections: list[Section]
    html: Markup


@cache
def document_page(name: str) -> DocumentPage:
    """The document of that name, a key of :data:`PAGES`.

    Raises:
        KeyError: there is none.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse((folder("docs") / PAGES[name]).read_text("utf-8"))
    title = tokens[1].content
    body = tokens[3:]
    sections = list(_sections(body))
    for token in body:
        for part in (token, *(token.children or ())):
            if part.type == "link_open":
                target = str(part.attrGet("href"))
                part.attrSet("href", _LINKS.get(target, target))
    html = markdown.renderer.render(body, markdown.options, {})
    html = _EMPTY_HEAD.sub(r"<td\1></td>", html).replace("<pre>", '<pre tabindex="0">')
    html = html.replace(' style="text-align:right"', ' class="r"')  # no style may stand in a page
    # On a narrow screen a table scrolls within its own container.
    html = html.replace("<table>", _TABLE).replace("</table>", "</table>\n</div>")
    return DocumentPage(title, sections, Markup(html))


def _sections(tokens: Sequence[Token]) -> list[Section]:
    """The sections of a document; gives their headings ids, so that links can lead there."""
    found: list[Section] = []
    for k, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            heading = tokens[k + 1].content
            key = re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")
            token.attrSet("id", key)
            found.append(Section(key, heading, ""))
        elif found and token.type in ("inline", "fence") and token.content != found[-1].heading:
            text = f"{found[-1].text} {_plain(token)}".strip()
            found[-1] = Section(found[-1].key, found[-1].heading, text)
    return found


def _plain(token: Token) -> str:
    """The text of a token, without its Markdown."""
    if not token.children:
        return token.content.replace("\n", " ")
    return "".join(
        child.content if child.content else " " if child.type == "softbreak" else ""
        for child in token.children
    )
