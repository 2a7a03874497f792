"""The page as one file that steps without a network: styles, scripts and font are within it.

It is the page that ``/embed`` serves, from the same templates; what that loads is put in its place.
A policy in the file allows exactly the scripts and the one sheet that we put there.
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
from adexplain.server.exporting.embed import PARTS, alone
from adexplain.server.http import font
from adexplain.server.http.address import State
from adexplain.server.http.bundle import bundle
from adexplain.server.http.templating import fragment, render

CARDS = 400
"""Steps that a file tells in words; of a longer trace it tells the first ones."""

_SHEET = re.compile(r'<link rel="stylesheet" href="/static/css/([\w/-]+)\.css">\n')
_SCRIPT = re.compile(r'(<script type="[\w/]+"[^>]*) src="/static/js/([\w/-]+)\.js"></script>\n')
_ICON = re.compile(r'(?<=<link rel="icon" href=")/static/icon\.svg')
_NONE = "'none'"
_CHARSET = '<meta charset="utf-8">\n'
_BEYOND = re.compile(r"[^\x00-\x7f]")
_WHOLE_FONT = re.compile(r"@font-face \{[^}]*/font/whole\.ttf[^}]*\}\n?")


@dataclass(frozen=True)
class Saved(State):
    """A state that no address leads to: a file has no server to ask."""

    @property
    def fits(self) -> bool:
        """Never: so the templates make no links."""
        return False


def html_file(explanation: Explanation, step: int | None = None, ascii_only: bool = False) -> str:
    """The file, opened at a step."""
    html = render("exporting/alone.html", **_whole(explanation, step, PARTS), kind="file")
    return inlined(bytes(html.body).decode(), ascii_only) + "\n"


def framed(explanation: Explanation, step: int | None, parts: tuple[str, ...]) -> Markup:
    """The same as a part of a larger file, whose script (saved.js) makes a frame of it."""
    return fragment("exporting/_alone.html", **_whole(explanation, step, parts), kind="framed")


def _whole(explanation: Explanation, step: int | None, parts: tuple[str, ...]) -> Mapping[str, Any]:
    """What a file shows of a trace: everything that a server would be asked for is there."""
    page = content.page_of(explanation, _state(explanation, step))
    total = explanation.stepping.total
    cards = [card(explanation, number) for number in range(1, min(total, CARDS) + 1)]
    return alone(page, parts) | {"cards": cards, "cards_left_out": total - len(cards), "open": ""}


def _state(explanation: Explanation, step: int | None) -> Saved:
    at = explanation.at
    names = explanation.program.input_names
    values = [at[name] for name in names] if isinstance(at, Mapping) else list(at)
    return Saved(
        explanation.text,
        {name: str(value) for name, value in zip(names, values, strict=True)},
        explanation.mode,
        exact=explanation.exact is not None,
        step=step,
    )


def inlined(html: str, ascii_only: bool = False) -> str:
    """A page with what it loads put in its place. User text cannot be taken for a tag: it has
    none, since the templates escape every ``<``.
    """
    style = _style(tuple(_SHEET.findall(html)))
    scripts = {entry: bundle(entry) for _, entry in _SCRIPT.findall(html)}
    if ascii_only:  # each language has its own way to write another character
        html = html.encode("ascii", "xmlcharrefreplace").decode()
        style = _BEYOND.sub(lambda sign: f"\\{ord(sign[0]):x} ", style)
        for entry, script in scripts.items():
            scripts[entry] = _BEYOND.sub(lambda sign: f"\\u{{{ord(sign[0]):x}}}", script)
    ours = " ".join(map(_hash, scripts.values()))
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {ours or _NONE}",
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
    """The sheets as one, with the usual part of the font; there is no other to be had."""
    css = folder("web") / "static" / "css"
    text = "".join((css / f"{name}.css").read_text("utf-8") for name in sheets)
    data = base64.b64encode(font.part()).decode()
    text = _WHOLE_FONT.sub("", text.replace("\r\n", "\n"))
    return text.replace('"/font/part.ttf"', f'"data:font/ttf;base64,{data}"').replace("</", "<\\/")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
