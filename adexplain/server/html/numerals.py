"""Numbers as a page shows them: five significant digits, with all digits on demand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from adexplain.server.html.mathml import inline_fractions, typeset

Data = Mapping[str, Any]
"""A part of the result of ``Explanation.to_dict()``."""

DIGITS = 5
MINUS = "−"
_NON_FINITE = {"inf": "∞", "-inf": f"{MINUS}∞", "nan": "NaN"}


@dataclass(frozen=True)
class Numeral:
    """A number for the page.

    Attributes:
        html: what is shown.
        text: the same without markup.
        full: all its digits.
    """

    html: Markup
    text: str
    full: str


def to_float(value: Any) -> float | None:
    """A number of ``Explanation.to_dict()``, where "inf", "-inf" and "nan" are strings."""
    return None if value is None else float(value)


def shortest_digits(value: float) -> str:
    """The shortest digits that mean exactly this number (``2``, ``-1e-07``)."""
    text = repr(value)
    return text.removesuffix(".0")


def numeral(value: Any, *, given: bool = False) -> Numeral | None:
    """``value`` for the page; None where there is no value.

    A computed number is shown to five digits (``2.0000``), a ``given`` one, such as a seed or a
    constant, as it was given (``2``). An exact zero is always ``0``.
    """
    number = to_float(value)
    if number is None:
        return None
    full = shortest_digits(number)
    if full in _NON_FINITE:
        return Numeral(Markup(_NON_FINITE[full]), _NON_FINITE[full], full)
    if number == 0.0:
        return Numeral(Markup("0"), "0", full)
    if given and len(full) <= DIGITS + 2:
        text = full.replace("-", MINUS)
        return Numeral(escape(text), text, full)
    mantissa, exponent = rounded(number, DIGITS)
    if exponent is None:
        return Numeral(escape(mantissa), mantissa, full)
    power = str(exponent).replace("-", MINUS)
    return Numeral(
        Markup("{}<span class='e'>×10<sup>{}</sup></span>").format(mantissa, power),
        f"{mantissa}e{power}",
        full,
    )


def rounded(number: float, digits: int) -> tuple[str, int | None]:
    """``number`` to so many significant digits: (digits, None), or (mantissa, exponent)."""
    mantissa, _, power = f"{number:.{digits - 1}e}".partition("e")
    exponent = int(power)
    if -5 < exponent < digits:
        return f"{number:.{digits - 1 - exponent}f}".replace("-", MINUS), None
    return mantissa.replace("-", MINUS), exponent


def significant_digits(value: float, digits: int = 14) -> str:
    """``value`` to at most so many significant digits."""
    return _NON_FINITE.get(shortest_digits(value)) or f"{value:.{digits}g}".replace("-", MINUS)


def split_at_mismatch(value: float, reference: str, digits: int = 14) -> tuple[str, str]:
    """``value`` to so many digits, split where it differs from ``reference``, a decimal string.

    Both are rounded to the same digits before they are compared, so 0.9999 differs from 1.0000 at
    its first digit although the two are close; the count of matching digits shows how close.
    """
    shown = f"{value:.{digits}g}"
    if not math.isfinite(value):
        return "", _NON_FINITE[shortest_digits(value)]
    try:
        wanted = f"{float(Decimal(reference)):.{digits}g}"
    except ArithmeticError:
        return shown.replace("-", MINUS), ""
    if shown == wanted:
        return shown.replace("-", MINUS), ""
    common = 0
    for digit, reference_digit in zip(shown, wanted, strict=False):
        if digit != reference_digit:
            break
        common += 1
    return shown[:common].replace("-", MINUS), shown[common:].replace("-", MINUS)


def number_of(item: Data, kind: str, *, given: bool = False, exact: str = "") -> Numeral | None:
    """A number of a row or contribution, in its exact form where there is one.

    Args:
        item: the row or contribution.
        kind: the key of the number.
        given: as for :func:`numeral`.
        exact: the key of its exact form, where that differs from ``kind``.
    """
    return in_exact_form(numeral(item[kind], given=given), item, exact or kind)


def in_exact_form(shown: Numeral | None, item: Data | None, kind: str) -> Numeral | None:
    """``shown`` in the exact form that ``item`` has for ``kind``; unchanged where it has none."""
    latex = item and (item["exact"] or {}).get(f"{kind}_latex")
    return (
        Numeral(typeset(inline_fractions(latex)), shown.text, shown.full)
        if shown and latex
        else shown
    )
