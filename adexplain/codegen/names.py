"""Names of variables → Python identifiers."""

from __future__ import annotations

import builtins
import keyword
import unicodedata
from collections.abc import Iterable, Sequence

from adexplain.primitives.ieee import CALLED
from adexplain.program import SYMBOLS

RESERVED = frozenset(
    (*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *CALLED, *SYMBOLS, "math")
)
"""Names that no variable may have: keywords, builtins and what the generated code calls."""


class Mangler:
    """Gives every name an identifier of its own.

    Python compares identifiers after NFKC normalization: µ (micro) and μ (mu) are the same to it,
    but two variables here. ``lambda`` and ``abs`` are reserved. A name may have letters that an
    identifier may not. An identifier that is not new gets underscores.
    """

    def __init__(self, reserved: Iterable[str] = RESERVED) -> None:
        self._used: set[str] = set(reserved)

    def identifier(self, name: str) -> str:
        """A new identifier, ``name`` itself where that is possible."""
        candidate = unicodedata.normalize("NFKC", name)
        if not candidate.isidentifier():
            letters = (c if ("_" + c).isidentifier() else f"_{ord(c):x}_" for c in candidate)
            candidate = "".join(letters)
            if not candidate.isidentifier():
                candidate = f"v_{candidate}"
        while candidate in self._used:
            candidate += "_"
        self._used.add(candidate)
        return candidate


def keywords(names: Sequence[str]) -> list[str]:
    """For each input the name of its argument: what Python makes of the input's name in a call.

    µ (micro) becomes μ, unless there is a μ beside it. A name that cannot be written as a keyword,
    such as ``lambda``, stays as it is, for ``function(**values)``.
    """
    taken = set(names)
    found = []
    for name in names:
        key = unicodedata.normalize("NFKC", name)
        if key != name and (key in taken or not is_keyword(key)):
            key = name
        taken.add(key)
        found.append(key)
    return found


def is_keyword(name: str) -> bool:
    """Whether a call in Python can have an argument of this name."""
    written = unicodedata.normalize("NFKC", name) == name
    return written and name.isidentifier() and not keyword.iskeyword(name)
