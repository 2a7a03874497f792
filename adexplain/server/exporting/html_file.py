"""Exports a trace as one HTML file that steps without a network.

It is the page of ``/embed``, from the same templates, with its styles, scripts and font inlined. A
security policy in the file allows exactly these scripts and styles.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from adexplain.explanation.explain import Explanation
from adexplain.paths import folder
from adexplain.server.explorer import content
from adexplain.server.explorer.panels.step_card import card
from adexplain.server.exporting.embed import PARTS, standalone_context
from adexplain.server.http import font
from adexplain.server.http.address import State
from adexplain.server.http.bundle import bundle
from adexplain.server.http.templating import fragment, render

CARD_LIMIT = 400
"""The most steps that a file has in words; of a longer trace it has the first ones."""

_SHEET = re.compile(r'<link rel="stylesheet" href="/static/css/([\w/-]+)\.css">\n')
_SCRIPT = re.compile(r'(<script type="[\w/]+"[^>]*) src="/static/js/([\w/-]+)\.js"></script>\n')
_ICON = re.compile(r'(?<=<link rel="icon" href=")/static/icon\.svg')
_NONE = "'none'"
_CHARSET = '<meta charset="utf-8">\n'
_NON_ASCII = re.compile(r"[^\x00-\x7f]")
_WHOLE_FONT = re.compile(r"@font-face \{[^}]*/font/whole\.ttf[^}]*\}\n?")


@dataclass(frozen=True)
class FileState(State):
    """A state without an address, for a file, which has no server."""

    @property
    def fits(self) -> bool:
        """False, so that the templates make no links."""
        return False


def html_file(explanation: Explanation, step: int | None = None, ascii_only: bool = False) -> str:
    """The file as HTML.

    Args:
        explanation: what it shows.
        step: the step at which it opens; None for the whole trace.
        ascii_only: escape all characters beyond ASCII.
    """
    html = render("exporting/alone.html", **_context(explanation, step, PARTS), kind="file")
    return inline_assets(bytes(html.body).decode(), ascii_only) + "\n"


def frame_html(explanation: Explanation, step: int | None, parts: tuple[str, ...]) -> Markup:
    """A trace as a part of a larger file, whose script (saved.js) puts it into a frame."""
    return fragment("exporting/_alone.html", **_context(explanation, step, parts), kind="framed")


def _context(
    explanation: Explanation, step: int | None, parts: tuple[str, ...]
) -> Mapping[str, Any]:
    """The context of the template; it includes the cards, which a page would fetch."""
    page = content.page_of(explanation, _state(explanation, step))
    total = explanation.stepping.total
    cards = [card(explanation, number) for number in range(1, min(total, CARD_LIMIT) + 1)]
    return standalone_context(page, parts) | {
        "cards": cards,
        "cards_left_out": total - len(cards),
        "explorer_address": "",
    }


def _state(explanation: Explanation, step: int | None) -> FileState:
    at = explanation.at
    names = explanation.program.input_names
    values = [at[name] for name in names] if isinstance(at, Mapping) else list(at)
    return FileState(
        explanation.text,
        {name: str(value) for name, value in zip(names, values, strict=True)},
        explanation.mode,
        exact=explanation.exact is not None,
        step=step,
    )


def inline_assets(html: str, ascii_only: bool = False) -> str:
    """A page with its style sheets, scripts and icon inlined.

    The tags are found by regular expressions; text from a user cannot match them, because the
    templates escape every ``<``.
    """
    style = _style(tuple(_SHEET.findall(html)))
    scripts = {entry: bundle(entry) for _, entry in _SCRIPT.findall(html)}
    if ascii_only:  # HTML, CSS and JavaScript each have their own escapes
        html = html.encode("ascii", "xmlcharrefreplace").decode()
        style = _NON_ASCII.sub(lambda sign: f"\\{ord(sign[0]):x} ", style)
        for entry, script in scripts.items():
            scripts[entry] = _NON_ASCII.sub(lambda sign: f"\\u{{{ord(sign[0]):x}}}", script)
    script_hashes = " ".join(map(_hash, scripts.values()))
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {script_hashes or _NONE}",
            f"style-src {_hash(style)}",
            "font-src data:",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    icon = (folder("web") / "static" / "icon.svg").read_text("utf-8")
    first, *_ = _SHEET.finditer(html)
    html = html[: first.start()] + f"<style>{style}</style>\n" + html[first.start() :]
    html = _SHEET.sub("", html)
    html = _SCRIPT.sub(lambda tag: f"{tag[1]}>{scripts[tag[2]]}</script>\n", html)
    html = _ICON.sub(lambda _: f"data:image/svg+xml,{quote(icon)}", html)
    return html.replace(_CHARSET, _CHARSET + meta, 1)


@lru_cache(maxsize=2)
def _style(sheets: tuple[str, ...]) -> str:
    """The style sheets as one, with the subset of the font; the whole font is left out."""
    css = folder("web") / "static" / "css"
    text = "".join((css / f"{name}.css").read_text("utf-8") for name in sheets)
    data = base64.b64encode(font.part()).decode()
    text = _WHOLE_FONT.sub("", text.replace("\r\n", "\n"))
    return text.replace('"/font/part.ttf"', f'"data:font/ttf;base64,{data}"').replace("</", "<\\/")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
