"""Compare a typed number or formula with the right one.

Numbers are compared to the digits that were written, formulas by their values at several points in
IEEE arithmetic. SymPy is not used, so that a comparison takes microseconds.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from unicodedata import numeric

from adexplain import budgets
from adexplain.errors import BudgetError, InputError
from adexplain.evaluate.run import FLOATS, run
from adexplain.language import parse
from adexplain.program import Constant, Program

SAMPLE_POINTS = 12
"""Points at which two formulas are compared, besides the given point."""
MIN_POINTS = 3
"""Points at which both formulas must have a value, or they do not count as equal."""
MIN_DIGITS = 2
"""Fewest significant digits of a rounded number: 3 does not count as 3.01 rounded."""

_EXAMPLE = (
    "Write a number such as 1.5, a fraction such as -3/4, or an expression such as sqrt(3)/2."
)
_DECIMAL = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<digits>\d+(?:[.,]\d*)?|[.,]\d+)"
    r"(?:[eE](?P<power>[+-]?\d{1,4})|\s*[*·×⋅∙]\s*10\s*(?:\^|\*\*)\s*[({]?(?P<ten>[+-]?\d{1,4})[)}]?)?"
)
_MIXED = re.compile(
    r"(?P<sign>[+-]?)\s*(?:(?P<whole>\d{1,9})\s+)?(?P<above>\d{1,9})\s*[/⁄]\s*(?P<below>\d{1,9})"
)
_VULGAR = re.compile(r"(?P<sign>[+-]?)\s*(?P<whole>\d{0,9})\s*(?P<part>[¼½¾⅐-⅞])")
_ROOT = re.compile(r"\bsqrt(\d+)")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
"""A number with separators between thousands, as the pages print it."""
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_LIST_OR_CALL = re.compile(r"\[|\w\s*\([^()]*,")
"""A list, or a call with several arguments: its comma is not a decimal comma."""
_WORDS = {"inf": math.inf, "infinity": math.inf, "∞": math.inf, "nan": math.nan}
_RELATIVE_ERROR = 1e-12
"""Relative error allowed in a number written with all its digits: a few roundings of a float."""
_ZERO = 1e-14
"""Numbers up to this size count as 0: floats give 6e-17 for cos(pi/2)."""


class Match(Enum):
    """How an answer compares with the right one."""

    EXACT = "exact"
    ROUNDED = "rounded"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number as it was written.

    Attributes:
        value: the number.
        unit: one unit of its last digit; 0.0 where it was written exactly (a fraction, √3/2).
        digits: the number of significant digits; 17 where it was written exactly.
    """

    value: float
    unit: float = 0.0
    digits: int = 17


def read_number(given: str) -> WrittenNumber:
    """Read a number, fraction or constant expression, with the digits it was written with.

    Raises:
        InputError: it is not a number; the span is within ``given``.
    """
    if len(given) > budgets.NUMBER_LENGTH:
        raise BudgetError(
            f"A number has more than {budgets.NUMBER_LENGTH} characters.", (0, len(given)), _EXAMPLE
        )
    text = given.replace("−", "-").replace("–", "-").replace("\u00a0", " ")
    start = len(text) - len(text.lstrip(" \t\n=≈≃~"))
    text = text[start:].rstrip()
    if not text:
        raise InputError("There is no number here.", (0, len(given)), _EXAMPLE)
    word = _WORDS.get(text.lstrip("+-").lower())
    if word is not None:
        return WrittenNumber(-word if text.startswith("-") else word)
    match = _DECIMAL.fullmatch(text)  # with one comma: a decimal one
    if not match and _GROUPED.fullmatch(text):
        match = _DECIMAL.fullmatch(text.replace(",", ""))
    if match:
        return _decimal(match)
    if not _LIST_OR_CALL.search(text):
        text = _COMMA.sub(".", text)
    return _fraction(text) or _expression(_ROOT.sub(r"(√\1) ", text), start)


def _fraction(text: str) -> WrittenNumber | None:
    """A mixed number such as ``3 1/2`` or ``3½``; None if the text is neither."""
    if match := _VULGAR.fullmatch(text):
        part = Fraction(numeric(match["part"])).limit_denominator(10)
    elif (match := _MIXED.fullmatch(text)) and int(match["below"]):
        part = Fraction(int(match["above"]), int(match["below"]))
    else:
        return None
    return WrittenNumber(
        float((int(match["whole"] or 0) + part) * (-1 if match["sign"] == "-" else 1))
    )


def _decimal(match: re.Match[str]) -> WrittenNumber:
    digits = match["digits"].replace(",", ".")
    power = int(match["power"] or match["ten"] or 0)
    whole, _, fraction = digits.partition(".")
    value = float(f"{match['sign']}{digits}e{power}")
    significant = len((whole + fraction).lstrip("0"))
    return WrittenNumber(value, float(f"1e{power - len(fraction)}"), significant)


def _expression(text: str, start: int) -> WrittenNumber:
    """A constant expression; its decimals are known to half a unit of their last digit."""
    try:
        program = parse(text)
    except InputError as error:
        span = error.span and (error.span[0] + start, error.span[1] + start)
        raise InputError(error.message, span, error.hint or _EXAMPLE) from error
    if program.inputs or len(program.outputs) != 1:
        what = f"contains the variable {program.input_names[0]}" if program.inputs else "is a list"
        raise InputError(f"This {what}: it is no number.", (start, start + len(text)), _EXAMPLE)
    value = _constant_value(program, {})
    spread = 0.0
    for slot, constant in program.constants.items():
        match = None if constant.symbol else _DECIMAL.fullmatch(constant.text)
        if match and "." in constant.text:
            written = _decimal(match)
            shifted = Constant.of(written.value + written.unit / 2)
            spread += abs(_constant_value(program, {slot: shifted}) - value)
    if not spread or not math.isfinite(value) or not math.isfinite(spread):
        return WrittenNumber(value)
    # 0.02*1.35 + 1.49*2 is known to two digits, although some factors have three.
    digits = 1 + math.floor(math.log10(max(abs(value) / (2 * spread), 1.0)))
    return WrittenNumber(value, 2 * spread, digits)


def _constant_value(program: Program, instead: Mapping[int, Constant]) -> float:
    constants = {c: instead.get(slot, c).value for slot, c in program.constants.items()}
    arithmetic = replace(FLOATS, constant=lambda c: constants[c])
    found = run(program, (), arithmetic)[program.outputs[0]]
    return math.nan if found is None else float(found)


def same_number(given: str, true: float) -> Match:
    """Compare a typed number with the true one.

    Args:
        given: a decimal (also ``1,5`` and ``−2·10^-3``), a fraction, or a constant expression such
            as ``sqrt(3)/2``. ``1,000`` is accepted for one and for a thousand.
        true: the number it should be.

    Returns:
        ROUNDED if it is the true number rounded or truncated to the digits given, at least two.

    Raises:
        InputError: the text is not a number; the span is within ``given``.
    """
    match = compare_numbers(read_number(given), true)
    if match is Match.WRONG and _GROUPED.fullmatch(given.strip()):
        return compare_numbers(read_number(given.replace(",", "")), true)
    return match


def compare_numbers(given: WrittenNumber, true: float) -> Match:
    """Like :func:`same_number`, for a number that was already read."""
    value = given.value
    if not (math.isfinite(value) and math.isfinite(true)):
        same = value == true or (math.isnan(value) and math.isnan(true))
        return Match.EXACT if same else Match.WRONG
    error = abs(value - true)
    if error <= _RELATIVE_ERROR * max(abs(value), abs(true)) or (value == 0.0 and error <= _ZERO):
        return Match.EXACT
    if given.unit and given.digits >= MIN_DIGITS and rounds_to(given, true):
        return Match.ROUNDED
    return Match.WRONG


def right_to_one_digit(given: WrittenNumber, true: float) -> bool:
    """Whether a number is rounded correctly, but to too few digits to count as right."""
    return given.digits < MIN_DIGITS and 0 < given.unit < 1 and rounds_to(given, true)


def rounds_to(given: WrittenNumber, true: float) -> bool:
    """Whether a finite number is the true one rounded or truncated at the last digit given."""
    value, unit = Decimal(given.value), Decimal(given.unit)
    exact = Decimal(true)
    # The float of a decimal tie lies beside the tie, so allow for its last bits.
    slack = Decimal("4e-16") * max(abs(value), abs(exact))
    if abs(value - exact) <= unit / 2 + slack:
        return True
    cut = abs(exact) - abs(value)
    return (value == 0 or (value > 0) == (exact > 0)) and 0 <= cut < unit - slack


def same_formula(given: Program, expected: Program, near: Mapping[str, float]) -> bool:
    """Whether two programs are the same function, judged at a point and at points around it.

    Args:
        given, expected: their inputs are matched by name.
        near: the point; names without a value in it are taken as 1.

    Points where only one of them has a value are skipped (``ln(x^2)`` and ``2 ln x`` at −1), except
    ``near`` itself: there ``given`` must have a value if ``expected`` does.
    """
    if len(given.outputs) != len(expected.outputs):
        return False
    names = list(dict.fromkeys([*expected.input_names, *given.input_names]))
    agreed = 0
    for number, point in enumerate(points_around(names, near)):
        found = [_results(program, point) for program in (given, expected)]
        if not all(math.isfinite(value) for values, _ in found for value in values):
            known = all(math.isfinite(value) for value in found[1][0])
            if number == 0 and known:
                return False
            continue
        scale = max(found[0][1], found[1][1])
        if not all(close(a, b, scale) for a, b in zip(found[0][0], found[1][0], strict=True)):
            return False
        agreed += 1
    return agreed >= (MIN_POINTS if names else 1)


def points_around(names: Sequence[str], near: Mapping[str, float]) -> list[dict[str, float]]:
    """The point itself, then points at growing distances from it; the same points on every call."""
    source = random.Random(20081123)  # a fixed seed, so that every run compares at the same points
    points = [{name: near.get(name, 1.0) for name in names}]
    for number in range(SAMPLE_POINTS):
        reach = (0.02, 0.2, 0.7)[number % 3]
        shifted = {}
        for name in names:
            here = near.get(name, 1.0)
            shifted[name] = here + reach * source.uniform(-1.0, 1.0) * max(abs(here), 0.5)
        points.append(shifted)
    return points


def close(first: float, second: float, scale: float = 0.0) -> bool:
    """Whether two numbers agree up to rounding errors.

    Args:
        first, second: the numbers.
        scale: the largest intermediate result, whose rounding error is allowed too.
    """
    return abs(first - second) <= 1e-9 * max(abs(first), abs(second)) + 1e-14 * scale + 1e-300


def _results(program: Program, point: Mapping[str, float]) -> tuple[list[float], float]:
    """The outputs, and the largest finite intermediate result."""
    values = run(program, [point[name] for name in program.input_names], FLOATS)
    numbers = [abs(float(v)) for v in values if v is not None]
    scale = max((v for v in numbers if math.isfinite(v)), default=0.0)
    results = [values[slot] for slot in program.outputs]
    return [math.nan if v is None else float(v) for v in results], scale
