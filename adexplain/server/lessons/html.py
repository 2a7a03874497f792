"""The Markdown of a lesson as HTML: formulas typeset, numbers computed, links led somewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from adexplain.explanation.explain import Explanation
from adexplain.lessons.glossary import Term, anchor, term
from adexplain.lessons.markdown import meant, new_parser, numbers_in, with_numbers
from adexplain.lessons.numbers import Figure, figure
from adexplain.lessons.prose import Prose
from adexplain.server.html.mathml import typeset
from adexplain.server.html.numerals import numeral, plain, rounded

GLOSSARY = "glossary"
"""Where a link leads that explains its own text."""

Tokens = Sequence[Token]
Cited = tuple[str, str]
"""A work's key and the place in it, "" for the whole."""


@dataclass
class Setting:
    """What a text refers to.

    Attributes:
        traces: the explanations whose numbers it prints.
        terms: the glossary.
        cited: the number of each citation, in the order of the first ones.
        saved: whether it is for a file, where no link leads to the product.
        used: the terms that it links, by name.
    """

    traces: Mapping[str, Explanation]
    terms: Mapping[str, Term]
    cited: dict[Cited, int] = field(default_factory=dict)
    saved: bool = False
    used: dict[str, Term] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    """The ends of the links that are open."""


def block(prose: Prose, setting: Setting) -> Markup:
    """A text with its paragraphs."""
    return Markup(_printer().renderer.render(prose.tokens, _printer().options, _env(setting)))


def line(prose: Prose, setting: Setting) -> Markup:
    """A text of one paragraph, without the paragraph."""
    shown = block(prose, setting)
    inner = str(shown).strip().removeprefix("<p>").removesuffix("</p>")
    return Markup(inner) if "<p>" not in inner else shown


def shown_number(shown: Figure) -> Markup:
    """A number for a page."""
    if shown.digits is None:
        if shown.whole:
            return escape(f"{int(shown.value):,}".replace("-", "−"))
        usual = numeral(shown.value, given=shown.given)
        assert usual is not None
        if usual.full == usual.text:
            return usual.html
        return Markup('<data value="{}" title="{}">{}</data>').format(
            usual.full, usual.full, usual.html
        )
    mantissa, exponent = rounded(shown.value, shown.digits)
    power = Markup()
    if exponent is not None:
        power = Markup("<span class='e'>×10<sup>{}</sup></span>").format(
            str(exponent).replace("-", "−")
        )
    full = plain(shown.value)
    return Markup('<data value="{}" title="{}">{}{}</data>').format(full, full, mantissa, power)


def latex_number(shown: Figure) -> str:
    """A number for a formula."""
    if shown.digits is None and shown.whole:
        return f"{int(shown.value):,}".replace(",", "{,}")
    full = plain(shown.value)
    if shown.digits is None and shown.given and len(full) <= 7:
        return full
    mantissa, exponent = rounded(shown.value, shown.digits or 5)
    mantissa = mantissa.replace("−", "-")
    return mantissa if exponent is None else rf"{mantissa} \times 10^{{{exponent}}}"


def _env(setting: Setting) -> dict[str, Any]:
    return {"setting": setting}


@lru_cache(maxsize=1)
def _printer() -> MarkdownIt:
    markdown = new_parser()
    for name, rule in _RULES.items():
        markdown.add_render_rule(name, rule)
    return markdown


def _number(_: Any, tokens: Tokens, index: int, _options: Any, env: Any) -> str:
    return str(shown_number(figure(tokens[index].content, env["setting"].traces)))


def _with_numbers(maths: str, setting: Setting) -> str:
    written = [latex_number(figure(text, setting.traces)) for text in numbers_in(maths)]
    return with_numbers(maths, written)


def _maths(_: Any, tokens: Tokens, index: int, _options: Any, env: Any) -> str:
    return str(typeset(_with_numbers(tokens[index].content, env["setting"])))


def _display(_: Any, tokens: Tokens, index: int, _options: Any, env: Any) -> str:
    formula = typeset(_with_numbers(tokens[index].content.strip(), env["setting"]), True)
    box = '<div class="display" tabindex="0" role="group" aria-label="Formula">{}</div>\n'
    return str(Markup(box).format(formula))


def _cite(_: Any, tokens: Tokens, index: int, _options: Any, env: Any) -> str:
    meta, cited = tokens[index].meta, env["setting"].cited
    number = cited.setdefault((meta["key"], meta["where"]), len(cited) + 1)
    mark = '<sup class="cite"><a href="#source-{0}" aria-label="Source {0}">{0}</a></sup>'
    return mark.format(number)


def _heading(renderer: Any, tokens: Tokens, index: int, options: Any, env: Any) -> str:
    tokens[index].attrSet("id", anchor(re.sub(r"[^\w\s-]", "", tokens[index + 1].content)))
    return str(renderer.renderToken(tokens, index, options, env))


def _table_open(*_: Any) -> str:
    return '<div class="scroller" tabindex="0" role="group" aria-label="Table">\n<table>\n'


def _table_close(*_: Any) -> str:
    return "</table>\n</div>\n"


def _link_open(_: Any, tokens: Tokens, index: int, _options: Any, env: Any) -> str:
    setting: Setting = env["setting"]
    token = tokens[index]
    href = str(token.attrGet("href") or "")
    if href.partition("#")[0] == GLOSSARY:
        return _glossary_link(setting, meant(tokens, index))
    if setting.saved and href.startswith("/"):
        setting.open.append("")
        return ""
    setting.open.append("</a>")
    outside = Markup(' rel="noopener"') if href.startswith("https://") else ""
    return str(Markup('<a href="{}"{}>').format(href, outside))


def _glossary_link(setting: Setting, text: str) -> str:
    found = term(text, dict(setting.terms))
    if found is None:
        setting.open.append("")
        return ""
    setting.used[found.name] = found
    setting.open.append("</a>")
    place = "" if setting.saved else "/lessons/glossary"
    tip = Markup(' title="{}"').format(found.plain) if found.plain else ""
    return str(Markup('<a class="term" href="{}#{}"{}>').format(place, found.anchor, tip))


def _link_close(_: Any, _tokens: Tokens, _index: int, _options: Any, env: Any) -> str:
    return str(env["setting"].open.pop())


_RULES: dict[str, Any] = {
    "number": _number,
    "math_inline": _maths,
    "math_inline_double": _display,
    "math_block": _display,
    "math_block_label": _display,
    "cite": _cite,
    "heading_open": _heading,
    "table_open": _table_open,
    "table_close": _table_close,
    "link_open": _link_open,
    "link_close": _link_close,
}
