"""Text with a source map: the position of each character in the typed text survives rewriting."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from adexplain.errors import Span

Replacement = str | int
"""Part of a replacement: new text, or the number of a group that keeps its positions."""


class MappedText:
    """A text, and the position of each of its characters in the typed text."""

    __slots__ = ("positions", "text")

    def __init__(self, text: str, positions: Sequence[int] | None = None, start: int = 0) -> None:
        self.text = text
        self.positions = (
            list(range(start, start + len(text))) if positions is None else list(positions)
        )

    def __getitem__(self, part: slice) -> MappedText:
        return MappedText(self.text[part], self.positions[part])

    def __add__(self, other: MappedText) -> MappedText:
        return MappedText(self.text + other.text, self.positions + other.positions)

    def strip(self, characters: str | None = None) -> MappedText:
        """The text without whitespace, or these characters, at both ends."""
        left = len(self.text) - len(self.text.lstrip(characters))
        return self[left : left + len(self.text.strip(characters))]

    def sub(
        self, pattern: re.Pattern[str], make: Callable[[re.Match[str]], Sequence[Replacement]]
    ) -> MappedText:
        """The text with each match replaced by what ``make`` returns; [0] keeps the match."""
        text: list[str] = []
        positions: list[int] = []
        last = 0
        for match in pattern.finditer(self.text):
            text.append(self.text[last : match.start()])
            positions += self.positions[last : match.start()]
            # New text gets the position of the match's first character, after a kept group of its
            # last.
            ends = (match.start(), max(match.end() - 1, match.start()))
            first_place, last_place = (
                self.positions[e] if e < len(self.positions) else 0 for e in ends
            )
            here = first_place
            for piece in make(match):
                if isinstance(piece, int):
                    first, end = match.span(piece)
                    text.append(self.text[first:end])
                    positions += self.positions[first:end]
                    here = last_place
                else:
                    text.append(piece)
                    positions += [here] * len(piece)
            last = match.end()
        text.append(self.text[last:])
        positions += self.positions[last:]
        return MappedText("".join(text), positions)

    def split(self, pattern: re.Pattern[str]) -> Iterator[MappedText]:
        """The parts between the matches of a pattern."""
        last = 0
        for match in pattern.finditer(self.text):
            yield self[last : match.start()]
            last = match.end()
        yield self[last : len(self.text)]

    def split_outside(self, separator: str) -> Iterator[MappedText]:
        """The parts between separators outside brackets."""
        depth, last = 0, 0
        for place, character in enumerate(self.text):
            depth += (character in "([{⟨") - (character in ")]}⟩")
            if character == separator and depth <= 0:
                yield self[last:place]
                last = place + 1
        yield self[last : len(self.text)]

    @property
    def span(self) -> Span:
        """The span of the typed text that it came from; (0, 0) of an empty text."""
        if not self.positions:
            return (0, 0)
        return min(self.positions), max(self.positions) + 1

    def original_span(self, span: Span | None) -> Span:
        """The span of the typed text that a span of this text came from."""
        if not self.positions or span is None:
            return self.span
        start = min(max(span[0], 0), len(self.positions) - 1)
        end = min(max(span[1] - 1, start), len(self.positions) - 1)
        return self.positions[start], max(self.positions[start], self.positions[end]) + 1
