"""Numbers as an export shows them: five significant digits where they were computed."""

from __future__ import annotations

import re

DIGITS = 5
_ZEROS = re.compile(r"e\+0*")


def full(value: float) -> str:
    """All digits, as short as they can be: 2, 5.5, 1e-7."""
    return _ZEROS.sub("e", repr(float(value)).removesuffix(".0")).replace("e-0", "e-")


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


def latex(value: float | None, given: bool = False, digits: int = DIGITS) -> str:
    """The same as LaTeX, for math mode."""
    text = short(value, given, digits)
    mantissa, e, power = text.partition("e")
    if e:
        return rf"{mantissa} \times 10^{{{int(power)}}}"
    if "inf" in text:
        return text.replace("inf", r"\infty")
    return r"\mathrm{NaN}" if text == "nan" else text


def factor(text: str, negative: str = "({})") -> str:
    """A number as the second factor of a product: a negative one in brackets."""
    return negative.format(text) if text.startswith("-") else text
