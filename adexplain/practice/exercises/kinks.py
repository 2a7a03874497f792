"""Draw functions for the level of kinks: |a|, relu, max and min, at their kinks and elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from adexplain.evaluate.exact_trace import exact_numbers
from adexplain.explanation.explain import explain
from adexplain.practice.exercises.arithmetic import EXACT
from adexplain.practice.exercises.exact_numbers import Exact
from adexplain.practice.exercises.random_choice import (
    Chance,
    Piece,
    UnsuitableError,
    input_at,
    minus,
    plus,
    raised,
    scaled,
    shifted,
    times,
)
from adexplain.practice.exercises.random_functions import NAMES, PAIRS, Draft


def kinks(chance: Chance) -> Draft:
    """A function with a kink; the point is at the kink with probability 1/2."""
    return _at_kink(chance) if chance.happens(0.5) else _away_from_kink(chance)


OneSidedSlopes = Callable[[list[Exact]], tuple[Exact, Exact]]
"""Slopes of the arguments → slopes of the function on the left and on the right."""

_ZERO = Exact({})


def _of_abs(slopes: list[Exact]) -> tuple[Exact, Exact]:
    steep = EXACT.numbers.functions["abs"](slopes[0])
    return -steep, steep


def _of_relu(slopes: list[Exact]) -> tuple[Exact, Exact]:
    return min(slopes[0], _ZERO), max(slopes[0], _ZERO)


_SIDES: dict[str, OneSidedSlopes] = {
    "abs": _of_abs,
    "relu": _of_relu,
    "max": lambda slopes: (min(slopes), max(slopes)),
    "min": lambda slopes: (max(slopes), min(slopes)),
}


def _at_kink(chance: Chance) -> Draft:
    name, place = chance.pick(NAMES), chance.integer(-5, 5)
    x = input_at(name, str(place))
    function = chance.pick(("abs", "abs", "relu", "max", "min"))
    arguments = [_zero_at(chance, x, place)]
    if function in ("max", "min"):
        arguments = _tied_at(chance, x, place)
    factor = chance.pick((1, 1, 2, 3, -2))
    extra = chance.pick((None, x, scaled(x, chance.integer(2, 4)), raised(x, 2)))
    at = {name: str(place)}
    kinked = f"{function}({', '.join(piece.text for piece in arguments)})"
    text = kinked if factor == 1 else f"{factor}*{kinked}"
    extra_slope = _ZERO
    if extra is not None:
        text = f"{text} + {extra.text}"
        extra_slope = _slope(extra, at)
    slopes = _SIDES[function]([_slope(piece, at) for piece in arguments])
    left, right = (slope * factor + extra_slope for slope in slopes)
    if extra_slope and not (left and right):
        raise UnsuitableError  # two terms cancel, so the function is constant on one side
    return Draft(text, at, (left, right), True)


def _zero_at(chance: Chance, x: Piece, place: int) -> Piece:
    """An argument that changes its sign at the place."""
    kind = chance.integer(0, 3, ())
    if kind == 0:
        return shifted(x, -place)
    if kind == 1:
        by = chance.integer(-3, 4, (-1, 0, 1))
        return shifted(scaled(x, by), -by * place)
    if kind == 2:
        return shifted(raised(x, 2), -place * place)
    return minus(raised(x, 2), scaled(x, place)) if abs(place) > 1 else shifted(x, -place)


def _tied_at(chance: Chance, x: Piece, place: int) -> list[Piece]:
    """Two arguments that are equal at the place and cross there, in any order."""
    kind = chance.integer(0, 2, ())
    if kind == 0 and abs(place) > 1:
        pair = [raised(x, 2), scaled(x, place)]
    elif kind == 1:
        by = chance.integer(2, 4)
        pair = [scaled(x, by), shifted(x, (by - 1) * place)]
    else:
        pair = [raised(x, 2), shifted(x, place * place - place)]
        if place * place == place:
            raise UnsuitableError
    return pair if chance.happens(0.5) else pair[::-1]


def _slope(piece: Piece, at: dict[str, str]) -> Exact:
    """The derivative of a piece at the point."""
    explanation = explain(piece.text, at)
    seeds = (explanation.tangent_seed, explanation.adjoint_seed)
    program = explanation.program
    values = explanation.trace.values
    found = exact_numbers(program, list(at.values()), values, seeds, EXACT)
    slope = found.tangents[program.outputs[0]]
    assert isinstance(slope, Exact)
    return slope


def _away_from_kink(chance: Chance) -> Draft:
    """A function with a kink, at a point where it is smooth."""
    names = chance.pick(PAIRS)
    at = {name: str(chance.integer(-5, 5)) for name in names}
    x, y = (input_at(name, text) for name, text in at.items())
    inside = chance.pick((minus(x, y), times(x, y), minus(raised(x, 2), y), plus(x, y)))
    function = chance.pick(("abs", "relu", "max", "min"))
    arguments = [inside] if function in ("abs", "relu") else list(chance.pair((x, y, inside)))
    values = [piece.value for piece in arguments]
    if not any(values) or len(set(values)) < len(values):
        raise UnsuitableError
    value = EXACT.numbers.functions[function](*values)
    text = f"{function}({', '.join(piece.text for piece in arguments)})"
    kinked = Piece(text, 4, value)
    whole = chance.pick((plus, times, minus))(kinked, chance.pick((x, y, raised(x, 2))))
    return Draft(whole.text, at, None, True)
