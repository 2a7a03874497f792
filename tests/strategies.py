"""Random functions and points for property tests, in the language users type.

    @given(programs(), st.data())
    def test_something(text, data):
        program = parse(text)
        point = data.draw(points(len(program.inputs)))

``SLOW`` functions call mpmath; they are left out unless asked for.
"""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from adexplain.primitives.primitive import PRIMITIVES, Primitive

NAMES = ("x", "y", "z")
SLOW = frozenset({"digamma", "polygamma", "sphbessel", "gamma", "lgamma", "sinc"})
NUMBERS = ("0.5", "2", "3", "1.25", "0.1", "pi", "e", "(-2)", "10")
OPERATORS = ("+", "-", "*", "/", "**")


def functions(arity: int, smooth: bool = False, slow: bool = False) -> list[str]:
    """How to call the table's functions of ``arity`` arguments."""

    def wanted(primitive: Primitive) -> bool:
        if (
            not primitive.spellings
            or primitive.symbol
            or primitive.name in ("where", "share", "ties")
        ):
            return False
        rough = primitive.flat or primitive.nonsmooth_points
        if (smooth and rough) or (not slow and primitive.name in SLOW):
            return False
        return primitive.arity == arity or (primitive.variadic and primitive.arity <= arity)

    return [p.spellings[0] for p in PRIMITIVES.values() if wanted(p)]


@st.composite
def _longer(
    draw: st.DrawFn, inner: SearchStrategy[str], smooth: bool, slow: bool, lazy: bool
) -> str:
    kinds = ["operator", "operator", "function", "function", "binary function", "minus", "power"]
    kind = draw(st.sampled_from([*kinds, *(["where"] if lazy else [])]))
    a = draw(inner)
    if kind == "minus":
        return f"(-{a})"
    if kind == "power":
        return f"({a})**{draw(st.sampled_from(['2', '3', '(-1)', '0.5', '4']))}"
    if kind == "function":
        return f"{draw(st.sampled_from(functions(1, smooth, slow)))}({a})"
    b = draw(inner)
    if kind == "operator":
        return f"({a} {draw(st.sampled_from(OPERATORS[:4] if smooth else OPERATORS))} {b})"
    if kind == "binary function":
        return f"{draw(st.sampled_from(functions(2, smooth, slow)))}({a}, {b})"
    sign = draw(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))
    joined = draw(st.sampled_from(["", f" and {a} < 2", f" or {b} > 1"]))
    c = draw(inner)
    return f"where({a} {sign} {b}{joined}, {c}, {draw(inner)})"


def expressions(
    names: tuple[str, ...] = NAMES,
    *,
    max_leaves: int = 8,
    smooth: bool = False,
    slow: bool = False,
    lazy: bool = True,
) -> SearchStrategy[str]:
    """Texts of one expression.

    Args:
        names: the variables that may occur; at least one does in most texts.
        max_leaves: about how many names and numbers occur.
        smooth: leave out functions that are not differentiable everywhere in their domain.
        slow: allow the functions that need mpmath.
        lazy: allow ``where``, ``and`` and ``or`` (never when ``smooth``).
    """
    leaves = st.sampled_from([*names, *names, *names, *NUMBERS])
    return st.recursive(
        leaves,
        lambda inner: _longer(inner, smooth, slow, lazy and not smooth),
        max_leaves=max_leaves,
    )


@st.composite
def programs(
    draw: st.DrawFn,
    names: tuple[str, ...] = NAMES,
    *,
    lines: int = 3,
    outputs: int = 1,
    smooth: bool = False,
    slow: bool = False,
    lazy: bool = True,
) -> str:
    """Texts of a whole function: a few assignments that use one another, then its outputs.

    The last line names all inputs, used or not: ``f(x, y, z) = …``, a list of several outputs.
    """
    known = names
    text = []
    for number in range(draw(st.integers(0, lines))):
        part = expressions(known, max_leaves=4, smooth=smooth, slow=slow, lazy=lazy)
        text.append(f"t{number} = {draw(part)}")
        known = (*known, f"t{number}")
    last = expressions(known, smooth=smooth, slow=slow, lazy=lazy)
    results = [draw(last) for _ in range(outputs)]
    value = results[0] if outputs == 1 else f"[{', '.join(results)}]"
    text.append(f"f({', '.join(names)}) = {value}")
    return "\n".join(text)


def points(count: int, *, wild: bool = False) -> SearchStrategy[list[float]]:
    """Values for ``count`` inputs: moderate ones, and where ``wild`` any float at all."""
    moderate = st.floats(-4, 4, allow_subnormal=False) | st.sampled_from([0.0, 1.0, -1.0, 0.5, 2.0])
    return st.lists(st.floats() if wild else moderate, min_size=count, max_size=count)
