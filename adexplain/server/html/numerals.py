"""Numbers as a page shows them: five significant digits, with all digits at hand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from adexplain.server.html.mathml import in_a_line, typeset

Data = Mapping[str, Any]
"""A part of what ``Explanation.to_dict()`` gives."""

DIGITS = 5
MINUS = "−"
_WORDS = {"inf": "∞", "-inf": f"{MINUS}∞", "nan": "NaN"}


@dataclass(frozen=True)
class Numeral:
    """A number for the page: what is shown, the same without markup, and all its digits."""

    html: Markup
    text: str
    full: str


def to_float(value: Any) -> float | None:
    """A number of an ``Explanation.to_dict()``: those JSON lacks are words there."""
    return None if value is None else float(value)


def plain(value: float) -> str:
    """All digits, as short as they can be, the way a person types them (``2``, ``-1e-07``)."""
    text = repr(value)
    return text.removesuffix(".0")


def numeral(value: Any, *, given: bool = False) -> Numeral | None:
    """``value`` for the page; ``given`` numbers (seeds, constants) keep the form they have.

    A computed number shows its precision (``2.0000``), a given one its exactness (``2``), and
    an exact zero is always ``0``.
    """
    number = to_float(value)
    if number is None:
        return None
    full = plain(number)
    if full in _WORDS:
        return Numeral(Markup(_WORDS[full]), _WORDS[full], full)
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
    """``number`` at so many significant digits: in full, or a mantissa with an exponent."""
    mantissa, _, power = f"{number:.{digits - 1}e}".partition("e")
    exponent = int(power)
    if -5 < exponent < digits:
        return f"{number:.{digits - 1 - exponent}f}".replace("-", MINUS), None
    return mantissa.replace("-", MINUS), exponent


def unmatched(value: float, digits: int = 14) -> str:
    """``value`` at so many digits where there is no reference to part from."""
    return _WORDS.get(plain(value)) or f"{value:.{digits}g}".replace("-", MINUS)


def matching(value: float, reference: str, digits: int = 14) -> tuple[str, str]:
    """``value`` at so many digits, cut where it parts from ``reference`` (a decimal string).

    Both are rounded to the same digits before they are compared, so that 0.9999 against 1.0000
    parts at once although the two are close: the count of digits tells how close.
    """
    shown = f"{value:.{digits}g}"
    if not math.isfinite(value):
        return "", _WORDS[plain(value)]
    try:
        wanted = f"{float(Decimal(reference)):.{digits}g}"
    except ArithmeticError:
        return shown.replace("-", MINUS), ""
    if shown == wanted:
        return shown.replace("-", MINUS), ""
    common = 0
    for ours, theirs in zip(shown, wanted, strict=False):
        if ours != theirs:
            break
        common += 1
    return shown[:common].replace("-", MINUS), shown[common:].replace("-", MINUS)


def number_of(item: Data, kind: str, *, given: bool = False, exact: str = "") -> Numeral | None:
    """A number of a row or contribution: exact where that is known, always with its digits.

    Args:
        item: the row or contribution.
        kind: which of its numbers.
        given: as for :func:`numeral`.
        exact: the number's name among the exact ones, where that differs.
    """
    return exactly(numeral(item[kind], given=given), item, exact or kind)


def exactly(shown: Numeral | None, item: Data | None, kind: str) -> Numeral | None:
    """A number in the exact form that an item holds, if it does."""
    latex = item and (item["exact"] or {}).get(f"{kind}_latex")
    return Numeral(typeset(in_a_line(latex)), shown.text, shown.full) if shown and latex else shown
