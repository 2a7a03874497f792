"""Read a lesson: its front matter, and its slides with their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from markdown_it.token import Token

from adexplain.errors import InputError
from adexplain.evaluate import points
from adexplain.explanation.explain import Explanation, explain
from adexplain.language import parse
from adexplain.lessons.faults import LessonError
from adexplain.lessons.fences import (
    Chart,
    Check,
    CodeBlock,
    Exercise,
    Fence,
    Question,
    Trace,
    fence,
)
from adexplain.lessons.front import Front, front, split
from adexplain.lessons.markdown import parser
from adexplain.lessons.prose import Prose
from adexplain.paths import folder

_SLUG = re.compile(r"\d\d-[a-z0-9-]+")
_NOTES = re.compile(r"^notes:\s*", re.IGNORECASE)

Part = Prose | Fence


@dataclass
class Slide:
    """The part of a lesson between two lines ``---``: one page in lecture mode."""

    line: int
    parts: list[Part] = field(default_factory=list)
    notes: Prose | None = None


@dataclass
class Lesson:
    """A lesson.

    Attributes:
        slug: its folder's name, such as ``04-steps``.
        path: its file.
        front: its front matter.
        slides: its slides.
    """

    slug: str
    path: Path
    front: Front
    slides: list[Slide]

    @property
    def number(self) -> int:
        """Its place among the lessons."""
        return int(self.slug[:2])

    def fault(self, line: int, message: str, hint: str = "") -> LessonError:
        """An error at a line of the lesson."""
        return LessonError(self.path, line, message, hint)

    @cached_property
    def parts(self) -> list[Part]:
        """The parts of all slides, in order."""
        return [part for slide in self.slides for part in slide.parts]

    @cached_property
    def questions(self) -> list[Question]:
        """Its questions, in order."""
        return [part for part in self.parts if isinstance(part, Question)]

    @cached_property
    def checks(self) -> list[Check]:
        """Its derivations with a mistake to be found, in order."""
        return [part for part in self.parts if isinstance(part, Check)]

    @cached_property
    def exercises(self) -> list[Exercise]:
        """Its exercises, in order."""
        return [part for part in self.parts if isinstance(part, Exercise)]

    def texts(self, notes: bool = True) -> Iterator[Prose]:
        """All texts: between fences, within fences, and the lecturer's notes."""
        for slide in self.slides:
            for part in slide.parts:
                yield from texts_of(part)
            if notes and slide.notes:
                yield slide.notes

    @cached_property
    def traces(self) -> dict[str, Explanation]:
        """The explanations of its traces, by the keys of :func:`key_of`.

        Raises:
            LessonError: a function cannot be traced at its point, or two traces have one name.
        """
        found: dict[str, Explanation] = {}
        for part in self.parts:
            if isinstance(part, Trace):
                key = key_of(part)
                if key in found:
                    raise self.fault(part.line, f"Two traces are called {part.name!r}.")
                found[key] = self._explained(part)
        return found

    def _explained(self, trace: Trace) -> Explanation:
        try:
            program = parse(trace.f)
            tangent = points.parse_seed(trace.seed, program.input_names) if trace.seed else {}
            adjoint = points.parse_seed(trace.bar, program.output_names) if trace.bar else {}
            seed = {"tangent": tangent, "adjoint": adjoint}
            at = trace.at
            unknown = [name for name in at if name not in program.input_names]
            if unknown:
                raise InputError(f"{unknown[0]} is given a value but does not occur.")
            explained = explain(program, at, trace.mode, seed, trace.exact)
        except InputError as error:
            where = trace.line + 1
            if error.span is not None:
                where = self._line_of(trace) + trace.f.count("\n", 0, error.span[0])
            raise self.fault(where, f"The trace: {error.message}", error.hint) from None
        if trace.step is not None and trace.step > explained.stepping.total:
            total = explained.stepping.total
            raise self.fault(trace.line, f"The trace has {total} steps, so no step {trace.step}.")
        return explained

    def _line_of(self, trace: Trace) -> int:
        """The line on which the function of a trace begins."""
        lines = self.path.read_text("utf-8").split("\n")
        for number in range(trace.line, len(lines)):
            start = re.match(r'\s*f\s*=\s*("""|\'\'\')?(.*)', lines[number])
            if start:
                return number + 1 + (start[1] is not None and not start[2].strip())
        return trace.line + 1


def key_of(trace: Trace) -> str:
    """The key of a trace: its name, else its line."""
    return trace.name or f"line {trace.line}"


def texts_of(part: Part) -> Iterator[Prose]:
    """The texts of a part: the part itself, or the texts in a fence."""
    if isinstance(part, Prose):
        yield part
    elif isinstance(part, Question):
        yield from (part.ask, *part.choices, part.hint, part.why)
    elif isinstance(part, (Trace, Chart)):
        yield part.caption
    elif isinstance(part, Check):
        yield part.ask


def slugs() -> list[str]:
    """The slugs of all lessons, in order."""
    found = (path.parent.name for path in folder("lessons").glob("*/lesson.md"))
    return sorted(name for name in found if _SLUG.fullmatch(name))


def read_lesson(path: Path) -> Lesson:
    """Read a lesson from its file.

    Raises:
        LessonError: it cannot be read.
    """
    head, body, before = split(path, path.read_text("utf-8").replace("\r\n", "\n"))
    slides = list(_slides(path, parser().parse(body), before + 1))
    return Lesson(path.parent.name, path, front(path, head), slides)


def _slides(path: Path, tokens: Sequence[Token], line: int) -> Iterator[Slide]:
    """The slides; ``line`` is the line on which the body begins."""
    slide = Slide(line)
    for group in _groups(tokens):
        first = group[0]
        here = line + (first.map[0] if first.map else 0)
        if first.type == "hr":
            yield slide
            slide = Slide(here + 1)
        elif first.type == "fence":
            _add(path, slide, fence(path, here, first.info, first.content))
        elif first.type == "blockquote_open" and _are_notes(group):
            if slide.notes:
                raise LessonError(path, here, "A page has one block of notes.", "Join the two.")
            slide.notes = Prose(tuple(_without_word(group[1:-1])), line)
        else:
            if first.type == "heading_open" and first.tag == "h1":
                hint = "Sections begin with ##; the title stands in the head."
                raise LessonError(path, here, "A heading # in a lesson.", hint)
            _add(path, slide, Prose(tuple(group), line))
    yield slide


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each top-level block, from its opening to its closing token."""
    group: list[Token] = []
    for token in tokens:
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []


def _add(path: Path, slide: Slide, part: Part) -> None:
    """Add a part to a slide: join adjacent prose, and give output to the code block before it."""
    last = slide.parts[-1] if slide.parts else None
    if isinstance(part, Prose) and isinstance(last, Prose):
        slide.parts[-1] = Prose(last.tokens + part.tokens, last.line)
    elif isinstance(part, CodeBlock) and part.language == "output":
        if not isinstance(last, CodeBlock) or last.language != "python":
            raise LessonError(path, part.line, "Output stands behind the Python that prints it.")
        slide.parts[-1] = CodeBlock(last.line, last.language, last.text, part.text)
    else:
        slide.parts.append(part)


def _are_notes(group: Sequence[Token]) -> bool:
    inline = next((token for token in group if token.type == "inline"), None)
    return inline is not None and _NOTES.match(inline.content) is not None


def _without_word(tokens: Sequence[Token]) -> Sequence[Token]:
    """The notes without the leading word "Notes:"."""
    inline = next(token for token in tokens if token.type == "inline")
    children = inline.children or []
    children[0].content = _NOTES.sub("", children[0].content)
    if not children[0].content and len(children) > 1 and children[1].type == "softbreak":
        del children[:2]
    return tokens
