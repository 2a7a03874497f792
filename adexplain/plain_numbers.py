"""Numbers as text: with all digits, or rounded to five significant ones for a table."""

from __future__ import annotations

import re

DIGITS = 5
_ZEROS = re.compile(r"e\+0*")


def full(value: float) -> str:
    """The shortest text that reads back as the same float: 2, 5.5, 1e-7."""
    return _ZEROS.sub("e", repr(float(value)).removesuffix(".0")).replace("e-0", "e-")


def printed(text: str) -> str:
    """A number's text with typographic signs: −, ∞, NaN."""
    return text.replace("-", "−").replace("inf", "∞").replace("nan", "NaN")


def short(value: float | None, given: bool = False, digits: int = DIGITS) -> str:
    """A number for a table; "" for None.

    A computed number is padded to ``digits`` significant digits (2.0000); one that was given keeps
    its own digits (2). Zero is always 0.
    """
    if value is None:
        return ""
    text = full(value)
    if value == 0.0:
        return "0"
    if "n" in text or (given and len(text) <= digits + 2):  # inf, nan
        return text
    mantissa, _, power = f"{value:.{digits - 1}e}".partition("e")
    exponent = int(power)
    if -5 < exponent < digits:
        return f"{value:.{digits - 1 - exponent}f}"
    return f"{mantissa}e{exponent}"
