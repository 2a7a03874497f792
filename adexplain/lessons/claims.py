"""The numbers that stand in a lesson as typed: each is one of its traces', or is claimed.

``lessons/NN-slug/claims.toml`` holds the claims: the words as they stand in the lesson, the work
they are from, and the check in ``tests/lessons/claims.py`` that holds them true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from adexplain.lessons import library
from adexplain.lessons.faults import LessonError
from adexplain.lessons.fences import Chart, Check, Exercise, Listing, Question, Trace
from adexplain.lessons.lesson import Lesson, texts_of
from adexplain.lessons.prose import Prose
from adexplain.lessons.tables import Table, table

_NUMERAL = re.compile(r"(?<![\w.])(?:\d+(?:[.,]\d+)*)(?![\w]*\.\d)")
_COMPUTED = re.compile(r"\[\[.*?\]\]|\[\^[^\]]*\]|\]\([^)]*\)", re.DOTALL)
_LINE = re.compile(r"^\[\[claim\]\]", re.MULTILINE)


@dataclass(frozen=True)
class Claim:
    """Words with a number in them that somebody vouches for.

    Attributes:
        line: where it stands in its file.
        text: the words as they stand in the lesson.
        source: a key of ``sources.toml``, or "".
        holds: the name of a check, or "".
    """

    line: int
    text: str
    source: str
    holds: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """The words wherever lines are broken."""
        return re.compile(r"\s+".join(re.escape(word) for word in self.text.split()))


def claims(path: Path) -> list[Claim]:
    """The claims of a lesson; none where it makes none.

    Raises:
        LessonError: the file cannot be read, or a claim has neither a source nor a check.
    """
    if not path.is_file():
        return []
    text = path.read_text("utf-8").replace("\r\n", "\n")
    whole = table(path, 1, text, "list of claims")
    whole.only(("claim",))
    starts = [text.count("\n", 0, match.start()) for match in _LINE.finditer(text)]
    lines = text.split("\n")
    found = []
    for values, start in zip(whole.take("claim", list, []), starts, strict=True):
        one = Table(path, start + 1, "\n".join(lines[start:]), values, "claim")
        one.only(("text", "source", "is"))
        source, holds = one.take("source", str, ""), one.take("is", str, "")
        if not source and not holds:
            raise one.fault("text", "A claim names its `source`, or its check by `is`.")
        found.append(Claim(start + 1, one.take("text", str), source, holds))
    return found


def claims_of(lesson: Lesson) -> list[Claim]:
    """The claims of a lesson."""
    return claims(lesson.path.with_name("claims.toml"))


def stray_numbers(lesson: Lesson) -> Iterator[LessonError]:
    """Numbers of three digits or with a point that are neither computed, given nor claimed."""
    path = lesson.path.with_name("claims.toml")
    try:
        made = claims(path)
    except LessonError as error:
        yield error
        return
    unused = set(range(len(made)))
    given = _given(lesson)
    for text, line in _raw(lesson):
        rest = _COMPUTED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
        for k, claim in enumerate(made):
            if claim.pattern.search(rest):
                unused.discard(k)
                rest = claim.pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), rest)
        for match in _NUMERAL.finditer(rest):
            numeral = match[0].rstrip(".,")
            digits = sum(sign.isdigit() for sign in numeral)
            if (digits >= 3 or "." in numeral) and numeral not in given:
                hint = "Let the product compute it, or add it to claims.toml."
                where = line + rest.count("\n", 0, match.start())
                yield lesson.fault(
                    where, f"The number {numeral} is neither computed nor claimed.", hint
                )
    for k, claim in enumerate(made):
        if k in unused:
            yield LessonError(path, claim.line, f"The lesson does not say {claim.text!r}.")
        if claim.source and claim.source not in library.works():
            yield LessonError(path, claim.line, f"There is no source {claim.source!r}.")


def _given(lesson: Lesson) -> set[str]:
    """Numbers that readers see in the function or the point of something on the page."""
    texts: list[str] = []
    for part in lesson.parts:
        if isinstance(part, (Trace, Chart, Check)):
            texts += [part.f, *part.at.values()]
        if isinstance(part, Chart):
            texts += [str(size) for size in part.sizes]
        if isinstance(part, Check):
            texts.append(part.work)
        if isinstance(part, Listing):
            texts += [part.text, part.output or ""]
        if isinstance(part, Exercise):
            texts.append(str(part.seed))
    for prose in lesson.texts():  # what a computed number is computed from
        texts += [reference for reference, _ in prose.numbers() if reference.startswith("=")]
    return {match[0] for text in texts for match in re.finditer(r"\d+(?:\.\d+)?", text)}


def _raw(lesson: Lesson) -> Iterator[tuple[str, int]]:
    """Every text as it was typed, with the line of its first."""
    lines = lesson.path.read_text("utf-8").replace("\r\n", "\n").split("\n")
    for goal in lesson.front.goals:
        yield goal, lesson.front.lines["goals"]
    for slide in lesson.slides:
        for part in slide.parts:
            if isinstance(part, Prose):
                yield from _source(part, lines)
                continue
            for prose in texts_of(part):
                for token in prose.tokens:
                    if token.type in ("inline", "math_block"):
                        yield token.content, prose.line
            if isinstance(part, Question) and part.answer:
                yield part.answer, part.line
        if slide.notes:
            yield from _source(slide.notes, lines)


def _source(prose: Prose, lines: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The lines of each block of a text, whole: a claim may be the row of a table."""
    end = 0
    for token in prose.tokens:
        if token.map and token.map[0] >= end:
            start, end = token.map
            first = prose.line + start
            yield "\n".join(lines[first - 1 : prose.line + end - 1]), first
