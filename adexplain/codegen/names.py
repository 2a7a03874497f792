"""Python identifiers for whatever people call their variables."""

from __future__ import annotations

import builtins
import keyword
import unicodedata

from adexplain.primitives import kernels
from adexplain.program import SYMBOLS

RESERVED = frozenset(
    (*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *kernels.__all__, *SYMBOLS, "math")
)
"""What no variable may be called: it would be no identifier, or hide what the code calls."""


class Mangler:
    """Gives every name an identifier of its own.

    Python compares identifiers after NFKC normalization, so that µ (micro) and μ (mu) are one to it
    although they are two variables here; ``lambda`` and ``abs`` are taken; and not every letter of
    a name is allowed. Whatever collides gets underscores.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set(RESERVED)

    def identifier(self, name: str) -> str:
        """A new identifier, ``name`` itself where that is possible."""
        candidate = unicodedata.normalize("NFKC", name)
        if not candidate.isidentifier():
            letters = (c if ("_" + c).isidentifier() else f"_{ord(c):x}_" for c in candidate)
            candidate = "".join(letters)
            if not candidate.isidentifier():
                candidate = f"v_{candidate}"
        while candidate in self._taken:
            candidate += "_"
        self._taken.add(candidate)
        return candidate
