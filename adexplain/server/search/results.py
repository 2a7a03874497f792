"""The search: what matches, in which order, and where the words stand in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from markupsafe import Markup, escape

from adexplain.errors import InputError
from adexplain.language import parse
from adexplain.server.http.address import State
from adexplain.server.reference.index import address
from adexplain.server.search.index import KINDS, Item, folded

LONGEST = 200
"""Characters of a question that are looked at."""
WORDS = 8
"""Words of it that are looked for."""
SHOWN = 40
"""Results of one page."""
AROUND = 90
"""Characters of a text that are shown to either side of a hit."""
EXACT, BEGINS = 1000.0, 300.0
"""What a whole question is worth that is a name, or the beginning of one."""

SMALL = {
    *("a", "an", "and", "are", "by", "do", "does", "for", "from", "how", "i", "in", "is", "it"),
    *("my", "of", "on", "or", "the", "to", "what", "with"),
}
"""Words that say little."""
OFTEN = 20
"""Times a word may stand in a text before more of them make no difference."""

_WORD = re.compile(r"\w+")
_FORMULA = re.compile(r"[-+*/^()|√]")


@dataclass(frozen=True)
class Hit:
    """A result as the page prints it."""

    kind: str
    title: Markup
    address: str
    excerpt: Markup


@dataclass(frozen=True)
class Found:
    """The answer to a question."""

    hits: list[Hit]
    more: int
    near: list[tuple[str, str]]
    partly: bool
    trace: str
    """Address of the trace of the question, where it is itself a function."""


@dataclass(frozen=True)
class Prepared:
    """An item made ready to be compared: its names, and the words of its fields with their worth.

    The worth is that of the word itself and of its beginning.
    """

    item: Item
    names: tuple[str, ...]
    fields: tuple[tuple[Counter[str], float, float], ...]


def prepared(items: Iterable[Item]) -> tuple[Prepared, ...]:
    """Everything there is, ready to be searched."""
    return tuple(_prepared(item) for item in items)


def _prepared(item: Item) -> Prepared:
    names = tuple(dict.fromkeys(folded(name) for name in (*item.names, item.title)))
    fields = (
        (_stems(item.names), 120.0, 30.0),
        (_stems((item.title,)), 100.0, 60.0),
        (_stems(item.headings), 40.0, 20.0),
        (_stems((item.text,)), 10.0, 4.0),
    )
    return Prepared(item, names, fields)


def search(everything: Sequence[Prepared], asked: str) -> Found:
    """What a question finds: exact names first, then titles, headings and texts.

    Args:
        everything: what :func:`prepared` makes.
        asked: the question, at most :data:`LONGEST` characters of which are looked at.
    """
    asked = asked.strip()[:LONGEST]
    whole, words = folded(asked), _words(asked)
    if not whole:
        return Found([], 0, [], False, "")
    trace, used = _as_function(asked)
    kept = [
        (score, one)
        for one in everything
        if (score := max(_score(one, whole, words, True), BEGINS * (one.item.address in used)))
    ]
    partly = not kept and len(words) > 1
    if partly:
        kept = [(score, one) for one in everything if (score := _score(one, whole, words, False))]
    kept.sort(key=_order)
    hits = [_hit(one.item, asked, words) for _, one in kept[:SHOWN]]
    near = [] if kept else _near(everything, whole)
    return Found(hits, max(0, len(kept) - SHOWN), near, partly and bool(kept), trace)


def _order(pair: tuple[float, Prepared]) -> tuple[float, int, int]:
    score, one = pair
    return -score, KINDS.index(one.item.kind), len(one.item.title)


def _words(text: str) -> list[str]:
    """The words to look for: small ones only where there is no other."""
    found = list(dict.fromkeys(map(_stem, _WORD.findall(folded(text)))))
    return ([word for word in found if word not in SMALL] or found)[:WORDS]


def _stems(texts: Iterable[str]) -> Counter[str]:
    return Counter(_stem(word) for text in texts for word in _WORD.findall(folded(text)))


def _stem(word: str) -> str:
    """A word without the s of its plural."""
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _score(one: Prepared, whole: str, words: Sequence[str], every: bool) -> float:
    """How well an item matches; 0 where it does not."""
    score = 0.0
    if whole in one.names:
        score = EXACT
    elif len(whole) > 1 and any(name.startswith(whole) for name in one.names):
        score = BEGINS
    each = [_worth(one, word) for word in words]
    if score or (each and (all(each) if every else any(each))):
        return score + sum(each)
    return 0.0


def _worth(one: Prepared, word: str) -> float:
    """What one word is worth: most in a name, least in a text, where more often is worth more.

    A single letter is looked for among the names alone.
    """
    best = 0.0
    for known, same, beginning in one.fields if len(word) > 1 else one.fields[:1]:
        if word in known:
            best = max(best, same + min(known[word], OFTEN) / OFTEN)
        elif beginning > best and len(word) > 1 and any(w.startswith(word) for w in known):
            best = beginning
    return best


def _hit(item: Item, asked: str, words: Sequence[str]) -> Hit:
    title = marked(item.title, [asked, *words])
    return Hit(item.kind, title, item.address, marked(_excerpt(item.text, words), words))


def marked(text: str, words: Sequence[str]) -> Markup:
    """A text with each word that begins with one of ``words`` marked; all of it escaped."""
    wanted = sorted({re.escape(word) for word in words if word}, key=len, reverse=True)
    if not wanted:
        return escape(text)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(wanted)})", re.IGNORECASE)
    out, end = [], 0
    for match in pattern.finditer(text):
        out += [escape(text[end : match.start()]), Markup("<mark>{}</mark>").format(match[0])]
        end = match.end()
    return Markup("").join([*out, escape(text[end:])])


def _excerpt(text: str, words: Sequence[str]) -> str:
    """The text around the first word that is found in it; its beginning where none is."""
    places = [
        m.start() for word in words if (m := re.search(rf"(?i)(?<!\w){re.escape(word)}", text))
    ]
    middle = min(places, default=0)
    start = max(0, middle - AROUND)
    if start:
        start = text.find(" ", start) + 1
    end = max(start, middle - AROUND) + 2 * AROUND
    if end < len(text):
        end = max(text.rfind(" ", middle, end), middle + 1)
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")


def _near(everything: Sequence[Prepared], whole: str) -> list[tuple[str, str]]:
    """Title and address of what is spelled alike."""
    by_name = {name: one.item for one in reversed(everything) for name in one.names}
    by_name |= {
        word: one.item
        for one in reversed(everything)
        for word in _WORD.findall(folded(one.item.title))
        if len(word) > 3
    }
    close = get_close_matches(whole, by_name, 5, 0.6)
    return list(dict.fromkeys((by_name[name].title, by_name[name].address) for name in close))


def _as_function(asked: str) -> tuple[str, frozenset[str]]:
    """Where the question is a function: the address of its trace, and those of its operations."""
    if not _FORMULA.search(asked):
        return "", frozenset()
    try:
        program = parse(asked)
    except InputError:
        return "", frozenset()
    if not program.rows or not program.inputs:
        return "", frozenset()
    used = frozenset(address(program.ops[slot]) for slot in program.rows)
    return State(asked).address(), used
