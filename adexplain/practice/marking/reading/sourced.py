"""Text that remembers where each of its characters was typed, however often it is rewritten."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from adexplain.errors import Span

Piece = str | int
"""Of a replacement: new text, or the number of a group that keeps its places."""


class Sourced:
    """A text and the place of each of its characters in what a person typed."""

    __slots__ = ("origin", "text")

    def __init__(self, text: str, origin: Sequence[int] | None = None, start: int = 0) -> None:
        self.text = text
        self.origin = list(range(start, start + len(text))) if origin is None else list(origin)

    def __getitem__(self, part: slice) -> Sourced:
        return Sourced(self.text[part], self.origin[part])

    def __add__(self, other: Sourced) -> Sourced:
        return Sourced(self.text + other.text, self.origin + other.origin)

    def strip(self, characters: str | None = None) -> Sourced:
        """The same without blanks, or these characters, at both ends."""
        left = len(self.text) - len(self.text.lstrip(characters))
        return self[left : left + len(self.text.strip(characters))]

    def sub(
        self, pattern: re.Pattern[str], make: Callable[[re.Match[str]], Sequence[Piece]]
    ) -> Sourced:
        """Each match replaced by pieces; None of them leave it as it is."""
        text: list[str] = []
        origin: list[int] = []
        last = 0
        for match in pattern.finditer(self.text):
            text.append(self.text[last : match.start()])
            origin += self.origin[last : match.start()]
            # New text belongs to the match's first character, behind a kept group to its last.
            ends = (match.start(), max(match.end() - 1, match.start()))
            first_place, last_place = (self.origin[e] if e < len(self.origin) else 0 for e in ends)
            here = first_place
            for piece in make(match):
                if isinstance(piece, int):
                    first, end = match.span(piece)
                    text.append(self.text[first:end])
                    origin += self.origin[first:end]
                    here = last_place
                else:
                    text.append(piece)
                    origin += [here] * len(piece)
            last = match.end()
        text.append(self.text[last:])
        origin += self.origin[last:]
        return Sourced("".join(text), origin)

    def split(self, pattern: re.Pattern[str]) -> Iterator[Sourced]:
        """The parts between the matches."""
        last = 0
        for match in pattern.finditer(self.text):
            yield self[last : match.start()]
            last = match.end()
        yield self[last : len(self.text)]

    def split_outside(self, sign: str) -> Iterator[Sourced]:
        """The parts between the signs that stand outside brackets."""
        depth, last = 0, 0
        for place, character in enumerate(self.text):
            depth += (character in "([{⟨") - (character in ")]}⟩")
            if character == sign and depth <= 0:
                yield self[last:place]
                last = place + 1
        yield self[last : len(self.text)]

    @property
    def span(self) -> Span:
        """The characters it came from; (0, 0) of nothing."""
        if not self.origin:
            return (0, 0)
        return min(self.origin), max(self.origin) + 1

    def typed(self, span: Span | None) -> Span:
        """Where a stretch of this text was typed."""
        if not self.origin or span is None:
            return self.span
        start = min(max(span[0], 0), len(self.origin) - 1)
        end = min(max(span[1] - 1, start), len(self.origin) - 1)
        return self.origin[start], max(self.origin[start], self.origin[end]) + 1
