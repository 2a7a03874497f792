"""Whether what a person wrote is the same number, or the same formula, as ours.

Numbers are compared by the digits that were given, formulas by their values at several points, in
the product's own arithmetic. Nothing here needs SymPy, so an answer takes microseconds.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from unicodedata import numeric

from adexplain import budgets
from adexplain.errors import BudgetError, InputError
from adexplain.evaluate.run import run
from adexplain.language import parse
from adexplain.primitives.ieee import IEEE
from adexplain.program import Constant, Program

POINTS = 12
"""Points at which two formulas are compared, besides the given one."""
FEWEST_POINTS = 3
"""Points at which both must have a value, or nothing is known about them."""
FEWEST_DIGITS = 2
"""Significant digits below which a number is no rounding of another: 3 is not 3.01."""

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
"""Thousands set apart, as the pages print them."""
_COMMA = re.compile(r"(?<=\d),(?=\d)")
_SEVERAL = re.compile(r"\[|\w\s*\([^()]*,")
"""A list, or a call of several arguments, whose comma is no decimal mark."""
_WORDS = {"inf": math.inf, "infinity": math.inf, "∞": math.inf, "nan": math.nan}
_SAME = 1e-12
"""Relative error of a number written with all its digits: some roundings of a float."""
_NOTHING = 1e-14
"""What stands for 0: floats give 6e-17 for cos(pi/2)."""


class Match(Enum):
    """How a number that was given compares with the true one."""

    EXACT = "exact"
    ROUNDED = "rounded"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Given:
    """A number as a person wrote it.

    Attributes:
        value: the number.
        unit: one unit of its last digit; 0.0 where it was written exactly (a fraction, √3/2).
        digits: how many significant digits were written; 17 where it was written exactly.
    """

    value: float
    unit: float = 0.0
    digits: int = 17


def read_number(given: str) -> Given:
    """A number, fraction or constant expression with the digits it was written with.

    Raises:
        InputError: it is no number; the span is within ``given``.
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
        return Given(-word if text.startswith("-") else word)
    match = _DECIMAL.fullmatch(text)  # with one comma: a decimal one
    if not match and _GROUPED.fullmatch(text):
        match = _DECIMAL.fullmatch(text.replace(",", ""))
    if match:
        return _decimal(match)
    if not _SEVERAL.search(text):
        text = _COMMA.sub(".", text)
    return _fraction(text) or _expression(_ROOT.sub(r"(√\1) ", text), start)


def _fraction(text: str) -> Given | None:
    """``3 1/2`` and ``3½``, as people write and telephones type them; None where it is neither."""
    if match := _VULGAR.fullmatch(text):
        part = Fraction(numeric(match["part"])).limit_denominator(10)
    elif (match := _MIXED.fullmatch(text)) and int(match["below"]):
        part = Fraction(int(match["above"]), int(match["below"]))
    else:
        return None
    return Given(float((int(match["whole"] or 0) + part) * (-1 if match["sign"] == "-" else 1)))


def _decimal(match: re.Match[str]) -> Given:
    digits = match["digits"].replace(",", ".")
    power = int(match["power"] or match["ten"] or 0)
    whole, _, fraction = digits.partition(".")
    value = float(f"{match['sign']}{digits}e{power}")
    significant = len((whole + fraction).lstrip("0"))
    return Given(value, float(f"1e{power - len(fraction)}"), significant)


def _expression(text: str, start: int) -> Given:
    """A constant expression; decimals in it are known to half a unit of their last digit."""
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
            moved = Constant.of(written.value + written.unit / 2)
            spread += abs(_constant_value(program, {slot: moved}) - value)
    if not spread or not math.isfinite(value) or not math.isfinite(spread):
        return Given(value)
    # 0.02*1.35 + 1.49*2 is known to two digits, whatever one of its factors has.
    digits = 1 + math.floor(math.log10(max(abs(value) / (2 * spread), 1.0)))
    return Given(value, 2 * spread, digits)


def _constant_value(program: Program, instead: Mapping[int, Constant]) -> float:
    constants = {c: instead.get(slot, c).value for slot, c in program.constants.items()}
    found = run(program, (), IEEE, lambda c: constants[c])[program.outputs[0]]
    return math.nan if found is None else float(found)


def same_number(given: str, true: float) -> Match:
    """Compare a number that a person typed with the true one.

    Args:
        given: a decimal (also ``1,5`` and ``−2·10^-3``), a fraction, or a constant expression of
            the product's language such as ``sqrt(3)/2``. ``1,000`` may be one or a thousand.
        true: the number it should be.

    Returns:
        ROUNDED where it is the true number rounded or cut at the digits given, at least two.

    Raises:
        InputError: the text is no number; the span is within ``given``.
    """
    match = compare_numbers(read_number(given), true)
    if match is Match.WRONG and _GROUPED.fullmatch(given.strip()):
        return compare_numbers(read_number(given.replace(",", "")), true)
    return match


def compare_numbers(given: Given, true: float) -> Match:
    """``same_number`` for a number that was read already."""
    value = given.value
    if not (math.isfinite(value) and math.isfinite(true)):
        same = value == true or (math.isnan(value) and math.isnan(true))
        return Match.EXACT if same else Match.WRONG
    error = abs(value - true)
    if error <= _SAME * max(abs(value), abs(true)) or (value == 0.0 and error <= _NOTHING):
        return Match.EXACT
    if given.unit and given.digits >= FEWEST_DIGITS and rounds_to(given, true):
        return Match.ROUNDED
    return Match.WRONG


def one_digit(given: Given, true: float) -> bool:
    """Whether it is rounded rightly, but to fewer digits than tell one number from another."""
    return given.digits < FEWEST_DIGITS and 0 < given.unit < 1 and rounds_to(given, true)


def rounds_to(given: Given, true: float) -> bool:
    """Whether a finite number is the true one rounded or cut at the last digit given."""
    value, unit = Decimal(given.value), Decimal(given.unit)
    exact = Decimal(true)
    # A decimal that lies exactly between two is a float beside them: allow for its last bits.
    slack = Decimal("4e-16") * max(abs(value), abs(exact))
    if abs(value - exact) <= unit / 2 + slack:
        return True
    cut = abs(exact) - abs(value)
    return (value == 0 or (value > 0) == (exact > 0)) and 0 <= cut < unit - slack


def same_formula(given: Program, wanted: Program, near: Mapping[str, float]) -> bool:
    """Whether two programs are the same function: at the point, and at points around it.

    Args:
        given, wanted: their inputs are matched by name.
        near: the point that is looked at; it says where the domain is.

    Where only one of them has a value (``ln(x^2)`` and ``2 ln x`` at −1) nothing is said; at the
    point itself both must have one if ``wanted`` does.
    """
    if len(given.outputs) != len(wanted.outputs):
        return False
    names = list(dict.fromkeys([*wanted.input_names, *given.input_names]))
    agreed = 0
    for number, point in enumerate(points_around(names, near)):
        found = [_results(program, point) for program in (given, wanted)]
        if not all(math.isfinite(value) for values, _ in found for value in values):
            known = all(math.isfinite(value) for value in found[1][0])
            if number == 0 and known:
                return False
            continue
        scale = max(found[0][1], found[1][1])
        if not all(close(a, b, scale) for a, b in zip(found[0][0], found[1][0], strict=True)):
            return False
        agreed += 1
    return agreed >= (FEWEST_POINTS if names else 1)


def points_around(names: Sequence[str], near: Mapping[str, float]) -> list[dict[str, float]]:
    """The point, and the same others each time: close to it first, then further away."""
    chance = random.Random(20081123)  # the same points for everybody
    points = [{name: near.get(name, 1.0) for name in names}]
    for number in range(POINTS):
        reach = (0.02, 0.2, 0.7)[number % 3]
        moved = {}
        for name in names:
            here = near.get(name, 1.0)
            moved[name] = here + reach * chance.uniform(-1.0, 1.0) * max(abs(here), 0.5)
        points.append(moved)
    return points


def close(one: float, other: float, scale: float = 0.0) -> bool:
    """Whether two ways of computing a number agree, up to the rounding on the way.

    Args:
        one, other: the numbers.
        scale: the largest number met on the way, whose last digits may have been lost.
    """
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other)) + 1e-14 * scale + 1e-300


def _results(program: Program, point: Mapping[str, float]) -> tuple[list[float], float]:
    """The outputs, and the largest finite number met on the way to them."""
    values = run(program, [point[name] for name in program.input_names], IEEE, lambda c: c.value)
    numbers = [abs(float(v)) for v in values if v is not None]
    scale = max((v for v in numbers if math.isfinite(v)), default=0.0)
    results = [values[slot] for slot in program.outputs]
    return [math.nan if v is None else float(v) for v in results], scale
