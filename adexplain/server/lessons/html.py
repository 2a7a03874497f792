"""Renders the Markdown of a lesson as HTML, with formulas, computed numbers and links."""

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
from adexplain.lessons.markdown import linked_term, new_parser, numbers_in, with_numbers
from adexplain.lessons.numbers import Figure, figure
from adexplain.lessons.prose import Prose
from adexplain.server.html.mathml import typeset
from adexplain.server.html.numerals import numeral, rounded, shortest_digits

GLOSSARY = "glossary"
"""The target of a link that leads to the glossary's entry for its text."""

Tokens = Sequence[Token]
Citation = tuple[str, str]
"""The key of a work, and the place in it; "" for the whole work."""


@dataclass
class RenderContext:
    """What a text refers to, and what has been used while rendering it.

    Attributes:
        traces: the explanations whose numbers it prints.
        terms: the glossary.
        cited: citation → its number, in the order of first use.
        saved: whether it is for a file, which has no links into the site.
        used: the terms that it links to, by name.
    """

    traces: Mapping[str, Explanation]
    terms: Mapping[str, Term]
    cited: dict[Citation, int] = field(default_factory=dict)
    saved: bool = False
    used: dict[str, Term] = field(default_factory=dict)
    open_links: list[str] = field(default_factory=list)
    """The closing tags of the links that are open, the innermost last."""


def block_html(prose: Prose, context: RenderContext) -> Markup:
    """A text as HTML, with its paragraphs."""
    return Markup(_renderer().renderer.render(prose.tokens, _renderer().options, _env(context)))


def inline_html(prose: Prose, context: RenderContext) -> Markup:
    """A text of one paragraph as HTML without the paragraph's tags."""
    shown = block_html(prose, context)
    inner = str(shown).strip().removeprefix("<p>").removesuffix("</p>")
    return Markup(inner) if "<p>" not in inner else shown


def number_html(shown: Figure) -> Markup:
    """A number as HTML."""
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
    full = shortest_digits(shown.value)
    return Markup('<data value="{}" title="{}">{}{}</data>').format(full, full, mantissa, power)


def latex_number(shown: Figure) -> str:
    """A number as LaTeX."""
    if shown.digits is None and shown.whole:
        return f"{int(shown.value):,}".replace(",", "{,}")
    full = shortest_digits(shown.value)
    if shown.digits is None and shown.given and len(full) <= 7:
        return full
    mantissa, exponent = rounded(shown.value, shown.digits or 5)
    mantissa = mantissa.replace("−", "-")
    return mantissa if exponent is None else rf"{mantissa} \times 10^{{{exponent}}}"


def _env(context: RenderContext) -> dict[str, Any]:
    return {"setting": context}


@lru_cache(maxsize=1)
def _renderer() -> MarkdownIt:
    markdown = new_parser()
    for name, rule in _RULES.items():
        markdown.add_render_rule(name, rule)
    return markdown


def _number(_: Any, tokens: Tokens, index: int, _options: Any, env: Any) -> str:
    return str(number_html(figure(tokens[index].content, env["setting"].traces)))


def _with_numbers(maths: str, context: RenderContext) -> str:
    shown = [latex_number(figure(text, context.traces)) for text in numbers_in(maths)]
    return with_numbers(maths, shown)


def _inline_formula(_: Any, tokens: Tokens, index: int, _options: Any, env: Any) -> str:
    return str(typeset(_with_numbers(tokens[index].content, env["setting"])))


def _display_formula(_: Any, tokens: Tokens, index: int, _options: Any, env: Any) -> str:
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
    context: RenderContext = env["setting"]
    token = tokens[index]
    href = str(token.attrGet("href") or "")
    if href.partition("#")[0] == GLOSSARY:
        return _glossary_link(context, linked_term(tokens, index))
    if context.saved and href.startswith("/"):
        context.open_links.append("")
        return ""
    context.open_links.append("</a>")
    outside = Markup(' rel="noopener"') if href.startswith("https://") else ""
    return str(Markup('<a href="{}"{}>').format(href, outside))


def _glossary_link(context: RenderContext, text: str) -> str:
    entry = term(text, dict(context.terms))
    if entry is None:
        context.open_links.append("")
        return ""
    context.used[entry.name] = entry
    context.open_links.append("</a>")
    place = "" if context.saved else "/lessons/glossary"
    tip = Markup(' title="{}"').format(entry.plain) if entry.plain else ""
    return str(Markup('<a class="term" href="{}#{}"{}>').format(place, entry.anchor, tip))


def _link_close(_: Any, _tokens: Tokens, _index: int, _options: Any, env: Any) -> str:
    return str(env["setting"].open_links.pop())


_RULES: dict[str, Any] = {
    "number": _number,
    "math_inline": _inline_formula,
    "math_inline_double": _display_formula,
    "math_block": _display_formula,
    "math_block_label": _display_formula,
    "cite": _cite,
    "heading_open": _heading,
    "table_open": _table_open,
    "table_close": _table_close,
    "link_open": _link_open,
    "link_close": _link_close,
}
