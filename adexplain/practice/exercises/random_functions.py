"""Draw random functions for each level but kinks (see :mod:`.kinks`); not all are suitable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from adexplain.practice.exercises.arithmetic import EXACT
from adexplain.practice.exercises.exact_numbers import Exact, Monomial
from adexplain.practice.exercises.random_choice import (
    Chance,
    Piece,
    UnsuitableError,
    call,
    input_at,
    minus,
    number,
    over,
    plus,
    raised,
    scaled,
    shifted,
    times,
    value_of,
)

ANGLES = ("pi/6", "pi/4", "pi/3", "2*pi/3", "3*pi/4", "5*pi/6")
NAMES = ("x", "u", "s", "t", "z")
PAIRS = (("x", "y"), ("u", "w"), ("s", "t"), ("x1", "x2"), ("a", "b"))


@dataclass(frozen=True)
class Draft:
    """A function at a point.

    Attributes:
        text: the function.
        at: its point, as typed.
        sides: at a kink, the derivatives from the left and from the right.
        kink: whether it is of the level of kinks, where values and derivatives may be 0.
    """

    text: str
    at: dict[str, str] = field(default_factory=dict)
    sides: tuple[Exact, Exact] | None = None
    kink: bool = False


def one_operation(chance: Chance) -> Draft:
    """A single operation."""
    return chance.pick((_product, _quotient, _power, _reciprocal, _root, *[_function] * 3))(chance)


def _product(chance: Chance) -> Draft:
    first, second = chance.pick(PAIRS)
    x, y = chance.integer(-9, 9), chance.integer(-9, 9)
    return Draft(f"{first}*{second}", {first: str(x), second: str(y)})


def _quotient(chance: Chance) -> Draft:
    first, second = chance.pick(PAIRS)
    x, y = chance.integer(-9, 9), chance.integer(-5, 5, (-1, 0, 1))
    return Draft(f"{first}/{second}", {first: str(x), second: str(y)})


def _power(chance: Chance) -> Draft:
    name, exponent = chance.pick(NAMES), chance.integer(2, 5)
    x = chance.integer(-9, 9, (-1, 0, 1)) if exponent == 2 else chance.integer(-4, 4, (-1, 0, 1))
    return Draft(f"{name}^{exponent}", {name: str(x)})


def _reciprocal(chance: Chance) -> Draft:
    name, above = chance.pick(NAMES), chance.integer(1, 9)
    return Draft(f"{above}/{name}", {name: str(chance.integer(-5, 5, (-1, 0, 1)))})


def _root(chance: Chance) -> Draft:
    name = chance.pick(NAMES)
    x = chance.pick(("4", "9", "16", "25", "36", "49", "64", "1/4", "9/4", "1/9", "4/9", "3", "2"))
    return Draft(f"sqrt({name})", {name: x})


_FUNCTION_POINTS: tuple[tuple[str, Sequence[str]], ...] = (
    ("sin", ANGLES),
    ("cos", ANGLES),
    ("tan", ANGLES),
    ("exp", ("1", "2", "-1", "-2", "3", "ln(2)", "ln(3)", "ln(5)")),
    ("ln", ("2", "3", "5", "7", "4", "1/2", "e", "e^2")),
    ("atan", ("1", "-1", "sqrt(3)", "-sqrt(3)")),
)


def _function(chance: Chance) -> Draft:
    function, points = chance.pick(_FUNCTION_POINTS)
    name = chance.pick(NAMES)
    return Draft(f"{function}({name})", {name: chance.pick(points)})


def chain(chance: Chance) -> Draft:
    """Two or more operations, each applied to the result of the one before."""
    name = chance.pick(NAMES)
    if chance.happens(0.4):
        at, inner = chance.pick(_ANGLE_FACTORS)
        piece = input_at(name, at)
        piece = piece if inner == 1 else scaled(piece, inner)
        piece = call(chance.pick(("sin", "cos", "tan")), piece)
    else:
        at = str(chance.integer(-5, 5))
        piece = _extended(chance, input_at(name, at))
    for _ in range(chance.integer(1, 2)):
        piece = _extended(chance, piece)
    return Draft(piece.text, {name: at})


_ANGLE_FACTORS = (
    *(("pi/6", by) for by in (1, 2, 4, 5)),
    *(("pi/3", by) for by in (1, 2)),
    *(("pi/4", by) for by in (1, 3)),
    *(("pi/12", by) for by in (2, 3, 4)),
    *(("pi/8", by) for by in (2, 6)),
)


def _extended(chance: Chance, piece: Piece) -> Piece:
    """A piece with one more operation, or two if the first only shifts it to a convenient value."""
    grow = chance.pick(
        (_scale, _shift, _square, _square, _cube, _reciprocal_of, _to_root, _to_ln, _to_exp)
    )
    return grow(chance, piece)


def _scale(chance: Chance, piece: Piece) -> Piece:
    return scaled(piece, chance.integer(-3, 5, (-1, 0, 1)))


def _shift(chance: Chance, piece: Piece) -> Piece:
    return shifted(piece, chance.integer(-6, 6))


def _square(_chance: Chance, piece: Piece) -> Piece:
    return raised(piece, 2)


def _cube(_chance: Chance, piece: Piece) -> Piece:
    return raised(piece, 3)


def _reciprocal_of(chance: Chance, piece: Piece) -> Piece:
    return over(number(chance.integer(1, 6)), piece)


def _shifted_to(piece: Piece, place: int) -> Piece:
    """A piece shifted by an integer so that its value is ``place``."""
    if piece.integer is None or abs(place - piece.integer) > 15:
        raise UnsuitableError
    return piece if piece.integer == place else shifted(piece, place - piece.integer)


def _to_root(chance: Chance, piece: Piece) -> Piece:
    return call("sqrt", _shifted_to(piece, chance.pick((4, 9, 16, 25))))


def _to_ln(chance: Chance, piece: Piece) -> Piece:
    return call("ln", _shifted_to(piece, chance.pick((2, 3, 5))))


def _to_exp(chance: Chance, piece: Piece) -> Piece:
    return call("exp", _shifted_to(piece, chance.pick((1, 2, -1))))


Combine = Callable[[Piece, Piece], Piece]


def product(chance: Chance) -> Draft:
    """Products and quotients of factors that depend on the inputs."""
    at, inputs = _inputs(chance, 0.45)
    factors = [_factor(chance, chance.pick(inputs)) for _ in range(2)]
    combine: Combine = chance.pick((times, times, over))
    piece = combine(*factors)
    last = chance.integer(0, 3, ())
    if last == 1:
        piece = plus(piece, chance.pick(inputs))
    elif last == 2:
        piece = times(piece, _factor(chance, chance.pick(inputs)))
    elif last == 3:
        piece = minus(piece, _factor(chance, chance.pick(inputs)))
    return Draft(piece.text, at)


def _inputs(chance: Chance, one_input_probability: float) -> tuple[dict[str, str], list[Piece]]:
    """One input (with the given probability) or two, at convenient values."""
    if chance.happens(one_input_probability):
        at = {chance.pick(NAMES): chance.pick((*ANGLES[:4], "1", "2", "3", "-2", "-1", "4", "-3"))}
    else:
        names = chance.pick(PAIRS)
        at = {name: chance.pick(_POINT_CHOICES) for name in names}
    return at, [input_at(name, text) for name, text in at.items()]


_POINT_CHOICES = (
    "1",
    "2",
    "3",
    "4",
    "-1",
    "-2",
    "-3",
    "5",
    "2",
    "3",
    "pi/6",
    "pi/3",
    "pi/4",
    "1/2",
)


def _factor(chance: Chance, piece: Piece) -> Piece:
    """A factor: a function of one input."""
    if Monomial(pi=1) in piece.value.terms:
        return call(chance.pick(("sin", "cos", "tan")), piece)
    kind = chance.integer(0, 6, ())
    if kind == 1:
        return raised(piece, chance.integer(2, 3))
    if kind == 2:
        return call("exp", piece)
    if kind == 3:
        return shifted(piece, chance.integer(-5, 5))
    if kind == 4:
        return call("ln" if chance.happens(0.5) else "sqrt", piece)
    if kind == 5:
        return shifted(scaled(piece, chance.integer(2, 4)), chance.integer(-5, 5))
    return piece


def sharing(chance: Chance) -> Draft:
    """Three to five assignments; one of the rows is used at least twice."""
    at = {name: str(chance.integer(-4, 5)) for name in ("x1", "x2")}
    if chance.happens(0.25):
        at["x1"] = chance.pick(ANGLES[:3])
    return Draft("\n".join(_rows(chance, at, chance.integer(3, 5), ("f",))), at)


def outputs(chance: Chance) -> Draft:
    """Two outputs, with or without a row in common."""
    if chance.happens(0.5):
        at = {name: str(chance.integer(-4, 5)) for name in ("x1", "x2")}
        if chance.happens(0.25):
            at["x1"] = chance.pick(ANGLES[:3])
        return Draft("\n".join(_rows(chance, at, chance.integer(3, 4), ("y1", "y2"))), at)
    names = chance.pick(PAIRS)
    at = {name: chance.pick(_POINT_CHOICES) for name in names}
    first, second = (input_at(name, text) for name, text in at.items())
    pieces = [
        chance.pick((times, over))(_factor(chance, first), _factor(chance, second))
        if chance.happens(0.6)
        else plus(_factor(chance, first), _factor(chance, second))
        for _ in range(2)
    ]
    return Draft(f"[{pieces[0].text}, {pieces[1].text}]", at)


_BINARY = (("*", "mul"), ("*", "mul"), ("+", "add"), ("-", "sub"), ("/", "div"))
_UNARY = ("sin", "cos", "ln", "sqrt", "exp")


def _rows(chance: Chance, at: dict[str, str], count: int, results: tuple[str, ...]) -> list[str]:
    """Elementary assignments; each row but the results is used, and one of them twice."""
    values = {name: value_of(text) for name, text in at.items()}
    uses = dict.fromkeys(values, 0)
    names = [f"v{k}" for k in range(1, count - len(results) + 1)] + list(results)
    lines = []
    for name in names:
        usable = [known for known in values if known not in results]
        line, value, used = _row(chance, {known: values[known] for known in usable})
        if not value:
            raise UnsuitableError
        lines.append(f"{name} = {line}")
        values[name], uses[name] = value, 0
        for argument in used:
            uses[argument] += 1
    inner = [name for name in names if name not in results]
    if any(uses[name] == 0 for name in (*at, *inner)) or max(uses[name] for name in inner) < 2:
        raise UnsuitableError
    return lines


def _row(chance: Chance, known: dict[str, Exact]) -> tuple[str, Exact, tuple[str, ...]]:
    """One operation on known names: its text, its value, and the names it uses."""
    names = list(known)
    kind = chance.integer(0, 5, ())
    if kind == 0:
        name = chance.pick(names)
        functions = EXACT.numbers.functions
        function = chance.pick(_UNARY)
        value = functions[{"ln": "log"}.get(function, function)](known[name])
        return f"{function}({name})", value, (name,)
    if kind == 1:
        name = chance.pick(names)
        return f"{name}^2", known[name] * known[name], (name,)
    # Use the latest row first, so that no row stays unused.
    first, second = names[-1], chance.pick(names[:-1])
    if chance.happens(0.3):
        first, second = chance.pair(names)
    elif chance.happens(0.5):
        first, second = second, first
    operator, primitive = chance.pick(_BINARY)
    value = EXACT.numbers.functions[primitive](known[first], known[second])
    return (
        f"{first}{operator}{second}" if operator in "*/" else f"{first} {operator} {second}",
        value,
        (
            first,
            second,
        ),
    )


DRAFTS: dict[str, Callable[[Chance], Draft]] = {
    "one": one_operation,
    "chain": chain,
    "product": product,
    "sharing": sharing,
    "outputs": outputs,
}
"""Level → what draws its functions."""
