"""The table of primitives as an index: its groups, how each is typed, and where each leads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from adexplain.language.grammar import BINARY, PREFIX
from adexplain.primitives.table import PRIMITIVES, Primitive, parameters
from adexplain.program import Builder, Program
from adexplain.server.html.mathml import in_a_line, typeset
from adexplain.typeset.formulas import Formula, formulas, name_latex, operation
from adexplain.typeset.rules import partial_latex

BEGINS = {
    "add": "Arithmetic",
    "exp": "Exponentials and logarithms",
    "sqrt": "Roots and squares",
    "sin": "Circular functions and their inverses",
    "sinh": "Hyperbolic functions and their inverses",
    "hypot": "Distance, remainder and angles",
    "sigmoid": "Functions of machine learning",
    "erf": "Special functions",
    "abs": "Kinks and jumps",
    "lt": "Conditions and branches",
}
"""The first primitive of each group: the table is in an order, so a new row falls into one."""
SAME_SHAPE = frozenset("–⋅∙")
"""Signs that look like another that is shown."""
BARS = {"abs": "|a|"}
"""Signs that stand around an argument, which no table of the grammar holds."""


def address(name: str) -> str:
    """Where a primitive's page is."""
    return f"/reference/{name}"


def arguments(primitive: Primitive) -> tuple[str, ...]:
    """Names of its arguments; two for an operation of any number of them."""
    count = primitive.arity + (1 if primitive.variadic else 0)
    return parameters(primitive, count)


def spellings(primitive: Primitive) -> tuple[str, ...]:
    """What may be typed for it: its names, then its signs."""
    signs = [primitive.symbol] if primitive.symbol else []
    signs += [sign for table in (BINARY, PREFIX) for sign, (_, op) in table.items()
              if op == primitive.name]  # fmt: skip
    bars = [BARS[primitive.name]] if primitive.name in BARS else []
    return tuple(dict.fromkeys([*primitive.spellings, *signs, *bars]))


def shapes(primitive: Primitive) -> tuple[str, ...]:
    """The same without signs that look alike."""
    return tuple(word for word in spellings(primitive) if word not in SAME_SHAPE)


def typed(primitive: Primitive) -> str:
    """The primitive applied to its arguments, as a person types it."""
    if primitive.symbol:
        return primitive.value
    dots = ", …" if primitive.variadic else ""
    names = parameters(primitive, primitive.arity)
    return f"{primitive.spellings[0]}({', '.join(names)}{dots})"


@cache
def row_of(name: str) -> Program:
    """The primitive as a program of one row: y of a, b, c."""
    primitive = PRIMITIVES[name]
    builder = Builder()
    slot = builder.row(name, *(builder.input(letter) for letter in arguments(primitive)))
    program = builder.build([slot])
    program.labels = {slot: ("y",)}
    return program


def formula(primitive: Primitive) -> str:
    """Its value as LaTeX."""
    given = [Formula(name_latex(name)) for name in parameters(primitive, primitive.arity)]
    if primitive.variadic:
        given.append(Formula(r"\ldots"))
    return operation(primitive.name, given).latex


def partials(primitive: Primitive) -> list[tuple[str, str]]:
    """Each argument with its partial as LaTeX; arguments beyond the named ones follow suit."""
    program = row_of(primitive.name)
    slot = program.rows[0]
    found = []
    for position, name in enumerate(parameters(primitive, primitive.arity)):
        zero = primitive.partial(position) == "0"
        found.append((name, "0" if zero else partial_latex(program, slot, position)))
    return found


def condition(program: Program) -> Markup:
    """A condition of the table, typeset; alternatives in words between, where a line may break."""
    names = program.names
    shown = formulas(program, lambda slot: Formula(name_latex(names[slot])), lambda _: True)
    return Markup(" or ").join(typeset(shown[slot].latex) for slot in _alternatives(program))


def _alternatives(program: Program) -> list[int]:
    """The conditions of which one must hold, from left to right."""
    found: list[int] = []
    todo = [program.outputs[0]]
    while todo:
        slot = todo.pop()
        if program.ops[slot] == "or":
            todo += reversed(program.args[slot])
        else:
            found.append(slot)
    return found


@dataclass(frozen=True)
class Row:
    """One primitive in the index."""

    name: str
    address: str
    typed: str
    others: tuple[str, ...]
    formula: Markup
    partials: list[tuple[Markup, str]]
    doubts: list[str]
    why: str
    words: str


@dataclass(frozen=True)
class Group:
    """Some primitives of the same kind."""

    title: str
    key: str
    rows: list[Row]


@cache
def groups() -> tuple[Group, ...]:
    """The whole index."""
    found: list[Group] = []
    for primitive in PRIMITIVES.values():
        title = BEGINS.get(primitive.name)
        if title or not found:
            found.append(Group(title or "", primitive.name, []))
        found[-1].rows.append(_row(primitive))
    return tuple(found)


def filtered(text: str) -> list[Group]:
    """The groups with the rows whose words hold all words of a text."""
    wanted = text.casefold().split()
    kept = [
        Group(
            group.title,
            group.key,
            [row for row in group.rows if all(word in row.words for word in wanted)],
        )
        for group in groups()
    ]
    return [group for group in kept if group.rows]


def group_of(name: str) -> Group:
    """The group a primitive is in."""
    return next(group for group in groups() if any(row.name == name for row in group.rows))


def _row(primitive: Primitive) -> Row:
    call = typed(primitive)
    doubts = list(dict.fromkeys(edge.status for edge in primitive.edges))
    others = tuple(word for word in shapes(primitive) if not _is_shown(word, call))
    words = " ".join((primitive.name, call, *spellings(primitive), *doubts, primitive.why))
    return Row(
        primitive.name,
        address(primitive.name),
        call,
        others,
        typeset(formula(primitive)),
        [(typeset(in_a_line(latex)), name) for name, latex in partials(primitive)],
        doubts,
        primitive.why,
        words.casefold(),
    )


def _is_shown(word: str, call: str) -> bool:
    """Whether a spelling stands in the call already: + in a + b."""
    head = call.partition("(")[0]
    return word == head or f" {word} " in f" {call} " or call.startswith(f"{word}a")
