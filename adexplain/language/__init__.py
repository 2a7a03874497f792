"""Text → Program: tokens, a Pratt parser for expressions, and lines of assignments."""

from adexplain.language.statements import parse

__all__ = ["parse"]
