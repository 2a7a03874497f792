"""Numbers as text: five significant digits where they were computed."""

from __future__ import annotations

import re

DIGITS = 5
_ZEROS = re.compile(r"e\+0*")


def full(value: float) -> str:
    """All digits, as short as they can be: 2, 5.5, 1e-7."""
    return _ZEROS.sub("e", repr(float(value)).removesuffix(".0")).replace("e-0", "e-")


def printed(text: str) -> str:
    """A number's text with the signs of print: −, ∞, NaN."""
    return text.replace("-", "−").replace("inf", "∞").replace("nan", "NaN")


def short(value: float | None, given: bool = False, digits: int = DIGITS) -> str:
    """A number for a table; "" for one that is not computed.

    A computed number shows its precision (2.0000), a given one its exactness (2); zero is 0.
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
