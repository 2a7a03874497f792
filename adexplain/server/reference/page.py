"""The page of a primitive, made from its row of the table: no primitive has code of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice, permutations, product

from markupsafe import Markup

from adexplain.explanation.explain import explain
from adexplain.language import parse
from adexplain.narration.rules import PLUS_ASSIGN, why
from adexplain.primitives.primitive import PRIMITIVES, Primitive, parameters
from adexplain.server.explorer import content
from adexplain.server.explorer.panels.step_card import parts_html
from adexplain.server.html.mathml import typeset
from adexplain.server.html.plot import Plot, plot
from adexplain.server.http.address import State
from adexplain.server.reference import domain, index
from adexplain.server.reference.domain import NonsmoothPlace
from adexplain.server.reference.index import arguments, one_row_program
from adexplain.transforms.cost import Cost, cost
from adexplain.transforms.partials import edges
from adexplain.typeset.rules import contribution_latex, tangent_latex

FIXED_VALUES = (2.0, 0.5, -1.0, 0.0)
"""Values of the other arguments in a plot: the first, or the first at which it is not smooth."""
EXAMPLE_VALUES = (1.5, 0.5, 2.0, 3.0, -1.5)
"""Values of the arguments in an example: the first at which its status is "ok"."""


@dataclass(frozen=True)
class Partial:
    """The slope by one argument.

    Attributes:
        name: the argument.
        head, formula: both sides of its equation, typeset.
        rule: the slope as the table has it.
        adjoint: its adjoint statement, typeset; empty where the slope is 0.
    """

    name: str
    head: Markup
    formula: Markup
    rule: str
    adjoint: Markup


@dataclass(frozen=True)
class Entry:
    """Everything that the page of a primitive shows.

    Attributes:
        name: the name in the table.
        call: the primitive applied to its arguments, as typed.
        spellings: the other ways to type it.
        formula, why: its value and a sentence on its rule.
        partials: the slope by each argument.
        variadic: whether it takes any number of arguments.
        tangent: its tangent rule, typeset.
        domain: the condition on its arguments, typeset; ``needs`` is the same as text.
        nonsmooth_places: where it is not smooth.
        cost: the operations of the value and of the derivatives.
        loops: whether on NumPy arrays its kernel is called for each element.
        plots: plots of value and slope.
        text: a function that uses it; ``example`` is its trace.
    """

    name: str
    call: str
    spellings: tuple[str, ...]
    formula: Markup
    why: Markup
    partials: list[Partial]
    variadic: bool
    tangent: Markup
    domain: Markup | None
    needs: str
    nonsmooth_places: list[NonsmoothPlace]
    cost: Cost
    loops: bool
    plots: list[Plot]
    text: str
    example: content.Page


@cache
def entry(name: str) -> Entry:
    """The content of a primitive's page.

    Raises:
        KeyError: there is no primitive of that name.
    """
    primitive = PRIMITIVES[name]
    program = one_row_program(name)
    slot = program.rows[0]
    tangent = tangent_latex(program, slot, list(edges(program, slot)))
    dotted = rf"\dot{{y}} = {tangent}"
    return Entry(
        name,
        index.call_text(primitive),
        index.distinct_spellings(primitive),
        typeset(f"y = {index.formula(primitive)}", display=True),
        parts_html(why(program, slot)),
        _partials(primitive),
        primitive.variadic,
        typeset(dotted, display=True),
        domain.domain(primitive),
        primitive.domain,
        domain.nonsmooth_places(primitive),
        cost(program),
        primitive.loops,
        list(_plots(primitive)),
        example_text(primitive),
        _example(primitive),
    )


def _partials(primitive: Primitive) -> list[Partial]:
    program = one_row_program(primitive.name)
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
    """A plot for each argument, and a second one where only that shows a nonsmooth point.

    Arguments that are true or false have no plot.
    """
    if primitive.lazy or primitive.symbol == "not":
        return
    program = one_row_program(primitive.name)
    count = len(program.inputs)
    for position in range(parameters_drawn(primitive)):
        last_drawing = None
        for value in FIXED_VALUES if count > 1 and primitive.nonsmooth_points else FIXED_VALUES[:1]:
            drawing = plot(program, position, [value] * count)
            if drawing is None:
                continue
            if last_drawing is None:
                yield drawing
            elif drawing.marks:
                yield drawing
                break
            last_drawing = drawing
            if drawing.marks:
                break


def parameters_drawn(primitive: Primitive) -> int:
    """How many arguments have a plot; of a variadic operation, those that the table names."""
    return len(parameters(primitive, primitive.arity))


def example_text(primitive: Primitive) -> str:
    """A small function that uses the primitive, as a person would type it."""
    names = arguments(primitive)
    if primitive.lazy or primitive.symbol == "not":
        names = (f"{names[0]} > 0", *(_as_condition(primitive, name) for name in names[1:]))
    call = _applied(primitive, names)
    return f"where({call}, a, a^2)" if primitive.is_condition else call


def _as_condition(primitive: Primitive, name: str) -> str:
    return f"{name} > 0" if primitive.is_condition else name


def _applied(primitive: Primitive, names: Sequence[str]) -> str:
    if not primitive.symbol:
        return f"{primitive.spellings[0]}({', '.join(names)})"
    if len(names) == 1:
        return f"{primitive.symbol}{' ' if primitive.symbol.isalpha() else ''}{names[0]}"
    return f"{names[0]} {primitive.symbol} {names[1]}"


def _example(primitive: Primitive) -> content.Page:
    """The trace of the example, at the first point where its status is "ok"."""
    text = example_text(primitive)
    names = parse(text).input_names
    points = [dict(zip(names, values, strict=True)) for values in _points(len(names))]
    fine = [point for point in points if _is_fine(text, point)] or points
    at = {name: f"{value:g}" for name, value in fine[0].items()}
    return content.page(State(text, at))


def _points(count: int) -> Iterator[tuple[float, ...]]:
    """Candidate points; those with distinct numbers first, which can be told apart in a trace."""
    return islice(
        chain(permutations(EXAMPLE_VALUES, count), product(EXAMPLE_VALUES, repeat=count)), 200
    )


def _is_fine(text: str, point: dict[str, float]) -> bool:
    return explain(text, point).status["kind"] == "ok"
