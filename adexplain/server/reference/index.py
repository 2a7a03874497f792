"""The table of primitives as an index: its groups, spellings, formulas and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from adexplain.language.grammar import BINARY, PREFIX
from adexplain.primitives.primitive import PRIMITIVES, Primitive, parameters
from adexplain.program import Builder, Program
from adexplain.server.html.mathml import inline_fractions, typeset
from adexplain.typeset.formulas import Formula, formulas, name_latex, operation
from adexplain.typeset.rules import partial_latex

LOOKALIKES = frozenset("–⋅∙")
"""Signs that look like another one and are not listed."""
BARS = {"abs": "|a|"}
"""Signs around an argument, which are not in the grammar's tables of operators."""


def address(name: str) -> str:
    """The address of a primitive's page."""
    return f"/reference/{name}"


def arguments(primitive: Primitive) -> tuple[str, ...]:
    """The names of its arguments; one more than the table names for a variadic operation."""
    count = primitive.arity + (1 if primitive.variadic else 0)
    return parameters(primitive, count)


def spellings(primitive: Primitive) -> tuple[str, ...]:
    """All that may be typed for it: its names, then its signs."""
    signs = [primitive.symbol] if primitive.symbol else []
    signs += [sign for table in (BINARY, PREFIX) for sign, (_, op) in table.items()
              if op == primitive.name]  # fmt: skip
    bars = [BARS[primitive.name]] if primitive.name in BARS else []
    return tuple(dict.fromkeys([*primitive.spellings, *signs, *bars]))


def distinct_spellings(primitive: Primitive) -> tuple[str, ...]:
    """All that may be typed for it, without signs that look alike."""
    return tuple(word for word in spellings(primitive) if word not in LOOKALIKES)


def call_text(primitive: Primitive) -> str:
    """The primitive applied to its arguments, as a person types it."""
    if primitive.symbol:
        return primitive.value
    dots = ", …" if primitive.variadic else ""
    names = parameters(primitive, primitive.arity)
    return f"{primitive.spellings[0]}({', '.join(names)}{dots})"


@cache
def one_row_program(name: str) -> Program:
    """The primitive as a program of one row, with the inputs a, b, c and the output y."""
    primitive = PRIMITIVES[name]
    builder = Builder()
    slot = builder.row(name, *(builder.input(letter) for letter in arguments(primitive)))
    program = builder.build([slot])
    program.labels = {slot: ("y",)}
    return program


def formula(primitive: Primitive) -> str:
    """Its value in terms of its arguments, as LaTeX."""
    given = [Formula(name_latex(name)) for name in parameters(primitive, primitive.arity)]
    if primitive.variadic:
        given.append(Formula(r"\ldots"))
    return operation(primitive.name, given).latex


def partials(primitive: Primitive) -> list[tuple[str, str]]:
    """(argument, partial as LaTeX) for each argument that the table names."""
    program = one_row_program(primitive.name)
    slot = program.rows[0]
    found = []
    for position, name in enumerate(parameters(primitive, primitive.arity)):
        zero = primitive.partial(position) == "0"
        found.append((name, "0" if zero else partial_latex(program, slot, position)))
    return found


def condition(program: Program) -> Markup:
    """A condition of the table, typeset, with words between alternatives where lines may break."""
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
    """One primitive in the index.

    Attributes:
        name, address: its name in the table, and its page.
        call: the primitive applied to its arguments, as typed.
        other_spellings: what else may be typed for it.
        formula, partials: its value, and (partial, argument) of each slope.
        statuses: the statuses that it may have.
        why: a sentence on its rule.
        search_text: what the filter searches, in lower case.
    """

    name: str
    address: str
    call: str
    other_spellings: tuple[str, ...]
    formula: Markup
    partials: list[tuple[Markup, str]]
    statuses: list[str]
    why: str
    search_text: str


@dataclass(frozen=True)
class Group:
    """Primitives of the same kind; ``key`` is the id of its heading."""

    title: str
    key: str
    rows: list[Row]


@cache
def groups() -> tuple[Group, ...]:
    """All groups, in the order of the table."""
    found: list[Group] = []
    for primitive in PRIMITIVES.values():
        if not found or found[-1].title != primitive.group:
            found.append(Group(primitive.group, primitive.name, []))
        found[-1].rows.append(_row(primitive))
    return tuple(found)


def filtered(text: str) -> list[Group]:
    """The groups, with only the rows that contain all words of ``text``."""
    wanted = text.casefold().split()
    kept = [
        Group(
            group.title,
            group.key,
            [row for row in group.rows if all(word in row.search_text for word in wanted)],
        )
        for group in groups()
    ]
    return [group for group in kept if group.rows]


def group_of(name: str) -> Group:
    """The group a primitive is in."""
    return next(group for group in groups() if any(row.name == name for row in group.rows))


def _row(primitive: Primitive) -> Row:
    call = call_text(primitive)
    statuses = list(dict.fromkeys(point.status for point in primitive.nonsmooth_points))
    other_spellings = tuple(
        word for word in distinct_spellings(primitive) if not _is_shown(word, call)
    )
    search_text = " ".join((primitive.name, call, *spellings(primitive), *statuses, primitive.why))
    return Row(
        primitive.name,
        address(primitive.name),
        call,
        other_spellings,
        typeset(formula(primitive)),
        [(typeset(inline_fractions(latex)), name) for name, latex in partials(primitive)],
        statuses,
        primitive.why,
        search_text.casefold(),
    )


def _is_shown(word: str, call: str) -> bool:
    """Whether the call contains a spelling, as a + b contains +."""
    head = call.partition("(")[0]
    return word == head or f" {word} " in f" {call} " or call.startswith(f"{word}a")
