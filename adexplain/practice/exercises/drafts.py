"""Functions drawn for each level but the last; :mod:`.kinks` has that. Not each is suitable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from adexplain.practice.exercises.arithmetic import EXACT
from adexplain.practice.exercises.drawing import (
    Chance,
    Piece,
    UnsuitableError,
    call,
    given,
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
from adexplain.practice.exercises.exact_numbers import Exact, Sign

ANGLES = ("pi/6", "pi/4", "pi/3", "2*pi/3", "3*pi/4", "5*pi/6")
NAMES = ("x", "u", "s", "t", "z")
PAIRS = (("x", "y"), ("u", "w"), ("s", "t"), ("x1", "x2"), ("a", "b"))


@dataclass(frozen=True)
class Draft:
    """A function at a point.

    Attributes:
        text: the function.
        at: its point, as typed.
        sides: at a kink, the derivative from the left and from the right.
        kink: whether a derivative may be 0, and values too.
    """

    text: str
    at: dict[str, str] = field(default_factory=dict)
    sides: tuple[Exact, Exact] | None = None
    kink: bool = False


def one(chance: Chance) -> Draft:
    """One operation."""
    return chance.pick((_product, _quotient, _power, _reciprocal, _root, *[_function] * 3))(chance)


def _product(chance: Chance) -> Draft:
    first, second = chance.pick(PAIRS)
    x, y = chance.whole(-9, 9), chance.whole(-9, 9)
    return Draft(f"{first}*{second}", {first: str(x), second: str(y)})


def _quotient(chance: Chance) -> Draft:
    first, second = chance.pick(PAIRS)
    x, y = chance.whole(-9, 9), chance.whole(-5, 5, (-1, 0, 1))
    return Draft(f"{first}/{second}", {first: str(x), second: str(y)})


def _power(chance: Chance) -> Draft:
    name, exponent = chance.pick(NAMES), chance.whole(2, 5)
    x = chance.whole(-9, 9, (-1, 0, 1)) if exponent == 2 else chance.whole(-4, 4, (-1, 0, 1))
    return Draft(f"{name}^{exponent}", {name: str(x)})


def _reciprocal(chance: Chance) -> Draft:
    name, above = chance.pick(NAMES), chance.whole(1, 9)
    return Draft(f"{above}/{name}", {name: str(chance.whole(-5, 5, (-1, 0, 1)))})


def _root(chance: Chance) -> Draft:
    name = chance.pick(NAMES)
    x = chance.pick(("4", "9", "16", "25", "36", "49", "64", "1/4", "9/4", "1/9", "4/9", "3", "2"))
    return Draft(f"sqrt({name})", {name: x})


_ONCE: tuple[tuple[str, Sequence[str]], ...] = (
    ("sin", ANGLES),
    ("cos", ANGLES),
    ("tan", ANGLES),
    ("exp", ("1", "2", "-1", "-2", "3", "ln(2)", "ln(3)", "ln(5)")),
    ("ln", ("2", "3", "5", "7", "4", "1/2", "e", "e^2")),
    ("atan", ("1", "-1", "sqrt(3)", "-sqrt(3)")),
)


def _function(chance: Chance) -> Draft:
    function, places = chance.pick(_ONCE)
    name = chance.pick(NAMES)
    return Draft(f"{function}({name})", {name: chance.pick(places)})


def chain(chance: Chance) -> Draft:
    """Two or three operations, each of the last one's result."""
    name = chance.pick(NAMES)
    if chance.happens(0.4):
        at, inner = chance.pick(_TURNED)
        piece = given(name, at)
        piece = piece if inner == 1 else scaled(piece, inner)
        piece = call(chance.pick(("sin", "cos", "tan")), piece)
    else:
        at = str(chance.whole(-5, 5))
        piece = _grown(chance, given(name, at))
    for _ in range(chance.whole(1, 2)):
        piece = _grown(chance, piece)
    return Draft(piece.text, {name: at})


_TURNED = (
    *(("pi/6", by) for by in (1, 2, 4, 5)),
    *(("pi/3", by) for by in (1, 2)),
    *(("pi/4", by) for by in (1, 3)),
    *(("pi/12", by) for by in (2, 3, 4)),
    *(("pi/8", by) for by in (2, 6)),
)


def _grown(chance: Chance, piece: Piece) -> Piece:
    """A piece with one operation more, or two where the first leads to a nice place."""
    grow = chance.pick((_scale, _shift, _square, _square, _cube, _below, _to_root, _to_ln, _to_exp))
    return grow(chance, piece)


def _scale(chance: Chance, piece: Piece) -> Piece:
    return scaled(piece, chance.whole(-3, 5, (-1, 0, 1)))


def _shift(chance: Chance, piece: Piece) -> Piece:
    return shifted(piece, chance.whole(-6, 6))


def _square(_chance: Chance, piece: Piece) -> Piece:
    return raised(piece, 2)


def _cube(_chance: Chance, piece: Piece) -> Piece:
    return raised(piece, 3)


def _below(chance: Chance, piece: Piece) -> Piece:
    return over(number(chance.whole(1, 6)), piece)


def _moved_to(piece: Piece, place: int) -> Piece:
    """A piece moved to a place by a whole number."""
    if piece.whole is None or abs(place - piece.whole) > 15:
        raise UnsuitableError
    return piece if piece.whole == place else shifted(piece, place - piece.whole)


def _to_root(chance: Chance, piece: Piece) -> Piece:
    return call("sqrt", _moved_to(piece, chance.pick((4, 9, 16, 25))))


def _to_ln(chance: Chance, piece: Piece) -> Piece:
    return call("ln", _moved_to(piece, chance.pick((2, 3, 5))))


def _to_exp(chance: Chance, piece: Piece) -> Piece:
    return call("exp", _moved_to(piece, chance.pick((1, 2, -1))))


Combine = Callable[[Piece, Piece], Piece]


def product(chance: Chance) -> Draft:
    """Products and quotients of what depends on the inputs."""
    at, inputs = _inputs(chance, 0.45)
    factors = [_factor(chance, chance.pick(inputs)) for _ in range(2)]
    combine: Combine = chance.pick((times, times, over))
    piece = combine(*factors)
    last = chance.whole(0, 3, ())
    if last == 1:
        piece = plus(piece, chance.pick(inputs))
    elif last == 2:
        piece = times(piece, _factor(chance, chance.pick(inputs)))
    elif last == 3:
        piece = minus(piece, _factor(chance, chance.pick(inputs)))
    return Draft(piece.text, at)


def _inputs(chance: Chance, alone: float) -> tuple[dict[str, str], list[Piece]]:
    """One input or two at nice places."""
    if chance.happens(alone):
        at = {chance.pick(NAMES): chance.pick((*ANGLES[:4], "1", "2", "3", "-2", "-1", "4", "-3"))}
    else:
        names = chance.pick(PAIRS)
        at = {name: chance.pick(_PLACES) for name in names}
    return at, [given(name, text) for name, text in at.items()]


_PLACES = ("1", "2", "3", "4", "-1", "-2", "-3", "5", "2", "3", "pi/6", "pi/3", "pi/4", "1/2")


def _factor(chance: Chance, piece: Piece) -> Piece:
    """A function of one input to be multiplied."""
    if Sign(pi=1) in piece.value.terms:
        return call(chance.pick(("sin", "cos", "tan")), piece)
    kind = chance.whole(0, 6, ())
    if kind == 1:
        return raised(piece, chance.whole(2, 3))
    if kind == 2:
        return call("exp", piece)
    if kind == 3:
        return shifted(piece, chance.whole(-5, 5))
    if kind == 4:
        return call("ln" if chance.happens(0.5) else "sqrt", piece)
    if kind == 5:
        return shifted(scaled(piece, chance.whole(2, 4)), chance.whole(-5, 5))
    return piece


def sharing(chance: Chance) -> Draft:
    """Three to five rows, one of them used at least twice, as a list of assignments."""
    at = {name: str(chance.whole(-4, 5)) for name in ("x1", "x2")}
    if chance.happens(0.25):
        at["x1"] = chance.pick(ANGLES[:3])
    return Draft("\n".join(_rows(chance, at, chance.whole(3, 5), ("f",))), at)


def outputs(chance: Chance) -> Draft:
    """Two outputs, with a row in common or without."""
    if chance.happens(0.5):
        at = {name: str(chance.whole(-4, 5)) for name in ("x1", "x2")}
        if chance.happens(0.25):
            at["x1"] = chance.pick(ANGLES[:3])
        return Draft("\n".join(_rows(chance, at, chance.whole(3, 4), ("y1", "y2"))), at)
    names = chance.pick(PAIRS)
    at = {name: chance.pick(_PLACES) for name in names}
    first, second = (given(name, text) for name, text in at.items())
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
    """Elementary assignments; every row but the results is used, and one of them twice."""
    values = {name: value_of(text) for name, text in at.items()}
    uses = dict.fromkeys(values, 0)
    names = [f"v{k}" for k in range(1, count - len(results) + 1)] + list(results)
    lines = []
    for name in names:
        able = [known for known in values if known not in results]
        line, value, used = _row(chance, {known: values[known] for known in able})
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
    """One operation on what is known: its text, its value, what it uses."""
    names = list(known)
    kind = chance.whole(0, 5, ())
    if kind == 0:
        name = chance.pick(names)
        functions = EXACT.functions
        function = chance.pick(_UNARY)
        value = functions[{"ln": "log"}.get(function, function)](known[name])
        return f"{function}({name})", value, (name,)
    if kind == 1:
        name = chance.pick(names)
        return f"{name}^2", known[name] * known[name], (name,)
    # The rows made last are used first, so that none is left over.
    first, second = names[-1], chance.pick(names[:-1])
    if chance.happens(0.3):
        first, second = chance.pair(names)
    elif chance.happens(0.5):
        first, second = second, first
    sign, operation = chance.pick(_BINARY)
    value = EXACT.functions[operation](known[first], known[second])
    return (
        f"{first}{sign}{second}" if sign in "*/" else f"{first} {sign} {second}",
        value,
        (
            first,
            second,
        ),
    )


DRAFTS: dict[str, Callable[[Chance], Draft]] = {
    "one": one,
    "chain": chain,
    "product": product,
    "sharing": sharing,
    "outputs": outputs,
}
"""Level → how its functions are drawn."""
