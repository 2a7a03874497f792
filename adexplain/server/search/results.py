"""The search: which items match a query, in which order, and with which excerpts."""

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
"""The most characters of a query that are read."""
MAX_WORDS = 8
"""The most words of a query that are searched for."""
MAX_HITS = 40
"""The most results that are shown."""
AROUND = 90
"""Characters of an excerpt on either side of a hit."""
EXACT, BEGINS = 1000.0, 300.0
"""The score of a query that is a whole name, and of one that is the beginning of a name."""

STOP_WORDS = {
    *("a", "an", "and", "are", "by", "do", "does", "for", "from", "how", "i", "in", "is", "it"),
    *("my", "of", "on", "or", "the", "to", "what", "with"),
}
"""Words that are ignored, unless a query has no others."""
MAX_COUNT = 20
"""The number of occurrences of a word in a text beyond which more do not raise its score."""

_WORD = re.compile(r"\w+")
_FORMULA = re.compile(r"[-+*/^()|√]")


@dataclass(frozen=True)
class Hit:
    """A result as the template prints it."""

    kind: str
    title: Markup
    address: str
    excerpt: Markup


@dataclass(frozen=True)
class SearchResults:
    """The results of a query.

    Attributes:
        hits: the best results.
        more: how many others there are.
        suggestions: (title, address) of items with a similar name, where nothing matches.
        partial_match: whether the hits have only some of the words.
    """

    hits: list[Hit]
    more: int
    suggestions: list[tuple[str, str]]
    partial_match: bool
    trace: str
    """The address of the query's trace, if it is a function; else ""."""


@dataclass(frozen=True)
class IndexedItem:
    """An item prepared for searching.

    Attributes:
        item: the item.
        names: its names in the form in which they are compared.
        fields: (words, score of a word, score of the beginning of a word) of each of its fields.
    """

    item: Item
    names: tuple[str, ...]
    fields: tuple[tuple[Counter[str], float, float], ...]


def build_index(items: Iterable[Item]) -> tuple[IndexedItem, ...]:
    """The items prepared for searching."""
    return tuple(_indexed(item) for item in items)


def _indexed(item: Item) -> IndexedItem:
    names = tuple(dict.fromkeys(folded(name) for name in (*item.names, item.title)))
    fields = (
        (_stems(item.names), 120.0, 30.0),
        (_stems((item.title,)), 100.0, 60.0),
        (_stems(item.headings), 40.0, 20.0),
        (_stems((item.text,)), 10.0, 4.0),
    )
    return IndexedItem(item, names, fields)


def search(index: Sequence[IndexedItem], query: str) -> SearchResults:
    """The results of a query: exact names first, then titles, headings and texts.

    Args:
        index: the result of :func:`build_index`.
        query: the query, of which at most :data:`LONGEST` characters are read.
    """
    query = query.strip()[:LONGEST]
    folded_query, words = folded(query), _words(query)
    if not folded_query:
        return SearchResults([], 0, [], False, "")
    trace, operations = _function_of(query)
    matches = [
        (score, entry)
        for entry in index
        if (
            score := max(
                _score(entry, folded_query, words, True),
                BEGINS * (entry.item.address in operations),
            )
        )
    ]
    partial_match = not matches and len(words) > 1
    if partial_match:
        matches = [
            (score, entry)
            for entry in index
            if (score := _score(entry, folded_query, words, False))
        ]
    matches.sort(key=_rank)
    hits = [_hit(entry.item, query, words) for _, entry in matches[:MAX_HITS]]
    suggestions = [] if matches else _suggestions(index, folded_query)
    return SearchResults(
        hits, max(0, len(matches) - MAX_HITS), suggestions, partial_match and bool(matches), trace
    )


def _rank(pair: tuple[float, IndexedItem]) -> tuple[float, int, int]:
    score, entry = pair
    return -score, KINDS.index(entry.item.kind), len(entry.item.title)


def _words(text: str) -> list[str]:
    """The words to search for: without stop words, unless there are no others."""
    found = list(dict.fromkeys(map(_stem, _WORD.findall(folded(text)))))
    return ([word for word in found if word not in STOP_WORDS] or found)[:MAX_WORDS]


def _stems(texts: Iterable[str]) -> Counter[str]:
    return Counter(_stem(word) for text in texts for word in _WORD.findall(folded(text)))


def _stem(word: str) -> str:
    """A word without a plural s."""
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _score(entry: IndexedItem, folded_query: str, words: Sequence[str], every: bool) -> float:
    """The score of an item, 0 where it does not match; ``every`` requires all words to match."""
    score = 0.0
    if folded_query in entry.names:
        score = EXACT
    elif len(folded_query) > 1 and any(name.startswith(folded_query) for name in entry.names):
        score = BEGINS
    each = [_word_score(entry, word) for word in words]
    if score or (each and (all(each) if every else any(each))):
        return score + sum(each)
    return 0.0


def _word_score(entry: IndexedItem, word: str) -> float:
    """The score of one word: highest in a name, lowest in a text, where occurrences count.

    A single letter is searched for in names only.
    """
    best = 0.0
    for known, same, beginning in entry.fields if len(word) > 1 else entry.fields[:1]:
        if word in known:
            best = max(best, same + min(known[word], MAX_COUNT) / MAX_COUNT)
        elif beginning > best and len(word) > 1 and any(w.startswith(word) for w in known):
            best = beginning
    return best


def _hit(item: Item, query: str, words: Sequence[str]) -> Hit:
    title = marked(item.title, [query, *words])
    return Hit(item.kind, title, item.address, marked(_excerpt(item.text, words), words))


def marked(text: str, words: Sequence[str]) -> Markup:
    """A text as HTML, with the beginnings of words that match one of ``words`` marked."""
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
    """The part of a text around the first matching word, or its beginning."""
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


def _suggestions(index: Sequence[IndexedItem], folded_query: str) -> list[tuple[str, str]]:
    """(title, address) of items with a name or title word similar to the query."""
    by_name = {name: entry.item for entry in reversed(index) for name in entry.names}
    by_name |= {
        word: entry.item
        for entry in reversed(index)
        for word in _WORD.findall(folded(entry.item.title))
        if len(word) > 3
    }
    close = get_close_matches(folded_query, by_name, 5, 0.6)
    return list(dict.fromkeys((by_name[name].title, by_name[name].address) for name in close))


def _function_of(query: str) -> tuple[str, frozenset[str]]:
    """The address of the query's trace, and those of its operations; empty if it is no function."""
    if not _FORMULA.search(query):
        return "", frozenset()
    try:
        program = parse(query)
    except InputError:
        return "", frozenset()
    if not program.rows or not program.inputs:
        return "", frozenset()
    operations = frozenset(address(program.ops[slot]) for slot in program.rows)
    return State(query).address(), operations
