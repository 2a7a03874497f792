"""Parsed Markdown text of a lesson, from between fences or within them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from adexplain.lessons.markdown import TokenLine, numbers_in, parser, pieces

MATHS = ("math_inline", "math_inline_double", "math_block", "math_block_label")


@dataclass(frozen=True)
class Prose:
    """Parsed Markdown; ``line`` is the line of the file from which the tokens' maps count."""

    tokens: tuple[Token, ...]
    line: int

    @classmethod
    def of(cls, text: str, line: int) -> Prose:
        """Parse a text that begins at a line of a file."""
        return cls(tuple(parser().parse(text)), line)

    def __bool__(self) -> bool:
        """Whether there is any text."""
        return bool(self.tokens)

    def pieces(self) -> Iterator[TokenLine]:
        """Every token with its line."""
        return pieces(self.tokens, self.line)

    def numbers(self) -> Iterator[tuple[str, int]]:
        """The references to computed numbers, also in formulas, with their lines."""
        for token, line in self.pieces():
            if token.type == "number":
                yield token.content, line
            elif token.type in MATHS:
                for reference in numbers_in(token.content):
                    yield reference, line
