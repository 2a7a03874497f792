"""The font of the formulas, STIX Two Math, from the installed ``ziamath`` package.

Pages load a subset with the characters that formulas here use, a tenth of the file; a browser
loads the whole font only where a page has another character.
"""

from __future__ import annotations

import io
from functools import lru_cache
from importlib.resources import files

from fontTools import subset

# In the syntax of CSS's unicode-range; a test checks that base.css has the same ranges.
RANGES = (
    "U+20-7E, U+A0, U+AC, U+AF, U+B1-B3, U+B5, U+B7, U+B9, U+D7, U+F7, U+131, U+237, U+2C9, U+2D9,"
    " U+300-308, U+391-3F5, U+2009, U+200A, U+2016, U+2026, U+2032, U+203E, U+2061-2064,"
    " U+210E, U+2190-2193, U+2202, U+2207, U+2208, U+220F, U+2211, U+2212, U+221A, U+221B, U+221E,"
    " U+2225, U+2227, U+2228, U+222B, U+2248, U+2260, U+2264, U+2265, U+22C5, U+22EF,"
    " U+2308-230B, U+27E8, U+27E9, U+1D434-1D467, U+1D6A4-1D6A5, U+1D6E2-1D71B"
)


def whole() -> bytes:
    """The font file as the package has it."""
    return (files("ziamath") / "fonts" / "STIXTwoMath-Regular.ttf").read_bytes()


@lru_cache(maxsize=1)
def part() -> bytes:
    """The font reduced to :data:`RANGES`, cached: making it takes a third of a second."""
    options = subset.Options()
    options.layout_features = ["ssty", "ccmp", "mark", "mkmk", "kern"]
    options.hinting = False
    options.drop_tables += ["DSIG"]
    font = subset.load_font(io.BytesIO(whole()), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=list(_characters()))
    subsetter.subset(font)
    out = io.BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()


def _characters() -> set[int]:
    found: set[int] = set()
    for piece in RANGES.replace("U+", "").split(","):
        first, _, last = piece.strip().partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found
