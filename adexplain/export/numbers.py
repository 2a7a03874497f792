"""Formats numbers for exports: five significant digits where they were computed."""

from __future__ import annotations

from adexplain.plain_numbers import DIGITS, full, short

__all__ = ["DIGITS", "factor", "full", "latex", "short"]


def latex(value: float | None, given: bool = False, digits: int = DIGITS) -> str:
    """A number as ``short`` writes it, in LaTeX's math mode."""
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
