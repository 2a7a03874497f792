"""A primitive's page, made from its row of the table: nothing here knows which one it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice, permutations, product

from markupsafe import Markup

from adexplain.explanation.explain import explain
from adexplain.language import parse
from adexplain.narration.rules import CONDITIONS, PLUS_ASSIGN, why
from adexplain.primitives.table import PRIMITIVES, Primitive, parameters
from adexplain.server.explorer import content
from adexplain.server.explorer.panels.step_card import joined
from adexplain.server.html.mathml import typeset
from adexplain.server.html.plot import Plot, plot
from adexplain.server.http.address import State
from adexplain.server.reference import domain, index
from adexplain.server.reference.domain import Doubt
from adexplain.server.reference.index import arguments, row_of
from adexplain.transforms.cost import Cost, cost
from adexplain.transforms.partials import edges
from adexplain.typeset.rules import contribution_latex, tangent_latex

FIXED = (2.0, 0.5, -1.0, 0.0)
"""Values of the other arguments in a drawing: the first, and the first that shows a doubt."""
TRIED = (1.5, 0.5, 2.0, 3.0, -1.5)
"""Values of the arguments in an example: the first at which nothing is doubtful."""


@dataclass(frozen=True)
class Partial:
    """The slope by one argument: as a formula, as the table has it, and in both modes."""

    name: str
    head: Markup
    formula: Markup
    typed: str
    adjoint: Markup


@dataclass(frozen=True)
class Entry:
    """Everything the page of a primitive shows."""

    name: str
    typed: str
    spellings: tuple[str, ...]
    formula: Markup
    why: Markup
    partials: list[Partial]
    more: bool
    tangent: Markup
    domain: Markup | None
    needs: str
    doubts: list[Doubt]
    cost: Cost
    plots: list[Plot]
    text: str
    example: content.Page


@cache
def entry(name: str) -> Entry:
    """The page of the primitive of that name.

    Raises:
        KeyError: there is none.
    """
    primitive = PRIMITIVES[name]
    program = row_of(name)
    slot = program.rows[0]
    tangent = tangent_latex(program, slot, list(edges(program, slot)))
    dotted = rf"\dot{{y}} = {tangent}"
    return Entry(
        name,
        index.typed(primitive),
        index.shapes(primitive),
        typeset(f"y = {index.formula(primitive)}", display=True),
        joined(why(program, slot)),
        _partials(primitive),
        primitive.variadic,
        typeset(dotted, display=True),
        domain.domain(primitive),
        primitive.domain,
        domain.doubts(primitive),
        cost(program),
        list(_plots(primitive)),
        example_text(primitive),
        _example(primitive),
    )


def _partials(primitive: Primitive) -> list[Partial]:
    program = row_of(primitive.name)
    slot = program.rows[0]
    found = []
    for position, (name, latex) in enumerate(index.partials(primitive)):
        adjoint = Markup()
        if latex != "0":
            amount = contribution_latex(program, slot, position)
            signed = f"{{{amount}}}" if amount.startswith("-") else amount
            adjoint = typeset(rf"\bar{{{name}}} {PLUS_ASSIGN} {signed}", display=True)
        head = typeset(rf"\frac{{\partial y}}{{\partial {name}}}", display=True)
        shown = typeset(f"= {latex}", display=True)
        found.append(Partial(name, head, shown, primitive.partial(position), adjoint))
    return found


def _plots(primitive: Primitive) -> Iterator[Plot]:
    """For each argument a drawing, and one more where only that shows what is doubtful.

    Arguments that are true or false have no axis.
    """
    if primitive.lazy or primitive.symbol == "not":
        return
    program = row_of(primitive.name)
    count = len(program.inputs)
    for position in range(parameters_drawn(primitive)):
        drawn = None
        for value in FIXED if count > 1 and primitive.edges else FIXED[:1]:
            one = plot(program, position, [value] * count)
            if one is None:
                continue
            if drawn is None:
                yield one
            elif one.marks:
                yield one
                break
            drawn = one
            if one.marks:
                break


def parameters_drawn(primitive: Primitive) -> int:
    """How many arguments have a drawing: of an operation of any number, the first ones."""
    return len(parameters(primitive, primitive.arity))


def example_text(primitive: Primitive) -> str:
    """A function that is little more than this primitive, as a person would type it."""
    names = arguments(primitive)
    if primitive.lazy or primitive.symbol == "not":
        names = (f"{names[0]} > 0", *(_asked(primitive, name) for name in names[1:]))
    call = _applied(primitive, names)
    return f"where({call}, a, a^2)" if primitive.symbol in CONDITIONS else call


def _asked(primitive: Primitive, name: str) -> str:
    return f"{name} > 0" if primitive.symbol in CONDITIONS else name


def _applied(primitive: Primitive, names: Sequence[str]) -> str:
    if not primitive.symbol:
        return f"{primitive.spellings[0]}({', '.join(names)})"
    if len(names) == 1:
        return f"{primitive.symbol}{' ' if primitive.symbol.isalpha() else ''}{names[0]}"
    return f"{names[0]} {primitive.symbol} {names[1]}"


def _example(primitive: Primitive) -> content.Page:
    """The example at the first point where nothing is doubtful, and where it has a slope."""
    text = example_text(primitive)
    names = parse(text).input_names
    points = [dict(zip(names, values, strict=True)) for values in _points(len(names))]
    fine = [point for point in points if _is_fine(text, point)] or points
    at = {name: f"{value:g}" for name, value in fine[0].items()}
    return content.page(State(text, at))


def _points(count: int) -> Iterator[tuple[float, ...]]:
    """Numbers that differ come first: equal ones hide which is which."""
    return islice(chain(permutations(TRIED, count), product(TRIED, repeat=count)), 200)


def _is_fine(text: str, point: dict[str, float]) -> bool:
    return explain(text, point).status["kind"] == "ok"
