"""Typed text → ``Program``: tokens, a Pratt parser for expressions, assignments; and printing."""

from adexplain.language.statements import parse

__all__ = ["parse"]
