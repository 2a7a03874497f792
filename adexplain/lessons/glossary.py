"""Read the glossary: ``lessons/glossary.md``, with a heading and a definition for each term."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from pathlib import Path

from adexplain.lessons.faults import LessonError
from adexplain.lessons.markdown import parser
from adexplain.lessons.prose import MATHS, Prose


@dataclass(frozen=True)
class Term:
    """A term of the glossary, its anchor on the page, and its definition."""

    name: str
    anchor: str
    text: Prose
    line: int

    @property
    def plain(self) -> str:
        """The definition as plain text for a tooltip, up to the first sentence with a formula."""
        inline = next(token for token in self.text.tokens if token.type == "inline")
        parts = (
            _FORMULA if child.type in MATHS else child.content or " "
            for child in inline.children or ()
            if child.nesting == 0
        )
        sentences = re.split(r"(?<=\.)\s+", "".join(parts))
        kept = itertools.takewhile(lambda sentence: _FORMULA not in sentence, sentences)
        return " ".join(kept)


_FORMULA = "\x00"


def anchor(name: str) -> str:
    """The anchor of a heading, such as ``chain-rule``."""
    return re.sub(r"[^\w]+", "-", name.lower()).strip("-")


def glossary(path: Path) -> dict[str, Term]:
    """The terms in order, by name in lower case.

    Raises:
        LessonError: a term is defined twice, or has no definition.
    """
    tokens = parser().parse(path.read_text("utf-8").replace("\r\n", "\n"))
    starts = [k for k, token in enumerate(tokens) if token.type == "heading_open"]
    found: dict[str, Term] = {}
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        if tokens[start].tag != "h2":
            continue  # the page's own title
        name = tokens[start + 1].content.strip()
        line = (tokens[start].map or [0])[0] + 1
        if name.lower() in found:
            raise LessonError(path, line, f"{name!r} is defined twice.")
        text = Prose(tuple(tokens[start + 3 : end]), 1)
        if not text:
            raise LessonError(path, line, f"{name!r} has no definition.")
        found[name.lower()] = Term(name, anchor(name), text, line)
    return found


def term(text: str, terms: dict[str, Term]) -> Term | None:
    """The term for the text of a link, in singular or plural; None if there is none."""
    word = " ".join(text.lower().split())
    for form in (word, word.removesuffix("s"), word.removesuffix("es"), f"{word[:-3]}y"):
        if form in terms:
            return terms[form]
    return None
