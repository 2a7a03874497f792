"""Check the numbers that are typed in a lesson: each must be given, computed or claimed.

``lessons/NN-slug/claims.toml`` lists the claims: the words as they occur in the lesson, and the
source they are from, or the check in ``tests/lessons/claims.py`` that verifies them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from adexplain.lessons import library
from adexplain.lessons.faults import LessonError
from adexplain.lessons.fences import Chart, Check, CodeBlock, Exercise, Question, Trace
from adexplain.lessons.lesson import Lesson, texts_of
from adexplain.lessons.prose import Prose
from adexplain.lessons.tables import Table, table

_NUMERAL = re.compile(r"(?<![\w.])(?:\d+(?:[.,]\d+)*)(?![\w]*\.\d)")
_COMPUTED = re.compile(r"\[\[.*?\]\]|\[\^[^\]]*\]|\]\([^)]*\)", re.DOTALL)
_LINE = re.compile(r"^\[\[claim\]\]", re.MULTILINE)


@dataclass(frozen=True)
class Claim:
    """Words with a number in them, backed by a source or a check.

    Attributes:
        line: its line in ``claims.toml``.
        text: the words as they occur in the lesson.
        source: a key of ``sources.toml``, or "".
        check: the name of a check, or "".
    """

    line: int
    text: str
    source: str
    check: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """A pattern for the words, however they are broken into lines."""
        return re.compile(r"\s+".join(re.escape(word) for word in self.text.split()))


def claims(path: Path) -> list[Claim]:
    """Read the claims in a file; [] if there is no such file.

    Raises:
        LessonError: the file cannot be read, or a claim has neither a source nor a check.
    """
    if not path.is_file():
        return []
    text = path.read_text("utf-8").replace("\r\n", "\n")
    document = table(path, 1, text, "list of claims")
    document.allow_only(("claim",))
    starts = [text.count("\n", 0, match.start()) for match in _LINE.finditer(text)]
    lines = text.split("\n")
    found = []
    for values, start in zip(document.get("claim", list, []), starts, strict=True):
        claim_table = Table(path, start + 1, "\n".join(lines[start:]), values, "claim")
        claim_table.allow_only(("text", "source", "is"))
        source, check = claim_table.get("source", str, ""), claim_table.get("is", str, "")
        if not source and not check:
            raise claim_table.fault("text", "A claim names its `source`, or its check by `is`.")
        found.append(Claim(start + 1, claim_table.get("text", str), source, check))
    return found


def claims_of(lesson: Lesson) -> list[Claim]:
    """The claims of a lesson."""
    return claims(lesson.path.with_name("claims.toml"))


def stray_numbers(lesson: Lesson) -> Iterator[LessonError]:
    """Numbers of three digits or with a point that are neither computed, given nor claimed.

    Also claims that the lesson does not make, and claims with an unknown source.
    """
    path = lesson.path.with_name("claims.toml")
    try:
        listed = claims(path)
    except LessonError as error:
        yield error
        return
    unused = set(range(len(listed)))
    given_numbers = _given_numbers(lesson)
    for text, line in _raw(lesson):
        rest = _COMPUTED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
        for k, claim in enumerate(listed):
            if claim.pattern.search(rest):
                unused.discard(k)
                rest = claim.pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), rest)
        for match in _NUMERAL.finditer(rest):
            numeral = match[0].rstrip(".,")
            digits = sum(sign.isdigit() for sign in numeral)
            if (digits >= 3 or "." in numeral) and numeral not in given_numbers:
                hint = "Let the product compute it, or add it to claims.toml."
                where = line + rest.count("\n", 0, match.start())
                yield lesson.fault(
                    where, f"The number {numeral} is neither computed nor claimed.", hint
                )
    for k, claim in enumerate(listed):
        if k in unused:
            yield LessonError(path, claim.line, f"The lesson does not say {claim.text!r}.")
        if claim.source and claim.source not in library.works():
            yield LessonError(path, claim.line, f"There is no source {claim.source!r}.")


def _given_numbers(lesson: Lesson) -> set[str]:
    """Numbers that occur in the functions, points, code and seeds that readers see."""
    texts: list[str] = []
    for part in lesson.parts:
        if isinstance(part, (Trace, Chart, Check)):
            texts += [part.f, *part.at.values()]
        if isinstance(part, Chart):
            texts += [str(size) for size in part.sizes]
        if isinstance(part, Check):
            texts.append(part.work)
        if isinstance(part, CodeBlock):
            texts += [part.text, part.output or ""]
        if isinstance(part, Exercise):
            texts.append(str(part.seed))
    for prose in lesson.texts():  # operands of computed numbers
        texts += [reference for reference, _ in prose.numbers() if reference.startswith("=")]
    return {match[0] for text in texts for match in re.finditer(r"\d+(?:\.\d+)?", text)}


def _raw(lesson: Lesson) -> Iterator[tuple[str, int]]:
    """Every text as it was typed, with its first line."""
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
    """The source lines of each block, unparsed, as a claim may span the cells of a table row."""
    end = 0
    for token in prose.tokens:
        if token.map and token.map[0] >= end:
            start, end = token.map
            first = prose.line + start
            yield "\n".join(lines[first - 1 : prose.line + end - 1]), first
