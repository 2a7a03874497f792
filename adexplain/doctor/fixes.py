"""The table of usual fixes for NaN, infinite, zero and wrong derivatives.

Each entry has a pattern for the row, the causes, and what to write instead. The first entry that
matches is used, so special patterns stand before general ones.

Pattern
    ``exp``                  the operation of the row where it began; ``|`` separates several
    ``log > add+ > exp``     that row feeds an addition (or several) that feeds a logarithm
    ``sqrt < mul|square``    that row is a root, and reads a product or a square
    ``log > sub < sigmoid``  that row is a difference, feeds a logarithm and reads a sigmoid
    ``*``                    any row
    A power of 0.5 is a ``sqrt`` as well; the power 2, and a row times itself, are a ``square``;
    sin(a)/a is a ``sinc``.
Causes
    see ``Finding.cause``
Text
    ``{a}`` and ``{b}`` are the row's arguments; code stands between `backticks`
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from adexplain.doctor.placeholders import fill_placeholder, source_text
from adexplain.program import Program

_GUARD = (
    "Guard it with `where({0} > 0, {1}({0}), 0)`. Here only the branch taken is evaluated; "
    "where both are, guard inside as well: `where({0} > 0, {1}(where({0} > 0, {0}, 1)), 0)`."
)
_GUARDED_LOG, _GUARDED_ROOT = _GUARD.format("{a}", "log"), _GUARD.format("{a}", "sqrt")
_SHIFT_EXPONENTS = (
    "Subtract the largest exponent from all of them first: a ratio of exponentials stays the same. "
    "For `1/(1 + exp(-a))` write `sigmoid(a)`."
)
_SCALE = "Scale the inputs, or work with the logarithm of the result."

_SLOPE_TOO = (
    " The branch must carry the slope too, or the answer is silently wrong: write `where({0} == 0, "
    "1 + {0}/2, …)` where the limit is 1 and the slope 1/2, and not the bare number 1, whose slope "
    "is 0."
)
_SLOPE_OF_DIVISION = _SLOPE_TOO.format("{b}")
_LOG_SOFTMAX = (
    "The logarithm of a softmax, `log(exp(a)/(exp(a) + exp(b)))`, is `a - logaddexp(a, b)`, which "
    "neither overflows nor underflows; and `log(exp(a)/b)` is `a - log(b)`."
)
_NO_SLOPE_AT_EDGE = (
    " For the derivative at the edge there is no number: the slope grows without bound towards it."
)

FIXES: tuple[tuple[str, str, str], ...] = (
    # The value itself
    ("log > add+ > exp", "overflow",
     "`logaddexp(a, b)` is `log(exp(a) + exp(b))` without overflow; `softplus(a)` is `log(1 + "
     "exp(a))`."),
    ("log > div > exp", "overflow, underflow", _LOG_SOFTMAX),
    ("log > div > add+ > exp", "overflow, underflow", _LOG_SOFTMAX),
    ("log > div < exp", "underflow, domain", _LOG_SOFTMAX),
    ("div > add+ > exp", "overflow", _SHIFT_EXPONENTS),
    ("div > exp", "overflow", _SHIFT_EXPONENTS),
    ("log > exp", "overflow, underflow", "`log(exp(a))` is a: leave both out."),
    ("log > gamma", "overflow, domain", "`lgamma(a)` is `log(gamma(a))` without overflow."),
    ("sqrt > add+ > mul|pow|square", "overflow, underflow",
     "`hypot(a, b)` is the root of a sum of squares, and computes no square that could leave a"
     " float's range."),
    ("exp|exp2|expm1|sinh|cosh", "overflow",
     "Keep the exponent below 709, or work with the logarithm of the result."),
    ("log > sigmoid", "underflow",
     "`-softplus(-{a})` is `log(sigmoid({a}))` and keeps all digits: so the logistic loss is "
     "written."),
    ("log > mul", "underflow", "The logarithm of a product is the sum of the logarithms."),
    ("exp|exp2|mul|pow|square|div|sigmoid|erfc|gamma", "underflow",
     "Keep the logarithm instead of the number: a product becomes a sum, and nothing "
     "underflows."),
    ("log", "domain", _GUARDED_LOG),
    ("log2|log10|log_base", "domain", "Guard it with `where({a} > 0, …, 0)`, or keep {a} above 0."),
    ("log1p", "domain", "Keep the argument above -1, with where or max."),
    ("sqrt", "domain", _GUARDED_ROOT),
    ("pow", "domain",
     "A fractional power needs a base of at least 0, a negative power one that is not 0. The "
     "real cube root is `cbrt({a})`."),
    ("atan2", "domain, no slope",
     "The origin has no angle: keep away from it, or guard it with `where(hypot({a}, {b}) > 0, "
     "atan2({a}, {b}), 0)`."),
    ("div", "pole",
     "This is a true pole: the value grows without bound, and no number would be right here. Keep "
     "away from it; to go on all the same, `where({b} == 0, …, {a}/{b})` names a value of your "
     "own."),
    ("*", "pole",
     "This is a true pole: the value grows without bound, and no number would be right here. Keep "
     "away from it."),
    ("sinc", "domain", "`sinc({b}/pi)` is `sin({b})/{b}` with its limit 1 at 0."),
    ("div < sub", "domain",
     "Cancel the common factor by hand; `expm1({b})/{b}` stands for `(exp({b}) - 1)/{b}`. Else"
     " name the limit: `where({b} == 0, limit, {a}/{b})`." + _SLOPE_OF_DIVISION),
    ("div", "domain",
     "Guard it with `where({b} == 0, …, {a}/{b})`, naming the value wanted at 0; where both "
     "branches are evaluated, guard inside as well: `{a}/where({b} == 0, 1, {b})`."
     + _SLOPE_OF_DIVISION),
    ("mod|reciprocal", "domain", "Keep the divisor away from 0, with where."),
    ("asin|acos", "domain",
     "Rounding may lead just outside: `min(max({a}, -1), 1)`. For the angle between two "
     "vectors use atan2."),
    ("*", "domain", "Keep the argument inside the domain, with where, max or min."),
    ("log > sub < sigmoid", "lost digits",
     "`-log(1 - sigmoid(a))` is `softplus(a)`, and `1 - sigmoid(a)` alone is `sigmoid(-a)`: "
     "nothing cancels."),
    ("sub < sigmoid", "lost digits", "`1 - sigmoid(a)` is `sigmoid(-a)`, where nothing cancels."),
    ("log > sub < square < tanh", "lost digits",
     "`log(1 - tanh(a)^2)` is `2*(log(2) - a - softplus(-2*a))`, where nothing cancels."),
    ("sub < square < tanh", "lost digits",
     "`1 - tanh(a)^2` is `sech(a)^2`, where nothing cancels."),
    ("sub|add", "lost digits",
     "Rewrite the difference so that nothing cancels: `expm1(a)` for `exp(a) - 1`, `log1p(a)` "
     "for `log(1 + a)`, `2*sin(a/2)^2` for `1 - cos(a)`, `(a - b)*(a + b)` for `a^2 - b^2`."),
    ("*", "lost digits",
     "Rewrite the function so that nothing cancels, or move to a point where its slope is "
     "larger."),
    # The slope
    ("sqrt < add+ < square", "vertical, 0·∞",
     "`hypot(a, b)` is the root of a sum of squares and has the slope 0 at 0 by convention; "
     "else add a small number inside: `sqrt({a} + 1e-12)`."),
    ("sqrt < square", "vertical, 0·∞", "The root of a square is `abs(…)`."),
    ("sqrt", "vertical, 0·∞",
     _GUARDED_ROOT + " Or add a small number inside: `sqrt({a} + 1e-12)`."),
    ("cbrt|pow", "vertical, 0·∞", "Keep away from 0, or add a small number to {a}."),
    ("asin|acos", "vertical, 0·∞",
     "Keep the argument a little inside the domain, as in `min(max({a}, -1 + 1e-9), 1 - "
     "1e-9)`. For the angle between vectors use atan2."),
    ("acosh", "vertical, 0·∞",
     "Keep the argument a little above 1, as in `max({a}, 1 + 1e-9)`." + _NO_SLOPE_AT_EDGE),
    ("asech", "vertical, 0·∞",
     "Keep the argument a little below 1, as in `min({a}, 1 - 1e-9)`." + _NO_SLOPE_AT_EDGE),
    ("asec|acsc", "vertical, 0·∞",
     "Keep the argument's size a little above 1, as in `sign({a})*max(abs({a}), 1 + 1e-9)`."
     + _NO_SLOPE_AT_EDGE),
    ("*", "0·∞", "Combine the two operations into one that is smooth here."),
    ("*", "slope", "Keep away from the place where the slope grows without bound."),
    ("pow", "no slope",
     "The exponent's slope needs a positive base. With a fixed exponent write it as a number."),
    ("log|pow|div|sqrt|reciprocal", "slope overflow",
     "The argument is so small that the slope leaves a float's range: scale it, or add a small"
     " number to it."),
    ("*", "overflow, slope overflow, adjoint overflow", _SCALE),
    ("*", "adjoint underflow",
     "Work with the logarithm: a product of many small slopes becomes a sum."),
    ("sigmoid", "saturated",
     "The argument is far from 0: scale it down, or take the loss of {a} itself, "
     "`softplus(-{a})` for `-log(sigmoid({a}))`."),
    ("*", "saturated", "The argument is far out on a flat end: scale it down, or normalise it."),
    ("relu", "flat",
     "Start from another point or take smaller steps; or let something through: "
     "`softplus({a})`, `silu({a})`, or `max({a}, 0.01*{a})`."),
    ("max", "flat",
     "Start from another point, or let something through: `softplus({a})` for `max({a}, 0)`, "
     "`logaddexp(a, b)` for `max(a, b)`."),
    ("min", "flat",
     "Start from another point, or smooth it: `-logaddexp(-a, -b)` for `min(a, b)`."),
    ("sign", "flat", "A smooth stand-in: `tanh(10*{a})`."),
    ("floor|ceil|round", "flat",
     "Leave the rounding out of what is differentiated (a slope of 1 for it is called "
     "straight-through), or take a sum of sigmoids for the stairs."),
    ("lt|le|gt|ge|eq|ne|and|or|not", "flat",
     "A soft condition has a slope: `sigmoid(10*(a - b))` for `a > b`, and `s*p + (1 - s)*q` "
     "for `where(s, p, q)`."),
    ("*", "flat", "Take a smooth stand-in, or leave it out of what is differentiated."),
    ("where", "branch",
     "Go to the other side of the condition, or blend both branches: `s*p + (1 - s)*q` with `s"
     " = sigmoid(…)`."),
    ("and|or", "branch", "The condition was decided without it."),
    ("relu", "kink", "Move off the kink, or round it: `softplus({a})`."),
    ("abs", "kink", "Move off the kink, or round it: `hypot({a}, 1e-6)`."),
    ("hypot", "kink",
     "Move off the tip, or round it with a small third side: `hypot(hypot({a}, {b}), 1e-6)`."),
    ("max|min", "kink", "Move off the tie, or round it: `logaddexp(a, b)` for `max(a, b)`."),
    ("*", "kink", "Move off the place, or round it."),
    ("where", "program",
     "The branch taken must carry the slope, and not only the value: write `value + slope*(x - "
     "place)` there, such as `1 + x/2` for the limit 1 with the slope 1/2 at 0."),
    ("*", "program",
     "Write the function so that the kinks do not meet here, or move off the place."),
    ("mul < sign", "factor",
     "`sign(a)*a` is `abs(a)`. Move off its kink, or round it: `hypot(a, 1e-6)`."),
    ("*", "factor, cancelled, smaller, stationary", "Move off the place, or round the kink."),
    ("*", "unused", "Was another name meant? Otherwise it can be left out."),
    ("*", "convention",
     "Look at the derivatives from the left and right, and move off the place."),
)  # fmt: skip


def fix_for(program: Program, slot: int | None, cause: str) -> str:
    """The usual fix for a cause that began at a row (None for no row); "" where there is none."""
    for pattern, causes, text in _table():
        if cause not in causes:
            continue
        if slot is None or pattern == "*" or _fits(pattern, program, slot):
            texts = ["a", "b"]
            if slot is not None and program.active[slot]:  # numbers alone have no name to guard
                typed = [source_text(program, arg) for arg in program.args[slot][:2]]
                texts[: len(typed)] = [t or letter for t, letter in zip(typed, "ab", strict=False)]
            return fill_placeholder(fill_placeholder(text, "a", texts[0]), "b", texts[1])
    return ""


@cache
def _table() -> tuple[tuple[str, frozenset[str], str], ...]:
    return tuple((where, frozenset(causes.split(", ")), text) for where, causes, text in FIXES)


def _fits(pattern: str, program: Program, slot: int) -> bool:
    upward, *downward = pattern.split(" < ")
    users = upward.split(" > ")[::-1]
    if downward and not _path_matches(
        [users[0], *downward], program, slot, program.args.__getitem__
    ):
        return False
    return _path_matches(users, program, slot, lambda place: _users(program)[place])


@lru_cache(maxsize=4)
def _users(program: Program) -> list[list[int]]:
    """Per slot, the rows that read it."""
    users: list[list[int]] = [[] for _ in program.ops]
    for row in program.rows:
        for arg in program.args[row]:
            users[arg].append(row)
    return users


def _path_matches(steps: list[str], program: Program, slot: int, neighbors: object) -> bool:
    """Whether a path from the row goes through operations of these kinds, one after another.

    A step that ends in ``+`` stands for one or more rows of its kind.
    """
    assert callable(neighbors)
    if not _is_kind(steps[0], program, slot):
        return False
    here = {slot}
    for step in steps[1:]:
        found: set[int] = set()
        ahead: Iterable[int] = here
        while ahead:
            ahead = {
                s for place in ahead for s in neighbors(place) if _is_kind(step, program, s)
            } - found
            found |= set(ahead)
            if not step.endswith("+"):
                break
        here = found
    return bool(here)


def _is_kind(step: str, program: Program, slot: int) -> bool:
    kinds = step.replace("+", "").split("|")
    return program.ops[slot] in kinds or _other_kind(program, slot) in kinds


def _other_kind(program: Program, slot: int) -> str:
    """A second kind of a row: x ** 0.5 is a root, and x*x a square; "" for none."""
    op, args = program.ops[slot], program.args[slot]
    if op == "mul" and args[0] == args[1]:
        return "square"
    if op == "div" and program.nodes[args[0]] == ("sin", args[1:]):
        return "sinc"
    if op == "pow" and args[1] in program.constants:
        return {0.5: "sqrt", 2.0: "square"}.get(program.constants[args[1]].value, "")
    return ""
